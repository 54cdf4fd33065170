"""Writing down what a reading means, in one transaction: snapshot, version, event, assessments, and who has to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.amending_changes import act_changes
from domain.changes import Change, compare, event_kind
from domain.documents import Document
from domain.errors import ReadingError
from domain.events import EventKind, Release, event_key
from domain.occasions import first_changes, first_event, later_event
from domain.same_text import same_in_another_form
from domain.scheme_identity import other_page
from domain.scheme_unread import newly_unread
from services.acquire import Acquired, UnreadableError, stored_answers
from services.announce import Occurrence, announce
from services.attachments import follow_attachments
from services.citing import cited
from services.contradictions import hang, new_conflicts
from services.identify import identify
from services.judging import judge
from services.lifecycle import moved_from, returned
from services.radar import Radar
from services.replacing import difference, keep_places
from storage.resources import Resource
from storage.snapshots import Snapshot, Version
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one reading: "unchanged", or the event it was."""

    event: EventKind | None
    new: bool


def record(radar: Radar, resource: Resource, acquired: Acquired, visit_id: int) -> Recorded:
    """Compare a reading with the newest version and write down what it means; an unchanged paper only gets "last seen".

    Raises UnreadableError when the address of a scheme shows another page now: the sheet that was stored of it stands.
    """
    now = radar.clock.now()
    with radar.store.begin() as unit:
        resource = unit.resources.get(resource.id)
        latest = unit.snapshots.latest_version(resource.id)
        returned(radar, unit, resource, latest, visit_id, now)
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
            if resource.publication_id is not None:
                keep_places(unit, resource.publication_id, document)
            _seen(unit, resource, acquired, now, resource.publication_id, resource.kind)
            unit.visits.count(visit_id, {"unchanged": 1})
            return Recorded(None, False)
        if before is not None and (turned := other_page(before, document)):
            raise UnreadableError(ReadingError(resource.url, turned), acquired.answers)
        return _changed(radar, unit, resource, acquired, latest, before, document, visit_id, now)


def _comparable(radar: Radar, unit: Unit, resource: Resource, latest: Version | None, noise: Sequence[str]) -> Document | None:
    """What the newest version says to today's reader: read again from its bytes when the parser has changed since, so that a
    better parser never makes an old paper new (design decision 3)."""
    if latest is None:
        return None
    adapter = radar.adapters[resource.source]
    if latest.parser == adapter.parser:
        return latest.document.without(noise)
    answers = stored_answers(unit, latest.id)
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
    moved = moved_from(unit, resource, document) if latest is None else None
    publication = identify(radar, unit, resource, document, now, moved_from=moved)
    hang(unit, publication, document)
    follow_attachments(radar, unit, resource, document, now, first=latest is None)
    citations = cited(document)
    unit.events.cite(version.id, citations)
    if latest is not None and before is not None and _in_another_form(unit, latest, parts, before, document):
        _seen(unit, resource, acquired, now, publication.id, document.kind.value)
        unit.visits.count(visit_id, {"unchanged": 1})
        return Recorded(None, False)
    changes = compare(before, document) if before is not None else act_changes(document)
    changes += newly_unread(before, document)
    changes += new_conflicts(unit, publication, before, document, now)
    kind, told = _happened(radar, unit, resource, before, document, changes)
    if moved is not None:
        kind = EventKind.MOVED
        unit.visits.count(visit_id, {"moved": 1})
    # The same content at a new address is no news (features D14).
    quiet = moved is not None or (latest is None and (resource.baseline or resource.quiet))
    old_hash = before.content_hash() if before is not None else ""
    assessments = judge(radar, document, kind, changes, citations)
    happened = Occurrence(
        key=event_key(resource.url, kind, old_hash, document.content_hash(), latest.seq if latest else 0),
        kind=kind,
        resource_id=resource.id,
        publication_id=publication.id,
        old_version_id=latest.id if latest else None,
        new_version_id=version.id,
        old_hash=old_hash,
        new_hash=document.content_hash(),
        visit_id=visit_id,
        document=document,
        changes=told,
    )
    event_id = announce(radar, unit, happened, assessments, Release.QUIET if quiet else Release.OPEN, now)
    _seen(unit, resource, acquired, now, publication.id, document.kind.value)
    unit.visits.count(visit_id, {"read": 1, "events": int(event_id is not None), "revised": int(latest is not None)})
    return Recorded(kind, latest is None)


def _happened(
    radar: Radar, unit: Unit, resource: Resource, before: Document | None, document: Document, changes: tuple[Change, ...]
) -> tuple[EventKind, tuple[Change, ...]]:
    """What happened, and the changes that are told of it; those of a first sight are told and never judged."""
    if before is not None:
        return later_event(document, event_kind(before, document, changes)), changes
    kind = first_event(document)
    told = changes or first_changes(document)
    if kind is EventKind.CORRECTED and not told:
        noise = [rule.text for rule in radar.settings.scope(resource.source).noise]
        told = difference(unit, document, noise)
    return kind, told


def _in_another_form(unit: Unit, latest: Version, parts: Mapping[str, Snapshot], before: Document, document: Document) -> bool:
    """True when the publisher now has the paper in another form (first a PDF, later XML) that says the same: no news."""
    roles = {part.role for part in unit.snapshots.parts(latest.id)}
    return roles != set(parts) and same_in_another_form(before, document)


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
