"""The miniature's clock: it stands still until somebody turns it or sleeps on it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta


class TurnableClock:
    """A moment that several threads may read, set and advance."""

    def __init__(self, start: datetime) -> None:
        """Begin at `start`, which must be aware."""
        self._lock = threading.Lock()
        self._now = _utc(start)

    @property
    def now(self) -> datetime:
        """The present moment, in UTC."""
        with self._lock:
            return self._now

    def turn(self, to: datetime) -> datetime:
        """Set the clock, forwards or backwards; gives the new moment. Raises ValueError for a naive time."""
        moment = _utc(to)
        with self._lock:
            self._now = moment
            return moment

    def sleep(self, seconds: float) -> datetime:
        """Advance by so many seconds in one step; gives the new moment. Raises ValueError below zero."""
        if seconds < 0:
            raise ValueError(f"cannot sleep {seconds} seconds")
        with self._lock:
            self._now += timedelta(seconds=seconds)
            return self._now


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"the clock needs an aware time, not {moment}")
    return moment.astimezone(UTC)
