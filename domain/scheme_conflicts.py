"""Two sources about one scheme: where the page (provisional) and the Staatscourant (final) state a fact differently.

Only the same field, part and round are set against each other. A round is told by the years that a date, a sentence or the sheet
names; a fact without any belongs to the year of its paper. A day without a time of day does not contradict that day with one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.change import Change, ChangeSort
from domain.scheme_findings import years_of
from domain.scheme_words import fact_label, fact_value
from domain.schemes import SchemeFact, SchemeField, SchemeSheet, Unit

LABEL = "bronnen spreken elkaar tegen"
COMPARED = frozenset(
    {
        SchemeField.OPENS, SchemeField.CLOSES, SchemeField.DEADLINE, SchemeField.CEILING, SchemeField.BUDGET, SchemeField.RATE,
        SchemeField.MINIMUM, SchemeField.MAXIMUM, SchemeField.THRESHOLD, SchemeField.ALLOCATION,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """A sheet with the name of its source as readers know it ("rvo.nl", "stcrt-2019-10565") and the year of its paper."""

    sheet: SchemeSheet
    source: str
    year: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One fact in two sources."""

    provisional: SchemeFact
    final: SchemeFact
    page: str
    act: str

    @property
    def change(self) -> Change:
        """As a reader is told it: both values with their sources, and which of the two is final."""
        before, after = fact_value(self.provisional), fact_value(self.final)
        return Change(
            ChangeSort.CONFLICT,
            f"{LABEL}: {fact_label(self.final)}",
            f"{before} ({self.page}, voorlopig)",
            f"{after} ({self.act}, definitief)",
            "",
            self.final.sentence,
        )


def conflicts(pages: Sequence[Stated], acts: Sequence[Stated]) -> tuple[Conflict, ...]:
    """Every fact that a page and the newest act about it (`acts` oldest first) state differently, each pair of values once."""
    found: dict[tuple[tuple[str, str], str, str], Conflict] = {}
    for page in pages:
        for fact in page.sheet.facts:
            final = _newest(fact, page, acts)
            if final is not None and not _agree(fact, final[0]):
                found.setdefault((fact.key, fact.value, final[0].value), Conflict(fact, final[0], page.source, final[1]))
    return tuple(found.values())


def confirmed(page: Stated, acts: Sequence[Stated]) -> bool:
    """True when an act states a fact of the page's own round: then the page is no longer all that is known."""
    return any(_newest(fact, page, acts) is not None for fact in page.sheet.facts)


def _newest(fact: SchemeFact, page: Stated, acts: Sequence[Stated]) -> tuple[SchemeFact, str] | None:
    """The same fact of the same round in the newest act that states it."""
    if fact.field not in COMPARED:
        return None
    for act in reversed(acts):
        for final in act.sheet.facts:
            if final.key == fact.key and final.unit is fact.unit and _rounds(fact, page) & _rounds(final, act):
                return final, act.source
    return None


def _rounds(fact: SchemeFact, stated: Stated) -> set[str]:
    if fact.unit is Unit.MOMENT:
        return {fact.value[:4]}
    return set(years_of(f"{fact.part} {fact.sentence}")) or set(_years(stated.sheet)) or {stated.year}


def _years(sheet: SchemeSheet) -> Iterator[str]:
    return (fact.value[:4] for fact in sheet.facts if fact.field in (SchemeField.OPENS, SchemeField.CLOSES))


def _agree(one: SchemeFact, other: SchemeFact) -> bool:
    if one.unit is Unit.MOMENT and ("T" in one.value) != ("T" in other.value):
        return one.value[:10] == other.value[:10]
    return one.value == other.value
