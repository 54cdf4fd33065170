"""Whether two texts are the same paper in two dresses, by what they share word for word."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache

from domain.calendar import local
from domain.documents import Document, Field, Kind
from domain.text import canonical
from domain.title_evidence import is_of_series

SHINGLE = 5
FEWEST = 40
SHARED = 0.7
"""Two papers are one text when at least this share of the shorter one's runs of five words stands in the other, and the shorter
one has at least 40 such runs: letterheads and signatures differ between sites, the letter itself does not."""

SHARED_BY_FORMS = 0.95
"""The share for notices of delay and for papers of a series, which are written by filling in last month's."""

DAYS_APART = 3
"""A publisher may date a copy by the day it went online."""


def same_text(one: Document, other: Document) -> bool:
    """True when the two say the same, word for word, within three days, as the same kind of paper.

    Whichever comes first. Figures count as words: two papers that differ in every date and amount share less than a copy does.
    """
    if one.kind is not other.kind or not _near(one, other):
        return False
    first, second = runs(one), runs(other)
    shorter = min(len(first), len(second))
    needed = SHARED_BY_FORMS if _is_form(one) or _is_form(other) else SHARED
    return shorter >= FEWEST and len(first & second) / shorter >= needed


def same_in_another_form(one: Document, other: Document) -> bool:
    """True when two readings of one address say the same, though one was read from a PDF and the other from XML: letterhead,
    running heads and the cut of paragraphs differ, the words do not. What one has in figures the other has too."""
    first, second = runs(one), runs(other)
    longer = max(len(first), len(second))
    if not first or not second:
        return one.kind is other.kind and one.title == other.title and first == second
    same = len(first & second)
    return one.kind is other.kind and same / min(len(first), len(second)) >= SHARED_BY_FORMS and same / longer >= SHARED


def days(document: Document) -> tuple[date, ...]:
    """The Dutch days on which the paper may stand: its own date and the day it was published."""
    found = {document.dated, _day(document.published)} - {None}
    return tuple(sorted(day for day in found if day is not None))


def _near(one: Document, other: Document) -> bool:
    return any(abs((a - b).days) <= DAYS_APART for a in days(one) for b in days(other))


def _day(value: date | datetime | None) -> date | None:
    return local(value).date() if isinstance(value, datetime) else value


def _is_form(document: Document) -> bool:
    return document.kind is Kind.EXTENSION or is_of_series(document.title)


@lru_cache(maxsize=4)  # one paper is compared with every candidate in turn
def runs(document: Document) -> frozenset[bytes]:
    """Every run of five words of what a paper says, as hashes of eight bytes."""
    words = canonical(document.text(Field.SUMMARY, Field.LEAD, Field.BODY, Field.QUESTION, Field.DICTUM)).split()
    found = (" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    return frozenset(hashlib.blake2b(run.encode(), digest_size=8).digest() for run in found)
