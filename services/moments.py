"""Announcing what lies ahead: schemes that open or close, answers that are due.

Nothing was fetched for it: the clock moved. The announcement is an event of the paper that says the date, so that it is judged,
told and explained like any other; its key is that of the moment and its step, so that it is made once, whichever page says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from domain.assessments import Level
from domain.calendar import AMSTERDAM, local, long_day
from domain.changes import Change, ChangeSort
from domain.documents import Document, Kind
from domain.events import EventKind, Release
from domain.moments import Moment, MomentSort, Step, step_due
from domain.scheme_words import fact_label, fact_value
from domain.schemes import SchemeFact, SchemeField, Unit
from services.announce import Occurrence, announce
from services.carried import carried
from services.questions import OpenThread, open_threads
from services.radar import Radar
from storage import unit_of_work
from storage.resources import Resource
from storage.snapshots import Version

SORTS = {
    SchemeField.OPENS: MomentSort.OPENS,
    SchemeField.CLOSES: MomentSort.CLOSES,
    SchemeField.DEADLINE: MomentSort.DEADLINE,
}

ALWAYS = datetime.min.replace(tzinfo=UTC)

ASKED_WITHIN = timedelta(weeks=12)
"""No answer is due later than six weeks after its questions; older ones have nothing to be announced."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A moment with the page that states it, and that page's newest version."""

    moment: Moment
    resource: Resource
    version: Version
    fact: SchemeFact


def announce_moments(radar: Radar) -> int:
    """Announce every moment whose time to be announced has come; returns how many were."""
    now = radar.clock.now()
    with radar.store.read() as unit:
        # When a date was first read is looked up only where it may matter: most dates have nothing to announce today.
        near = [(one, step) for one in stated(radar, unit) if (step := step_due(one.moment, ALWAYS, now))]
        unsaid = [one for one, step in near if not unit.events.knows(one.moment.key(step))]
        due = [(one, step) for one in unsaid if (step := step_due(one.moment, _learned(unit, one), now))]
        threads = open_threads(radar, unit, local(now).date() - ASKED_WITHIN)
        awaited = [(one, step) for one in threads if (step := step_due(_answer(one), one.learned, now))]
        answers = [(one, step) for one, step in awaited if not unit.events.knows(_answer(one).key(step))]
    if not due and not answers:
        return 0
    with radar.store.begin() as unit:
        made = [_announce_scheme(radar, unit, one, step, now) for one, step in due]
        made.extend(_announce_answer(radar, unit, one, step, now) for one, step in answers)
    return sum(made)


def _answer(thread: OpenThread) -> Moment:
    return Moment(thread.document.id, MomentSort.ANSWER_DUE, thread.due)


def stated(radar: Radar, unit: unit_of_work.Unit) -> tuple[Stated, ...]:
    """Every moment of a watched scheme that its pages state now, each once: of several pages the shortest address speaks."""
    found: dict[tuple[str, MomentSort, str, str], Stated] = {}
    for scheme, resource, version in pages_by_scheme(radar, unit):
        for fact in _dated(version.document):
            moment = Moment(scheme, SORTS[fact.field], when(fact), fact.part, fact.sentence)
            found.setdefault((scheme, moment.sort, fact.part, fact.value), Stated(moment, resource, version, fact))
    return tuple(found.values())


def pages_by_scheme(radar: Radar, unit: unit_of_work.Unit) -> Iterator[tuple[str, Resource, Version]]:
    """Every page with a sheet, shortest address first, with the scheme it belongs to: a subpage to that of its main page."""
    resources = [one for one in unit.resources.of_kind(Kind.SCHEME.value) if one.source in radar.settings.sources]
    versions = unit.snapshots.latest_versions([one.id for one in resources])
    for resource in sorted(resources, key=lambda one: (len(one.url), one.url)):
        version = versions.get(resource.id)
        if version is not None and version.document.scheme is not None:
            yield version.document.scheme.scheme.partition("/")[0], resource, version


def when(fact: SchemeFact) -> date | datetime:
    """The day of a dated fact, or its moment in Amsterdam where the page gives a time."""
    if "T" in fact.value:
        return datetime.fromisoformat(fact.value).replace(tzinfo=AMSTERDAM)
    return date.fromisoformat(fact.value)


def _dated(document: Document) -> Iterator[SchemeFact]:
    for fact in document.scheme.facts if document.scheme else ():
        if fact.unit is Unit.MOMENT and fact.field in SORTS:
            yield fact


def _learned(unit: unit_of_work.Unit, found: Stated) -> datetime:
    """When we first read this date on this page, back from its newest version."""
    learned = found.version.created
    for version in reversed(unit.snapshots.versions(found.resource.id)):
        if not any((fact.key, fact.value) == (found.fact.key, found.fact.value) for fact in _dated(version.document)):
            break
        learned = version.created
    return learned


def _announce_scheme(radar: Radar, unit: unit_of_work.Unit, found: Stated, step: Step, now: datetime) -> bool:
    if found.resource.publication_id is None:
        return False
    change = Change(ChangeSort.AHEAD, fact_label(found.fact), "", fact_value(found.fact), sentence=found.fact.sentence)
    happened = _occurrence(unit, found.moment.key(step), found.resource.id, found.resource.publication_id, found.version, change)
    judged = carried(radar, unit, found.resource.publication_id, "moment_ahead", at_most=Level.RELEVANT)
    return announce(radar, unit, happened, judged, Release.OPEN, now) is not None


def _announce_answer(radar: Radar, unit: unit_of_work.Unit, thread: OpenThread, step: Step, now: datetime) -> bool:
    """Answers that are due are a mention: "Komende data" has them too, and most come late."""
    version = unit.snapshots.latest_version(thread.resource.id)
    if version is None:
        return False
    change = Change(ChangeSort.AHEAD, "antwoord verwacht", "", f"uiterlijk {long_day(thread.due)}")
    happened = _occurrence(unit, _answer(thread).key(step), thread.resource.id, thread.publication_id, version, change)
    judged = carried(radar, unit, thread.publication_id, "moment_ahead", at_most=Level.MENTION)
    return announce(radar, unit, happened, judged, Release.OPEN, now) is not None


def _occurrence(
    unit: unit_of_work.Unit, key: str, resource_id: int, publication_id: int, version: Version, change: Change
) -> Occurrence:
    """The event under the visit that brought the version: a date that a rejected visit brought is not announced either."""
    return Occurrence(
        key=key,
        kind=EventKind.MOMENT,
        resource_id=resource_id,
        publication_id=publication_id,
        old_version_id=version.id,
        new_version_id=version.id,
        old_hash=version.content_hash,
        new_hash=sha256(change.after.encode()).hexdigest(),
        visit_id=unit.visits.bringing(version.id).id,
        document=version.document,
        changes=(change,),
    )
