"""Telling a digest, once, what a backfill found: in an issue of its own, marked as an overview of the period."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from domain.assessments import Level
from domain.calendar import AMSTERDAM
from domain.events import Release, VisitState
from services import digest as making
from services.announce import level_for
from services.backfill_job import Job
from services.compose import recipients
from services.radar import Radar
from services.settings import DigestSettings
from storage.events import RecordedEvent
from storage.issues import DigestRun
from storage.unit_of_work import Unit


def tell(radar: Radar, unit: Unit, job: Job) -> DigestRun | None:
    """The issue that tells the digest of a job everything the job listed, whoever read it first, in the caller's transaction.

    What was told to this digest before is not told again, so doing this twice tells once. None when nothing is left to show;
    what would only be counted is then not counted either.
    """
    settings = radar.settings.digests[job.notify]
    found = _found(radar, unit, settings, job)
    if not any(level in settings.levels for _, level in found):
        return None
    now = radar.clock.now()
    for event, level in found:
        if event.release is Release.QUIET:
            unit.events.open(event.id)
        unit.issues.tell(event.id, settings.name, level, now)
    events = [unit.events.get(event.id) for event, _ in found]
    since = datetime.combine(job.since, time(), tzinfo=AMSTERDAM)
    until = datetime.combine(job.until + timedelta(days=1), time(), tzinfo=AMSTERDAM) - timedelta(seconds=1)
    return making.make_loaded(radar, unit, settings.name, events, since, until)


def _found(radar: Radar, unit: Unit, settings: DigestSettings, job: Job) -> list[tuple[RecordedEvent, Level]]:
    """The first sights of a job that this digest selects and has not told, first seen first, each with its level."""
    found = []
    for url in unit.windows.urls(job.source, job.name):
        resource = unit.resources.by_url(url)
        if resource is None or resource.publication_id is None:
            continue
        for event in unit.events.of_publication(resource.publication_id):
            level = level_for(settings, unit.events.assessments(event.id))
            if event.resource_id == resource.id and level is not None and _is_new_to(radar, unit, settings, event):
                found.append((event, level))
    return sorted(found, key=lambda pair: (pair[0].seen, pair[0].key))


def _is_new_to(radar: Radar, unit: Unit, settings: DigestSettings, event: RecordedEvent) -> bool:
    """Whether nobody of this digest heard of the event: not by an issue, not by the ledger that outlives a restored backup."""
    if event.release not in (Release.QUIET, Release.OPEN) or unit.issues.is_known(event.id, settings.name):
        return False
    if unit.visits.get(event.visit_id).state is not VisitState.ACCEPTED:
        return False  # a visit that is still open read it; it is told when this is asked again
    keys = [one.key for one in unit.events.of_publication(event.publication_id)]
    if unit.rejudgements.in_an_issue(settings.name, keys):
        return False
    told = [radar.ledger.told(radar.ledger.target(channel, name)) for channel, name in recipients(radar, settings)]
    return not told or not all(event.key in known for known in told)
