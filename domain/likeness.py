"""What is kept of a paper so that its copies are found without reading every paper of the day again.

A sketch holds the smallest hashes of a text's runs of words: of two texts that share most of their runs, the sketches share most
of what both can show (bottom-k sketches; Broder, "On the resemblance and containment of documents"). Names are what two papers
must share for their ids or titles to join them. Both only choose whom to compare: `domain.duplicates` and `domain.same_text`
decide.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_right
from dataclasses import dataclass

from domain.documents import Document
from domain.duplicates import BY_TITLE_AND_DAY, link_keys
from domain.same_text import FEWEST, SHARED, runs
from domain.title_evidence import is_of_series, readings

KEPT = 256
"""How many hashes a sketch holds: one kilobyte, and texts of up to 260 words whole."""

ALL = 2**32

DOUBT = 4.0
"""Standard deviations below the expected share before a pair is dismissed: once in thirty thousand at the very edge of the
rule; real copies share far more than it asks."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """How many different runs a text has, and the smallest of their hashes (32 bits, ascending)."""

    size: int
    least: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """True when nothing was left out."""
        return len(self.least) < KEPT


def sketch(document: Document) -> Sketch:
    """The sketch of what a document says."""
    said = runs(document)
    hashes = sorted({int.from_bytes(run[:4], "big") for run in said})
    return Sketch(len(said), tuple(hashes[:KEPT]))


def may_share(one: Sketch, other: Sketch) -> bool:
    """False when the two texts cannot be one by `domain.same_text`; True may still turn out to be chance or form."""
    shorter, longer = sorted((one, other), key=lambda sketch: sketch.size)
    if shorter.size < FEWEST:
        return False
    reach = min((each.least[-1] for each in (one, other) if not each.whole), default=ALL)
    shown = bisect_right(shorter.least, reach)
    found = len(frozenset(shorter.least[:shown]).intersection(longer.least))
    doubt = 1.0 if one.whole and other.whole else DOUBT * math.sqrt(SHARED * (1 - SHARED) * shown)
    return found >= SHARED * shown - doubt


def names(document: Document) -> tuple[str, ...]:
    """Under which a paper is kept: ids whose written form is not the one that papers are linked by, and its telling titles."""
    ids = [f"id:{key}" for key, written in link_keys(document).items() if key != written]
    return (*ids, *(_titles(document) if not is_of_series(document.title) else ()))


def names_of_copies(document: Document) -> tuple[str, ...]:
    """Under which a copy of this paper may be kept (see `names`)."""
    return (*(f"id:{key}" for key in link_keys(document)), *_titles(document))


def _titles(document: Document) -> tuple[str, ...]:
    if document.kind not in BY_TITLE_AND_DAY or document.dated is None:
        return ()
    found = (hashlib.blake2b(title.encode(), digest_size=10).hexdigest() for title in sorted(readings(document.title)))
    return tuple(f"title:{document.kind.value}:{document.dated.isoformat()}:{one}" for one in found)
