"""The front door: which site answers, what faults do to it, what "not modified" means, and the log of it all."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

from demo.clock import TurnableClock
from demo.exchange import Reply, Request, page
from demo.faults import Fault, Faults
from demo.koop.sites import Repository, Zoek
from demo.moments import http_date
from demo.openoverheid.site import OpenOverheid
from demo.paper import Paper
from demo.rijksoverheid.site import Rijksoverheid
from demo.rvo.site import Rvo


class Site(Protocol):
    """One host: its answer is a pure function of its papers and the moment."""

    host: str

    def is_list(self, path: str) -> bool:
        """True for listings, which a frozen fault holds still."""
        ...

    def answer(self, request: Request, now: datetime) -> Reply:
        """What this host shows at this moment."""
        ...

    def soft_error(self) -> Reply:
        """How this host hides a missing page behind HTTP 200."""
        ...


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request as it was answered. `at` is the miniature's time, `bytes` the size of the body that was sent."""

    at: datetime
    host: str
    method: str
    path: str
    status: int
    conditional: bool
    user_agent: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes over the wire."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Front:
    """All sites behind one door. May be asked from several threads."""

    def __init__(self, papers: Iterable[Paper], clock: TurnableClock) -> None:
        """Build the sites from these papers."""
        shelf = tuple(papers)
        sites: tuple[Site, ...] = (Zoek(shelf), Repository(shelf), Rijksoverheid(shelf), OpenOverheid(shelf), Rvo(shelf))
        self.sites: Mapping[str, Site] = {site.host: site for site in sites}
        self.clock = clock
        self.faults = Faults()
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._log: list[LoggedRequest] = []
        self._held: list[str] = []
        self._count = 0

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """Every request to a site so far, oldest first; requests to the controls are not among them."""
        with self._lock:
            return tuple(self._log)

    @property
    def held(self) -> tuple[str, ...]:
        """The paths whose answers a delay holds, or held, back; the log has them only when they are answered."""
        with self._lock:
            return tuple(self._held)

    def clear(self) -> None:
        """Forget the log, and what was held back."""
        with self._lock:
            self._log.clear()
            self._held.clear()

    def answer(self, request: Request) -> Sent:
        """Answer a request to one of the sites, and log it. An unknown host gets 421."""
        now = self.clock.now
        site = self.sites.get(request.host)
        if site is None:
            reply = page("Misdirected Request", "text/plain; charset=utf-8", status=421)
        elif request.method not in ("GET", "HEAD"):
            reply = page("Method Not Allowed", "text/plain; charset=utf-8", status=405)
        else:
            reply = self._reply(site, request, now)
        with self._lock:
            self._count += 1
            nonce = hashlib.sha256(str(self._count).encode()).hexdigest()[:22]
        fresh = reply.status == 200 and _still_holds(request, reply)
        sent = _sent(reply, b"" if fresh else reply.sent(nonce), not_modified=fresh)
        self._note(request, sent, now)
        return sent

    def _reply(self, site: Site, request: Request, now: datetime) -> Reply:
        path = request.path
        moment = now
        for fault in self.faults.at(site.host, path):
            if fault.delay:
                with self._lock:
                    self._held.append(path)
                self.closing.wait(fault.delay)
            if fault.status:
                return _outage(fault)
            if fault.soft404 and path != "/robots.txt" and "fout404" not in path:
                return site.soft_error()
            if fault.frozen and site.is_list(path):
                moment = min(fault.frozen, now)
        return site.answer(request, moment)

    def _note(self, request: Request, sent: Sent, now: datetime) -> None:
        conditional = "if-none-match" in request.headers or "if-modified-since" in request.headers
        agent = request.headers.get("user-agent", "")
        line = LoggedRequest(now, request.host, request.method, request.target, sent.status, conditional, agent, len(sent.body))
        with self._lock:
            self._log.append(line)


def _outage(fault: Fault) -> Reply:
    words = (
        f"<!DOCTYPE html><html><head><title>{fault.status}</title></head><body><h1>Storing ({fault.status})</h1></body></html>"
    )
    return Reply(words.encode(), status=fault.status or 503, retry_after=fault.retry_after)


def _still_holds(request: Request, reply: Reply) -> bool:
    """RFC 9110, 13.1: an entity tag decides where one is sent, else the date, in whole seconds."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or reply.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    since = request.headers.get("if-modified-since")
    if since is None or reply.last_modified is None:
        return False
    try:
        return reply.last_modified < parsedate_to_datetime(since) + timedelta(seconds=1)
    except (ValueError, TypeError):  # a date that cannot be read counts as absent
        return False


def _sent(reply: Reply, body: bytes, *, not_modified: bool) -> Sent:
    headers: list[tuple[str, str]] = []
    if not not_modified:
        headers.append(("Content-Type", reply.content_type))
    if reply.status == 200:
        headers.append(("ETag", reply.etag))
        if reply.last_modified is not None:
            headers.append(("Last-Modified", http_date(reply.last_modified)))
    if reply.location:
        headers.append(("Location", reply.location))
    if reply.retry_after is not None:
        headers.append(("Retry-After", str(reply.retry_after)))
    return Sent(304 if not_modified else reply.status, tuple(headers), body)
