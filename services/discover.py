"""Asking a source what exists: every route over the window since it was last complete."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.calendar import AMSTERDAM, local
from domain.documents import canonical_json
from domain.errors import FetchError, ReadingError
from domain.listings import Ask, Entry, Listing, Window
from services.gaps import Answered, Asked, fill, is_fresh, is_rolling, name_gaps
from services.priority import priorities
from services.radar import Radar
from services.second_route import compare_routes
from sources.adapter import Route
from sources.client import Client
from storage.routes import AskedBefore, RouteState

log = logging.getLogger(__name__)

BASELINE_DAYS = 90
"""How far back the first look at a source goes: the period of the Startdossier (design decision 5)."""

TOO_FULL = ("too full",)
"""Kept in place of further addresses for a question whose window held more than the interface shows."""

MOST_ASKS = 400
"""More questions than this for one route on one visit mean that something is wrong with it."""


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
    """Ask one route and write down what it says; None when it failed."""
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
    asked = Asked(route, windows[0].since, answers)
    _write(radar, source, visit_id, asked, state, asker, now)
    return asked


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
    """What to ask a route: the window of today, and before it whatever was missed since "complete until" (90 days at first).

    Windows are whole Dutch days, so that today's question stays the same through the day and can be asked conditionally; the
    route's overlap goes before them, because papers are filed under dates that lie before the day they went public. A route
    that cannot be asked by window gets one window over everything.
    """
    overlap = timedelta(hours=route.overlap_hours)
    today = Window(_midnight(local(now - overlap)), _midnight(local(now) + timedelta(days=1)))
    missed_from = _midnight(local((complete_until or now - timedelta(days=BASELINE_DAYS)) - overlap))
    if missed_from >= today.since:
        return (today,)
    if not route.windowed:
        return (Window(missed_from, today.until),)
    return (Window(missed_from, today.since), today)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=AMSTERDAM)


def ask_all(radar: Radar, route: Route, windows: Sequence[Window], client: Client, asker: str = "") -> Answered:
    """Ask a route until its answers are complete, splitting windows that hold more than the interface shows.

    With an `asker`, a question whose last complete answer to the same asker still holds brings nothing (its entries are written
    down already); without one every question is asked in full. Raises FetchError or ReadingError when any question fails: a
    half-answered route is not complete.
    """
    answered = Answered()
    queue = [ask for window in windows for ask in route.asks(window)]
    known = {ask.url for ask in queue}
    while queue:
        ask = queue.pop(0)
        if len(known) > MOST_ASKS:
            raise ReadingError(ask.url, f"more than {MOST_ASKS} questions for one visit; the lists of {route.name} do not end")
        listing = _ask(radar, route, ask, client, answered, asker)
        answered.surprises.extend(listing.surprises)
        for entry in listing.entries:
            answered.entries[entry.url] = entry
        further = list(listing.further)
        if listing.truncated:
            narrower = _narrower(route, ask, known)
            if narrower:
                further.extend(narrower)
            else:
                answered.incomplete.append((ask.window or windows[0], f"{route.name} shows no more than {len(listing.entries)}"))
        for more in further:
            if more.url not in known:
                known.add(more.url)
                queue.append(more)
    return answered


def _ask(radar: Radar, route: Route, ask: Ask, client: Client, answered: Answered, asker: str) -> Listing:
    """One question. When the publisher says that the last complete answer still holds, a listing without entries."""
    before = AskedBefore("", "", ())
    if asker:
        with radar.store.read() as unit:
            kept = unit.routes.asked(ask.url)
        before = kept if kept.asker == asker else before
    if before.further == TOO_FULL and _narrower(route, ask, {ask.url}):
        return Listing((), truncated=True)  # it was too full this morning: its halves are asked at once
    answer = client.fetch(ask.url, etag=before.etag, last_modified=before.last_modified)
    if answer.not_modified:
        return Listing((), further=tuple(Ask(url, ask.window) for url in before.further))
    listing = route.read(ask, answer)
    silent = not listing.entries and not listing.further and not listing.ignored
    if silent and not route.windowed and route.reach_hours == 0:
        raise ReadingError(ask.url, "the list is empty, and it never should be")
    if listing.truncated:
        answered.asked[ask.url] = AskedBefore("", "", TOO_FULL, asker)
    else:
        further = tuple(more.url for more in listing.further)
        answered.asked[ask.url] = AskedBefore(answer.header("etag"), answer.header("last-modified"), further, asker)
    return listing


def _narrower(route: Route, ask: Ask, known: set[str]) -> list[Ask]:
    """The same question about two halves of its window; empty when the route cannot be asked more finely."""
    if ask.window is None or ask.window.until - ask.window.since <= timedelta(minutes=1):
        return []
    first, second = ask.window.halves()
    asks = [*route.asks(first), *route.asks(second)]
    return [] if all(narrow.url in known for narrow in asks) else asks


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
