"""Which issues are due: at their time, late once, none in quiet hours, and no flood of urgent ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import in_quiet_hours, pace
from domain.digests import DigestForm
from domain.schedules import latest_due
from services.radar import Radar
from services.settings import DigestSettings, Timing
from services.throttle import is_full
from storage.unit_of_work import Unit

PATIENCE = timedelta(hours=24)
"""A source that could not be asked for this long no longer holds up the Startdossier."""


@dataclass(frozen=True, slots=True)
class DueDigest:
    """An issue that should be made now: which digest, in which form, for which moment."""

    digest: str
    form: DigestForm
    due: datetime


def due_digests(radar: Radar) -> tuple[DueDigest, ...]:
    """Every issue whose time has come and that was not made: a Startdossier once the baseline is in, the latest missed time of
    each timed digest (several missed times collapse to one), and immediate ones with something to tell.

    The most frequent digest comes first: what it tells in full is one line in a slower one to the same readers. In its quiet
    hours no digest is due.
    """
    now = radar.clock.now()
    found: list[DueDigest] = []
    with radar.store.read() as unit:
        ready, began = _baseline_done(radar, unit), _began(radar, unit)
        for settings in _by_frequency(radar.settings.digests.values(), now):
            if in_quiet_hours(now, settings.silence):
                continue
            if settings.timing is not Timing.IMMEDIATELY:
                found.extend(_timed(unit, settings, ready, began, now))
            elif unit.issues.waiting(settings.name) and not is_full(radar, unit, settings, now):
                found.append(DueDigest(settings.name, DigestForm.URGENT, now))
    return tuple(found)


def _timed(
    unit: Unit, settings: DigestSettings, ready: datetime | None, began: datetime | None, now: datetime
) -> Iterator[DueDigest]:
    """What is due of a digest with set times. Moments dealt with that lie ahead do not count: a clock that ran ahead for a while
    and was put back silences no digest until then."""
    started = unit.issues.runs(settings.name, DigestForm.START.value)
    if ready is not None and not started:
        yield DueDigest(settings.name, DigestForm.START, ready)
    last = unit.issues.last_due(settings.name, DigestForm.REGULAR.value, now)
    # A digest that was only just added was not there to miss a time.
    after = last or max((run.made for run in started if run.made <= now), default=began)
    time = latest_due(settings.schedule, after, now) if after else None
    is_new = last is None and not started and ready is not None
    if time is not None and not (is_new and not unit.issues.waiting(settings.name)):
        yield DueDigest(settings.name, DigestForm.REGULAR, time)


def _by_frequency(digests: Iterable[DigestSettings], now: datetime) -> list[DigestSettings]:
    """Those that come most often first; those that come as often in the order of sources.yaml."""
    return sorted(digests, key=lambda one: pace(one.crons, now) if one.crons else timedelta())


def _baseline_done(radar: Radar, unit: Unit) -> datetime | None:
    """When the last source's baseline was complete; None while any is not.

    A source that could not be asked for a whole day does not hold up the others: the coverage line says that it is missing.
    """
    found: list[datetime] = []
    for source in radar.settings.sources:
        baseline = unit.routes.baseline(source)
        if baseline.done is not None:
            found.append(baseline.done)
            continue
        first = unit.visits.first(source)
        if baseline.listed is not None or first is None or radar.clock.now() - first.started < PATIENCE:
            return None
    return max(found, default=None)


def _began(radar: Radar, unit: Unit) -> datetime | None:
    """When watching began: the first listing of any source. Before that no digest was due."""
    listed = [unit.routes.baseline(source).listed for source in radar.settings.sources]
    return min((moment for moment in listed if moment is not None), default=None)
