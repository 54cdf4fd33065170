"""One followed address, as it stands in the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Row


class ResourceState(StrEnum):
    """LISTED: known from the baseline, old, to be read only when a list says it changed. WAITING: known, to be read. READ: at
    least one version. FAILED: could not be read so far. GONE: withdrawn, confirmed."""

    LISTED = "listed"
    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Resource:
    """One followed address. `marks` are what each route last said of it, `read_marks` what they said when it was last read.

    `kind` is what the lists call it until it was read, from then on the kind of its document.
    """

    id: int
    source: str
    url: str
    title: str
    kind: str
    dated: date | None
    baseline: bool
    quiet: bool
    first_listed: datetime
    priority: int
    state: ResourceState
    marks: Mapping[str, str]
    read_marks: Mapping[str, str]
    validators: Mapping[str, Sequence[str]]
    checked: datetime | None
    failures: int
    failure: str
    publication_id: int | None

    @property
    def changed_by_mark(self) -> bool:
        """True when some route says something else about it than when it was last read."""
        return any(mark != self.read_marks.get(route) for route, mark in self.marks.items())


def from_row(row: Row[tuple[object, ...]]) -> Resource:
    """The value of one row of the table `resource`."""
    return Resource(
        id=row.id,
        source=row.source,
        url=row.url,
        title=row.title,
        kind=row.kind,
        dated=row.dated,
        baseline=row.baseline,
        quiet=row.quiet,
        first_listed=row.first_listed,
        priority=row.priority,
        state=ResourceState(row.state),
        marks=row.marks,
        read_marks=row.read_marks,
        validators=row.validators,
        checked=row.checked,
        failures=row.failures,
        failure=row.failure,
        publication_id=row.publication_id,
    )
