"""Two stored versions side by side, with everything that a reader is told about where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions: of which paper at which address, its number, when it was first seen, and its stored bytes.

    `seen` is aware; `snapshots` are (role, SHA-256 in hex); `parser` is the release of the reader that read it.
    """

    id: str
    title: str
    url: str
    seq: int
    seen: datetime
    snapshots: tuple[tuple[str, str], ...]
    parser: int


@dataclass(frozen=True, slots=True)
class Ignored:
    """A noise rule that took sentences out of one of the versions, and out of each how many."""

    text: str
    reason: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """Two versions and what lies between them; `alone` when there is only one and so nothing to compare."""

    older: Side
    newer: Side
    comparison: Comparison
    ignored: tuple[Ignored, ...] = ()
    alone: bool = False
