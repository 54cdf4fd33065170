"""A day of the miniature's clock in every minute of ours: for watching the service at work."""

from __future__ import annotations

import threading
import time as real
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from demo.moments import AMSTERDAM
from demo.sites import Miniature

MINUTE = 60.0
DAY = ((0.0, time(7, 15)), (20.0, time(7, 30)), (52.0, time(16, 45)))
"""From which second of a minute which time of day holds. The clock stands still in between, so that what is due at a time can be
done at that time by processes that need seconds to start."""


class DayAMinute:
    """Turns the clock of the sites from a day on, in a thread, until the block ends. Days begin with whole minutes of the
    machine, as the wakes of the service on a turned clock do."""

    def __init__(self, sites: Miniature, first: datetime) -> None:
        self._sites = sites
        self._day = first.astimezone(AMSTERDAM).date()
        self._over = threading.Event()
        self._days: list[tuple[datetime, date]] = []
        self._thread = threading.Thread(target=self._turn, name="a day a minute", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def days(self) -> tuple[date, ...]:
        """The days that were over when this was asked, the first one first."""
        return tuple(day for _, day in self._days[:-1])

    def day_of(self, moment: datetime) -> date | None:
        """The day of the sites at a moment of the machine; None before the first."""
        return next((day for began, day in reversed(self._days) if began <= moment), None)

    def _turn(self) -> None:
        if self._over.wait(MINUTE - real.time() % MINUTE):
            return
        while True:
            self._days.append((datetime.now(UTC), self._day))
            begun = real.monotonic()
            for (_, clock), end in zip(DAY, [*(at for at, _ in DAY[1:]), MINUTE], strict=True):
                moment = datetime.combine(self._day, clock, AMSTERDAM)
                if moment > self._sites.now:  # who waited on this clock may have moved it on already
                    self._sites.turn(moment)
                if self._over.wait(max(0.0, begun + end - real.monotonic())):
                    return
            self._day += timedelta(days=1)
