"""The words that carry the news of an issue: its subject, its first lines and the order of its items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from domain.assessments import Level
from domain.calendar import local, short_day
from domain.changes import Change, ChangeSort
from domain.digests import ComingDate, Item
from domain.documents import Kind
from domain.events import EventKind

SUBJECT_LENGTH = 90
"""A subject line is at most this long: what a telephone shows and a mail client never folds away."""

KIND_NAMES = {
    "nl": {
        Kind.LETTER: "Kamerbrief",
        Kind.QUESTION: "Kamervraag",
        Kind.ANSWER: "Antwoord",
        Kind.EXTENSION: "Uitstel",
        Kind.REPORT: "Rapport",
        Kind.MOTION: "Motie",
        Kind.DEBATE: "Debat",
        Kind.REGULATION: "Regelgeving",
        Kind.SCHEME: "Regeling",
        Kind.NEWS: "Nieuws",
        Kind.ATTACHMENT: "Bijlage",
        Kind.OTHER: "Stuk",
    },
    "en": {
        Kind.LETTER: "Letter",
        Kind.QUESTION: "Question",
        Kind.ANSWER: "Answer",
        Kind.EXTENSION: "Extension",
        Kind.REPORT: "Report",
        Kind.MOTION: "Motion",
        Kind.DEBATE: "Debate",
        Kind.REGULATION: "Regulation",
        Kind.SCHEME: "Scheme",
        Kind.NEWS: "News",
        Kind.ATTACHMENT: "Attachment",
        Kind.OTHER: "Paper",
    },
}

KIND_ORDER = list(Kind)


def in_reading_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """Must-read first; within a level by kind, dossier, date (newest first) and id, so that the order never depends on chance."""
    return tuple(
        sorted(items, key=lambda i: (i.level.rank, KIND_ORDER.index(i.kind), i.dossier, -_day(i.dated).toordinal(), i.id))
    )


def subject(items: Sequence[Item], language: str, nothing: str) -> str:
    """At most 90 characters that carry the news: the two most important items, and how many more."""
    shown = [i for i in items if not i.seen_in_full]
    if not shown:
        return nothing
    leading = sorted(shown, key=lambda i: (i.level.rank, not _facts(i), KIND_ORDER.index(i.kind)))
    first = _short(leading[0], language)
    text = _cut(first, SUBJECT_LENGTH)
    if len(leading) > 1:
        second = f"{text} · {_short(leading[1], language)}"
        rest = len(leading) - 2
        more = f" + {rest}" if rest else ""
        if len(second) + len(more) <= SUBJECT_LENGTH:
            text = second + more
        else:
            more = f" + {len(leading) - 1}"
            text = _cut(first, SUBJECT_LENGTH - len(more)) + more
    return text


def first_lines(items: Sequence[Item], coming: Sequence[ComingDate], now: datetime, language: str) -> tuple[str, ...]:
    """At most three lines for "Eerst dit": must-read news, then what has to be done soon."""
    lines = [_first_line(item, language) for item in items if item.level is Level.MUST_READ and not item.seen_in_full]
    today = local(now).date()
    for ahead in coming:
        if ahead.urgent:
            day = ahead.when.date() if isinstance(ahead.when, datetime) else ahead.when
            left = (day - today).days
            days = (
                ("vandaag" if left == 0 else f"nog {left} {'dag' if left == 1 else 'dagen'}")
                if language == "nl"
                else f"{left} days"
            )
            lines.append(f"{ahead.what}: {short_day(day)} ({days})")
    return tuple(lines[:3])


def _first_line(item: Item, language: str) -> str:
    facts = _facts(item)
    if facts:
        return f"{item.heading}: {facts[0].label} {facts[0].before} → {facts[0].after}"
    if item.mention is not None:
        named = "uw organisatie wordt genoemd" if language == "nl" else "your organisation is named"
        return f"{item.heading} ({named})"
    return item.heading


def _short(item: Item, language: str) -> str:
    facts = _facts(item)
    if facts:
        return f"{item.heading.partition(': ')[0]}: {facts[0].label} {facts[0].before} → {facts[0].after}"
    name = KIND_NAMES.get(language, KIND_NAMES["nl"])[item.kind]
    if EventKind.SCHEME_CHANGED in item.states or item.kind is Kind.SCHEME:
        return item.heading
    return item.heading if item.heading.casefold().startswith(name.casefold()) else f"{name}: {item.heading}"


def _facts(item: Item) -> list[Change]:
    return [change for change in item.changes if change.sort is ChangeSort.FACT]


def _cut(text: str, length: int) -> str:
    """The text, shortened at a word with an ellipsis when it is longer."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:·") + "…"


def _day(value: date | None) -> date:
    return value or date(1, 1, 1)
