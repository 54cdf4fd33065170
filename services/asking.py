"""Asking one route until its answers are complete: narrower where an answer is full, never again what still stands.

What is remembered of a question (`storage.routes.AskedBefore`) is when it was answered, its validators, and the questions that it
led to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.calendar import AMSTERDAM, local
from domain.errors import ReadingError
from domain.listings import Ask, Listing, Window
from services.gaps import Answered
from services.radar import Radar
from sources.adapter import Route
from sources.client import Client
from storage.routes import AskedBefore

TOO_FULL = "too full"
"""Kept before the further questions of one whose answer held less than there was: it is not asked again, they are."""

MOST_ASKS = 400
"""More questions than this for one route on one visit: the rest waits for the next visit; lists that do not end are refused."""

LONGEST = timedelta(minutes=6)
"""How long one route may be asked on one visit: what was most wanted has to be read and told within twenty minutes."""

OF_ITS_AGE = 4
"""A question about days gone by is asked again after this part of the time since they ended: an hour on the same evening, six
hours after a day, two days after a week. Papers that surface late wait at most that much longer than they were late."""

_MOMENT = r"\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{3,6})?)?[+-]\d\d:\d\d"
_KEPT = re.compile(rf"(?P<url>.*?)(?: (?P<pause>\d{{1,9}})(?: (?P<since>{_MOMENT}) (?P<until>{_MOMENT}))?)?", re.DOTALL)
_DAY = timedelta(hours=25)  # the longest Dutch day


def ask_all(radar: Radar, route: Route, windows: Sequence[Window], client: Client, asker: str = "") -> Answered:
    """Ask a route until its answers are complete, splitting windows that hold more than the interface shows.

    With an `asker`, a question whose last complete answer to the same asker still stands brings nothing (its entries are written
    down already), and a route that needs more than one visit goes on at the next (`Answered.unfinished`); without one every
    question is asked in full. Raises FetchError or ReadingError when any question fails: a half-answered route is not complete.
    """
    answered = Answered()
    queue = [ask for window in windows for ask in route.asks(window)]
    known = {ask.url for ask in queue}
    begun = radar.clock.now()
    while queue:
        ask = queue.pop(0)
        many = len(answered.asked) >= MOST_ASKS
        if asker and route.windowed and (many or radar.clock.now() - begun > LONGEST):
            answered.unfinished = True
            return answered
        if many:
            what = f"more than {MOST_ASKS} questions for one visit; the lists of {route.name} do not end"
            raise ReadingError(ask.url, what)
        listing = _ask(radar, route, ask, client, answered, asker)
        answered.surprises.extend(listing.surprises)
        for entry in listing.entries:
            answered.entries[entry.url] = entry
        further = list(listing.further)
        if listing.truncated and not further:
            further = narrower(route, ask, known)
            if not further:
                answered.incomplete.append((ask.window or windows[0], f"{route.name} shows no more than {len(listing.entries)}"))
        for more in further:
            if more.url not in known:
                known.add(more.url)
                queue.append(more)
    return answered


def _ask(radar: Radar, route: Route, ask: Ask, client: Client, answered: Answered, asker: str) -> Listing:
    """One question. When its last complete answer still holds, a listing without entries."""
    before = AskedBefore("", "", ())
    if asker:
        with radar.store.read() as unit:
            kept = unit.routes.asked(ask.url)
        before = kept if kept.asker == asker else before
    further = tuple(_again(said, ask) for said in before.further if said != TOO_FULL)
    if TOO_FULL in before.further and (further or narrower(route, ask, {ask.url})):
        return Listing((), truncated=True, further=further)  # it was too full this morning: what it led to is asked at once
    if stands(ask, before.answered, radar.clock.now()):
        return Listing((), further=further)
    answer = client.fetch(ask.url, etag=before.etag, last_modified=before.last_modified)
    if answer.not_modified:
        answered.asked[ask.url] = before
        return Listing((), further=further)
    listing = route.read(ask, answer)
    silent = not listing.entries and not listing.further and not listing.ignored
    if silent and not route.windowed and route.reach_hours == 0:
        raise ReadingError(ask.url, "the list is empty, and it never should be")
    said = tuple(_said(more, ask) for more in listing.further)
    if listing.truncated:
        answered.asked[ask.url] = AskedBefore("", "", (TOO_FULL, *said), asker)
    else:
        answered.asked[ask.url] = AskedBefore(answer.header("etag"), answer.header("last-modified"), said, asker)
    return listing


def stands(ask: Ask, answered: datetime | None, now: datetime) -> bool:
    """True while the answer to a question that was last given at `answered` need not be asked for again.

    An answer about days that were over when it was given stands for a quarter of their age; any answer stands for the pause of
    its question, unless its day has ended since. One that was given later than now, by a clock that ran ahead and was put back,
    proves nothing.
    """
    if answered is None or answered > now:
        return False
    pause = ask.pause
    if ask.window is not None and ask.window.until <= now:
        if answered < ask.window.until:
            return False
        pause = max(pause, (now - ask.window.until) / OF_ITS_AGE)
    return now - answered < pause


def narrower(route: Route, ask: Ask, known: set[str]) -> list[Ask]:
    """The same question about two parts of its window; empty when the route cannot be asked more finely."""
    if ask.window is None or ask.window.until - ask.window.since <= timedelta(minutes=1):
        return []
    first, second = _parts(ask.window)
    asks = [*route.asks(first), *route.asks(second)]
    return [] if all(narrow.url in known for narrow in asks) else asks


def _parts(window: Window) -> tuple[Window, Window]:
    """Two parts of a window: whole Dutch days while there is more than one, because some interfaces know nothing smaller."""
    if window.until - window.since > _DAY:
        middle = local(window.since + (window.until - window.since) / 2)
        midnight = middle.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=AMSTERDAM)
        if window.since < midnight < window.until:
            return Window(window.since, midnight), Window(midnight, window.until)
    return window.halves()


def _said(ask: Ask, above: Ask) -> str:
    """A further question as it is kept, in one line (addresses hold no spaces): address, pause in seconds, and its window where
    that is not the one of the question above it."""
    window = [ask.window.since, ask.window.until] if ask.window and ask.window != above.window else []
    return " ".join([ask.url, str(int(ask.pause.total_seconds())), *(moment.isoformat() for moment in window)])


def _again(said: str, above: Ask) -> Ask:
    """The question that was kept. An earlier release kept its address alone, which may have held spaces, and what stands behind
    them may look like moments and be none (30 February): never raises."""
    kept = _KEPT.fullmatch(said)
    assert kept is not None  # whatever has no end like these is an address
    pause = timedelta(seconds=int(kept["pause"] or 0))
    if kept["since"] is None:
        return Ask(kept["url"], above.window, pause)
    try:
        window = Window(datetime.fromisoformat(kept["since"]), datetime.fromisoformat(kept["until"]))
    except ValueError:
        return Ask(said, above.window)
    return Ask(kept["url"], window, pause)
