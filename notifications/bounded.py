"""No attempt lasts longer than it may, also when the other side answers a letter at a time and so outwits every time-out."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def hang_up_after(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Break the connection when the block takes longer: whatever waits for it fails at once, with an OSError."""

    def hang_up() -> None:
        found = connection()
        if found is not None:
            with contextlib.suppress(OSError):  # it is closed already
                found.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def within(seconds: float, work: Callable[[], T]) -> T | None:
    """What the work gives, or None when it takes longer. It then goes on by itself: what it does may still happen.

    What it raises is raised here.
    """
    answers: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((work(), None))
        except BaseException as fault:  # noqa: BLE001  # handed to whoever waits
            answers.put((None, fault))

    threading.Thread(target=run, daemon=True).start()
    try:
        done, fault = answers.get(timeout=seconds)
    except queue.Empty:
        return None
    if fault is not None:
        raise fault
    return done
