"""Days and hours as people in the Netherlands keep them: names, office days, schedules and quiet hours.

Everything here works on moments that are handed in; nothing asks what time it is. Aware moments in, aware moments in UTC out;
what is shown is in Europe/Amsterdam (design, section 2). Names are written out here so that no locale is needed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo

import holidays
from cronsim import CronSim, CronSimError

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

QuietHours = tuple[time, time]
"""A stretch of the day in Amsterdam, begin and end; it may run over midnight."""

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Recess:
    """A period in which the House does not meet; both days are part of it. `published` is False for an estimate."""

    name: str
    first: date
    last: date
    published: bool = True


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of the parliamentary year, and until when; without recesses every workday is an ordinary one."""

    recesses: tuple[Recess, ...] = ()
    valid_until: date | None = None

    def in_recess(self, day: date) -> bool:
        """True when the House does not meet on this day (Amsterdam)."""
        day = _on_day(day)
        return any(recess.first <= day <= recess.last for recess in self.recesses)


OFFICE_DAY = (8, 18)
"""The hours of a workday, Amsterdam: in them sites publish."""


def working_time(since: datetime, until: datetime, calendar: Calendar, recess: float = 1.0) -> float:
    """The workdays between two moments, with parts of days: an office day that is half over is half a day, and a day in recess
    counts for `recess`. 0 when `until` is not later."""
    begin, end = local(since), local(until)
    first, last = OFFICE_DAY
    total, day = 0.0, begin.date()
    while day <= end.date():
        if is_workday(day):
            from_hour = _hour(begin) if day == begin.date() else 0.0
            to_hour = _hour(end) if day == end.date() else 24.0
            hours = min(to_hour, float(last)) - max(from_hour, float(first))
            total += max(0.0, hours) / (last - first) * (recess if calendar.in_recess(day) else 1.0)
        day += timedelta(days=1)
    return total


def local(moment: datetime) -> datetime:
    """The moment as a clock in Amsterdam shows it. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {moment.isoformat()}")
    return moment.astimezone(AMSTERDAM)


def short_day(day: date) -> str:
    """The day in a narrow column: "do 9 dec". A moment is taken on its Amsterdam day."""
    day = _on_day(day)
    return f"{DAYS[day.weekday()][:2]} {day.day} {SHORT_MONTHS[day.month - 1]}"


def long_day(day: date) -> str:
    """The day in full: "donderdag 9 december 2021". A moment is taken on its Amsterdam day."""
    day = _on_day(day)
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def clock_time(moment: datetime) -> str:
    """The time of day in Amsterdam, in Dutch spelling: "07.30"."""
    return local(moment).strftime("%H.%M")


def day_and_time(moment: datetime) -> str:
    """Day and time together: "do 9 dec 16.52"."""
    return f"{short_day(moment)} {clock_time(moment)}"


def is_workday(day: date) -> bool:
    """True for a day on which ministries publish: no weekend, no public holiday.

    Good Friday stands in the holiday list, but government offices work and publish on it, so it counts as a working day;
    Liberation Day is a holiday in the years the list says so (every fifth year).
    """
    day = _on_day(day)
    return day.weekday() < 5 and day not in _days_off(day.year)


def workdays_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; 0 when `last` is not later."""
    first, last = _on_day(first), _on_day(last)
    return sum(is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def duration(minutes: int) -> str:
    """A duration for operators in its two largest parts: "45 min", "3 h 20 min", "2 d 20 h"."""
    counts = (("d", minutes // (24 * 60)), ("h", minutes // 60 % 24), ("min", minutes % 60))
    first = next((place for place, (_, count) in enumerate(counts) if count), 2)
    return " ".join(f"{count} {unit}" for unit, count in counts[first : first + 2] if count) or "0 min"


def due_times(crons: Sequence[str], after: datetime, until: datetime) -> tuple[datetime, ...]:
    """Every time (UTC, ascending, no doubles) that one of the crons names, later than `after` and not later than `until`.

    Crons have five fields and are read in Europe/Amsterdam. A clock time that is skipped in spring falls right after the gap,
    one that occurs twice in autumn counts once, the first time. A cron that runs in every hour ("*") follows real hours instead,
    so that none is left out. Raises ValueError for a cron that cannot be read.
    """
    since, end = local(after), local(until)
    merged = heapq.merge(*(_occurrences(cron, since) for cron in crons))
    found: list[datetime] = []
    for moment in merged:
        if moment > end:
            break
        if moment > since and (not found or moment != found[-1]):
            found.append(moment)
    return tuple(found)


def pace(crons: Sequence[str], now: datetime) -> timedelta:
    """How long the next eight times of these crons take: the shorter, the more frequent. Raises ValueError for a bad cron."""
    merged = heapq.merge(*(_occurrences(cron, local(now)) for cron in crons))
    eighth = next(islice(merged, 7, None), None)
    return eighth - now if eighth is not None else timedelta.max


def in_quiet_hours(moment: datetime, hours: QuietHours | None) -> bool:
    """Whether the moment falls in quiet hours (Amsterdam; the end is no longer quiet); None means that there are none.

    Equal ends mean the whole day.
    """
    if hours is None:
        return False
    begin, end = hours
    now = local(moment).time().replace(tzinfo=None)
    return begin <= now < end if begin < end else now >= begin or now < end


def end_of_quiet_hours(moment: datetime, hours: QuietHours | None) -> datetime:
    """When it is allowed to make noise again (UTC): the moment itself when it is not in quiet hours.

    Raises ValueError when the hours are quiet all day, because then that time never comes.
    """
    if hours is None or not in_quiet_hours(moment, hours):
        return moment.astimezone(UTC)
    begin, end = hours
    if begin == end:
        raise ValueError(f"quiet hours without an end: {begin:%H:%M}-{end:%H:%M}")
    here = local(moment)
    day = here.date() + timedelta(days=int(here.time().replace(tzinfo=None) >= end))
    return _instant(datetime.combine(day, end))


def _hour(moment: datetime) -> float:
    return moment.hour + moment.minute / 60 + moment.second / 3600


def _on_day(day: date) -> date:
    return local(day).date() if isinstance(day, datetime) else day


@cache
def _days_off(year: int) -> frozenset[date]:
    listed = holidays.country_holidays("NL", years=year, language="en_US")
    return frozenset(day for day, name in listed.items() if name != "Good Friday")


def _occurrences(cron: str, since: datetime) -> Iterator[datetime]:
    """The instants (UTC) that the cron names from just before `since`, ascending; may repeat one where the clock jumps."""
    fields = cron.split()
    if len(fields) != 5:
        raise ValueError(f"a cron has five fields: {cron!r}")
    by_real_hours = fields[1] == "*"
    # A day back, because a time named before the spring gap may only fall after it.
    start = since.astimezone(AMSTERDAM) if by_real_hours else since.replace(tzinfo=None) - timedelta(days=1)
    try:
        times = CronSim(cron, start)
    except CronSimError as error:
        raise ValueError(f"not a cron: {cron!r} ({error})") from error
    return (moment.astimezone(UTC) if by_real_hours else _instant(moment) for moment in times)


def _instant(clock: datetime) -> datetime:
    """The instant (UTC) of a clock time in Amsterdam: the first of two, or right after the gap when it does not exist."""
    placed = clock.replace(tzinfo=AMSTERDAM, fold=0)
    instant = placed.astimezone(UTC)
    if instant.astimezone(AMSTERDAM).replace(tzinfo=None) == clock:
        return instant
    # Gaps in Amsterdam begin on the whole hour, and their beginning is the same instant as their end.
    return placed.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
