"""The one polite HTTP client: configured hosts only, robots.txt, a rate per host, conditional requests, caps and retries."""

from __future__ import annotations

import logging
import random
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from typing import Protocol

import httpx2

from domain.errors import FetchError, FetchFailure
from domain.listings import Answer
from sources import addresses, retries, robots
from sources.adapter import Rate
from sources.addresses import Address
from sources.robots import RobotsCache
from sources.watchdog import Watch, Watchdog

BODY_CAP = 20_000_000  # bytes, after decompression
DEADLINE = 120.0  # seconds for one attempt, all phases together
LONGEST_TURN = 600.0  # seconds; a host that is at rest for longer is not waited for
MOST_REDIRECTS = 5
log = logging.getLogger(__name__)

_TIMEOUT = httpx2.Timeout(connect=10.0, read=30.0, write=10.0, pool=10.0)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What is asked for, and unpacked in steps of at most a megabyte. Anything else was not asked for and is never unpacked.
_ENCODINGS = ("gzip", "deflate")


class Slots(Protocol):
    """The turns at a host, shared by every process that asks it (the store keeps them)."""

    def reserve(self, host: str, seconds: float) -> float:
        """Take the next free turn of the host, keep `seconds` free after it, and give the seconds from now until it begins."""
        ...


class Clock(Protocol):
    """The one clock (design decision 14)."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Return after the seconds have passed on this clock."""
        ...


class _RetryError(Exception):
    """An attempt failed for a reason worth another one; `error` is what to raise when there is none left."""

    def __init__(self, error: FetchError, reason: str, wait: float | None = None) -> None:
        self.error = error
        self.reason = reason
        self.wait = wait
        super().__init__(error.detail)

    def given_up(self, attempts: int) -> FetchError:
        """What to raise after this many attempts."""
        said = self.error
        if attempts == 1:
            return said
        return FetchError(said.failure, said.url, f"{said.detail} ({self.reason}; {attempts} attempts)")


class Client:
    """Fetches addresses of configured hosts. Use as a context manager, or call `close`.

    `hosts` is the allow-list with the rate of each host; robots.txt may only slow it down. `connect` maps real hosts to
    loopback addresses for demo and tests; when it is set, nothing outside it is ever asked. `robots_exempt` names hosts whose
    owner-approved reason to ignore robots.txt stands in the configuration. `robots_cache` holds what robots.txt said to earlier
    clients of this process; without it this client asks for itself.
    """

    def __init__(
        self,
        slots: Slots,
        clock: Clock,
        contact: str,
        hosts: Iterable[Rate],
        connect: Mapping[str, str] | None = None,
        robots_exempt: frozenset[str] = frozenset(),
        *,
        robots_cache: RobotsCache | None = None,
        body_cap: int = BODY_CAP,
        deadline: float = DEADLINE,
        timeout: httpx2.Timeout = _TIMEOUT,
        elapsed: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._slots = slots
        self._clock = clock
        self._rates = {rate.host.lower(): rate.seconds for rate in hosts}
        self._connect = addresses.loopback(connect or {})
        reachable = self._rates.keys() & self._connect.keys() if self._connect else self._rates.keys()
        self._hosts = frozenset(reachable)
        self._cap = body_cap
        self._deadline = deadline
        # A transfer takes real time, also where the clock of demo and tests stands still.
        self._elapsed = elapsed
        self._jitter = jitter
        self._watchdog = Watchdog()
        self._robots = robots.Robots(self._load_robots, clock.now, robots_exempt, robots_cache)
        self._http = httpx2.Client(
            headers={
                "User-Agent": f"{robots.AGENT}/{version('beleidsradar')} (+{contact})",
                "Accept-Encoding": ", ".join(_ENCODINGS),
                "Accept-Language": "nl",
            },
            # A cookie would make one answer depend on another.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            verify=_trust(),
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections."""
        self._http.close()

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        """What the publisher gives for an address: a 200, or a 304 when `etag` or `last_modified` still hold.

        `Answer.url` is the address as asked, `Answer.final_url` the publisher's own after redirects. Raises FetchError.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditions = {name: value for name, value in asked.items() if value}
        return self._follow(url, conditions, self._cap, obey_robots=True)

    def _load_robots(self, url: str) -> bytes:
        return self._follow(url, {}, robots.MOST_BYTES, obey_robots=False).body

    def _follow(self, url: str, conditions: Mapping[str, str], cap: int, *, obey_robots: bool) -> Answer:
        address = addresses.check(url, self._hosts)
        for _ in range(MOST_REDIRECTS + 1):
            if obey_robots:
                self._robots.check(address.scheme, address.host, address.url)
            status, headers, body = self._ask(address, conditions, cap)
            if status not in _REDIRECTS:
                return Answer(url, address.url, status, tuple(headers.items()), body)
            if not headers.get("location"):
                raise FetchError(FetchFailure.GARBLED, url, f"HTTP {status} without Location")
            address = addresses.redirected(address, headers["location"], self._hosts)
        raise FetchError(FetchFailure.GARBLED, url, f"more than {MOST_REDIRECTS} redirects")

    def _ask(self, address: Address, conditions: Mapping[str, str], cap: int) -> tuple[int, dict[str, str], bytes]:
        for attempt in range(1, retries.ATTEMPTS + 1):
            self._take_turn(address)
            try:
                return self._attempt(address, conditions, cap)
            except _RetryError as again:
                wait = retries.pause(attempt, self._jitter()) if again.wait is None else again.wait
                if wait > retries.LONGEST_PAUSE:
                    # The publisher named a time: hold every process to it, and do not wait for it here.
                    self._slots.reserve(address.host, wait)
                    raise again.given_up(attempt) from again
                if attempt == retries.ATTEMPTS:
                    raise again.given_up(attempt) from again
                log.info("asking %s again after %.1f s: %s", address.url, wait, again.reason)
                self._clock.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _take_turn(self, address: Address) -> None:
        seconds = max(self._rates[address.host], self._robots.delay(address.host))
        wait = self._slots.reserve(address.host, seconds)
        if wait > LONGEST_TURN:
            raise FetchError(FetchFailure.BUSY, address.url, f"{address.host} is left alone for another {wait:.0f} s")
        if wait > 0:
            self._clock.sleep(wait)

    def _attempt(self, address: Address, conditions: Mapping[str, str], cap: int) -> tuple[int, dict[str, str], bytes]:
        started = self._elapsed()
        request = self._request(address, conditions)
        origin = f"{request.url.scheme}://{request.url.host}:{request.url.port}"
        with self._watchdog.over(origin, self._deadline) as watch:
            request.extensions["trace"] = watch.trace
            response = self._send(address, request, watch)
            try:
                self._judge(address, response, conditional=bool(conditions))
                body = b"" if response.status_code in _REDIRECTS else self._body(address, response, started, cap, watch)
            finally:
                response.close()
        return response.status_code, {name.lower(): value for name, value in response.headers.items()}, body

    def _send(self, address: Address, request: httpx2.Request, watch: Watch) -> httpx2.Response:
        """Status and headers, with the body still to come."""
        try:
            return self._http.send(request, stream=True)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            if watch.barked.is_set():
                raise self._too_slow(address) from error
            raise _why(address, error, sending=True) from error

    def _request(self, address: Address, conditions: Mapping[str, str]) -> httpx2.Request:
        headers = dict(conditions)
        url = httpx2.URL(address.url)
        if self._connect:
            host, port = self._connect[address.host]
            headers["Host"] = address.host
            url = url.copy_with(scheme="http", host=host, port=port)
        return self._http.build_request("GET", url, headers=headers)

    def _judge(self, address: Address, response: httpx2.Response, *, conditional: bool) -> None:
        """Return when the answer is one; raise the failure that it means otherwise."""
        status = response.status_code
        if status == 200:
            applied = [name.strip().lower() for name in response.headers.get("content-encoding", "identity").split(",")]
            if len(applied) > 1 or applied[0] not in (*_ENCODINGS, "identity", ""):
                raise FetchError(FetchFailure.GARBLED, address.url, f"packed as {', '.join(applied)[:60]}, not as was asked")
            return
        if status in _REDIRECTS or (status == 304 and conditional):
            return
        error = FetchError(_failure_of(status), address.url, f"HTTP {status}")
        if status in retries.STATUSES:
            wait = retries.retry_after(response.headers.get("retry-after", ""), self._clock.now())
            raise _RetryError(error, retries.STATUSES[status], wait)
        raise error

    def _body(self, address: Address, response: httpx2.Response, started: float, cap: int, watch: Watch) -> bytes:
        taken = bytearray()
        try:
            for chunk in response.iter_bytes():
                taken += chunk
                if len(taken) > cap:
                    raise FetchError(FetchFailure.TOO_LARGE, address.url, f"more than {cap} bytes")
                if self._elapsed() - started > self._deadline:
                    raise self._too_slow(address)
        except httpx2.HTTPError as error:
            if watch.barked.is_set():
                raise self._too_slow(address) from error
            raise _why(address, error, sending=False) from error
        if watch.barked.is_set():  # a body without a length ends where the connection was cut
            raise self._too_slow(address)
        return bytes(taken)

    def _too_slow(self, address: Address) -> FetchError:
        return FetchError(FetchFailure.TIMEOUT, address.url, f"not complete within {self._deadline:g} s")


@cache
def _trust() -> ssl.SSLContext:
    """The certificates of this machine; reading them takes longer than most answers, so a process does it once."""
    return httpx2.create_ssl_context(trust_env=False)


def _why(address: Address, error: Exception, *, sending: bool) -> Exception:
    """What a failed transfer means: an error that another attempt may mend, or one that it will not."""
    if isinstance(error, httpx2.TimeoutException):
        return _RetryError(_failed(FetchFailure.TIMEOUT, address, error), retries.NO_ANSWER)
    if isinstance(error, httpx2.NetworkError) and retries.was_reset(error):
        return _RetryError(_failed(FetchFailure.UNREACHABLE, address, error), retries.RESET)
    if isinstance(error, httpx2.ConnectError):
        return _failed(FetchFailure.UNREACHABLE, address, error)
    if isinstance(error, httpx2.NetworkError) or (sending and isinstance(error, httpx2.RemoteProtocolError)):
        return _RetryError(_failed(FetchFailure.UNREACHABLE, address, error), retries.BROKEN)
    return _failed(FetchFailure.GARBLED, address, error)


def _failed(failure: FetchFailure, address: Address, error: Exception) -> FetchError:
    said = " ".join(str(error).split())[:200]
    return FetchError(failure, address.url, f"{type(error).__name__}: {said}" if said else type(error).__name__)


def _failure_of(status: int) -> FetchFailure:
    if status in (404, 410):
        return FetchFailure.MISSING
    if status in (429, 503):
        return FetchFailure.BUSY
    if status >= 500:
        return FetchFailure.SERVER_ERROR
    if status >= 400:
        return FetchFailure.REFUSED
    return FetchFailure.GARBLED
