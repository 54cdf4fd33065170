"""A day of the miniature's clock in every minute of ours: for watching the service at work."""

from __future__ import annotations

import threading
from datetime import datetime, time, timedelta
from typing import Self

from demo.moments import AMSTERDAM
from demo.sites import Miniature

DAY = ((0.0, time(7, 15)), (27.0, time(7, 30)), (42.0, time(16, 45)))
"""From which second of a minute which time of day holds. The clock stands still in between, so that what is due at a time can be
done at that time by processes that need seconds to start."""


class DayAMinute:
    """Turns the clock of the sites from a day on, in a thread, until the block ends."""

    def __init__(self, sites: Miniature, first: datetime) -> None:
        self._sites = sites
        self._day = first.astimezone(AMSTERDAM).date()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._turn, name="a day a minute", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _turn(self) -> None:
        while True:
            for (begin, clock), end in zip(DAY, [*(at for at, _ in DAY[1:]), 60.0], strict=True):
                moment = datetime.combine(self._day, clock, AMSTERDAM)
                if moment > self._sites.now:  # who waited on this clock may have moved it on already
                    self._sites.turn(moment)
                if self._over.wait(end - begin):
                    return
            self._day += timedelta(days=1)
