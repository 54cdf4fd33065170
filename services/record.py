"""Writing down what a reading means, in one transaction: snapshot, version, event, assessments, and who has to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.assessments import Assessment, Level
from domain.changes import Change, compare, event_kind
from domain.citations import Citation, read_citations
from domain.documents import Document, Kind
from domain.errors import ReadingError
from domain.events import EventKind, Release, event_key
from domain.listings import Answer
from domain.urgency import is_urgent
from services.acquire import Acquired
from services.identify import identify
from services.radar import Radar
from services.settings import DigestSettings
from storage.resources import Resource
from storage.snapshots import Snapshot, Version
from storage.unit_of_work import Unit

FIRST_EVENT = {Kind.EXTENSION: EventKind.EXTENDED, Kind.ANSWER: EventKind.ANSWERED}
"""What the first sight of a paper means for the thread it belongs to; every other kind is simply published."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one reading: "unchanged", or the event it was."""

    event: EventKind | None
    new: bool


def record(radar: Radar, resource: Resource, acquired: Acquired, visit_id: int) -> Recorded:
    """Compare a reading with the newest version and write down what it means; an unchanged paper only gets "last seen"."""
    now = radar.clock.now()
    with radar.store.begin() as unit:
        resource = unit.resources.get(resource.id)
        latest = unit.snapshots.latest_version(resource.id)
        if acquired.reading is None:
            _seen(unit, resource, acquired, now, resource.publication_id, resource.kind)
            unit.visits.count(visit_id, {"unchanged": 1})
            return Recorded(None, False)
        for remark in acquired.reading.surprises:
            unit.visits.warn(resource.source, remark, at=now, visit_id=visit_id, url=resource.url)
        noise = [rule.text for rule in radar.settings.scope(resource.source).noise]
        document = acquired.reading.document.without(noise)
        before = _comparable(radar, unit, resource, latest, noise)
        if latest is not None and before is not None and before.content_hash() == document.content_hash():
            _seen(unit, resource, acquired, now, resource.publication_id, resource.kind)
            unit.visits.count(visit_id, {"unchanged": 1})
            return Recorded(None, False)
        return _changed(radar, unit, resource, acquired, latest, before, document, visit_id, now)


def _comparable(radar: Radar, unit: Unit, resource: Resource, latest: Version | None, noise: Sequence[str]) -> Document | None:
    """What the newest version says to today's reader: read again from its bytes when the parser has changed since, so that a
    better parser never makes an old paper new (design decision 3)."""
    if latest is None:
        return None
    adapter = radar.adapters[resource.source]
    if latest.parser == adapter.parser:
        return latest.document.without(noise)
    answers = {
        part.role: Answer(part.url, part.url, part.status, tuple(part.headers.items()), unit.snapshots.body(part.sha256))
        for part in unit.snapshots.parts(latest.id)
    }
    try:
        return adapter.read(resource.url, answers, radar.settings.scope(resource.source)).document.without(noise)
    except ReadingError:
        return latest.document.without(noise)  # what it said then is the best that is known of it


def _changed(
    radar: Radar,
    unit: Unit,
    resource: Resource,
    acquired: Acquired,
    latest: Version | None,
    before: Document | None,
    document: Document,
    visit_id: int,
    now: datetime,
) -> Recorded:
    reading = acquired.reading
    assert reading is not None
    parts = _keep(unit, resource, acquired, now)
    adapter = radar.adapters[resource.source]
    version = unit.snapshots.add_version(
        resource.id, reading.document, document.content_hash(), adapter.parser, parts, at=now, visit_id=visit_id
    )
    publication = identify(radar, unit, resource, document, now)
    citations = [found for passage in document.passages for found in read_citations(passage.text)]
    unit.events.cite(version.id, citations)
    changes = compare(before, document) if before is not None else ()
    kind = event_kind(before, document, changes) if before is not None else FIRST_EVENT.get(document.kind, EventKind.PUBLISHED)
    quiet = latest is None and (resource.baseline or resource.quiet)
    old_hash = before.content_hash() if before is not None else ""
    assessments = judge(radar, document, kind, changes, citations)
    event_id = unit.events.record(
        key=event_key(resource.url, kind, old_hash, document.content_hash(), latest.seq if latest else 0),
        resource_id=resource.id,
        publication_id=publication.id,
        kind=kind,
        old_version_id=latest.id if latest else None,
        new_version_id=version.id,
        old_hash=old_hash,
        new_hash=document.content_hash(),
        visit_id=visit_id,
        seen=now,
        release=Release.QUIET if quiet else Release.OPEN,
        changes=changes,
        assessments=assessments,
        packs=radar.packs,
    )
    if event_id is not None and not quiet:
        for digest in radar.settings.digests.values():
            level = level_for(digest, assessments)
            if level is not None and (not digest.urgent or is_urgent(level, kind, document, changes, now)):
                unit.issues.tell(event_id, digest.name, level, now)
    _seen(unit, resource, acquired, now, publication.id, document.kind.value)
    unit.visits.count(visit_id, {"read": 1, "events": 1 if event_id is not None else 0})
    return Recorded(kind, latest is None)


def judge(
    radar: Radar, document: Document, kind: EventKind, changes: Sequence[Change], citations: Sequence[Citation]
) -> tuple[Assessment, ...]:
    """How much it matters to every topic and every followed id."""
    return radar.judge.judge(document, kind, changes, citations)


def level_for(digest: DigestSettings, assessments: Sequence[Assessment]) -> Level | None:
    """The highest level among the topics and followed ids of a digest; None when it selects none of them."""
    wanted = {*digest.topics, *(f"follow:{followed}" for followed in digest.follow)}
    levels = [found.level for found in assessments if found.topic in wanted]
    return min(levels, key=lambda level: level.rank) if levels else None


def _keep(unit: Unit, resource: Resource, acquired: Acquired, now: datetime) -> dict[str, Snapshot]:
    return {role: unit.snapshots.keep(resource.id, role, answer, now) for role, answer in acquired.answers.items()}


def _seen(unit: Unit, resource: Resource, acquired: Acquired, now: datetime, publication_id: int | None, kind: str) -> None:
    unit.resources.checked(
        resource,
        at=now,
        validators=acquired.validators,
        marks=resource.marks,
        publication_id=publication_id,
        kind=kind,
    )
