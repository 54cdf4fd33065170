"""A limit in real seconds over a whole transfer, headers included: a time-out per read never ends a server that drips."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

_CONNECTED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})


@dataclass(slots=True)
class Watch:
    """One transfer under watch. `trace` is for the HTTP library's extension of that name; `barked` says that time was up."""

    trace: Callable[[str, Mapping[str, Any]], None]
    barked: threading.Event = field(default_factory=threading.Event)


class Watchdog:
    """Shuts the connection of a transfer that takes too long. For one client that asks one thing at a time."""

    def __init__(self) -> None:
        self._sockets: dict[str, socket.socket] = {}

    @contextmanager
    def over(self, origin: str, seconds: float) -> Iterator[Watch]:
        """Watch one transfer with this origin (scheme, host and port: a kept connection is known by it)."""

        def trace(event: str, info: Mapping[str, Any]) -> None:
            if event in _CONNECTED:
                self._sockets[origin] = info["return_value"].get_extra_info("socket")

        watch = Watch(trace)
        timer = threading.Timer(seconds, self._cut, (origin, watch))
        timer.daemon = True
        timer.start()
        try:
            yield watch
        finally:
            timer.cancel()

    def _cut(self, origin: str, watch: Watch) -> None:
        watch.barked.set()
        found = self._sockets.get(origin)
        if found is not None:
            # Of the plain socket, also under TLS: an orderly goodbye would wait for the other side.
            with suppress(OSError):
                socket.socket.shutdown(found, socket.SHUT_RDWR)
