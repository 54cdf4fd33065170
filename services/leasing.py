"""Working under a lease: one process at a time on one piece of work, also when a process was killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from domain.errors import BusyError
from services.radar import Radar

LEASE = timedelta(minutes=30)
"""How long a lease holds without renewal; it is renewed with every question and every paper."""


@contextmanager
def hold(radar: Radar, name: str) -> Iterator[None]:
    """Work under a lease; raises BusyError when another living process has it."""
    with radar.store.begin() as unit:
        holder = unit.leases.acquire(name, radar.holder, radar.clock.now(), LEASE.total_seconds())
    if holder:
        process = holder.split(":")[1]
        raise BusyError(f"{name} is under way in process {process}; it ends by itself, or try again in a few minutes")
    try:
        yield
    finally:
        with radar.store.begin() as unit:
            unit.leases.release(name, radar.holder)
