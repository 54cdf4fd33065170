"""The shipped calendar, and what is said when a source is quieter than its owner expects."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from domain.health import Finding, Supply
from domain.source_coverage import Remark
from notifications.words import DUTCH, ENGLISH
from services.calendar_data import calendar, read
from services.expectations import in_english, note_of

FRIDAY = datetime(2024, 7, 12, 13, 0, tzinfo=UTC)


def test_the_shipped_calendar_covers_four_years_and_says_until_when() -> None:
    known = calendar()
    assert {recess.first.year for recess in known.recesses} >= {2024, 2025, 2026, 2027}
    assert known.valid_until is not None
    assert known.valid_until >= max(recess.last for recess in known.recesses)
    assert known.in_recess(date(2024, 7, 15))
    assert not known.in_recess(date(2024, 6, 14))


def test_recesses_stand_in_order_and_do_not_overlap() -> None:
    periods = calendar().recesses
    assert all(one.last < other.first for one, other in pairwise(periods))
    assert {one.first.weekday() for one in periods} == {4}  # each begins on a Friday


@pytest.mark.parametrize(
    "row",
    [
        "{name: x, from: 2024-02-02, until: 2024-01-01, basis: published}",
        "{name: x, from: 2024-02-02, until: soon, basis: published}",
        "{name: x, from: 2024-02-02, until: 2024-02-03, basis: guessed}",
    ],
)
def test_a_row_that_is_no_period_is_refused_by_name(row: str) -> None:
    with pytest.raises(ValueError, match="x"):
        read(f"valid_until: 2025-01-01\nrecesses:\n  - {row}\n")


def test_silence_has_a_sentence_for_operators_and_a_note_for_readers() -> None:
    found = Finding(Supply.SILENT, FRIDAY, 1.6)
    assert in_english(found) == "nothing new since vr 12 jul 15.00, 1.6 workdays: the lists may stand still"
    note = note_of(found)
    assert note is not None
    assert (note.remark, note.count) == (Remark.SILENT_DAYS, 1)
    assert "1 werkdag niets nieuws" in DUTCH.count(note.count, note.remark.value)
    assert "1 workday" in ENGLISH.count(note.count, note.remark.value)


def test_few_papers_have_one_too_and_normal_has_none() -> None:
    few = Finding(Supply.FEW, FRIDAY, 0.0, 3, 40)
    assert in_english(few) == "3 papers since vr 12 jul 15.00, where 40 are usual"
    note = note_of(few)
    assert note is not None
    assert "3 stukken" in DUTCH.count(note.count, note.remark.value)
    assert in_english(Finding(Supply.NORMAL, FRIDAY)) == ""
    assert note_of(Finding(Supply.NORMAL, FRIDAY)) is None
