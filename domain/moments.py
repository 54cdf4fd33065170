"""Moments: dated things ahead, and when a reader has to hear of them (issue "What exactly changed", item 4).

A moment fires because the clock moved. It is announced fourteen, three and one days ahead, and an opening once more at 08:45 of
its day, shortly before the window opens. A day on which offices are closed hands its announcement to the working day before it,
while something can still be done. What was learned too late for a step is not announced for that step: the change that brought
it has told it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.calendar import AMSTERDAM, is_workday, local

ANNOUNCED_AT = time(7, 0)
"""The time of day (Amsterdam) of an announcement some days ahead: before the morning's digest."""

OPENING_MORNING = time(8, 45)
"""When an opening of today is announced: a quarter of an hour before the usual 09:00."""

BEFORE_EARLY = timedelta(minutes=15)
"""How long ahead an opening before 09:00 is announced on its day."""

USUAL_HOUR = time(9, 0)
"""At what time a window opens of which only the day is known: rvo.nl's windows do."""

WATCHED_BEFORE = timedelta(hours=1)
WATCHED_AFTER = timedelta(hours=4)
"""Around an opening its page is asked every ten minutes: a ceiling can be reached within the hour."""

WATCHED_EVERY = timedelta(minutes=10)


class MomentSort(StrEnum):
    """What will happen."""

    OPENS = "opens"
    CLOSES = "closes"
    DEADLINE = "deadline"
    ANSWER_DUE = "answer_due"


class Step(StrEnum):
    """How far ahead a moment is announced."""

    FOURTEEN_DAYS = "T-14"
    THREE_DAYS = "T-3"
    ONE_DAY = "T-1"
    THAT_MORNING = "that morning"


_DAYS = {Step.FOURTEEN_DAYS: 14, Step.THREE_DAYS: 3, Step.ONE_DAY: 1}


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated thing ahead. `about` names what it belongs to (a scheme's id or a case), `part` which part of it; `at` is a day, or
    an aware moment; `sentence` is where it says so."""

    about: str
    sort: MomentSort
    at: date | datetime
    part: str = ""
    sentence: str = ""

    @property
    def day(self) -> date:
        """The day in the Netherlands."""
        return local(self.at).date() if isinstance(self.at, datetime) else self.at

    @property
    def begins(self) -> datetime:
        """The instant of an opening; of one without a time, 09:00 of its day."""
        return self.at if isinstance(self.at, datetime) else datetime.combine(self.at, USUAL_HOUR, tzinfo=AMSTERDAM)

    @property
    def passes(self) -> datetime:
        """From when on it lies behind us: an opening when it begins, anything else without a time at the end of its day."""
        if isinstance(self.at, datetime):
            return self.at
        if self.sort is MomentSort.OPENS:
            return self.begins
        return datetime.combine(self.at + timedelta(days=1), time(0), tzinfo=AMSTERDAM)

    def key(self, step: Step) -> str:
        """The identity of one announcement (hex, 32 characters): the same whichever page or version says it."""
        said = "\n".join(("moment", self.about, self.sort.value, self.part, self.at.isoformat(), step.value))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def announcements(moment: Moment) -> tuple[tuple[Step, datetime], ...]:
    """When each step of a moment comes, in order of time."""
    found = [
        (step, datetime.combine(_open_day(moment.day - timedelta(days=n)), ANNOUNCED_AT, AMSTERDAM)) for step, n in _DAYS.items()
    ]
    if moment.sort is MomentSort.OPENS:
        morning = datetime.combine(moment.day, OPENING_MORNING, AMSTERDAM)
        early = moment.begins <= morning
        found.append((Step.THAT_MORNING, moment.begins - BEFORE_EARLY if early else morning))
    return tuple(sorted(found, key=lambda one: one[1]))


def step_due(moment: Moment, learned: datetime, now: datetime) -> Step | None:
    """The announcement to make now: the latest whose time came since we learned of the moment, while it still lies ahead.

    Several missed steps collapse to the latest; None when there is nothing to announce.
    """
    if now >= moment.passes:
        return None
    come = [step for step, at in announcements(moment) if learned < at <= now]
    return come[-1] if come else None


def is_watched(moment: Moment, now: datetime) -> bool:
    """True from an hour before an opening until four hours after it."""
    return moment.sort is MomentSort.OPENS and moment.begins - WATCHED_BEFORE <= now <= moment.begins + WATCHED_AFTER


def _open_day(day: date) -> date:
    while not is_workday(day):
        day -= timedelta(days=1)
    return day
