"""When an operator is told: a reader will notice it and somebody has to act (features O8). The rest waits for the dashboard.

The thresholds lie above those of the coverage line: a reader may know early that a source is quiet, a person is only called when
it is no chance and will not pass by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from domain.calendar import AMSTERDAM, Calendar, local, working_time
from domain.health import FEW_EXPECTED, RECESS_PAPERS, SURELY_SOME, Expectation, Finding, Supply

STALE_WORKDAYS = 0.6
"""Six of the ten office hours: a source that cannot be asked for so long is missed by readers; an hour of trouble is not."""

HALF = 0.5
"""Fewer than half of the usual papers in a week, where at least twenty were to be expected (`domain.health.FEW_EXPECTED`)."""

STUCK = timedelta(hours=3)
"""A message that could not be delivered for so long does not arrive by itself; the tries before it span half an hour."""

LATE = timedelta(minutes=15)
"""A digest that is not made so long after its time is made by the watchdog: the service looks every five minutes."""

SETTLED = timedelta(hours=2)
"""How long after a paper became public it may still be on its way through lists, visits and reading."""


def is_stale(since: datetime, now: datetime, calendar: Calendar) -> bool:
    """True when a source could not be asked for six hours of working time. Recess makes no difference: the gazettes go on."""
    return working_time(since, now, calendar) >= STALE_WORKDAYS


def too_quiet(
    expected: Expectation,
    *,
    last_new: datetime,
    heard_until: datetime,
    listed: Sequence[datetime],
    counted_since: datetime,
    calendar: Calendar,
) -> Finding:
    """Whether a source that answers brings too little; the arguments are those of `domain.health.supply`.

    A day in recess counts for a quarter, of silence as of papers: then only a large source that stops at all is worth a call.
    """
    silence = working_time(last_new, heard_until, calendar)
    weighed = working_time(last_new, heard_until, calendar, RECESS_PAPERS)
    if expected.silent_workdays is not None and weighed > expected.silent_workdays:
        return Finding(Supply.SILENT, last_new, silence)
    if expected.per_workday is None:
        return Finding(Supply.NORMAL, last_new, silence)
    if silence >= 1 and expected.per_workday * weighed >= SURELY_SOME:
        return Finding(Supply.ZERO, last_new, silence)
    usual = expected.per_workday * working_time(counted_since, heard_until, calendar, RECESS_PAPERS)
    seen = sum(1 for moment in listed if counted_since <= moment <= heard_until)
    if usual >= FEW_EXPECTED and seen < HALF * usual:
        return Finding(Supply.FEW, counted_since, silence, seen, round(usual))
    return Finding(Supply.NORMAL, last_new, silence)


def should_be_handled(public: date | datetime | None, first_listed: datetime | None, visited: datetime) -> bool:
    """True when the visit that began at `visited` came well after a paper was public, or after we first saw it in a list.

    A paper with nothing but a day may have come out in its last minute; feeds write a day as its midnight.
    """
    if first_listed is not None:
        return visited - first_listed >= SETTLED
    if public is None:
        return False
    moment = local(public) if isinstance(public, datetime) else datetime.combine(public, time(), AMSTERDAM)
    if moment.time() == time():
        moment += timedelta(days=1)
    return visited - moment >= SETTLED
