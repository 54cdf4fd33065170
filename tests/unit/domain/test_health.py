"""What a source should bring, by workday, holiday and recess."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar, Recess, working_time
from domain.health import Expectation, Supply, next_try, supply

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PLAIN = Calendar()
SUMMER = Calendar((Recess("zomerreces", date(2024, 7, 5), date(2024, 9, 2)),), date(2024, 12, 31))


def at(day: int, hour: int, month: int = 7, year: int = 2024, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (at(12, 8), at(12, 18), 1.0),
        (at(12, 13), at(12, 18), 0.5),
        (at(12, 18), at(15, 8), 0.0),  # a weekend
        (at(12, 13), at(15, 13), 1.0),
        (at(15, 8), at(12, 8), 0.0),
        (at(24, 18, 12), at(27, 18, 12), 1.0),  # Christmas Day and Boxing Day
        (at(29, 7, 3), at(29, 20, 3), 1.0),  # Good Friday: offices work
    ],
)
def test_workdays_are_counted_with_their_parts(since: datetime, until: datetime, days: float) -> None:
    assert working_time(since, until, PLAIN) == pytest.approx(days)


def test_a_day_in_recess_counts_for_less() -> None:
    assert working_time(at(12, 8), at(12, 18), SUMMER, 0.25) == pytest.approx(0.25)
    assert working_time(at(12, 8), at(12, 18), PLAIN, 0.25) == pytest.approx(1.0)


def standing(expected: Expectation, last_new: datetime, now: datetime, calendar: Calendar = PLAIN, seen: int = 500) -> Supply:
    since = now - timedelta(days=7)
    listed = [since + timedelta(minutes=n) for n in range(seen)]
    found = supply(expected, last_new=last_new, heard_until=now, listed=listed, counted_since=since, calendar=calendar)
    return found.supply


GAZETTE = Expectation(100, 1)


@pytest.mark.parametrize(
    ("now", "supply_then"),
    [
        (at(12, 17), Supply.NORMAL),
        (at(14, 23), Supply.NORMAL),  # Sunday night
        (at(15, 9), Supply.NORMAL),
        (at(15, 16), Supply.ZERO),  # a whole workday after Friday 15.00, in recess too
        (at(16, 9), Supply.ZERO),
    ],
)
def test_the_standstill_of_july_2024_is_seen_within_one_workday(now: datetime, supply_then: Supply) -> None:
    """Lists that answer and do not move, from Friday 12 July 2024 15.00, in the summer recess (features O1)."""
    assert standing(GAZETTE, at(12, 15), now, SUMMER) is supply_then


def test_silence_is_measured_in_workdays() -> None:
    agency = Expectation(None, 5)
    assert standing(agency, at(12, 18), at(19, 17)) is Supply.NORMAL
    assert standing(agency, at(12, 18), at(22, 9)) is Supply.SILENT
    assert standing(agency, at(12, 18), at(22, 9), SUMMER) is Supply.NORMAL
    assert standing(agency, at(12, 18), at(29, 9), SUMMER) is Supply.SILENT


def test_far_fewer_than_usual_is_suspicious_where_enough_was_to_be_expected() -> None:
    now = at(19, 18)
    assert standing(Expectation(20, None), now, now, seen=24) is Supply.FEW
    assert standing(Expectation(20, None), now, now, seen=25) is Supply.NORMAL
    assert standing(Expectation(3, None), now, now, seen=0) is Supply.NORMAL
    assert standing(Expectation(20, None), now, now, SUMMER, seen=7) is Supply.NORMAL


def test_nothing_expected_is_never_missed() -> None:
    assert standing(Expectation(), at(1, 8), at(31, 18), seen=0) is Supply.NORMAL


@given(st.integers(0, 40))
def test_the_pause_after_failures_grows_to_a_day(failures: int) -> None:
    now = datetime(2024, 7, 12, tzinfo=UTC)
    assert now + timedelta(minutes=10) <= next_try(failures, now) <= now + timedelta(days=1)
