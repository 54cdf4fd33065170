"""When an issue is due: weekends, public holidays, quiet hours, and long gaps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import AMSTERDAM, in_quiet_hours, is_workday, local, pace
from domain.schedules import OnHoliday, Schedule, latest_due

NIGHT = (clock(20), clock(7))


def amsterdam(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=AMSTERDAM).astimezone(UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("cron", "after", "until", "due"),
    [
        ("30 7 * * 1-5", (2021, 12, 9, 8, 0), (2021, 12, 10, 7, 31), (2021, 12, 10, 7, 30)),
        ("30 7 * * 1-5", (2021, 12, 10, 8, 0), (2021, 12, 13, 7, 29), None),
        ("30 7 * * 1-5", (2021, 12, 6, 8, 0), (2021, 12, 10, 9, 0), (2021, 12, 10, 7, 30)),
        # Easter Monday 2022 (18 April): the weekly digest comes on Tuesday, the daily one collapses into Tuesday's own.
        ("0 8 * * 1", (2022, 4, 12, 0, 0), (2022, 4, 18, 23, 0), None),
        ("0 8 * * 1", (2022, 4, 12, 0, 0), (2022, 4, 19, 8, 1), (2022, 4, 19, 8, 0)),
        ("0 8 * * 1", (2022, 4, 19, 8, 0), (2022, 4, 22, 8, 0), None),
        ("30 7 * * 1-5", (2022, 4, 15, 8, 0), (2022, 4, 19, 9, 0), (2022, 4, 19, 7, 30)),
        # A Saturday digest is not moved to a working day.
        ("0 9 * * 6", (2021, 12, 6, 0, 0), (2021, 12, 12, 0, 0), (2021, 12, 11, 9, 0)),
    ],
)
def test_the_latest_due_moment(cron: str, after: Any, until: Any, due: Any) -> None:
    expected = amsterdam(*due) if due else None
    assert latest_due(Schedule((cron,)), amsterdam(*after), amsterdam(*until)) == expected


@pytest.mark.parametrize(
    ("on_holidays", "due"),
    [(OnHoliday.MOVE, (2022, 4, 19, 8, 0)), (OnHoliday.KEEP, (2022, 4, 18, 8, 0)), (OnHoliday.SKIP, (2022, 4, 11, 8, 0))],
)
def test_easter_monday(on_holidays: OnHoliday, due: Any) -> None:
    schedule = Schedule(("0 8 * * 1",), on_holidays)
    assert latest_due(schedule, amsterdam(2022, 4, 10, 0, 0), amsterdam(2022, 4, 22, 0, 0)) == amsterdam(*due)


@pytest.mark.parametrize(
    ("cron", "until", "due"),
    [
        ("0 8 * * MON#1,MON#3", (2022, 3, 31, 12, 0), (2022, 3, 21, 8, 0)),  # twice a month
        ("0 8 1 * *", (2026, 1, 15, 12, 0), (2026, 1, 2, 8, 0)),  # New Year's Day
        ("0 8 29 2 *", (2027, 6, 1, 0, 0), (2024, 2, 29, 8, 0)),
        ("0 8 L * *", (2022, 3, 10, 0, 0), (2022, 2, 28, 8, 0)),
    ],
)
def test_months_and_fortnights_are_crons(cron: str, until: Any, due: Any) -> None:
    assert latest_due(Schedule((cron,)), amsterdam(2021, 1, 1, 0, 0), amsterdam(*until)) == amsterdam(*due)


def test_quiet_hours_end_on_a_holiday() -> None:
    """Sunday evening before Easter Monday: Tuesday at seven."""
    schedule = Schedule(("0 22 * * 0",), quiet=NIGHT)
    assert latest_due(schedule, amsterdam(2022, 4, 17, 0, 0), amsterdam(2022, 4, 22, 0, 0)) == amsterdam(2022, 4, 19, 7, 0)


def test_nothing_is_due_before_it_began() -> None:
    now = amsterdam(2022, 4, 18, 8, 0)
    assert latest_due(Schedule(("* * * * *",)), now, now) is None
    assert latest_due(Schedule(("* * * * *",)), now, now - timedelta(days=1)) is None


def test_the_pace_orders_schedules() -> None:
    now = amsterdam(2022, 4, 15, 12, 0)
    crons = ["0 * * * *", "30 7,16 * * 1-5", "30 7 * * *", "30 7 * * 1-5", "0 8 * * 1", "0 8 1 * *"]
    assert sorted(crons, key=lambda one: pace([one], now)) == crons


@given(
    st.sampled_from(["30 7 * * 1-5", "0 * * * *", "0 8 * * 1", "15 2 * * *", "0 21 * * *", "0 8 1 * *"]),
    st.sampled_from(list(OnHoliday)),
    st.sampled_from([None, NIGHT, (clock(12), clock(13))]),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    st.integers(1, 40_000),
)
def test_what_always_holds(cron: str, on_holidays: OnHoliday, quiet: Any, begin: datetime, minutes: int) -> None:
    """Inside the window, out of the quiet hours, off holidays unless kept; and in two steps the same as in one."""
    schedule = Schedule((cron,), on_holidays, quiet)
    after = begin.replace(tzinfo=UTC)
    until = after + timedelta(minutes=minutes)
    found = latest_due(schedule, after, until)
    if found is not None:
        assert after < found <= until
        assert not in_quiet_hours(found, quiet)
        day = local(found).date()
        assert on_holidays is OnHoliday.KEEP or day.weekday() >= 5 or is_workday(day)
        assert latest_due(schedule, found, until) is None
    half = after + timedelta(minutes=minutes // 2)
    assert found == (latest_due(schedule, half, until) or latest_due(schedule, after, half))
