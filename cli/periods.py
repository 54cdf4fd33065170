"""Days and times that a user types for a digest: what they mean, and which make no sense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from domain.calendar import AMSTERDAM, day_and_time
from domain.errors import UsageError
from services.settings import DigestSettings, Timing


@dataclass(frozen=True, slots=True)
class Period:
    """What was asked for, in UTC: a planned time, or an overview from `since` to `until` (the last moment of its last day)."""

    at: datetime | None
    since: datetime | None
    until: datetime | None


def period(
    digest: DigestSettings, now: datetime, at: datetime | None, since: datetime | None, until: datetime | None, *, send: bool
) -> Period:
    """The moments behind the options. Raises UsageError, in a line, for options that contradict each other or the calendar."""
    if at and (since or until):
        raise UsageError("--at makes a planned issue and --since an overview; choose one")
    if until and not since:
        raise UsageError("--until needs --since: an overview has a first day too")
    if at:
        return Period(_planned(digest, now, at, send), None, None)
    if since is None:
        return Period(None, None, None)
    today = now.astimezone(AMSTERDAM).date()
    first, last = since.date(), (until or datetime.combine(today, time())).date()
    if until and first > last:
        raise UsageError(f"--since {first} lies after --until {last}; swap them")
    for option, day in (("--since", first), ("--until", last)):
        if day > today:
            raise UsageError(f"{option} {day} lies in the future; today is {today}")
    begin = datetime.combine(first, time(), tzinfo=AMSTERDAM)
    after = datetime.combine(last + timedelta(days=1), time(), tzinfo=AMSTERDAM)
    end = after.astimezone(UTC) - timedelta(microseconds=1) if until else None
    return Period(None, begin.astimezone(UTC), end)


def _planned(digest: DigestSettings, now: datetime, at: datetime, send: bool) -> datetime:
    """A time typed without zone is Dutch time."""
    moment = (at if at.tzinfo else at.replace(tzinfo=AMSTERDAM)).astimezone(UTC)
    if digest.timing is Timing.IMMEDIATELY:
        raise UsageError(f"--at: {digest.name} has no planned times, it goes out immediately; leave --at out")
    if not send:
        raise UsageError("--at makes a planned issue, which is only done with --send; leave --at out to look at what waits now")
    if moment > now:
        raise UsageError(f"--at {day_and_time(moment)} lies in the future; it is {day_and_time(now)}")
    return moment
