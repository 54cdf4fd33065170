"""What was checked until when: the proof of coverage that stands in every digest (design decision 12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import day_and_time, due_times
from domain.events import VisitState
from domain.source_coverage import Failing, Gap, Note, Remark, SourceCoverage, Stale, is_behind
from services.expectations import note_of, supply_of
from services.gaps import is_rolling
from services.radar import Radar
from services.route_states import present_routes
from storage.unit_of_work import Unit
from storage.visits import Visit

GRACE = timedelta(minutes=30)
"""How long after its time a visit may still be running before the source counts as not visited."""


FAILURES = {
    "missing": Failing.MISSING,
    "forbidden_by_robots": Failing.FORBIDDEN,
    "refused": Failing.REFUSED,
    "busy": Failing.BUSY,
    "server_error": Failing.SITE_FAULT,
    "unreachable": Failing.UNREACHABLE,
    "timeout": Failing.TIMEOUT,
    "too_large": Failing.TOO_LARGE,
    "foreign_redirect": Failing.MOVED,
    "garbled": Failing.GARBLED,
    "cannot read": Failing.UNREADABLE,
}
"""Stored failures, by how they begin, as a reader is told of them."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Since when a source lags (None: it was never visited), and which route fails how ("" when no route fails)."""

    since: datetime | None
    route: str = ""
    failure: str = ""

    def shown(self) -> Stale:
        """For readers of a digest."""
        if not self.route:
            return Stale(self.since)
        known = (sort for start, sort in FAILURES.items() if self.failure.startswith(start))
        return Stale(self.since, self.route, next(known, Failing.OTHER))

    def in_english(self) -> str:
        """For operators, with the failure as it was stored."""
        if self.since is None:
            return "never visited"
        if self.route:
            return f"{self.route} fails since {day_and_time(self.since)}: {self.failure}"
        return f"not visited since {day_and_time(self.since)}"


def coverage(radar: Radar, unit: Unit, since: datetime | None) -> tuple[SourceCoverage, ...]:
    """The coverage of every configured source, in the order of sources.yaml; notes are those since the last issue."""
    return tuple(_of(radar, unit, source, since) for source in radar.settings.sources)


def _of(radar: Radar, unit: Unit, source: str, since: datetime | None) -> SourceCoverage:
    routes = present_routes(radar, unit, source)
    names = {route.name for route in routes}
    accepted = unit.visits.latest(source, state=VisitState.ACCEPTED)
    rolling = {route.name for route in radar.adapters[source].routes(radar.settings.scope(source)) if is_rolling(route)}
    # A rolling list is a second opinion beside the others: it is asked less often and makes nothing complete or incomplete.
    proving = [route for route in routes if route.name not in rolling] or routes
    complete = [route.complete_until for route in proving if route.complete_until is not None]
    everything = min(complete) if complete and len(complete) == len(proving) else None
    lag = lag_of(radar, unit, source)
    return SourceCoverage(
        source=source,
        name=radar.adapters[source].title,
        complete_until=everything,
        checked=accepted.ended if accepted else None,
        stale=lag.shown() if lag else None,
        unread=unit.resources.unread(source),
        gaps=tuple(Gap(name, window.since, window.until) for name, window, _ in unit.routes.gaps(source) if name in names),
        notes=_notes(radar, unit, source, since),
        # what lags says so itself, and after months of that all the visits since need no counting
        behind=lag is None and everything is not None and _is_behind(radar, source, everything),
    )


def _is_behind(radar: Radar, source: str, complete_until: datetime) -> bool:
    return is_behind(radar.settings.sources[source].crons, complete_until, radar.clock.now(), GRACE)


def gap_in_english(gap: Gap) -> str:
    """A gap for operators."""
    return f"{gap.route}: {day_and_time(gap.since)} to {day_and_time(gap.until)}"


def lag_of(radar: Radar, unit: Unit, source: str) -> Lag | None:
    """Why a source lags, None when it does not: a canary is red, a route fails, it was never visited, or a planned visit did not
    come."""
    now = radar.clock.now()
    red = [canary for canary in unit.watching.canaries(source) if canary.red]
    if red:
        first = min(red, key=lambda canary: canary.since)
        return Lag(first.since, f"canary of {first.page}", f"cannot read: {first.reason}")
    failing = [route for route in present_routes(radar, unit, source) if route.failing_since is not None]
    if failing:
        worst = min(failing, key=lambda route: route.failing_since or now)
        return Lag(worst.failing_since, worst.name, worst.failure)
    accepted = unit.visits.latest(source, state=VisitState.ACCEPTED)
    if accepted is None:
        return Lag(None)
    return Lag(accepted.ended or accepted.started) if _overdue(radar, source, accepted, now) else None


def _overdue(radar: Radar, source: str, accepted: Visit, now: datetime) -> bool:
    """True when a planned visit came and went without an accepted one."""
    ended = accepted.ended or accepted.started
    planned = due_times(radar.settings.sources[source].crons, ended, now - GRACE)
    return bool(planned)


def _notes(radar: Radar, unit: Unit, source: str, since: datetime | None) -> tuple[Note, ...]:
    """What a reader would want to know about the source since the last issue."""
    if since is None:
        return ()
    beside = {w.url for w in unit.visits.warnings(source, since) if w.what == "changed without any list saying so"}
    supply = supply_of(radar, unit, source)
    quiet = note_of(supply) if supply else None
    return (*((Note(Remark.BESIDE_LISTS, len(beside)),) if beside else ()), *((quiet,) if quiet else ()))
