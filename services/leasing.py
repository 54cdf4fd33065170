"""Working under a lease: one process at a time on one piece of work, also when a process was killed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from domain.errors import BusyError, StorageError
from services.radar import Radar

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=30)
"""How long a lease holds that is renewed with every paper (a backfill's)."""

HELD = timedelta(seconds=90)
"""How long a lease of `hold` outlives a process that was killed: the next visit begins within two minutes. On the same machine it
does not outlive it at all, for there a dead holder is recognised (`storage.leases`)."""

BEAT = 20.0
"""Seconds (of the machine, not of the product's clock) between two renewals while the work goes on."""


@contextmanager
def hold(radar: Radar, name: str) -> Iterator[None]:
    """Work under a lease that is renewed for as long as this process lives; raises BusyError when another one has it."""
    with radar.store.begin() as unit:
        holder = unit.leases.acquire(name, radar.holder, radar.clock.now(), HELD.total_seconds())
    if holder:
        process = holder.split(":")[1]
        raise BusyError(f"{name} is under way in process {process}; it ends by itself, or try again in a few minutes")
    done = threading.Event()
    beating = threading.Thread(target=_beat, args=(radar, done), name=f"lease {name}", daemon=True)
    beating.start()
    try:
        yield
    finally:
        done.set()
        beating.join()
        with radar.store.begin() as unit:
            unit.leases.release(name, radar.holder)


def _beat(radar: Radar, done: threading.Event) -> None:
    """Renew until the work is done. A database that is busy now is asked again at the next beat."""
    while not done.wait(BEAT):
        try:
            with radar.store.begin() as unit:
                unit.leases.renew(radar.holder, radar.clock.now(), HELD.total_seconds())
        except StorageError as error:
            log.warning("a lease could not be renewed: %s", error)
