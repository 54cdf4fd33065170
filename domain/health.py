"""When a source behaves as it should: back-off after failures, floods of old papers, and what it usually brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import Calendar, working_time

FLOOD = 100
OLD = timedelta(days=365)
"""This many first-seen papers older than this in one visit are a backload, not news (features D7)."""


def flood(dated: Sequence[date | None], today: date) -> bool:
    """True when one visit first saw at least 100 papers that are older than a year."""
    return sum(1 for day in dated if is_old(day, today)) >= FLOOD


def is_old(day: date | None, today: date) -> bool:
    """True for a paper dated more than a year ago; a paper without a date is not old."""
    return day is not None and today - day > OLD


def next_try(failures: int, now: datetime) -> datetime:
    """When to ask again for a paper that could not be read: after 10 minutes, doubling with each failure up to a day."""
    wait: timedelta = timedelta(minutes=10) * 2 ** min(failures, 10)
    return now + min(wait, timedelta(days=1))


class Supply(StrEnum):
    """Whether a source brings what it usually brings."""

    NORMAL = "normal"
    SILENT = "silent"  # nothing new for longer than is normal
    ZERO = "zero"  # nothing at all on a whole workday, where several papers were to be expected
    FEW = "few"  # far fewer than usual


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is normal for a source: papers a workday, and the workdays without anything new; None where nothing is expected."""

    per_workday: int | None = None
    silent_workdays: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How the supply of a source stands: `workdays` without anything new since `since`; `seen` of `expected` papers over the
    period that FEW is about, else 0."""

    supply: Supply
    since: datetime
    workdays: float = 0.0
    seen: int = 0
    expected: int = 0


RECESS_PAPERS = 0.25
"""In recess a quarter of the usual papers is expected: the gazettes go on, the House's own papers hardly come."""

RECESS_SILENCE = 0.5
"""In recess a day counts for half a day of silence."""

SURELY_SOME = 5.0
"""Where five papers are expected on average, none at all happens by chance in fewer than one in a hundred cases (Poisson)."""

FEW_SHARE = 0.25
"""Fewer than this part of what is usual is suspicious ..."""

FEW_EXPECTED = 20.0
"""... where at least this many papers were to be expected, so that a slow day or two says nothing."""


def supply(
    expected: Expectation,
    *,
    last_new: datetime,
    heard_until: datetime,
    listed: Sequence[datetime],
    counted_since: datetime,
    calendar: Calendar,
) -> Finding:
    """Whether a source brings what it should.

    `last_new` is when a list last showed anything new or changed (the beginning of watching when none ever did), `heard_until`
    when the lists last answered: time in which nobody listened is no silence. `listed` are the first sights of papers since
    `counted_since`.
    """
    silence = working_time(last_new, heard_until, calendar)
    if expected.silent_workdays is not None and working_time(last_new, heard_until, calendar, RECESS_SILENCE) > (
        expected.silent_workdays
    ):
        return Finding(Supply.SILENT, last_new, silence)
    if expected.per_workday is None:
        return Finding(Supply.NORMAL, last_new, silence)
    usual = expected.per_workday * working_time(last_new, heard_until, calendar, RECESS_PAPERS)
    if silence >= 1 and usual >= SURELY_SOME:
        return Finding(Supply.ZERO, last_new, silence)
    over_all = expected.per_workday * working_time(counted_since, heard_until, calendar, RECESS_PAPERS)
    seen = sum(1 for moment in listed if counted_since <= moment <= heard_until)
    if over_all >= FEW_EXPECTED and seen < FEW_SHARE * over_all:
        return Finding(Supply.FEW, counted_since, silence, seen, round(over_all))
    return Finding(Supply.NORMAL, last_new, silence)
