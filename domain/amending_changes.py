"""A regulation that is seen for the first time, told as what it changes: Was and Wordt per place, and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.amending import Action, Amendment, is_amending, read_amendments
from domain.change import Change, ChangeSort
from domain.documents import Document, Kind
from domain.dutch_numbers import (
    amounts,
    format_amount,
    format_moment,
    format_percentage,
    parse_amount,
    parse_moment,
    parse_percentage,
    percentage_points,
    relative_step,
)  # fmt: skip
from domain.scheme_acts import provision_of, stated
from domain.scheme_openings import openings
from domain.scheme_words import NOT_READ, fact_label, fact_value
from domain.schemes import SchemeFact, SchemeSheet, Unit

GONE = "vervallen"
NO_PLACE = "in de regeling"
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+|,[-–]{1,2})?")


def act_changes(document: Document) -> tuple[Change, ...]:
    """What a regulation about a scheme changes, in the order of its text; empty for every other paper.

    The openings of its tables come after the instructions, then the other facts that it states, then what was not understood.
    """
    sheet = document.scheme
    if document.kind is not Kind.REGULATION or sheet is None or sheet.provisional:
        return ()
    lines = tuple(stated(document.passages))
    amending = is_amending(document.title, lines)
    amendments = read_amendments(lines) if amending else ()
    told = [change for one in amendments if one.action is not Action.UNREAD for change in _told(sheet, one)]
    rows = list(openings([passage.text for passage in lines]))
    told += [_fact(fact, row.title if row.scheme != sheet.scheme else "") for row in rows for fact in row.facts]
    read = {fact.sentence for row in rows for fact in row.facts} | {one.sentence for one in amendments}
    told += [_fact(fact, "") for fact in sheet.facts if fact.sentence not in read and not amending]
    told += [
        Change(ChangeSort.UNREAD, NOT_READ, "", unread(one), "", one.sentence)
        for one in amendments
        if one.action is Action.UNREAD
    ]
    return tuple(dict.fromkeys(told))


def unread(one: Amendment) -> str:
    """An instruction that was not understood, with its place ("artikel 3.4.1: ...") unless it says so itself."""
    where = one.place.label
    return f"{where}: {one.sentence}" if where and where.partition(",")[0] not in one.sentence.lower() else one.sentence


def _told(sheet: SchemeSheet, one: Amendment) -> Iterator[Change]:
    where = one.place.label or NO_PLACE
    if one.action is Action.REPLACED:
        before, after, delta, exact = _values(one.before, one.after)
        if before != after:
            sort = ChangeSort.FACT if exact else ChangeSort.TEXT
            yield Change(sort, _label(sheet, one, where), before, after, delta, one.sentence)
    elif one.action is Action.REPEALED:
        sort = ChangeSort.TEXT if one.before else ChangeSort.FACT
        yield Change(sort, where, one.before or NOT_READ, "" if one.before else GONE, "", one.sentence)
    elif one.action in (Action.REWRITTEN, Action.INSERTED):
        said = "komt te luiden" if one.action is Action.REWRITTEN else "ingevoegd"
        fact = next((fact for fact in sheet.facts if fact.sentence and fact.sentence in one.after), None)
        if fact is not None:
            yield Change(ChangeSort.FACT, f"{fact_label(fact)}, {where}", NOT_READ, fact_value(fact), "", fact.sentence)
        yield Change(ChangeSort.TEXT, f"{where} {said}", "", one.after or one.sentence, "", one.sentence)


def _label(sheet: SchemeSheet, one: Amendment, where: str) -> str:
    provision = provision_of(sheet.scheme, one)
    if provision is None:
        return where
    return f"{fact_label(SchemeFact(provision.field, '', Unit.LABEL, '', provision.part))}, {where}"


def _values(was: str, made: str) -> tuple[str, str, str, bool]:
    """Both sides as a reader writes them, the step between them, and whether they are values of one sort."""
    for parse, written, step in _SORTS:
        old, new = parse(was), parse(made)
        if old is not None and new is not None:
            return written(old), written(new), step(old, new), True
    first, last = parse_moment(was), parse_moment(made)
    if first and last:
        return format_moment(first.iso), format_moment(last.iso), "", True
    return was, made, "", False


def _money(text: str) -> int | None:
    return parse_amount(text) if amounts(text) else None


def _bare(text: str) -> int | None:
    """Figures with points between thousands; whether they are euros is not said by them."""
    return parse_amount(text) if _GROUPED.fullmatch(text.strip()) else None


def _grouped(cents: int) -> str:
    return format_amount(cents).replace("€ ", "")


_SORTS = (
    (_money, format_amount, relative_step),
    (parse_percentage, format_percentage, percentage_points),
    (_bare, _grouped, relative_step),
)


def _fact(fact: SchemeFact, title: str) -> Change:
    label = fact_label(fact)
    return Change(ChangeSort.FACT, f"{label}, titel {title}" if title else label, NOT_READ, fact_value(fact), "", fact.sentence)
