"""When a scheme opens, closes, or wants an application at the latest, as a sentence says it.

A date counts only where the words around it are about applying. When projects begin or end, what may no longer be done from a day
on, and dates of which nobody says what happens then, give no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from domain.calendar import MONTHS
from domain.dutch_numbers import DutchMoment, moments
from domain.scheme_findings import Finding, years_of
from domain.scheme_words import part_of
from domain.schemes import SchemeField, Unit

_APPLYING = re.compile(
    # "indien" alone is a condition ("if"), not an application.
    r"aanvra|\bindien(?:en|t|ing\w*)\b|\bingediend\b|openstel|opengesteld|\bloket\b|\bopen\b|\bopent\b|\bsluit|looptijd|tijdvak|inschrijv|\bvraagt?\b.*\baan\b|\baan\s+te\s+vragen\b|\baan(?:ge)?vra\w+",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:niet|geen|nooit)\b", re.IGNORECASE)
_PROJECT = re.compile(
    r"\b(?:projecten|project|activiteiten|werkzaamheden)\b[^.;]*\b(?:loopt|lopen|looptijd|duurt|klaar|gereed|start|starten|begint"
    r"|beginnen|eindigt|eindigen|afrond\w*|afgerond|uitvoer\w*|uitgevoerd|voltooid)\b"
    r"|\blooptijd\s+van\s+(?:het|uw|een|de)\s+project",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s*(?:uur)?,?\s*(?:tot\s+en\s+met|t/m|tot|[-–—]|(?:en\s+)?(?:sluit|loopt|eindigt|stopt)(?:\s+\w+)?\s+(?:op|tot(?:\s+en\s+met)?))\s*",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:vanaf|(?:start|begint)\s+op|openingsdatum(?:\s+is)?|opent(?:\s+\w+){0,2}\s+op|opent|gaat\s+open\s+op|open\s+(?:op|per)|opengesteld\s+(?:op|per)|startdatum(?:\s+is)?)\s*:?\s*$",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\b(?:sluit(?:\s+\w+){0,2}\s+op|eindigt\s+op|sluitingsdatum(?:\s+is)?|sluit|tot\s+en\s+met|t/m|tot|einddatum(?:\s+is)?|gesloten\s+op)\s*:?\s*$",
    re.IGNORECASE,
)
# What is bought, spent or worked from a day on says nothing of when to apply.
_ABOUT_ELSE = re.compile(
    r"\b(?:investering(?:en)?|kosten|uitgaven|facturen|betalingen|uren|leveringen|werkzaamheden)\s+(?:vanaf|tot(?:\s+en\s+met)?|t/m)\s*$",
    re.IGNORECASE,
)
_LATEST = re.compile(r"\b(?:uiterlijk(?:\s+op)?|deadline(?:\s+\w+){0,3}|uiterste\s+\w+(?:\s+is)?)\s*:?\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:vóór|in\s+voor)\s*$", re.IGNORECASE)
_FROM = re.compile(r"\btussen\s*$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:uur)?\)?,?\s*en\s*", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]")
_SHORT = 3  # words before a date under a heading that speaks of applying, when the sentence itself does not


def read_moments(sentence: str, heading: str, part: str | None, question: str) -> Iterator[Finding]:
    """The openings, closings and deadlines of one sentence. `part` is what the sentence is about, None when that is not clear."""
    found = moments(sentence)
    if part is None or not found or not _about_applying(sentence, heading, found[0]):
        return
    years = years_of(sentence)
    taken: set[int] = set()
    for place, (first, last) in enumerate(pairwise(found)):
        joined = _TO.fullmatch(sentence, first.end, last.start) or _between(sentence, first, last)
        if joined and not _LATEST.search(sentence, 0, last.start):
            taken |= {place, place + 1}
            yield _moment(SchemeField.OPENS, part, first, sentence, years)
            yield _moment(SchemeField.CLOSES, part, last, sentence, years)
    for place, moment in enumerate(found):
        before = sentence[: moment.start]
        if place in taken:
            continue
        if _LATEST.search(before):
            yield _moment(SchemeField.DEADLINE, _before_start(part, question), moment, sentence, years)
        elif _BEFORE.search(before):
            yield _moment(SchemeField.DEADLINE, ", ".join(filter(None, (part, "vóór"))), moment, sentence, years)
        elif _ABOUT_ELSE.search(before):
            continue
        elif (opens := _OPENS.search(before)) and _own_clause(sentence, opens.start(), moment):
            yield _moment(SchemeField.OPENS, part, moment, sentence, years)
        elif (closes := _CLOSES.search(before)) and _own_clause(sentence, closes.start(), moment):
            yield _moment(SchemeField.CLOSES, part, moment, sentence, years)


def _between(sentence: str, first: DutchMoment, last: DutchMoment) -> bool:
    """True for "tussen 7 april 2026 en 10 september 2026"."""
    return _FROM.search(sentence[: first.start]) is not None and _AND.fullmatch(sentence, first.end, last.start) is not None


def _about_applying(sentence: str, heading: str, first: DutchMoment) -> bool:
    """True when the sentence says so, or its heading does and the sentence is little more than the date."""
    if _DENIED.search(sentence) or _PROJECT.search(sentence):
        return False
    if _APPLYING.search(sentence):
        return True
    return _APPLYING.search(heading) is not None and len(sentence[: first.start].split()) <= _SHORT


def _own_clause(sentence: str, begin: int, moment: DutchMoment) -> bool:
    """False when the clause with the date has words before it, and none of them is about applying."""
    commas = [match.end() for match in _CLAUSE.finditer(sentence, 0, begin)]
    before = sentence[commas[-1] if commas else 0 : begin]
    following = _CLAUSE.search(sentence, moment.end)
    clause = sentence[commas[-1] if commas else 0 : following.start() if following else len(sentence)]
    return not before.strip() or _APPLYING.search(clause) is not None


def _moment(field: SchemeField, part: str, moment: DutchMoment, sentence: str, years: tuple[str, ...]) -> Finding:
    return Finding(field, part, moment.iso, Unit.MOMENT, sentence, years)


def _before_start(part: str, question: str) -> str:
    """The start that the question before a deadline speaks of ("Wilt u beginnen op 1 januari 2022?"), without its year."""
    asked = moments(question)
    if part or len(asked) != 1:
        return part
    return f"start {asked[0].day.day} {MONTHS[asked[0].day.month - 1]}"


def narrowed(part: str | None, question: str) -> str | None:
    """The part that a sentence is about, or else the part that the question before it names; None when either is not clear."""
    asked = part_of(question)
    return None if part is None or asked is None else part or asked
