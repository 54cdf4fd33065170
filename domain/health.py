"""When a source behaves as it should: back-off after failures, floods of old papers, silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

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
