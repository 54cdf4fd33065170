"""What the routes of a visit could not show: naming it, and closing it where another route showed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from domain.listings import Entry, Window
from sources.adapter import Route
from storage.routes import AskedBefore, Routes, RouteState


@dataclass(slots=True)
class Answered:
    """All answers of one route to the questions over a window; `unfinished` when some questions were left for the next visit."""

    entries: dict[str, Entry] = field(default_factory=dict)
    asked: dict[str, AskedBefore] = field(default_factory=dict)
    surprises: list[str] = field(default_factory=list)
    incomplete: list[tuple[Window, str]] = field(default_factory=list)
    unfinished: bool = False


@dataclass(slots=True)
class Asked:
    """One route that answered on this visit: since when its questions went back, what it named, and what it could not show."""

    route: Route
    since: datetime
    answered: Answered


def hosts_of(route: Route, asked: Asked | None, now: datetime) -> set[str]:
    """Where the papers of a route stand; where it named none (or was not asked), where it is asked itself."""
    named = {urlsplit(url).hostname or "" for url in asked.answered.entries} if asked is not None else set()
    return named or {urlsplit(ask.url).hostname or "" for ask in route.asks(Window(now, now))}


def is_rolling(route: Route) -> bool:
    """True for a list that only shows the last hours: what it missed has to come from another route."""
    return not route.windowed and route.reach_hours > 0


def is_fresh(route: Route, state: RouteState, now: datetime) -> bool:
    """True while a rolling list need not be asked again: it is a second opinion beside lists that show everything, and nothing
    slips out of it within a sixteenth of its reach (three hours for two days), three hours at most."""
    if not is_rolling(route) or state.answered is None or state.failing_since is not None:
        return False
    # By a clock that ran ahead and was put back it may have answered in what is the future now: then it is asked.
    return timedelta() <= now - state.answered < timedelta(hours=min(route.reach_hours / 16, 3.0))


def fill(routes: Routes, source: str, all_routes: Sequence[Route], answered: Sequence[Asked], now: datetime) -> None:
    """Close the gaps of a route that another route of this visit showed whole: at the same host, for all of the time."""
    asked = {one.route.name: one for one in answered}
    hosts = {route.name: hosts_of(route, asked.get(route.name), now) for route in all_routes}
    for route in all_routes:
        for other in answered:
            if other.route.name == route.name or is_rolling(other.route) or other.answered.incomplete:
                continue
            if hosts[other.route.name] & hosts[route.name]:
                since = other.since if other.route.windowed else datetime.min.replace(tzinfo=UTC)
                routes.fill_gaps(source, [route.name], since, now, by=other.route.name)


def name_gaps(routes: Routes, source: str, asked: Asked, complete_until: datetime | None, now: datetime) -> None:
    """Name what a route can no longer show: stretches a rolling list has let go of, and windows too full to be shown whole."""
    route = asked.route
    if is_rolling(route) and complete_until is not None:
        reaches = now - timedelta(hours=route.reach_hours)
        if complete_until < reaches:
            reason = f"{route.name} shows only the last {route.reach_hours:g} hours"
            routes.gap(source, route.name, Window(complete_until, reaches), reason, now)
    for window, reason in asked.answered.incomplete:
        routes.gap(source, route.name, window, reason, now)
