"""From two scheme sheets to what a reader is told: values before and after, with the size of the step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from domain.change import Change, ChangeSort
from domain.dutch_numbers import percentage_points, relative_step
from domain.scheme_words import NOT_READ, NOT_STATED, fact_label, fact_value
from domain.schemes import SchemeFact, SchemeSheet, Unit


def fact_changes(old: SchemeSheet | None, new: SchemeSheet | None) -> Iterator[Change]:
    """Facts by key, in the order of the new sheet, then those no longer stated. A fact met for the first time counts only when
    the scheme was read before."""
    before, after = _by_key(old), _by_key(new)
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key, []), after.get(key, [])
        for place in range(max(len(was), len(now))):
            first = was[place] if place < len(was) else None
            last = now[place] if place < len(now) else None
            if first and last:
                yield from _fact(first, last)
            elif last and old:
                yield Change(ChangeSort.FACT, fact_label(last), NOT_READ, fact_value(last), "", last.sentence)
            elif first:
                yield Change(ChangeSort.FACT, fact_label(first), fact_value(first), NOT_READ, NOT_STATED, first.sentence)
    if old and new and old.provisional != new.provisional:
        was_said, now_said = ("voorlopig" if sheet.provisional else "definitief" for sheet in (old, new))
        yield Change(ChangeSort.FACT, "status van de gegevens", was_said, now_said)


def _by_key(sheet: SchemeSheet | None) -> dict[tuple[str, str], list[SchemeFact]]:
    grouped: dict[tuple[str, str], list[SchemeFact]] = defaultdict(list)
    for fact in sheet.facts if sheet else ():
        grouped[fact.key].append(fact)
    return grouped


def _fact(was: SchemeFact, now: SchemeFact) -> Iterator[Change]:
    if (was.value, was.unit) == (now.value, now.unit):
        return
    before, after = fact_value(was), fact_value(now)
    if before == after:
        before, after = f"{before} ({was.value})", f"{after} ({now.value})"
    delta = ""
    if was.unit is now.unit is Unit.PERCENT:
        delta = percentage_points(int(was.value), int(now.value))
    elif was.unit is now.unit is Unit.CENTS:
        delta = relative_step(int(was.value), int(now.value))
    if before != after:
        yield Change(ChangeSort.FACT, fact_label(now), before, after, delta, now.sentence)


def sheet_changes(old: SchemeSheet | None, new: SchemeSheet | None) -> Iterator[Change]:
    """What differs between two sheets that state the same values: whether they were read, their name, the sentences."""
    if old == new:
        return
    if old is None or new is None:
        yield Change(
            ChangeSort.TEXT, "gegevens van de regeling", *(NOT_READ if sheet is None else "gelezen" for sheet in (old, new))
        )
        return
    if (old.scheme, old.name) != (new.scheme, new.name):
        yield Change(ChangeSort.TEXT, "naam van de regeling", f"{old.name} ({old.scheme})", f"{new.name} ({new.scheme})")
    before, after = ("; ".join(f"{fact_label(fact)}: {fact.sentence}" for fact in sheet.facts) for sheet in (old, new))
    if before != after:
        yield Change(ChangeSort.TEXT, "vindplaats van de gegevens", before, after)
