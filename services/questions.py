"""Written questions on the topics of a digest that have no answer yet, with the last day for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.assessments import Level
from domain.calendar import local
from domain.digests import Ahead, ComingDate, OpenQuestion
from domain.documents import Kind
from domain.threads import due_date
from services.chains import in_thread
from services.radar import Radar
from services.selection import selected_topics
from services.settings import DigestSettings
from storage.unit_of_work import Unit

EXPECTED = timedelta(days=14)
"""How long before its last day an answer stands in "Komende data"."""

ASKED_WITHIN = timedelta(days=365)
"""Older questions are no longer waited for: their answers are mostly older than the watching."""


def unanswered(radar: Radar, unit: Unit, settings: DigestSettings, now: datetime) -> tuple[OpenQuestion, ...]:
    """The questions that this digest's topics find relevant and nobody answered, by last day; a notice of extension counts."""
    oldest = local(now).date() - ASKED_WITHIN
    recent = [
        one
        for one in unit.resources.of_kind(Kind.QUESTION.value)
        if one.publication_id is not None and one.source in radar.settings.sources and (one.dated is None or one.dated >= oldest)
    ]
    versions = unit.snapshots.latest_versions([one.id for one in recent])
    found: dict[int, OpenQuestion] = {}
    for one in recent:
        document = versions[one.id].document if one.id in versions else None
        key = one.publication_id
        if document is None or key is None or key in found or document.submitted is None or document.submitted < oldest:
            continue
        if document.kind is Kind.QUESTION and _concerns(unit, settings, key):
            kinds = _thread_kinds(unit, key)
            if Kind.ANSWER.value not in kinds:
                due = due_date(document.submitted, Kind.EXTENSION.value in kinds)
                found[key] = OpenQuestion(document.title, document.url, due)
    return tuple(sorted(found.values(), key=lambda asked: (asked.due, asked.title, asked.url)))


def overdue(questions: Sequence[OpenQuestion], today: date) -> tuple[OpenQuestion, ...]:
    """Those whose last day has passed."""
    return tuple(asked for asked in questions if asked.due < today)


def expected(questions: Sequence[OpenQuestion], today: date) -> tuple[ComingDate, ...]:
    """The answers that are due within 14 days."""
    return tuple(
        ComingDate(asked.due, Ahead.ANSWER, asked.title, asked.url)
        for asked in questions
        if today <= asked.due <= today + EXPECTED
    )


def _thread_kinds(unit: Unit, publication_id: int) -> set[str]:
    """The kinds of the read papers that belong to the same cases."""
    return {
        copy.kind
        for other in in_thread(unit, publication_id)
        for copy in unit.resources.of_publication(other.id)
        if copy.checked is not None
    }


def _concerns(unit: Unit, settings: DigestSettings, publication_id: int) -> bool:
    wanted = selected_topics(settings)
    judged = unit.events.assessments_of([event.id for event in unit.events.of_publication(publication_id)])
    return any(
        one.topic in wanted and one.level in (Level.MUST_READ, Level.RELEVANT) for found in judged.values() for one in found
    )
