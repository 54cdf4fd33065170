"""robots.txt as RFC 9309 reads it: one answer per host, kept for a day, read by protego."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

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
class _Known:
    """The rules of one host, or why they could not be had, and until when that holds."""

    rules: Protego | None
    failure: FetchError | None
    until: datetime


class RobotsCache:
    """The rules of every host that was asked, for as long as they hold. A process keeps one for all its clients, so that
    robots.txt is asked once a day and not once a visit. May be shared between threads."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def get(self, host: str) -> _Known | None:
        """What is known of a host, whether it still holds or not."""
        return self._known.get(host)

    def keep(self, host: str, known: _Known) -> None:
        """Write down what is known of a host from now on."""
        self._known[host] = known


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
        if known.failure is not None:
            raise FetchError(known.failure.failure, url, f"robots.txt cannot be read: {known.failure.detail}")
        if known.rules is not None and not known.rules.can_fetch(url, AGENT):
            raise FetchError(FetchFailure.FORBIDDEN_BY_ROBOTS, url, f"robots.txt of {host} forbids it")

    def delay(self, host: str) -> float:
        """The seconds between two requests that the rules of a host ask for; 0 when they say nothing or are not known."""
        known = self._cache.get(host)
        if host in self._exempt or known is None or known.rules is None:
            return 0.0
        wait = float(known.rules.crawl_delay(AGENT) or 0.0)
        rate = known.rules.request_rate(AGENT)
        if rate is not None and rate.requests:
            wait = max(wait, rate.seconds / rate.requests)
        return wait

    def _rules(self, scheme: str, host: str) -> _Known:
        known = self._cache.get(host)
        now = self._now()
        if known is None or known.until <= now:
            known = self._ask(scheme, host, now)
            self._cache.keep(host, known)
        return known

    def _ask(self, scheme: str, host: str, now: datetime) -> _Known:
        try:
            body = self._load(f"{scheme}://{host}/robots.txt")
        except FetchError as error:
            if error.failure in _NOTHING_FORBIDDEN:
                return _Known(None, None, now + KEPT)
            return _Known(None, error, now + FAILURE_KEPT)
        return _Known(Protego.parse(body.decode("utf-8", errors="replace")), None, now + KEPT)
