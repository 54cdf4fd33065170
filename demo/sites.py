"""The miniature sites: one loopback server that plays five hosts by their Host header, with a clock that can be turned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType

from demo.clock import TurnableClock
from demo.control import HOSTS, control
from demo.exchange import Request
from demo.faults import Fault
from demo.front import Front, LoggedRequest, Sent
from demo.moments import http_date
from demo.paper import Paper
from demo.papers import story_papers
from demo.server import LoopbackServer


class Miniature:
    """The sites as a context manager.

    What each site shows is a pure function of the papers, the clock and the faults; only a nonce differs from request to request.
    """

    def __init__(self, start: datetime, papers: Sequence[Paper] | None = None) -> None:
        """Build the sites with the clock at `start` (aware). Without papers, those of the story."""
        self._front = Front(story_papers() if papers is None else papers, TurnableClock(start))
        self._server = LoopbackServer(self._answer, lambda: http_date(self.now))

    def __enter__(self) -> Miniature:
        self._server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._front.closing.set()
        self._server.close()

    def _answer(self, request: Request, body: bytes) -> Sent:
        if request.host in HOSTS:
            return control(self._front, request, body)
        return self._front.answer(request)

    @property
    def address(self) -> str:
        """Where the server listens: "127.0.0.1:PORT"."""
        return self._server.address

    @property
    def hosts(self) -> tuple[str, ...]:
        """The real host names that it plays."""
        return tuple(self._front.sites)

    @property
    def connect(self) -> str:
        """The value of BELEIDSRADAR_CONNECT: every real host with the address to connect to instead."""
        return ",".join(f"{host}={self.address}" for host in self.hosts)

    @property
    def clock_url(self) -> str:
        """The value of BELEIDSRADAR_CLOCK."""
        return f"http://{self.address}/clock"

    @property
    def now(self) -> datetime:
        """The miniature's present moment, in UTC."""
        return self._front.clock.now

    def turn(self, to: datetime) -> datetime:
        """Set the clock; gives the new moment."""
        return self._front.clock.turn(to)

    def sleep(self, seconds: float) -> datetime:
        """Advance the clock in one step; gives the new moment."""
        return self._front.clock.sleep(seconds)

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """Every request to a site so far, oldest first."""
        return self._front.requests

    @property
    def held(self) -> tuple[str, ...]:
        """The paths whose answers a delay holds back."""
        return self._front.held

    def clear_requests(self) -> None:
        """Forget the request log, and what was held back."""
        self._front.clear()

    def fault(
        self,
        host: str,
        *,
        status: int | None = None,
        delay: float | None = None,
        soft404: bool = False,
        frozen: bool = False,
        path: str = "",
        retry_after: int | None = None,
    ) -> None:
        """Switch a fault on for the paths of a host that begin with `path` (see `demo.faults.Fault`).

        Raises ValueError for a host that is not here.
        """
        if host not in self._front.sites:
            raise ValueError(f"no such host: {host}")
        still = self.now if frozen else None
        self._front.faults.set(Fault(host, path, status, delay, soft404, still, retry_after))

    def mend(self, host: str | None = None) -> None:
        """Switch off every fault of this host, or of all hosts."""
        self._front.faults.mend(host)
