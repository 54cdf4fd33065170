"""Tables of openings in the Staatscourant: which title or part opens from when until when, with what ceiling.

A row names what opens in one or more cells ("3.4", "Haalbaarheidsprojecten"), and gives a period in one or two, and a
ceiling. It is read only when every date and amount in it stands under a head that says what it is, and no cell holds two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.dutch_numbers import amounts, moments, parse_moment
from domain.scheme_names import scheme_of_title, schemes_named
from domain.scheme_rows import Cell, cells_of, cents_in
from domain.scheme_words import field_of, is_period, part_of
from domain.schemes import SchemeFact, SchemeField, Unit

_PERIOD = re.compile(r"\b(?:openstelling|openstellingsperiode|periode|aanvragen\s+van|indien\w*)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:titel|paragraaf|§|artikel)?\s*(\d+\.\d+(?:\.\d+)*)\b", re.IGNORECASE)
_CEILING = re.compile(r"\b(?:bedrag|plafond|budget)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """One row: which scheme ("" when not known), which title, which part of it, and what the row says of that part."""

    scheme: str
    title: str
    part: str
    facts: tuple[SchemeFact, ...]
    sentence: str


def read_opening(line: str) -> Opening | None:
    """The opening that a row of a table states; None when the line is no such row, or not plain."""
    cells = cells_of(line)
    if not cells or not any(cell.label for cell in cells):
        return None
    named: list[Cell] = []
    said: dict[SchemeField, tuple[str, Unit]] = {}
    for cell in cells:
        values = _values(cell)
        if values is None:
            return None
        if not values:
            named.append(cell)
        for field, value, unit in values:
            if field in said:
                return None  # two openings in one row: which holds is not said
            said[field] = (value, unit)
    if SchemeField.OPENS not in said or not named:
        return None
    title, scheme, part = _subject(named)
    facts = tuple(SchemeFact(field, value, unit, line, part) for field, (value, unit) in said.items())
    return Opening(scheme, title, part, facts, line)


def openings(lines: Sequence[str]) -> Iterator[Opening]:
    """The openings of all rows among these lines."""
    for line in lines:
        if opening := read_opening(line):
            yield opening


def _values(cell: Cell) -> tuple[tuple[SchemeField, str, Unit], ...] | None:
    """What a cell states; empty for a cell that names something; None when it holds values of which it is not plain what they
    are."""
    found, money = moments(cell.value), amounts(cell.value)
    field = field_of(cell.label)
    if len(found) == 2 and (is_period(cell.label) or _PERIOD.search(cell.label)) and not money:
        dates = zip((SchemeField.OPENS, SchemeField.CLOSES), found, strict=True)
        return tuple((of, moment.iso, Unit.MOMENT) for of, moment in dates)
    if field in (SchemeField.OPENS, SchemeField.CLOSES) and len(found) == 1 and (one := parse_moment(cell.value.rstrip("."))):
        return ((field, one.iso, Unit.MOMENT),)
    if field in (SchemeField.CEILING, SchemeField.BUDGET) or _CEILING.search(cell.label):
        cents = cents_in(cell.label, cell.value.strip())
        return ((SchemeField.CEILING, str(cents), Unit.CENTS),) if cents is not None else None
    return None if found or money else ()


def _subject(named: Sequence[Cell]) -> tuple[str, str, str]:
    """The title, the scheme and the part that the naming cells of a row tell."""
    title = ""
    words: list[str] = []
    for cell in named:
        text = cell.value.strip()
        if number := _NUMBER.match(text):
            title = title or number[1]
            text = text[number.end() :].strip(" :,-–")
        if text:
            words.append(text)
    scheme = scheme_of_title(title) or next(iter(schemes_named(" ".join(words))), "")
    known = part_of(" ".join(words))
    if known:
        return title, scheme, known
    rest = ", ".join(word for word in words if not (scheme and scheme in schemes_named(word)))
    return title, scheme, rest
