"""What the product promises its readers, measured over the last thirty days (features O11): how soon papers are found, how
punctual digests are, and what was missed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.calendar import due_times, is_workday, local
from domain.events import DeliveryState, VisitState
from domain.lifecycle import IncidentKind
from services import reconcile
from services.radar import Radar
from storage.unit_of_work import Unit

DAYS = 30
SOON, WITHIN_THE_HOUR = timedelta(minutes=20), timedelta(minutes=60)
OFTEN = 4
"""A source that is asked so many times an hour on a workday has its papers found soon, one that is asked less within the hour."""

A_WORKDAY = datetime(2024, 1, 10, 11, tzinfo=UTC)

PUNCTUAL = timedelta(minutes=2)
SHARE = 95
POINTS = 20
"""Into so many moments the time since the visit before is divided: a paper may have been put on the list at any of them."""

DAY_BEGINS, DAY_ENDS = 7, 20
"""Working hours in the Netherlands, on workdays."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: about what, what was promised, what was measured over how many cases. `kept` is None when there was none."""

    about: str
    promised: str
    measured: str
    cases: int
    kept: bool | None


def promises(radar: Radar, unit: Unit) -> tuple[Promise, ...]:
    """Every promise over the last thirty days."""
    since = radar.clock.now() - timedelta(days=DAYS)
    return (*_detection(radar, unit, since), _punctuality(unit, since), *_missed(radar, unit, since), _messages(unit, since))


def _detection(radar: Radar, unit: Unit, since: datetime) -> Iterator[Promise]:
    visits = unit.figures.good_visits(since)
    waits: dict[tuple[str, bool], list[timedelta]] = {}
    for paper in unit.figures.found(since):
        before = visits.get(paper.source, ())
        place = bisect_left(before, paper.visit) - 1
        if place >= 0:
            step = (paper.visit - before[place]) / POINTS
            found = waits.setdefault((paper.source, _in_working_hours(before[place])), [])
            found.extend(paper.seen - paper.visit + step * point for point in range(POINTS))
    for source, settings in radar.settings.sources.items():
        for working, name in ((True, "working hours"), (False, "otherwise")):
            often = len(due_times(settings.crons, A_WORKDAY, A_WORKDAY + timedelta(hours=1))) >= OFTEN
            limit = SOON if working and often else WITHIN_THE_HOUR
            found = waits.get((source, working), [])
            slowest = _percentile(found)
            measured = f"{SHARE}% within {_minutes(slowest)} min" if slowest is not None else "no new paper"
            kept = slowest <= limit if slowest is not None else None
            promised = f"{SHARE}% within {_minutes(limit)} min"
            yield Promise(f"papers of {source} found, {name}", promised, measured, len(found) // POINTS, kept)


def _punctuality(unit: Unit, since: datetime) -> Promise:
    late = [issue.made - issue.due for issue in unit.figures.timed_issues(since)]
    punctual = sum(one <= PUNCTUAL for one in late)
    measured = f"{punctual} of {len(late)}, the slowest {_minutes(max(late))} min late" if late else "no issue"
    promised = f"within {_minutes(PUNCTUAL)} min of their time"
    return Promise("digests made", promised, measured, len(late), punctual == len(late) if late else None)


def _missed(radar: Radar, unit: Unit, since: datetime) -> Iterator[Promise]:
    """What the watchdog found: by its independent look at the public lists (`services.reconcile`), and in digests that came and
    went. Without such a look in the period nothing was measured, and an incident that began before it still counts."""
    sources = len(radar.settings.sources)
    looked = sum(_is_compared(unit, source, since) for source in radar.settings.sources)
    incidents = [one for one in unit.incidents.since(since) if one.ended is None or one.ended >= since]
    for kind, about, whole in (
        (IncidentKind.UNHANDLED, "papers missed on public lists", looked == sources),
        (IncidentKind.UNTOLD, "papers left out of their digest", looked > 0),
    ):
        found = [one for one in incidents if one.kind == kind.value]
        still = sum(one.ended is None for one in found)
        if found:
            measured = f"{len(found)} times something was, {still} of them still"
        elif not looked:
            measured = "not measured: no list was compared"
        else:
            measured = "none found" if whole else f"none found at {looked} of {sources} sources, the others were not compared"
        kept = True if whole and looked else None
        yield Promise(about, "none", measured, len(found), False if found else kept)


def _is_compared(unit: Unit, source: str, since: datetime) -> bool:
    """True when the lists of a source were compared with what was read in the period."""
    last = unit.visits.latest(source, state=VisitState.ACCEPTED, purpose=reconcile.PURPOSE)
    return last is not None and last.started >= since


def _messages(unit: Unit, since: datetime) -> Promise:
    states = unit.figures.messages(since)
    lost, doubtful = states.get(DeliveryState.DEAD, 0), states.get(DeliveryState.UNKNOWN, 0)
    total = sum(states.values())
    measured = f"{states.get(DeliveryState.DELIVERED, 0)} of {total} delivered, {lost} given up, {doubtful} in doubt"
    return Promise("messages", "none given up, none in doubt", measured, total, not lost + doubtful if total else None)


def _in_working_hours(moment: datetime) -> bool:
    at = local(moment)
    return is_workday(at.date()) and DAY_BEGINS <= at.hour < DAY_ENDS


def _percentile(found: Sequence[timedelta]) -> timedelta | None:
    """The value below which `SHARE` percent lie, by nearest rank; None of nothing."""
    ordered = sorted(found)
    return ordered[-(-len(ordered) * SHARE // 100) - 1] if ordered else None


def _minutes(span: timedelta) -> int:
    """Whole minutes, rounded up: a promise is not kept by rounding."""
    return -int(-span.total_seconds() // 60)
