"""Writing an event down, and for which digests it is news, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.assessments import Assessment, Level
from domain.changes import Change
from domain.documents import Document
from domain.events import EventKind, Release
from domain.urgency import is_urgent
from services.corrections import SORTS, first_shown
from services.muted import demote, in_force
from services.radar import Radar
from services.settings import DigestSettings
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that happened to a publication, as it is written down.

    `key` makes it the same event however often it is met. `old_version_id` is None for a first sight; the hashes are "" where
    there is no content. `document` is what the paper says now, `changes` what differs.
    """

    key: str
    kind: EventKind
    resource_id: int
    publication_id: int
    old_version_id: int | None
    new_version_id: int
    old_hash: str
    new_hash: str
    visit_id: int
    document: Document
    changes: Sequence[Change]


def announce(
    radar: Radar, unit: Unit, happened: Occurrence, assessments: Sequence[Assessment], release: Release, now: datetime
) -> int | None:
    """Write an event down with its assessments, and for every digest that selects it a row of what to tell; returns its key in
    the database, None when it was known already. Quiet events are written down and told to nobody."""
    assessments = under_mutes(radar, unit, happened, assessments, now)
    event_id = unit.events.record(
        key=happened.key,
        resource_id=happened.resource_id,
        publication_id=happened.publication_id,
        kind=happened.kind,
        old_version_id=happened.old_version_id,
        new_version_id=happened.new_version_id,
        old_hash=happened.old_hash,
        new_hash=happened.new_hash,
        visit_id=happened.visit_id,
        seen=now,
        release=release,
        changes=happened.changes,
        assessments=assessments,
        packs=radar.packs,
    )
    if event_id is None or release is Release.QUIET:
        return event_id
    for digest in radar.settings.digests.values():
        level = level_for(digest, assessments)
        urgent = level is not None and is_urgent(level, happened.kind, happened.document, happened.changes, now)
        if level is not None and (urgent or not digest.urgent or _corrects(unit, digest, happened)):
            unit.issues.tell(event_id, digest.name, level, now)
    return event_id


def _corrects(unit: Unit, digest: DigestSettings, happened: Occurrence) -> bool:
    """True when a paper that this digest showed to its readers is gone, was corrected or is back: they have to hear so from the
    same digest, also when it tells nothing but what is urgent."""
    return happened.kind in (*SORTS, EventKind.RESTORED) and first_shown(unit, digest, happened.publication_id) is not None


def under_mutes(
    radar: Radar, unit: Unit, happened: Occurrence, assessments: Sequence[Assessment], now: datetime
) -> Sequence[Assessment]:
    """The assessments as the mutes in force leave them (`services.muted`)."""
    mutes = in_force(unit, now)
    if not mutes:
        return assessments
    ids = unit.publications.aliases(happened.publication_id)
    citations = unit.events.citations(happened.new_version_id)
    return demote(radar, mutes, assessments, happened.document, happened.kind, happened.changes, citations, ids)


def level_for(digest: DigestSettings, assessments: Sequence[Assessment]) -> Level | None:
    """The highest level among the topics and followed ids of a digest; None when it selects none of them."""
    wanted = {*digest.topics, *(f"follow:{followed}" for followed in digest.follow)}
    levels = [found.level for found in assessments if found.topic in wanted]
    return min(levels, key=lambda level: level.rank) if levels else None
