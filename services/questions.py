"""Written questions on the topics of a digest that have no answer yet, with the last day for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from domain.assessments import Level
from domain.calendar import local
from domain.digests import Ahead, ComingDate, OpenQuestion
from domain.documents import Document, Kind
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

_LEVELS = (Level.MUST_READ, Level.RELEVANT)


def unanswered(radar: Radar, unit: Unit, settings: DigestSettings, now: datetime) -> tuple[OpenQuestion, ...]:
    """The questions that this digest's topics find relevant and nobody answered, by last day; a notice of extension counts."""
    asked = _asked(radar, unit, local(now).date() - ASKED_WITHIN)
    found = []
    for key in _concerning(unit, settings, asked):
        kinds = _thread_kinds(unit, key)
        document = asked[key]
        if document.submitted is not None and Kind.ANSWER.value not in kinds:
            due = due_date(document.submitted, Kind.EXTENSION.value in kinds)
            found.append(OpenQuestion(document.title, document.url, due))
    return tuple(sorted(found, key=lambda one: (one.due, one.title, one.url)))


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


def _asked(radar: Radar, unit: Unit, oldest: date) -> dict[int, Document]:
    """The questions sent since a day, by publication; of copies the one that was listed first."""
    recent = [
        one
        for one in unit.resources.of_kind(Kind.QUESTION.value)
        if one.source in radar.settings.sources and (one.dated is None or one.dated >= oldest)
    ]
    versions = unit.snapshots.latest_versions([one.id for one in recent])
    found: dict[int, Document] = {}
    for one in recent:
        document = versions[one.id].document if one.id in versions else None
        if one.publication_id is None or document is None or document.submitted is None:
            continue
        if document.kind is Kind.QUESTION and document.submitted >= oldest:
            found.setdefault(one.publication_id, document)
    return found


def _concerning(unit: Unit, settings: DigestSettings, publications: Iterable[int]) -> tuple[int, ...]:
    """Those of the publications that a topic of the digest finds relevant, judged in one go."""
    events = {key: [event.id for event in unit.events.of_publication(key)] for key in publications}
    judged = unit.events.assessments_of([event for listed in events.values() for event in listed])
    wanted = selected_topics(settings)
    return tuple(
        key
        for key, listed in events.items()
        if any(one.topic in wanted and one.level in _LEVELS for event in listed for one in judged.get(event, ()))
    )
