"""The coverage register: for a period, what was asked, listed, read and told, and what was not. Every number adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from domain.assessments import Level
from domain.calendar import AMSTERDAM, due_times, local
from domain.errors import UsageError
from domain.events import DeliveryState, Release, VisitState
from services.coverage import coverage
from services.coverage_lags import lags
from services.coverage_values import (
    Day,
    DayState,
    DigestReport,
    Events,
    LateIssue,
    PackReport,
    Papers,
    Report,
    SourceReport,
    Visits,
)
from services.radar import Radar
from storage.accounts import Claim, EventAccount, GapAccount, IssueAccount, Listed
from storage.resource import ResourceState
from storage.unit_of_work import Unit
from storage.visits import Visit


def report(radar: Radar, since: date, until: date) -> Report:
    """The register of a period, from what is stored. Raises UsageError for days that do not make one."""
    now = radar.clock.now()
    if since > until:
        raise UsageError(f"--since {since} lies after --until {until}; swap them")
    if since > local(now).date():
        raise UsageError(f"--since {since} lies in the future; today is {local(now).date()}")
    begin, end = _midnight(since), _midnight(until + timedelta(days=1))
    with radar.store.read() as unit:
        reached = {one.source: one.complete_until for one in coverage(radar, unit, None)}
        issues = unit.accounts.issues(begin, end)
        names = dict.fromkeys([*radar.settings.digests, *(issue.digest for issue in issues)])
        return Report(
            since,
            until,
            now,
            radar.settings.organisation,
            tuple(_source(radar, unit, name, reached[name], begin, end) for name in radar.settings.sources),
            tuple(_digest(name, [issue for issue in issues if issue.digest == name]) for name in names),
            tuple(
                PackReport(one.topic, one.version, one.fingerprint, one.since)
                for one in unit.pack_changes.all()
                if begin <= one.since < end
            ),
            radar.settings.not_watched,
        )


def _source(radar: Radar, unit: Unit, source: str, reached: datetime | None, begin: datetime, end: datetime) -> SourceReport:
    now = radar.clock.now()
    visits = unit.accounts.visits(source, begin, end)
    gaps = unit.accounts.gaps(source, begin, end)
    began = unit.routes.baseline(source).listed
    crons = radar.settings.sources[source].crons
    planned = len(due_times(crons, max(begin, began) if began else end, min(end, now)))
    listed = Counter(local(moment).date() for moment in unit.accounts.listed_at(source, begin, end))
    made = Counter(local(visit.started).date() for visit in visits if visit.state is VisitState.ACCEPTED)
    # Visits that brought nothing are let go of after a while: before that nobody can say any more when a source lagged.
    known = max(began or end, now - timedelta(days=radar.settings.retention["visits"]))
    days = tuple(_day(day, began, reached, gaps, made[day], listed[day]) for day in _days(local(begin).date(), min(end, now)))
    return SourceReport(
        source,
        radar.adapters[source].title,
        began,
        reached,
        _visits(visits, planned),
        _papers(unit.accounts.listed(source, begin, end, baseline=False)),
        _papers(unit.accounts.listed(source, begin, end, baseline=True)),
        _events(radar, unit.accounts.events(source, begin, end)),
        gaps,
        days,
        tuple(lags(visits, unit.accounts.last_good(source, begin), crons, known, min(end, now))) if began else (),
        known if began else None,
    )


def _visits(found: Sequence[Visit], planned: int) -> Visits:
    accepted = [visit for visit in found if visit.state is VisitState.ACCEPTED]
    states = Counter(visit.state for visit in found)
    partly = sum(1 for visit in accepted if visit.failure)
    ends = [visit.started for visit in accepted]
    pauses = [after - before for before, after in pairwise(ends)]
    longest = max(pauses, default=timedelta())
    return Visits(
        planned,
        len(accepted) - partly,
        partly,
        states[VisitState.REJECTED],
        states[VisitState.OPEN],
        int(longest.total_seconds() // 60),
        sum(visit.counts.get("resumed", 0) for visit in found),
    )


def _papers(found: Listed) -> Papers:
    states: Mapping[ResourceState, int] = found.states
    unread = states.get(ResourceState.WAITING, 0) + states.get(ResourceState.LISTED, 0)
    return Papers(
        found.count,
        states.get(ResourceState.READ, 0),
        unread,
        states.get(ResourceState.FAILED, 0),
        states.get(ResourceState.GONE, 0),
    )


def _events(radar: Radar, found: Sequence[EventAccount]) -> Events:
    counted = Counter(_fate(radar, one) for one in found)
    return Events(len(found), **{name: counted[name] for name in Events.__slots__ if name != "found"})


def _fate(radar: Radar, event: EventAccount) -> str:
    """What became of an event: the first of these that holds."""
    if any(_shown(radar, claim) for claim in event.claims):
        return "told"
    if event.release is not Release.OPEN:
        return {Release.QUIET: "quiet", Release.AWAITING_APPROVAL: "awaiting", Release.RETRACTED: "retracted"}[event.release]
    if not event.claims:
        return "unselected"
    if event.visit is not VisitState.ACCEPTED:
        return "rejected"
    return "waiting" if any(claim.issue is None for claim in event.claims) else "held"


def _shown(radar: Radar, claim: Claim) -> bool:
    """True when an issue showed it; one of a digest that is configured no more showed all but the lowest level."""
    digest = radar.settings.digests.get(claim.digest)
    shown = digest.levels if digest else tuple(level for level in Level if level is not Level.HELD)
    return claim.number is not None and claim.level in shown and claim.level is not Level.HELD


def _day(
    day: date, began: datetime | None, reached: datetime | None, gaps: Sequence[GapAccount], visits: int, listed: int
) -> Day:
    begin, end = _midnight(day), _midnight(day + timedelta(days=1))
    if began is None or began >= end:
        return Day(day, DayState.BEFORE, None, visits, listed)
    touching = [gap for gap in gaps if gap.since < end and gap.until > begin]
    if any(gap.filled is None for gap in touching):
        return Day(day, DayState.GAP, None, visits, listed)
    if reached is None or reached <= begin:
        return Day(day, DayState.NOT_YET, None, visits, listed)
    if reached < end:
        return Day(day, DayState.PARTLY, reached, visits, listed)
    return Day(day, DayState.FILLED if touching else DayState.COMPLETE, None, visits, listed)


def _digest(name: str, issues: Sequence[IssueAccount]) -> DigestReport:
    numbers = sorted(issue.number for issue in issues)
    states: Counter[DeliveryState] = Counter()
    for issue in issues:
        states.update(issue.deliveries)
    delivered, given_up = states[DeliveryState.DELIVERED], states[DeliveryState.DEAD] + states[DeliveryState.DROPPED]
    total = states.total()
    return DigestReport(
        name,
        len(issues),
        numbers[0] if numbers else 0,
        numbers[-1] if numbers else 0,
        tuple(sorted(set(range(numbers[0], numbers[-1] + 1)) - set(numbers))) if numbers else (),
        tuple(LateIssue(issue.number, issue.late, issue.made) for issue in issues if issue.late is not None),
        total,
        delivered,
        total - delivered - given_up,
        given_up,
    )


def _days(first: date, end: datetime) -> Iterator[date]:
    day = first
    while _midnight(day) < end:
        yield day
        day += timedelta(days=1)


def _midnight(day: date) -> datetime:
    """The moment (UTC) at which a Dutch day begins."""
    return datetime.combine(day, time(), tzinfo=AMSTERDAM).astimezone(UTC)
