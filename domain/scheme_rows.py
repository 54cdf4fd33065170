"""Rows of tables on scheme pages. A row arrives as one line, "label: value" per cell ("Regio: Zuid; Plafond: € 3.139.200").

A value counts only when its cell says exactly one thing, and when a column or the row itself says what that thing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.dutch_numbers import amounts, moments, parse_amount, parse_moment, parse_percentage
from domain.scheme_findings import Finding, allocation_of, status_of, with_regions, years_of
from domain.scheme_words import STARTERS, YEAR, field_of, is_period, part_of, part_of_label
from domain.schemes import SchemeField, Unit

_CELL = re.compile(r"(?P<label>[^:]{1,80}?):\s+(?P<value>.+)", re.DOTALL)
_THOUSANDS = re.compile(r"x\s*€?\s*1\.?000(?!\.?\d)|in\s+duizenden", re.IGNORECASE)
_MILLIONS = re.compile(r"x\s*€?\s*(?:1\s*)?(?:1\.000\.000|mln|miljoen)|in\s+(?:mln|miljoenen?)", re.IGNORECASE)
_SCALE = re.compile(rf"\(?(?:{_THOUSANDS.pattern}|{_MILLIONS.pattern})\)?", re.IGNORECASE)
_EITHER = re.compile(r"\bof\b|\ben/of\b|/", re.IGNORECASE)
_OLD_OR_NEW = re.compile(r"\b(?:was|wordt|oude?|nieuwe?|huidige?|voorheen|straks|vorige?|volgende?)\b", re.IGNORECASE)
_PROJECT = re.compile(
    r"\b(?:start|begin|eind)\w*\s+(?:van\s+)?(?:het\s+|uw\s+)?project|\bproject(?:start|begin|einde?)", re.IGNORECASE
)
_REST = re.compile(r"\b(?:rest(?:ant|eert|erend\w*)?|over|nog\s+beschikbaar|aangevraagd|verleend|toegekend)\b", re.IGNORECASE)
_MOST_WORDS = 8
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+|,-)?")
_BARE = re.compile(r"\d[\d.]*(?:,\d+)?")
_MONEY = {SchemeField.CEILING, SchemeField.BUDGET, SchemeField.MINIMUM, SchemeField.MAXIMUM, SchemeField.THRESHOLD}
_MOMENTS = {SchemeField.OPENS, SchemeField.CLOSES, SchemeField.DEADLINE}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row under its column head ("" when the column has none)."""

    label: str
    value: str


def cells_of(text: str, heading: str = "") -> tuple[Cell, ...]:
    """The cells of a line that is a row of a table; empty when it is running text. Under a heading that says what the values are
    ("Budget per regio") a line of a name and one value is a row too."""
    pieces = text.split("; ")
    matched = [_CELL.fullmatch(piece) for piece in pieces]
    if len(pieces) == 1:
        only = matched[0]
        return (
            (Cell("", only["label"]), Cell("", only["value"]))
            if only and (_says_one_thing(only) or _listed(only, heading))
            else ()
        )
    if not any(matched[1:]):
        return ()
    return tuple(Cell(m["label"], m["value"]) if m else Cell("", piece) for piece, m in zip(pieces, matched, strict=True))


def read_row(cells: Sequence[Cell], line: str, heading: str) -> Iterator[Finding]:
    """What the cells of one row say; `heading` tells what a table is about when neither row nor column does."""
    if any(_OLD_OR_NEW.search(cell.label) for cell in cells):
        return  # which of the two holds today is not said
    cells = [cell for cell in cells if not _REST.search(cell.label)]
    if not cells:
        return
    about, plain = _subject(cells)
    if not plain:
        return
    subject = about.value if about else ""
    values = [cell for cell in cells if cell is not about]
    own = field_of(subject) or (None if is_period(subject) else _of_heading(heading, values))
    shared = [cell for cell in values if _field(cell, own) is not None]
    for cell in values:
        field = _field(cell, own)
        by_column = _by_column(cell.label) is not None
        part = _part(subject, cell, by_column=by_column, alone=len(shared) == 1)
        if part is None:
            continue
        years = years_of(cell.label) or years_of(subject)
        if is_period(cell.label) or is_period(subject):
            yield from _period(cell.value, part, line, years)
        elif field is not None and (read := _value(field, cell)):
            yield Finding(field, part, *read, line, years)


def _subject(cells: Sequence[Cell]) -> tuple[Cell | None, bool]:
    """The cell that says what the row is about, None when the columns say it all; and whether the row is plain at all.

    It is the first cell, unless its column is that of a fact or it is a mere value. Then it may be another one that names a known
    part of a scheme or a fact. A row with words of which that cannot be said is about something that we do not know.
    """
    first = cells[0]
    nameless = [cell for cell in cells if not (_by_column(cell.label) or is_period(cell.label))]
    said = [cell for cell in nameless if not _mere_value(cell.value)]
    if said and said[0] is first:
        return first, True
    known = [cell for cell in said if part_of(with_regions(cell.value)) or field_of(cell.value) or is_period(cell.value)]
    if len(known) == 1 and len(known[0].value.split()) <= _MOST_WORDS:
        return known[0], True
    return None, not said and first not in nameless


def _mere_value(text: str) -> bool:
    plain = text.strip().rstrip(".")
    return not YEAR.fullmatch(plain) and any(read(plain) is not None for read in (parse_amount, parse_percentage, parse_moment))


def _by_column(label: str) -> SchemeField | None:
    """What the head of a column says; nothing when it names two things ("Bedrag of percentage") or is about projects."""
    return None if _EITHER.search(label) or _PROJECT.search(label) else field_of(label)


def _says_one_thing(cell: re.Match[str]) -> bool:
    label, value = cell["label"], cell["value"].rstrip(".")
    if field_of(label) is SchemeField.STATUS:
        return True
    known = (field_of(label) is not None or is_period(label)) and not amounts(label)
    return known and len(value) <= 120 and len(label.split()) <= 8


def _listed(cell: re.Match[str], heading: str) -> bool:
    """True for "Noord: € 1.200.000" under a heading that names a fact by its amounts or rates."""
    field = field_of(heading) if heading else None
    exact = parse_amount(cell["value"]) if field in _MONEY else parse_percentage(cell["value"])
    return field in (*_MONEY, SchemeField.RATE) and exact is not None and len(cell["label"].split()) <= _MOST_WORDS


def _of_heading(heading: str, values: Sequence[Cell]) -> SchemeField | None:
    """The field that the heading gives to a table whose columns of values say nothing of their own ("Budget per regio")."""
    return field_of(heading) if heading and values and all(field_of(cell.label) is None for cell in values) else None


def _field(cell: Cell, own: SchemeField | None) -> SchemeField | None:
    """What a cell is about: what its column says, else what its row says; a column of rates for starters needs no more."""
    by_column = _by_column(cell.label)
    if by_column is None and own is None and STARTERS.search(cell.label):
        return SchemeField.RATE
    return by_column or own


def _part(subject: str, cell: Cell, *, by_column: bool, alone: bool) -> str | None:
    """Which part of the scheme: the subject of the row, and what its column adds when several columns say alike."""
    of_row, of_column = part_of_label(with_regions(subject)), part_of_label(_SCALE.sub(" ", cell.label))
    if of_row is None or of_column is None:
        return None
    adds = of_column if (by_column and of_column) or not alone or STARTERS.search(cell.label) else ""
    if adds and not by_column and cell.label and not STARTERS.search(cell.label) and years_of(cell.label):
        adds = ""
    return ", ".join(dict.fromkeys(filter(None, (of_row, adds))))


def _value(field: SchemeField, cell: Cell) -> tuple[str, Unit] | None:
    """The value of the cell in the unit of the field; None when the cell does not say exactly one such value."""
    text = cell.value.strip()
    if field in _MONEY:
        cents = cents_in(cell.label, text)
        return (str(cents), Unit.CENTS) if cents is not None else None
    if field is SchemeField.RATE:
        rate = parse_percentage(text)
        return (str(rate), Unit.PERCENT) if rate is not None else None
    if field in _MOMENTS:
        moment = parse_moment(text.rstrip("."))
        return (moment.iso, Unit.MOMENT) if moment else None
    if field is SchemeField.STATUS:
        status = status_of(text)
        return (status.value, Unit.LABEL) if status else None
    return (allocation_of(text) or text if field is SchemeField.ALLOCATION else text, Unit.LABEL)


def cents_in(label: str, text: str) -> int | None:
    """The one amount of a cell under this head. Bare figures need a head that gives their scale, or points between thousands."""
    factor = 1_000_000 if _MILLIONS.search(label) else 1000 if _THOUSANDS.search(label) else 1
    cents = parse_amount(text)
    if factor == 1:
        return cents if amounts(text) or _GROUPED.fullmatch(text) else None
    return cents * factor if cents is not None and _BARE.fullmatch(text) else None


def _period(text: str, part: str, line: str, years: tuple[str, ...]) -> Iterator[Finding]:
    found = moments(text)
    if len(found) == 2:
        yield Finding(SchemeField.OPENS, part, found[0].iso, Unit.MOMENT, line, years)
        yield Finding(SchemeField.CLOSES, part, found[1].iso, Unit.MOMENT, line, years)
