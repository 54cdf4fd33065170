"""A clock for benchmarks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Standing:
    """A clock that moves when somebody sleeps: the polite rate costs no time."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """This moment."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Move on at once."""
        self._now += timedelta(seconds=seconds)
