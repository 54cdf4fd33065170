"""What the readers of scheme pages find before it is a fact: a value with the sentence, and the year it is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.scheme_words import YEAR
from domain.schemes import SchemeFact, SchemeField, SchemeStatus, Unit

_STATUS: tuple[tuple[SchemeStatus, re.Pattern[str]], ...] = tuple(
    (status, re.compile(words, re.IGNORECASE))
    for status, words in (
        # Longest first: "bijna open voor aanvragen" holds "open voor aanvragen".
        (
            SchemeStatus.EXHAUSTED,
            r"\b(?:(?:subsidie)?plafond|budget)\b[^.;]{0,60}?\b(?:bereikt|uitgeput|vergeven|volledig\s+benut)\b|\b(?:budget\s+op|uitgeput)\b",
        ),
        (SchemeStatus.CLOSED_TEMPORARILY, r"\btijdelijk\s+gesloten\b"),
        (SchemeStatus.OPENING_SOON, r"\b(?:bijna|binnenkort)\s+open\b"),
        (SchemeStatus.CLOSED, r"\bgesloten\b"),
        (SchemeStatus.OPEN, r"\bopen(?:\s+voor\s+aanvragen)?\b"),
    )
)

_ALLOCATION: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "volgorde van binnenkomst",
        re.compile(r"\bvolgorde\s+van\s+(?:binnenkomst|ontvangst)\b|\bwie\s+het\s+eerst\s+komt\b", re.IGNORECASE),
    ),
    ("loting", re.compile(r"\b(?:loting|geloot|loten)\b", re.IGNORECASE)),
    ("rangschikking (tender)", re.compile(r"\b(?:rangschikking|gerangschikt|tender(?:procedure|systematiek)?)\b", re.IGNORECASE)),
)
_REGION = re.compile(r"\b(?:Regio|Landsdeel|Provincie)\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """One reading. `years` are the years that its sentence or label names; they tell two values for two years apart."""

    field: SchemeField
    part: str
    value: str
    unit: Unit
    sentence: str
    years: tuple[str, ...] = ()


def status_of(text: str) -> SchemeStatus | None:
    """The status that a label says, longest label first; None when it says none."""
    return next((status for status, words in _STATUS if words.search(text)), None)


def allocation_of(text: str) -> str:
    """The way of dividing money that a text names; "" when it names none, or more than one."""
    found = [name for name, words in _ALLOCATION if words.search(text)]
    return found[0] if len(found) == 1 else ""


def with_regions(text: str) -> str:
    """The text in the spelling in which `scheme_words` knows a region, also where it begins a line ("Regio Noord")."""
    return _REGION.sub(lambda match: match[0].lower(), text)


def years_of(text: str) -> tuple[str, ...]:
    """The years a text names, once each."""
    return tuple(dict.fromkeys(match[0] for match in YEAR.finditer(text)))


def settle(findings: Iterable[Finding]) -> tuple[SchemeFact, ...]:
    """The findings as facts, one per key. Where a page gives two values for one thing, each is read for its own year when the
    page says so, and neither when it does not: which one holds is not ours to say."""
    grouped: dict[tuple[SchemeField, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[(finding.field, finding.part)].append(finding)
    facts: list[SchemeFact] = []
    for listed in grouped.values():
        facts += [_fact(one) for one in _agreed(listed)]
    return tuple(facts)


def _agreed(listed: list[Finding]) -> list[Finding]:
    if len({one.value for one in listed}) == 1:
        return listed[:1]
    if precise := _same_day(listed):
        return [precise]
    by_year: dict[str, list[Finding]] = defaultdict(list)
    for one in listed:
        if len(one.years) != 1:
            return []
        by_year[one.years[0]].append(one)
    if any(len({one.value for one in same}) > 1 for same in by_year.values()):
        return []
    return [replace(same[0], part=", ".join(filter(None, (same[0].part, year)))) for year, same in sorted(by_year.items())]


def _same_day(listed: list[Finding]) -> Finding | None:
    """The finding with the time of day, when all others name the same day without one."""
    timed = [one for one in listed if one.unit is Unit.MOMENT and "T" in one.value]
    if len({one.value for one in timed}) != 1 or any(not timed[0].value.startswith(one.value) for one in listed):
        return None
    return timed[0]


def _fact(finding: Finding) -> SchemeFact:
    return SchemeFact(finding.field, finding.value, finding.unit, finding.sentence, finding.part)
