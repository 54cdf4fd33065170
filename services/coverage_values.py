"""The coverage register as values: what `services.coverage_report` counts and the page and the command line show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from domain.calendar import AMSTERDAM
from storage.accounts import GapAccount


class DayState(StrEnum):
    """How far a day of a source is covered."""

    COMPLETE = "complete"  # a list answered for all of it
    FILLED = "filled"  # a stretch was missed and another list showed it
    GAP = "gap"  # a stretch that nothing showed
    PARTLY = "partly"  # complete until a moment within it
    NOT_YET = "not_yet"  # nothing answered for it so far
    BEFORE = "before"  # watching had not begun


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of a period: `accepted` answered in full, `partly` were accepted while a list failed, `rejected` proved nothing,
    `open` were cut off and not taken up again so far. `planned` is how many times the schedule named. `longest_pause` is between
    accepted visits, in minutes. `resumed` counts how often a visit that was cut off (killed, or out of room) was taken up again;
    those visits stand among the others.
    """

    planned: int
    accepted: int
    partly: int
    rejected: int
    open: int
    longest_pause: int
    resumed: int = 0

    @property
    def made(self) -> int:
        """All visits."""
        return self.accepted + self.partly + self.rejected + self.open


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers first listed in a period: `listed` is `read` + `unread` + `failed` (could not be read so far) + `gone`."""

    listed: int
    read: int
    unread: int
    failed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Events:
    """What happened to papers: `found` is the sum of the others. `told` in an issue, `held` counted in one, `waiting` for one,
    `quiet` (first look or backfill), `awaiting` approval, `retracted`, `rejected` (of a visit that proved nothing so far), and
    `unselected` by any digest."""

    found: int
    told: int
    held: int
    waiting: int
    quiet: int
    awaiting: int
    retracted: int
    rejected: int
    unselected: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one source: `until` is set for PARTLY."""

    day: date
    state: DayState
    until: datetime | None
    visits: int
    listed: int


@dataclass(frozen=True, slots=True)
class LagPeriod:
    """A time in which a source lagged: planned visits did not come, or none answered in full. `until` is when one did again, None
    while the source lags still; `why` are the failures of the visits in between, () when there were none."""

    since: datetime
    until: datetime | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source over the period. `complete_until` is how far its lists have answered now, None when they never did; `first_look`
    are papers of the baseline that were listed in the period; `lags` began before the period when they reach into it.
    They are known from `lags_from` on: the first look or the moment from which all visits are kept; None without a first look."""

    source: str
    title: str
    began: datetime | None
    complete_until: datetime | None
    visits: Visits
    papers: Papers
    first_look: Papers
    events: Events
    gaps: tuple[GapAccount, ...]
    days: tuple[Day, ...]
    lags: tuple[LagPeriod, ...] = ()
    lags_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class LateIssue:
    """An issue that was made later than promised."""

    number: int
    planned: datetime
    made: datetime


@dataclass(frozen=True, slots=True)
class DigestReport:
    """One digest over the period: its issues by number, numbers that are missing between the first and the last, and how the
    messages of those issues stand: `messages` is `delivered` + `waiting` + `given_up`."""

    digest: str
    issues: int
    first: int
    last: int
    missing: tuple[int, ...]
    late: tuple[LateIssue, ...]
    messages: int
    delivered: int
    waiting: int
    given_up: int


@dataclass(frozen=True, slots=True)
class PackReport:
    """A pack that came into force in the period."""

    topic: str
    version: str
    fingerprint: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """The register over the days from `since` to `until`, both included, as it stood at `made`."""

    since: date
    until: date
    made: datetime
    organisation: str
    sources: tuple[SourceReport, ...]
    digests: tuple[DigestReport, ...]
    packs: tuple[PackReport, ...]
    not_watched: tuple[str, ...]

    def unknown_lags(self, source: SourceReport) -> bool:
        """True when the lags of a source are not known for all of the period."""
        return source.lags_from is not None and source.lags_from > datetime.combine(self.since, time(), AMSTERDAM)
