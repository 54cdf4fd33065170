"""What was checked until when, per source: the proof of coverage that every digest carries (design decision 12), as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import due_times


class Failing(StrEnum):
    """Why a route does not answer."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"  # by robots.txt
    REFUSED = "refused"
    BUSY = "busy"
    SITE_FAULT = "site_fault"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    MOVED = "moved"  # led to a host that is not configured
    GARBLED = "garbled"
    UNREADABLE = "unreadable"  # an answer, but not the list it should be
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stale:
    """Why a source lags: since when (None: it was never visited), and which route fails how ("" and None when a visit is missing
    and no route fails)."""

    since: datetime | None
    route: str = ""
    failure: Failing | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of one route that could not be recovered."""

    route: str
    since: datetime
    until: datetime


class Remark(StrEnum):
    """What a reader would want to know about a source."""

    BESIDE_LISTS = "beside_lists"  # changes that no list of the site announced
    SILENT_DAYS = "silent_days"  # whole workdays without anything new, more than is normal
    FEW_PAPERS = "few_papers"  # papers seen in the last five workdays, far fewer than is normal


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about a source, with how often."""

    remark: Remark
    count: int


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """What one source was asked and when. `complete_until` is None when never complete; `stale` says why it lags (None if it does
    not); `unread` counts papers known but not yet read; `gaps` are named stretches that could not be recovered; `notes` are
    remarks a reader would want; `behind` is True when no `stale` says that it lags and yet it was not whole at its
    last planned visit (`is_behind`)."""

    source: str
    name: str
    complete_until: datetime | None
    checked: datetime | None
    stale: Stale | None = None
    unread: int = 0
    gaps: tuple[Gap, ...] = ()
    notes: tuple[Note, ...] = ()
    behind: bool = False


def is_behind(crons: Sequence[str], complete_until: datetime, made: datetime, grace: timedelta) -> bool:
    """True when a visit was planned after a source was last whole and is over by now: `grace` is how long a visit may take.

    A source keeps its own times: one that is visited once a day is not behind at the second issue of that day. Raises ValueError
    for a cron that cannot be read.
    """
    return bool(due_times(crons, complete_until, made - grace))
