"""What a page or act says in figures and was not read as a fact: each line with the reason, so that nothing is silently left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.calendar import MONTHS
from domain.change import Change, ChangeSort
from domain.documents import Document, Field, Kind, Passage
from domain.dutch_numbers import amounts, moments, percentages
from domain.scheme_rows import cells_of
from domain.scheme_words import NOT_READ, field_of, is_period
from domain.schemes import SchemeSheet
from domain.text import sentences

_UNREAD = {Field.BOILERPLATE, Field.AGENDA, Field.FOOTNOTE}
_RECITAL = re.compile(r"^(?:gelet\s+op|gezien|gehoord|op\s+de\s+voordracht|de\s+(?:raad|afdeling)\b.*\bgehoord)\b", re.IGNORECASE)
_DAY = re.compile(
    rf"(?<![\d.,/-])(?:\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\s+\d{{4}}|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{4}}|\d{{4}}-\d\d-\d\d)(?![\d/-])",
    re.IGNORECASE,
)


class Cause(StrEnum):
    """Why a line was not read, in the words in which it is listed."""

    NO_SUCH_DAY = "de datum bestaat niet"
    TWO_VALUES = "twee waarden in een cel"
    NO_HEADS = "tabel zonder koppen"
    NOT_PLAIN = "niet duidelijk wat dit zegt"


@dataclass(frozen=True, slots=True)
class Unread:
    """One line with an amount, percentage or date of which no fact was made."""

    sentence: str
    cause: Cause

    @property
    def told(self) -> str:
        """As it is listed: "niet gelezen (de datum bestaat niet): ..."."""
        return f"{NOT_READ} ({self.cause.value}): {self.sentence}"


def unread(passages: Sequence[Passage], sheet: SchemeSheet | None) -> tuple[Unread, ...]:
    """The lines in figures that gave no fact of this sheet, each once, in the order of the paper."""
    read = {fact.sentence for fact in sheet.facts} if sheet else set()
    found: dict[str, Unread] = {}
    for passage in passages:
        if passage.field in _UNREAD or passage.text == passage.heading or _RECITAL.match(passage.text):
            continue
        row = cells_of(passage.text)
        for line in (passage.text,) if row or _bare_row(passage.text) else sentences(passage.text):
            cause = _row_cause(passage.text) if row else _cause(line)
            if cause is not None and (line not in read or cause in (Cause.NO_SUCH_DAY, Cause.TWO_VALUES)):
                found.setdefault(line, Unread(line, cause))
    return tuple(found.values())


def newly_unread(before: Document | None, now: Document) -> tuple[Change, ...]:
    """The lines of a scheme page that cannot be read and could not be read wrong before: a day that does not exist, two values in
    one cell, a table without heads. Readers see them as they stand; what was read before stays in the versions before."""
    if before is None or now.kind is not Kind.SCHEME:
        return ()
    known = {one.sentence for one in unread(before.passages, before.scheme)}
    return tuple(
        Change(ChangeSort.UNREAD, f"{NOT_READ} ({one.cause.value})", "", one.sentence, "", one.sentence)
        for one in unread(now.passages, now.scheme)
        if one.cause is not Cause.NOT_PLAIN and one.sentence not in known
    )


def _cause(line: str) -> Cause | None:
    if any(_impossible(line)):
        return Cause.NO_SUCH_DAY
    if not (amounts(line) or percentages(line) or moments(line)):
        return None
    return Cause.NO_HEADS if _bare_row(line) else Cause.NOT_PLAIN


def _row_cause(line: str) -> Cause | None:
    """The worst that is the matter with a row: a day that does not exist, then two values under one head."""
    if any(_impossible(line)):
        return Cause.NO_SUCH_DAY
    for cell in cells_of(line):
        values = len(amounts(cell.value)) + len(percentages(cell.value))
        days = len(moments(cell.value))
        if values > 1 or days > (2 if is_period(cell.label) else 1):
            return Cause.TWO_VALUES
    named = any(field_of(cell.label) or field_of(cell.value) for cell in cells_of(line))
    return _cause(line) if named or amounts(line) or moments(line) else None


def _impossible(line: str) -> Iterator[bool]:
    """True for every date that is written out in full and does not exist."""
    known = {moment.start: moment.end for moment in moments(line)}
    for match in _DAY.finditer(line):
        yield not any(start <= match.start() < end for start, end in known.items())


def _bare_row(line: str) -> bool:
    """True for a line of cells without heads ("Zuid; € 3.139.200")."""
    pieces = line.split("; ")
    return len(pieces) > 1 and not cells_of(line) and all(len(piece.split()) <= 8 for piece in pieces)
