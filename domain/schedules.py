"""When an issue is due: the crons of a digest, moved off public holidays and out of its quiet hours.

Late collapses to one and never skips: of several missed times only the latest is due (design decision 13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.calendar import AMSTERDAM, QuietHours, due_times, end_of_quiet_hours, is_workday, local

LONGEST_HOLIDAY = timedelta(days=7)
"""No run of public holidays and weekends in the Netherlands is longer."""

NIGHT = timedelta(days=1)
"""No quiet hours last longer."""

LOOKS_BACK = (timedelta(days=10), timedelta(days=400))
"""How far the latest time is looked for at first: after a long standstill an hourly digest does not walk through years."""


class OnHoliday(StrEnum):
    """What becomes of a time on a public holiday. Weekends are the cron's own business: who writes Saturday means it."""

    MOVE = "move"  # to the next working day, at the same time
    KEEP = "keep"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times of one digest. Crons are read in Europe/Amsterdam; a time in quiet hours falls at their end."""

    crons: tuple[str, ...]
    on_holidays: OnHoliday = OnHoliday.MOVE
    quiet: QuietHours | None = None


def latest_due(schedule: Schedule, after: datetime, until: datetime) -> datetime | None:
    """The latest time (UTC) of the schedule that is later than `after` and not later than `until`; None when there is none."""
    if until <= after:
        return None
    margin = LONGEST_HOLIDAY if schedule.on_holidays is OnHoliday.MOVE else timedelta()
    margin += NIGHT if schedule.quiet else timedelta()
    for back in (*LOOKS_BACK, until - after):
        begin = max(after, until - back)
        placed = (_placed(schedule, moment) for moment in due_times(schedule.crons, begin - margin, until))
        found = max((moment for moment in placed if moment is not None and begin < moment <= until), default=None)
        if found is not None or begin == after:
            return found
    return None


def _placed(schedule: Schedule, moment: datetime) -> datetime | None:
    """Where a time of the crons falls in the end; None for one that is skipped."""
    moment = end_of_quiet_hours(moment, schedule.quiet)
    if schedule.on_holidays is OnHoliday.KEEP or not _on_holiday(moment):
        return moment
    if schedule.on_holidays is OnHoliday.SKIP:
        return None
    at = local(moment)
    while not is_workday(at.date()):
        at = datetime.combine(at.date() + timedelta(days=1), at.time(), tzinfo=AMSTERDAM)
    return at.astimezone(UTC)


def _on_holiday(moment: datetime) -> bool:
    day = local(moment).date()
    return day.weekday() < 5 and not is_workday(day)
