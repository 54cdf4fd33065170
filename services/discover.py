"""Asking a source what exists: every route over the window since it was last complete."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from domain.calendar import AMSTERDAM, local
from domain.documents import canonical_json
from domain.errors import FetchError, ReadingError
from domain.listings import Entry, Window
from services.asking import OF_ITS_AGE, ask_all
from services.gaps import Asked, fill, is_fresh, is_rolling, name_gaps
from services.priority import priorities
from services.radar import Radar
from services.second_route import compare_routes
from sources.adapter import Route
from sources.client import Client
from storage.routes import RouteState

log = logging.getLogger(__name__)

BASELINE_DAYS = 90
"""How far back the first look at a source goes: the period of the Startdossier (design decision 5)."""

DAY = timedelta(days=1)


def discover(radar: Radar, source: str, visit_id: int, client: Client) -> None:
    """Ask every route of a source and write down what it announces, one transaction a route.

    A route that fails keeps its "complete until", so that the next visit makes up for it; the others go on. How many routes
    answered and failed stands in the counts of the visit.
    """
    routes = radar.adapters[source].routes(radar.settings.scope(source))
    with radar.store.read() as unit:
        states = {route.name: unit.routes.route(source, route.name) for route in routes}
    asker = asker_of(radar, source)
    answered: list[Asked] = []
    lists = {route.name for route in routes if not is_rolling(route)}
    # Lists of everything and of any window go first: how they fare decides whether a second opinion is wanted already.
    for route in sorted(routes, key=is_rolling):
        state = states[route.name]
        opinions = {one.route.name for one in answered}
        if lists and lists <= opinions and state.asker == asker and is_fresh(route, state, radar.clock.now()):
            continue
        asked = _ask_route(radar, source, visit_id, client, route, state, asker)
        if asked is not None:
            answered.append(asked)
    with radar.store.begin() as unit:
        fill(unit.routes, source, routes, answered, radar.clock.now())
    compare_routes(radar, source, visit_id, routes)


def _ask_route(
    radar: Radar, source: str, visit_id: int, client: Client, route: Route, state: RouteState, asker: str
) -> Asked | None:
    """Ask one route and write down what it says; None when it failed, or could not be asked to the end."""
    now = radar.clock.now()
    windows = windows_to_ask(route, state.complete_until, now)
    try:
        answers = ask_all(radar, route, windows, client, asker)
    except (FetchError, ReadingError) as error:
        _fail(radar, source, visit_id, route, str(error), now)
        return None
    except Exception as error:
        log.exception("reading the list %s of %s", route.name, source)
        _fail(radar, source, visit_id, route, f"cannot read {route.name}: unexpected {type(error).__name__}", now)
        return None
    asked = Asked(route, min(window.since for window in windows), answers)
    _write(radar, source, visit_id, asked, state, asker, now)
    return None if answers.unfinished else asked


def asker_of(radar: Radar, source: str) -> str:
    """The fingerprint of what makes entries of an answer: scope and parser. With another one an old answer says nothing."""
    scope = radar.settings.scope(source)
    said = [scope.kinds, scope.paths, scope.use_sru, radar.adapters[source].parser]
    return hashlib.sha256(canonical_json(said)).hexdigest()[:16]


def _fail(radar: Radar, source: str, visit_id: int, route: Route, failure: str, now: datetime) -> None:
    with radar.store.begin() as unit:
        unit.routes.route_failed(source, route.name, failure=failure, at=now)
        unit.visits.warn(source, f"{route.name}: {failure}", at=now, visit_id=visit_id)
        unit.visits.count(visit_id, {"routes_failed": 1})


def windows_to_ask(route: Route, complete_until: datetime | None, now: datetime) -> tuple[Window, ...]:
    """What to ask a route: today, the days before it on which papers may still surface, and what was missed since "complete
    until" (90 days at first), newest first.

    Windows are whole Dutch days, so that a question stays the same and can be asked conditionally, or not at all while its answer
    stands (`services.asking.stands`). The days go back a quarter (and at least a day) further than the route's overlap, because
    the last time a day is asked about has to come after the overlap is over. A route that cannot be asked by window gets one
    window over everything.
    """
    overlap = timedelta(hours=route.overlap_hours)
    tomorrow = _midnight(local(now) + timedelta(days=1))
    known = complete_until or now - timedelta(days=BASELINE_DAYS)
    if not route.windowed:
        return (Window(min(_midnight(local(now - overlap)), _midnight(local(known - overlap))), tomorrow),)
    today = _midnight(local(now))
    back = max(overlap * (OF_ITS_AGE + 1) / OF_ITS_AGE, overlap + DAY) if overlap else overlap
    # The first two are the same at every visit of a day; what was missed comes on top of them.
    usual = _midnight(local(today - back))
    missed = usual if known >= today - DAY else min(usual, _midnight(local(known - back)))
    windows = [Window(today, tomorrow), Window(usual, today), Window(missed, usual)]
    return tuple(window for window in windows if window.since < window.until)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=AMSTERDAM)


def _write(radar: Radar, source: str, visit_id: int, asked: Asked, state: RouteState, asker: str, now: datetime) -> None:
    route, answered = asked.route, asked.answered
    entries = tuple(answered.entries.values())
    wanted = priorities(radar, entries)
    with radar.store.begin() as unit:
        began = unit.routes.baseline(source).listed
        if began is None:
            unit.routes.baseline_listed(source, now)
        # A route's first answer, and its first under another scope or parser, shows what was there before: baseline. What the
        # publisher dates after we last knew the route (or the source) to be complete is new all the same.
        first = state.complete_until is None or state.asker != asker
        since = state.complete_until or began
        groups: dict[bool, list[Entry]] = {True: [], False: []}
        for entry in entries:
            groups[first and (since is None or not _dated_since(entry, since))].append(entry)
        new = changed = 0
        for baseline, group in groups.items():
            added = unit.resources.announce(
                source, route.name, group, at=now, baseline=baseline, quiet=False, priority=wanted, live=True
            )
            new, changed = new + added[0], changed + added[1]
        for url, kept in answered.asked.items():
            unit.routes.answered(source, url, kept, now)
        if answered.unfinished:
            what = f"{route.name}: asked {len(answered.asked)} questions, the next visit goes on with the rest"
            unit.visits.warn(source, what, at=now, visit_id=visit_id)
        else:
            unit.routes.route_answered(source, route.name, complete_until=now, at=now, changed=bool(new or changed), asker=asker)
            name_gaps(unit.routes, source, asked, state.complete_until, now)
        for remark in answered.surprises:
            unit.visits.warn(source, f"{route.name}: {remark}", at=now, visit_id=visit_id)
        unit.visits.count(visit_id, {"routes_answered": 1, "listed": len(entries), "new": new, "changed": changed})


def _dated_since(entry: Entry, moment: datetime) -> bool:
    """True when any date the publisher gives lies on or after the day of this moment; without dates False."""
    day = local(moment).date()
    dates = (entry.published, entry.dated, entry.modified)
    return any((local(d).date() if isinstance(d, datetime) else d) >= day for d in dates if d is not None)
