"""Days, hours and schedules: tables of known answers, the two days of the year that have 23 and 25 hours among them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from domain import calendar
from domain.calendar import AMSTERDAM

NIGHT = (time(20), time(7))


def at(text: str) -> datetime:
    """A clock time in Amsterdam, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def test_names_are_dutch_whatever_the_locale():
    assert calendar.short_day(date(2021, 12, 9)) == "do 9 dec"
    assert calendar.long_day(date(2021, 12, 9)) == "donderdag 9 december 2021"
    assert calendar.short_day(date(2022, 3, 1)) == "di 1 mrt"
    assert calendar.clock_time(datetime(2021, 12, 10, 6, 30, tzinfo=UTC)) == "07.30"
    assert calendar.day_and_time(datetime(2021, 12, 9, 15, 52, tzinfo=UTC)) == "do 9 dec 16.52"


def test_a_moment_is_shown_on_its_amsterdam_day():
    assert calendar.short_day(datetime(2021, 12, 8, 23, 30, tzinfo=UTC)) == "do 9 dec"


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        calendar.local(datetime(2021, 12, 9))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2021-12-09", True),
        ("2021-12-11", False),  # Saturday
        ("2026-04-03", True),  # Good Friday
        ("2026-04-06", False),  # Easter Monday
        ("2026-05-05", True),  # Liberation Day outside the fifth year
        ("2025-05-05", False),
        ("2026-04-27", False),  # King's Day
        ("2025-04-28", True),  # King's Day was on Saturday
        ("2026-12-25", False),
        ("2026-12-31", True),
    ],
)
def test_workdays(day, works):
    assert calendar.is_workday(date.fromisoformat(day)) is works


def test_workdays_between_counts_the_last_day_and_not_the_first():
    assert calendar.workdays_between(date(2021, 12, 9), date(2021, 12, 10)) == 1
    assert calendar.workdays_between(date(2021, 12, 10), date(2021, 12, 13)) == 1
    assert calendar.workdays_between(date(2021, 12, 10), date(2021, 12, 12)) == 0
    assert calendar.workdays_between(date(2021, 12, 10), date(2021, 12, 1)) == 0


def test_due_times_are_later_than_after_and_up_to_until():
    due = calendar.due_times(["30 7 * * 1-5"], at("2021-12-09T07:30"), at("2021-12-13T07:30"))
    assert due == (at("2021-12-10T07:30"), at("2021-12-13T07:30"))


def test_several_crons_are_merged_without_doubles():
    due = calendar.due_times(["*/15 7-8 * * *", "0 * * * *"], at("2021-12-09T06:30"), at("2021-12-09T08:00"))
    assert [calendar.clock_time(moment) for moment in due] == ["07.00", "07.15", "07.30", "07.45", "08.00"]


@pytest.mark.parametrize("cron", ["30 2 * * *", "*/30 2 * * *", "15,45 2 * * *"])
def test_a_time_that_does_not_exist_falls_once_right_after(cron):
    due = calendar.due_times([cron], at("2026-03-29T00:00"), at("2026-03-29T12:00"))
    assert due == (at("2026-03-29T03:00"),)


@pytest.mark.parametrize("hour", [0, 1, 2])
def test_a_skipped_time_is_found_from_just_before_it(hour):
    after = at("2026-03-29T03:00") - timedelta(minutes=hour)
    expected = () if hour == 0 else (at("2026-03-29T03:00"),)
    assert calendar.due_times(["30 2 * * *"], after, at("2026-03-29T12:00")) == expected


def test_a_doubled_time_falls_once_the_first_time():
    due = calendar.due_times(["30 2 * * *"], at("2026-10-25T00:00"), at("2026-10-25T12:00"))
    assert due == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC),)
    assert calendar.due_times(["30 2 * * *"], due[0], at("2026-10-26T02:00")) == ()


def test_every_hour_follows_real_hours_on_both_days():
    for day, hours in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)):
        start = at(f"{day}T00:00") - timedelta(seconds=1)
        due = calendar.due_times(["0 * * * *"], start, start + timedelta(hours=hours))
        assert len(due) == hours
        assert all(later - earlier == timedelta(hours=1) for earlier, later in pairwise(due))


def test_a_digest_keeps_its_clock_time_over_both_changes():
    due = calendar.due_times(["30 7 * * *"], at("2026-03-27T00:00"), at("2026-03-31T00:00"))
    assert [calendar.clock_time(moment) for moment in due] == ["07.30"] * 4


@pytest.mark.parametrize("cron", ["", "61 * * * *", "* * * *", "0 0 7 * * *", "elke dag"])
def test_what_is_no_cron_is_refused(cron):
    with pytest.raises(ValueError, match="cron"):
        calendar.due_times([cron], at("2021-12-09T07:30"), at("2021-12-09T08:30"))


@pytest.mark.parametrize(
    ("clock", "quiet"), [("19:59", False), ("20:00", True), ("23:59", True), ("00:00", True), ("06:59", True), ("07:00", False)]
)
def test_quiet_hours_over_midnight(clock, quiet):
    assert calendar.in_quiet_hours(at(f"2021-12-09T{clock}"), NIGHT) is quiet


def test_quiet_hours_within_a_day_and_none():
    assert calendar.in_quiet_hours(at("2021-12-09T12:30"), (time(12), time(13)))
    assert not calendar.in_quiet_hours(at("2021-12-09T13:00"), (time(12), time(13)))
    assert not calendar.in_quiet_hours(at("2021-12-09T12:30"), None)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2021-12-09T21:00", "2021-12-10T07:00"),
        ("2021-12-10T03:00", "2021-12-10T07:00"),
        ("2021-12-10T09:00", "2021-12-10T09:00"),
        ("2026-03-28T21:00", "2026-03-29T07:00"),
    ],
)
def test_the_end_of_quiet_hours(moment, end):
    assert calendar.end_of_quiet_hours(at(moment), NIGHT) == at(end)


def test_quiet_all_day_has_no_end():
    with pytest.raises(ValueError, match="without an end"):
        calendar.end_of_quiet_hours(at("2021-12-09T21:00"), (time(0), time(0)))
