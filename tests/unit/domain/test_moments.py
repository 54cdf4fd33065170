"""When a dated thing ahead is announced."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain.calendar import AMSTERDAM
from domain.moments import Moment, MomentSort, Step, announcements, is_watched, step_due


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


OPENING = Moment("mit", MomentSort.OPENS, at("2026-04-07T09:00"))  # the Tuesday after Easter
LONG_AGO = at("2026-01-01T00:00")


def test_an_opening_has_four_announcements_and_closed_days_hand_theirs_to_the_day_before() -> None:
    assert announcements(OPENING) == (
        (Step.FOURTEEN_DAYS, at("2026-03-24T07:00")),
        (Step.THREE_DAYS, at("2026-04-03T07:00")),  # the 4th is a Saturday
        (Step.ONE_DAY, at("2026-04-03T07:00")),  # the 6th is Easter Monday
        (Step.THAT_MORNING, at("2026-04-07T08:45")),
    )


@pytest.mark.parametrize(
    ("now", "step"),
    [
        ("2026-03-24T06:59", None),
        ("2026-03-24T07:00", Step.FOURTEEN_DAYS),
        ("2026-04-03T07:04", Step.ONE_DAY),  # two steps at once are one announcement
        ("2026-04-07T08:44", Step.ONE_DAY),
        ("2026-04-07T08:45", Step.THAT_MORNING),
        ("2026-04-07T09:00", None),  # it is open: the page says so
    ],
)
def test_the_latest_step_that_came(now: str, step: Step | None) -> None:
    assert step_due(OPENING, LONG_AGO, at(now)) is step


def test_what_was_learned_after_a_step_is_not_announced_for_it() -> None:
    learned = at("2026-04-03T10:00")
    assert step_due(OPENING, learned, at("2026-04-06T12:00")) is None
    assert step_due(OPENING, learned, at("2026-04-07T08:46")) is Step.THAT_MORNING


def test_an_opening_before_nine_is_announced_a_quarter_of_an_hour_ahead() -> None:
    early = Moment("mit", MomentSort.OPENS, at("2026-04-07T08:00"))
    assert announcements(early)[-1] == (Step.THAT_MORNING, at("2026-04-07T07:45"))


def test_a_closing_without_a_time_lasts_its_whole_day_and_has_no_morning() -> None:
    closing = Moment("mit", MomentSort.CLOSES, date(2026, 9, 17))
    assert [step for step, _ in announcements(closing)] == [Step.FOURTEEN_DAYS, Step.THREE_DAYS, Step.ONE_DAY]
    assert step_due(closing, LONG_AGO, at("2026-09-17T23:59")) is Step.ONE_DAY
    assert step_due(closing, LONG_AGO, at("2026-09-18T00:00")) is None


def test_the_same_moment_has_the_same_key_whoever_says_it() -> None:
    other = Moment("mit", MomentSort.OPENS, at("2026-04-07T09:00"), sentence="Het loket opent dan.")
    assert OPENING.key(Step.ONE_DAY) == other.key(Step.ONE_DAY) != OPENING.key(Step.THREE_DAYS)


def test_a_page_is_watched_from_an_hour_before_until_four_hours_after() -> None:
    opens = at("2026-04-07T09:00")
    around = [
        opens - timedelta(minutes=61),
        opens - timedelta(hours=1),
        opens + timedelta(hours=4),
        opens + timedelta(minutes=241),
    ]
    assert [is_watched(OPENING, now) for now in around] == [False, True, True, False]
    assert not is_watched(Moment("mit", MomentSort.CLOSES, opens), opens)
