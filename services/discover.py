"""Asking a source what exists: every route over the window since it was last complete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.calendar import AMSTERDAM, local
from domain.errors import FetchError, ReadingError
from domain.listings import Ask, Entry, Listing, Window
from services.priority import priorities
from services.radar import Radar
from sources.adapter import Route
from sources.client import Client

BASELINE_DAYS = 90
"""How far back the first look at a source goes: the period of the Startdossier (design decision 5)."""

MOST_ASKS = 400
"""More questions than this for one route on one visit mean that something is wrong with it."""


def discover(radar: Radar, source: str, visit_id: int, client: Client) -> None:
    """Ask every route of a source and write down what it announces, one transaction a route.

    A route that fails keeps its "complete until", so that the next visit makes up for it; the others go on. Entries of a route's
    first complete answer are the baseline. How many routes answered and failed stands in the counts of the visit.
    """
    adapter = radar.adapters[source]
    for route in adapter.routes(radar.settings.scope(source)):
        now = radar.clock.now()
        with radar.store.read() as unit:
            state = unit.resources.route(source, route.name)
        window = asked_window(state.complete_until, now, route.overlap_hours)
        try:
            answers = ask_all(radar, route, window, client)
        except (FetchError, ReadingError) as error:
            with radar.store.begin() as unit:
                unit.resources.route_failed(source, route.name, failure=str(error), at=now)
                unit.visits.warn(source, f"{route.name}: {error}", at=now, visit_id=visit_id)
                unit.visits.count(visit_id, {"routes_failed": 1})
            continue
        _write(radar, source, visit_id, route, answers, state.complete_until, now)


def asked_window(complete_until: datetime | None, now: datetime, overlap_hours: float) -> Window:
    """The window to ask about: from the day of "complete until" (90 days back at first) to the end of today, in whole Dutch days.

    `overlap_hours` go before it, because a route files papers under dates that lie before the day they went public. Whole days keep a question the same through the day, so that it can be asked conditionally; publishers date by day as well.
    """
    since = local((complete_until or now - timedelta(days=BASELINE_DAYS)) - timedelta(hours=overlap_hours))
    until = local(now) + timedelta(days=1)
    return Window(_midnight(since), _midnight(until))


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=AMSTERDAM)


@dataclass(slots=True)
class Answered:
    """All answers of one route to the questions over a window."""

    entries: dict[str, Entry] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # url, etag, last-modified
    surprises: list[str] = field(default_factory=list)
    incomplete: list[tuple[Window, str]] = field(default_factory=list)


def ask_all(radar: Radar, route: Route, window: Window, client: Client, *, conditional: bool = True) -> Answered:
    """Ask a route until its answers are complete, splitting windows that hold more than the interface shows.

    With `conditional`, a question whose last complete answer still holds brings nothing (its entries are written down already).

    Raises FetchError or ReadingError when any question fails: a half-answered route is not complete.
    """
    answered = Answered()
    queue = list(route.asks(window))
    known = {ask.url for ask in queue}
    while queue:
        ask = queue.pop(0)
        if len(known) > MOST_ASKS:
            raise ReadingError(ask.url, f"more than {MOST_ASKS} questions for one visit; the lists of {route.name} do not end")
        listing = _ask(radar, route, ask, client, answered, conditional)
        if listing is None:
            continue
        answered.surprises.extend(listing.surprises)
        for entry in listing.entries:
            answered.entries[entry.url] = entry
        further = list(listing.further)
        if listing.truncated:
            narrower = _narrower(route, ask, known)
            if narrower:
                further.extend(narrower)
            else:
                answered.incomplete.append((ask.window or window, f"{route.name} shows no more than {len(listing.entries)}"))
        for more in further:
            if more.url not in known:
                known.add(more.url)
                queue.append(more)
    return answered


def _ask(radar: Radar, route: Route, ask: Ask, client: Client, answered: Answered, conditional: bool) -> Listing | None:
    """One question; None when the publisher says that the last complete answer still holds."""
    etag = last_modified = ""
    if conditional:
        with radar.store.read() as unit:
            etag, last_modified = unit.resources.validators(ask.url)
    answer = client.fetch(ask.url, etag=etag, last_modified=last_modified)
    if answer.not_modified:
        return None
    listing = route.read(ask, answer)
    if not listing.entries and not listing.further and not route.windowed and route.reach_hours == 0:
        raise ReadingError(ask.url, "the list is empty, and it never should be")
    if not listing.truncated:
        answered.asked.append((ask.url, answer.header("etag"), answer.header("last-modified")))
    return listing


def _narrower(route: Route, ask: Ask, known: set[str]) -> list[Ask]:
    """The same question about two halves of its window; empty when the route cannot be asked more finely."""
    if ask.window is None or ask.window.until - ask.window.since <= timedelta(minutes=1):
        return []
    first, second = ask.window.halves()
    asks = [*route.asks(first), *route.asks(second)]
    return [] if all(narrow.url in known for narrow in asks) else asks


def _write(
    radar: Radar,
    source: str,
    visit_id: int,
    route: Route,
    answered: Answered,
    complete_until: datetime | None,
    now: datetime,
) -> None:
    entries = tuple(answered.entries.values())
    with radar.store.begin() as unit:
        first = complete_until is None
        began = unit.resources.baseline(source).listed
        if began is None:
            unit.resources.baseline_listed(source, now)
        groups: dict[bool, list[Entry]] = {True: [], False: []}
        for entry in entries:
            groups[first and (began is None or not _after(entry, began))].append(entry)
        wanted = priorities(radar, entries)
        new = changed = 0
        for baseline, group in groups.items():
            added = unit.resources.announce(source, route.name, group, at=now, baseline=baseline, quiet=False, priority=wanted)
            new, changed = new + added[0], changed + added[1]
        for url, etag, last_modified in answered.asked:
            unit.resources.answered(source, url, etag=etag, last_modified=last_modified, at=now)
        unit.resources.route_answered(source, route.name, complete_until=now, at=now, changed=bool(new or changed))
        _name_gaps(unit.resources.gap, source, route, answered, complete_until, now)
        for remark in answered.surprises:
            unit.visits.warn(source, f"{route.name}: {remark}", at=now, visit_id=visit_id)
        counts = {"routes_answered": 1, "listed": len(entries), "new": new, "changed": changed}
        unit.visits.count(visit_id, counts)


def _after(entry: Entry, moment: datetime) -> bool:
    """True when the publisher says it went public after this moment: then it is new, however late its route answered."""
    published = entry.published
    if published is None:
        return False
    return published > moment if isinstance(published, datetime) else published > local(moment).date()


def _name_gaps(
    gap: Callable[[str, str, Window, str, datetime], None],
    source: str,
    route: Route,
    answered: Answered,
    complete_until: datetime | None,
    now: datetime,
) -> None:
    """Name what cannot be recovered: stretches a rolling list no longer shows, and windows too full to be shown whole."""
    if not route.windowed and route.reach_hours and complete_until is not None:
        reaches = now - timedelta(hours=route.reach_hours)
        if complete_until < reaches:
            gap(
                source,
                route.name,
                Window(complete_until, reaches),
                f"{route.name} shows only the last {route.reach_hours:g} hours",
                now,
            )
    for window, reason in answered.incomplete:
        gap(source, route.name, window, reason, now)
