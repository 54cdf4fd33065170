"""What is not as it should be, for the watchdog: sources, lists, digests and deliveries. Looks only; writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.alarms import STUCK, is_stale
from domain.calendar import day_and_time
from domain.health import Supply
from domain.lifecycle import IncidentKind
from domain.schedules import latest_due
from services.calendar_data import calendar
from services.coverage import lag_of
from services.expectations import alarm_of, in_english
from services.radar import Radar
from services.reconcile import Reconciled
from services.settings import Timing
from services.unsent import WAITING
from storage.unit_of_work import Unit

READY = timedelta(minutes=30)
"""How long before a digest a paper has to be tellable to be expected in it."""

SHOWN = 3
"""Papers that a line names."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is not as it should be: `about` is a source, or `digest:<name>`; `said` is a line in English."""

    about: str
    kind: IncidentKind
    said: str


def of_sources(radar: Radar, unit: Unit, now: datetime) -> Iterator[Trouble]:
    """Sources that cannot be asked, or that answer and bring too little."""
    for source in radar.settings.sources:
        lag = lag_of(radar, unit, source)
        if lag is not None:
            first = unit.visits.first(source)
            since = lag.since or (first.started if first else now)
            if is_stale(since, now, calendar()):
                yield Trouble(source, IncidentKind.STALE, lag.in_english())
            continue
        brings = alarm_of(radar, unit, source)
        if brings is not None and brings.supply is not Supply.NORMAL:
            yield Trouble(source, IncidentKind.QUIET, in_english(brings))


def of_lists(radar: Radar, unit: Unit, compared: Sequence[Reconciled]) -> Iterator[Trouble]:
    """Papers that the lists name and nobody read. A source that was not compared now keeps what was found last."""
    fresh = {one.source: one for one in compared if not one.failure}
    for source in radar.settings.sources:
        one = fresh.get(source)
        if one is None:
            old = unit.incidents.open(source, IncidentKind.UNHANDLED.value)
            if old is not None:
                yield Trouble(source, IncidentKind.UNHANDLED, old.said)
        elif one.missing:
            more = f" and {len(one.missing) - SHOWN} more" if len(one.missing) > SHOWN else ""
            named = ", ".join(one.missing[:SHOWN])
            said = f"{one.listed} papers on its lists of the last two days, {one.handled} read; not read: {named}{more}"
            yield Trouble(source, IncidentKind.UNHANDLED, said)


def of_digests(radar: Radar, unit: Unit, now: datetime) -> Iterator[Trouble]:
    """Papers that wait although the digest that should tell them came and went."""
    for settings in radar.settings.digests.values():
        if settings.timing is Timing.IMMEDIATELY:
            continue
        late = [
            one
            for one in unit.issues.waiting(settings.name)
            if one.level in settings.levels
            and _tellable_since(unit, one.event_id) < now - STUCK
            and latest_due(settings.schedule, max(one.created, _tellable_since(unit, one.event_id)) + READY, now - STUCK)
        ]
        if late:
            said = f"{len(late)} papers wait since {day_and_time(min(one.created for one in late))} and no issue told them"
            yield Trouble(f"digest:{settings.name}", IncidentKind.UNTOLD, said)


def _tellable_since(unit: Unit, event_id: int) -> datetime:
    """When the visit that brought an event was accepted."""
    visit = unit.visits.get(unit.events.get(event_id).visit_id)
    return visit.ended or visit.started


def of_deliveries(unit: Unit, now: datetime) -> Iterator[Trouble]:
    """Messages that still wait hours after they were made. Those that were given up are told by the outbox itself."""
    late = [one for one in unit.outbox.deliveries(states=WAITING, whole=False) if now - one.created > STUCK]
    for name in dict.fromkeys(one.digest for one in late):
        of_digest = [one for one in late if one.digest == name]
        first = of_digest[0]
        channels = ", ".join(dict.fromkeys(one.channel for one in of_digest))
        said = f"{len(of_digest)} messages through {channels} wait since {day_and_time(first.created)}"
        yield Trouble(f"digest:{name}", IncidentKind.STUCK, f"{said}: {first.detail or 'not tried'}")
