"""retract: something was told that should not have been; those who got it hear so in their next issue."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from domain.assessments import Level
from domain.change import Change, ChangeSort
from domain.errors import UsageError
from domain.events import EventKind, Release
from services import find
from services.announce import level_for
from services.carried import carried
from services.corrections import retraction, shown_in
from services.radar import Radar
from services.settings import DigestSettings
from storage.events import RecordedEvent
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Retracted:
    """What was retracted: the paper, how many of its events, and which digests will say so."""

    id: str
    events: int
    digests: tuple[str, ...]


def retract(radar: Radar, what: str, reason: str) -> Retracted:
    """Retract what was told, or waits to be told, of a paper (by id, item id or address). Nothing that was written down is
    rewritten: its events get the release "retracted", and one event more says so where they were shown.

    Raises UsageError when the paper is unknown or nothing of it is open.
    """
    with radar.store.begin() as unit:
        publication = find.publication(radar, unit, what)
        if publication is None:
            raise UsageError(f"{what}: the archive does not know this paper")
        events = [event for event in unit.events.of_publication(publication.id) if retraction(event) is None]
        wrong = [event for event in events if event.release is Release.OPEN or _is_in_start(unit, radar, event)]
        if not wrong:
            raise UsageError(f"{what}: nothing of it was told or waits to be told")
        digests = {name: _last(unit, radar, name, wrong) for name in radar.settings.digests}
        told = {name: event for name, event in digests.items() if event is not None}
        for event in wrong:
            unit.events.retract(event.id)
        for event in dict.fromkeys(told.values()):
            _say(radar, unit, event, reason, tuple(name for name, one in told.items() if one == event))
    return Retracted(publication.canonical, len(wrong), tuple(told))


def _is_in_start(unit: Unit, radar: Radar, event: RecordedEvent) -> bool:
    """True for what was there before watching began and stands in a Startdossier: told, although it was never released."""
    return event.release is Release.QUIET and any(unit.issues.start_with(event.key, name) for name in radar.settings.digests)


def _last(unit: Unit, radar: Radar, name: str, events: list[RecordedEvent]) -> RecordedEvent | None:
    """The last of these events that a digest showed."""
    shown = [event for event in events if shown_in(unit, radar.settings.digests[name], event) is not None]
    return shown[-1] if shown else None


def _say(radar: Radar, unit: Unit, event: RecordedEvent, reason: str, digests: tuple[str, ...]) -> None:
    now = radar.clock.now()
    change = Change(ChangeSort.RETRACTED, "ten onrechte gemeld", event.key, reason)
    judged = carried(radar, unit, event.publication_id, "retracted")
    made = unit.events.record(
        key=sha256(f"retracted\n{event.key}".encode()).hexdigest()[:32],
        resource_id=event.resource_id,
        publication_id=event.publication_id,
        kind=EventKind.CORRECTED,
        old_version_id=event.new_version_id,
        new_version_id=event.new_version_id,
        old_hash="",
        new_hash="",
        visit_id=event.visit_id,
        seen=now,
        release=Release.OPEN,
        changes=(change,),
        assessments=judged,
        packs=radar.packs,
    )
    if made is None:
        return
    for name in digests:
        level = _level(unit, radar.settings.digests[name], event)
        if level is not None:
            unit.issues.tell(made, name, level, now)


def _level(unit: Unit, settings: DigestSettings, event: RecordedEvent) -> Level | None:
    """At which level this digest showed an event; in a Startdossier at the one that the event had when that was made."""
    level = unit.issues.shown_level(event.id, settings.name)
    start = unit.issues.start_with(event.key, settings.name) if level is None or level is Level.HELD else None
    return level_for(settings, unit.events.assessments_of((event.id,), start.made)[event.id]) if start else level
