"""robots.txt as RFC 9309 reads it: one answer per host, kept for a day, read by protego."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from protego import Protego

from domain.errors import FetchError, FetchFailure

AGENT = "Beleidsradar"
KEPT = timedelta(hours=24)
FAILURE_KEPT = timedelta(minutes=10)
# RFC 9309, 2.5: a reader must take at least 500 KiB; more than that is no robots.txt.
MOST_BYTES = 512 * 1024

# What a publisher's refusal to hand over robots.txt means: RFC 9309, 2.3.1.3 (4xx: nothing is forbidden).
_NOTHING_FORBIDDEN = frozenset({FetchFailure.MISSING, FetchFailure.REFUSED})


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What a host said, as it is kept: the text of its rules ("" forbids nothing), or why they could not be had, and until when
    that holds."""

    text: str
    failure: FetchFailure | None
    detail: str
    until: datetime


class RobotsStore(Protocol):
    """Where answers are kept for other processes."""

    def get(self, host: str) -> RobotsAnswer | None:
        """What is kept of a host, whether it still holds or not."""
        ...

    def keep(self, host: str, answer: RobotsAnswer) -> None:
        """Keep this in place of what was kept."""
        ...


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer with its rules read; None where there are none."""

    answer: RobotsAnswer
    rules: Protego | None


class RobotsCache:
    """The rules of every host that was asked, for as long as they hold: in memory for all clients of a process, and in a store
    for the others, so that robots.txt is asked once a day and not once a visit. May be shared between threads."""

    def __init__(self, store: RobotsStore | None = None) -> None:
        self._store = store
        self._known: dict[str, _Known] = {}

    def get(self, host: str, now: datetime) -> _Known | None:
        """What is known of a host; what no longer holds only where nothing newer is kept."""
        known = self._known.get(host)
        if self._store is not None and (known is None or known.answer.until <= now):
            kept = self._store.get(host)
            if kept is not None and (known is None or kept.until > known.answer.until):
                known = self._known[host] = _read(kept)
        return known

    def keep(self, host: str, answer: RobotsAnswer) -> _Known:
        """Write down what is known of a host from now on."""
        known = self._known[host] = _read(answer)
        if self._store is not None:
            self._store.keep(host, answer)
        return known


def _read(answer: RobotsAnswer) -> _Known:
    return _Known(answer, Protego.parse(answer.text) if answer.failure is None else None)


class Robots:
    """Whether addresses may be asked, and how far apart. `load` gives the bytes of an address or raises FetchError."""

    def __init__(
        self,
        load: Callable[[str], bytes],
        now: Callable[[], datetime],
        exempt: frozenset[str] = frozenset(),
        cache: RobotsCache | None = None,
    ) -> None:
        self._load = load
        self._now = now
        self._exempt = exempt
        self._cache = RobotsCache() if cache is None else cache

    def check(self, scheme: str, host: str, url: str) -> None:
        """Return when the address may be asked.

        Raises FetchError: FORBIDDEN_BY_ROBOTS when the rules forbid it; the failure of robots.txt itself (BUSY, SERVER_ERROR,
        TIMEOUT, UNREACHABLE, ...) when the rules cannot be had, because then everything is forbidden for now (RFC 9309, 2.3.1.4).
        """
        if host in self._exempt:
            return
        known = self._rules(scheme, host)
        if known.answer.failure is not None:
            raise FetchError(known.answer.failure, url, f"robots.txt cannot be read: {known.answer.detail}")
        if known.rules is not None and not known.rules.can_fetch(url, AGENT):
            raise FetchError(FetchFailure.FORBIDDEN_BY_ROBOTS, url, f"robots.txt of {host} forbids it")

    def delay(self, host: str) -> float:
        """The seconds between two requests that the rules of a host ask for; 0 when they say nothing or are not known."""
        known = None if host in self._exempt else self._cache.get(host, self._now())
        if known is None or known.rules is None:
            return 0.0
        wait = float(known.rules.crawl_delay(AGENT) or 0.0)
        rate = known.rules.request_rate(AGENT)
        if rate is not None and rate.requests:
            wait = max(wait, rate.seconds / rate.requests)
        return wait

    def _rules(self, scheme: str, host: str) -> _Known:
        now = self._now()
        known = self._cache.get(host, now)
        if known is None or known.answer.until <= now:
            known = self._cache.keep(host, self._ask(scheme, host, now))
        return known

    def _ask(self, scheme: str, host: str, now: datetime) -> RobotsAnswer:
        """What the host says. A page of HTML is an answer too: it holds no rules, so it forbids nothing (RFC 9309, 2.3.1.1)."""
        try:
            body = self._load(f"{scheme}://{host}/robots.txt")
        except FetchError as error:
            if error.failure in _NOTHING_FORBIDDEN:
                return RobotsAnswer("", None, error.detail, now + KEPT)
            return RobotsAnswer("", error.failure, error.detail, now + FAILURE_KEPT)
        return RobotsAnswer(body.decode("utf-8", errors="replace"), None, "", now + KEPT)
