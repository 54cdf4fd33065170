"""Deliveries that wait: until when, and which of them no longer have a reason to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.events import DeliveryState
from services.radar import Radar
from storage.outbox import Delivery

NO_CHANNEL = "no_channel"
"""The code of an attempt that failed only because the environment does not hold the channel's URL (`services.deliver`)."""

WAITING = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many deliveries wait for their next try, and when the first of them comes (None when none waits)."""

    count: int
    next_try: datetime | None


def waiting(radar: Radar) -> Waiting:
    """The deliveries that are not finished and not given up."""
    with radar.store.read() as unit:
        found = unit.outbox.deliveries(states=WAITING)
    return Waiting(len(found), min((one.not_before for one in found), default=None))


def free_the_channelless(radar: Radar) -> int:
    """Let deliveries that failed for want of their channel, which is set by now, be tried at once; returns how many.

    Their turn is taken and given back with a new time, as any sender would, so that no other process can be sending them.
    """
    now = radar.clock.now()
    freed = 0
    with radar.store.begin() as unit:
        for found in unit.outbox.deliveries(states=[DeliveryState.RETRY]):
            if found.not_before <= now or not _channel_came(radar, found):
                continue
            if unit.outbox.claim(found.id, radar.holder, now, timedelta(minutes=1)) is not None:
                unit.outbox.finish(found.id, DeliveryState.RETRY, at=now, code=found.code, detail=found.detail, not_before=now)
                freed += 1
    return freed


def _channel_came(radar: Radar, delivery: Delivery) -> bool:
    channel = radar.settings.channels.get(delivery.channel)
    return delivery.code == NO_CHANNEL and channel is not None and channel.url is not None
