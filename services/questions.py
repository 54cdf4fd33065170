"""Written questions on the topics of a digest that have no answer yet, with the last day for it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.assessments import Level
from domain.calendar import local
from domain.digests import AHEAD, Ahead, ComingDate, OpenQuestion
from domain.documents import Document, Kind
from domain.threads import due_date
from services.radar import Radar
from services.selection import selected_topics
from services.settings import DigestSettings
from storage.resources import Resource
from storage.snapshots import Version
from storage.unit_of_work import Unit

ASKED_WITHIN = timedelta(days=365)
"""Older questions are no longer waited for: their answers are mostly older than the watching."""

_LEVELS = (Level.MUST_READ, Level.RELEVANT)


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Questions that nobody answered so far: their paper, what it says, when we first read it, and the last day for an answer."""

    publication_id: int
    resource: Resource
    document: Document
    learned: datetime
    due: date


def open_threads(radar: Radar, unit: Unit, oldest: date, among: Container[int] | None = None) -> tuple[OpenThread, ...]:
    """Every question sent since `oldest` that has no answer, a notice of extension counted in its last day; `among` are the
    publications that matter, None for all."""
    asked = _asked(radar, unit, oldest, among)
    cases = unit.publications.links_of(asked, "case")
    kinds = unit.resources.kinds_in_cases({case for listed in cases.values() for case in listed})
    found = []
    for key, (resource, version) in asked.items():
        thread = {kind for case in cases.get(key, ()) for kind in kinds.get(case, ())}
        document = version.document
        if document.submitted is not None and Kind.ANSWER.value not in thread:
            due = due_date(document.submitted, Kind.EXTENSION.value in thread)
            found.append(OpenThread(key, resource, document, version.created, due))
    return tuple(found)


def unanswered(radar: Radar, unit: Unit, settings: DigestSettings, now: datetime) -> tuple[OpenQuestion, ...]:
    """The questions that this digest's topics find relevant and nobody answered, by last day."""
    concerned = unit.events.publications_at(_LEVELS, selected_topics(settings), (Kind.QUESTION.value,))
    threads = open_threads(radar, unit, local(now).date() - ASKED_WITHIN, concerned)
    found = (OpenQuestion(one.document.title, one.document.url, one.due) for one in threads)
    return tuple(sorted(found, key=lambda one: (one.due, one.title, one.url)))


def overdue(questions: Sequence[OpenQuestion], since: datetime | None, now: datetime) -> tuple[OpenQuestion, ...]:
    """Those whose last day has passed: all of them in the first issue of a week, in the others those of which no issue (the last
    was made at `since`) could say so before."""
    today = local(now).date()
    told = date.min if since is None or first_of_week(since, now) else local(since).date()
    return tuple(asked for asked in questions if told <= asked.due < today)


def first_of_week(since: datetime | None, now: datetime) -> bool:
    """True for the first issue of a week: the list of questions past their term comes once, as the House itself gives it on
    Mondays."""
    return since is None or local(since).isocalendar()[:2] != local(now).isocalendar()[:2]


def expected(questions: Sequence[OpenQuestion], today: date) -> tuple[ComingDate, ...]:
    """The answers that are due as far ahead as coming dates are shown."""
    return tuple(
        ComingDate(asked.due, Ahead.ANSWER, asked.title, asked.url) for asked in questions if today <= asked.due <= today + AHEAD
    )


def _asked(radar: Radar, unit: Unit, oldest: date, among: Container[int] | None) -> dict[int, tuple[Resource, Version]]:
    """The questions sent since a day, by publication; of copies the one that was listed first."""
    recent = [
        one
        for one in unit.resources.of_kind(Kind.QUESTION.value)
        if one.source in radar.settings.sources
        and (one.dated is None or one.dated >= oldest)
        and (among is None or one.publication_id in among)
    ]
    versions = unit.snapshots.latest_versions([one.id for one in recent])
    found: dict[int, tuple[Resource, Version]] = {}
    for one in recent:
        version = versions.get(one.id)
        if one.publication_id is None or version is None or version.document.submitted is None:
            continue
        if version.document.kind is Kind.QUESTION and version.document.submitted >= oldest:
            found.setdefault(one.publication_id, (one, version))
    return found
