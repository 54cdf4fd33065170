"""Faults that can be switched on per host and path: outages, slowness, soft 404s and lists that stand still."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one host, for every path that begins with `path` ("" for all).

    `status` answers with that code and an HTML body, with `retry_after` seconds where given. `delay` holds the answer back for
    real seconds. `soft404` answers HTTP 200 with an error page (on the zoek and repository hosts a redirect to one); robots.txt
    is spared. `frozen` is the moment at which lists and feeds stopped moving; pages go on.
    """

    host: str
    path: str = ""
    status: int | None = None
    delay: float | None = None
    soft404: bool = False
    frozen: datetime | None = None
    retry_after: int | None = None

    def touches(self, host: str, path: str) -> bool:
        """True when this fault applies to a request for this path at this host."""
        return host == self.host and path.startswith(self.path)


class Faults:
    """The faults that are on. Setting a fault for the same host and path replaces the earlier one."""

    def __init__(self) -> None:
        """No faults."""
        self._lock = threading.Lock()
        self._faults: dict[tuple[str, str], Fault] = {}

    def set(self, fault: Fault) -> None:
        """Switch a fault on."""
        with self._lock:
            self._faults[(fault.host, fault.path)] = fault

    def mend(self, host: str | None = None) -> None:
        """Switch off every fault of this host, or of all hosts."""
        with self._lock:
            self._faults = {key: fault for key, fault in self._faults.items() if host is not None and fault.host != host}

    def at(self, host: str, path: str) -> tuple[Fault, ...]:
        """The faults that touch this request, longest path first."""
        with self._lock:
            found = [fault for fault in self._faults.values() if fault.touches(host, path)]
        return tuple(sorted(found, key=lambda fault: -len(fault.path)))

    @property
    def all(self) -> tuple[Fault, ...]:
        """Every fault that is on."""
        with self._lock:
            return tuple(self._faults.values())
