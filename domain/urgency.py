"""What cannot wait for the next regular digest (issue "Digests": urgent by default)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from domain.assessments import Level
from domain.calendar import AMSTERDAM
from domain.change import Change, ChangeSort
from domain.documents import Document
from domain.events import EventKind
from domain.schemes import SchemeField, Unit

NEAR = timedelta(hours=48)
"""A deadline closer than this is urgent."""

DEADLINES = frozenset({SchemeField.CLOSES, SchemeField.DEADLINE, SchemeField.OPENS})


def is_urgent(level: Level, kind: EventKind, document: Document, changes: Sequence[Change], now: datetime) -> bool:
    """Must-read news, a scheme that opened, closed, ran out or changed, or a deadline within 48 hours; never what is held.

    A scheme changed when one of its facts did, also when the paper calls itself a correction.
    """
    if level is Level.HELD:
        return False
    changed = kind is EventKind.SCHEME_CHANGED or any(change.sort is ChangeSort.FACT for change in changes)
    if level is Level.MUST_READ or (changed and bool(changes)):
        return True
    # An announcement is about one date: another one on the same page does not make it urgent.
    said = {change.sentence for change in changes} if kind is EventKind.MOMENT else None
    return any(now <= moment <= now + NEAR for moment in deadlines(document, said))


def deadlines(document: Document, said: Container[str] | None = None) -> Iterator[datetime]:
    """The dated moments of a scheme sheet, aware; a day without a time ends at midnight in the Netherlands. With `said` only
    those that one of these sentences states."""
    for fact in document.scheme.facts if document.scheme else ():
        if fact.field in DEADLINES and fact.unit is Unit.MOMENT and (said is None or fact.sentence in said):
            if "T" in fact.value:
                yield datetime.fromisoformat(fact.value).replace(tzinfo=AMSTERDAM)
            else:
                yield datetime.combine(date.fromisoformat(fact.value), time(23, 59), tzinfo=AMSTERDAM)
