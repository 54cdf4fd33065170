"""The budget of a topic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.assessments import Level
from domain.calendar import is_workday
from domain.topics import PackError, parse_pack
from domain.volume import Budget, in_english, volume

DAYS = [day for n in range(28) if is_workday(day := date(2026, 10, 5) + timedelta(days=n))]


def test_the_median_decides_and_a_weekend_counts_for_monday() -> None:
    saturday = date(2026, 10, 10)
    judged = [(day, Level.RELEVANT) for day in DAYS for _ in range(3)] + [(saturday, Level.MUST_READ)] * 50
    judged += [(DAYS[0], Level.MENTION)] * 99
    found = volume(judged, DAYS)
    assert (found.relevant_a_day, found.must_read_a_week, found.days, found.weeks) == (3, 0, 20, 4)
    assert not found.over(Budget())


@pytest.mark.parametrize(("level", "count"), [(Level.RELEVANT, 4), (Level.MUST_READ, 1)])
def test_more_than_readers_bear_warns_the_owner(level: Level, count: int) -> None:
    found = volume([(day, level) for day in DAYS for _ in range(count)], DAYS)
    assert found.over(Budget())
    assert not found.over(Budget(relevant_per_day=9, must_read_per_week=9))
    assert "topic lassen asks more than its budget" in in_english("lassen", found, Budget())


def test_a_few_days_prove_nothing_and_nothing_is_nothing() -> None:
    assert not volume([(DAYS[0], Level.MUST_READ)] * 99, DAYS[:9]).over(Budget())
    assert volume([], []).relevant_a_day == 0


def test_a_pack_sets_its_budget() -> None:
    assert parse_pack({"relevant": ["lassen"], "budget": {"relevant_per_day": 8}}).budget == Budget(8, 2)
    with pytest.raises(PackError, match="number of papers"):
        parse_pack({"relevant": ["lassen"], "budget": {"relevant_per_day": "veel"}})
