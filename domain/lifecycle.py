"""When a paper counts as withdrawn, and when something happened to a site instead of to its papers.

One "not found" is no evidence: servers are moved, caches fail, a deployment goes wrong. Three checks over a day are. Many papers
gone, moved or touched at once say something about the site, which is for the operator to know and no news for readers.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

CHECKS = 3
OVER = timedelta(hours=24)
"""A paper is withdrawn when this many checks over at least this long found nothing at its address (features D13)."""

APART = timedelta(hours=1)
"""Checks that follow each other more closely are one."""

BETWEEN = timedelta(hours=6)
"""How long after a "not found" the address is asked again while that is not confirmed."""

AFTER = timedelta(hours=24)
"""How long after, once it is: a paper may come back."""

MANY = 20
"""This many papers gone, or at a new address, at once are a rebuilt site and not news (features D14)."""

TOUCHED = 200
"""This many papers announced as changed in one visit are a mass touch until their content says otherwise (features D5)."""


class IncidentKind(StrEnum):
    """Something about a source that an operator should know; it begins, and it ends."""

    TOUCHED = "touched"  # many papers announced as changed at once
    MOVED = "moved"  # many papers at a new address
    VANISHED = "vanished"  # many papers gone at once
    STALE = "stale"  # it could not be asked for most of a working day
    QUIET = "quiet"  # it answers, and brings nothing or half of what is usual
    UNHANDLED = "unhandled"  # papers on its public lists that were not read
    UNTOLD = "untold"  # papers that a digest should have told by now
    STUCK = "stuck"  # messages that could not be delivered for hours


def is_withdrawn(since: datetime, checks: int, now: datetime) -> bool:
    """True when so many checks since that moment found nothing that the paper counts as withdrawn."""
    return checks >= CHECKS and now - since >= OVER


def counts_as_check(last: datetime, now: datetime) -> bool:
    """True when a check now is not the same as the last one."""
    return now - last >= APART
