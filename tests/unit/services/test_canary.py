"""When an old paper that reads differently makes its reader untrusted, and when it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.canary import Found, Sort, judge

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
SAME = Found("a", Sort.SAME)
CHANGED = Found("b", Sort.CHANGED, "other words")
BROKEN = Found("c", Sort.BROKEN, "no text marker found")
ABSENT = Found("d", Sort.ABSENT, "gone")


@pytest.mark.parametrize(
    ("found", "red"),
    [
        ([SAME], False),
        ([BROKEN, SAME], False),
        ([CHANGED, SAME], False),
        ([ABSENT, SAME], False),
        ([ABSENT], False),
        ([], False),
        ([CHANGED], False),
        ([CHANGED, ABSENT], False),
        ([BROKEN], True),
        ([BROKEN, ABSENT], True),
        ([BROKEN, BROKEN], True),
        ([CHANGED, CHANGED], True),
        ([CHANGED, BROKEN], True),
    ],
)
def test_two_old_papers_decide_and_one_that_reads_the_same_acquits(found: list[Found], red: bool) -> None:
    assert (judge(found, None, NOW) is not None) is red


def test_other_words_that_stand_for_two_days_are_the_publishers() -> None:
    assert judge([CHANGED, CHANGED], NOW - timedelta(hours=47), NOW) is CHANGED
    assert judge([CHANGED, CHANGED], NOW - timedelta(hours=48), NOW) is None
    assert judge([BROKEN, CHANGED], NOW - timedelta(days=9), NOW) is BROKEN
