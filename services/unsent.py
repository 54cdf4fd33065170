"""Deliveries that wait: until when, and which of them wait for a channel that is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.events import DeliveryState
from notifications.channels import ChannelKind, kind_of
from services.parcels import thawed, unreachable
from services.radar import Radar
from services.retries import GIVE_UP
from storage.outbox import Delivery
from storage.unit_of_work import Unit

NO_CHANNEL = "no_channel"
"""The code of a delivery that waits because the environment does not hold a usable URL of its channel. It costs no attempt."""

LOOK_AGAIN = timedelta(minutes=15)
"""When a channel that is not there is looked for again; a look at any earlier delivering frees what waits too."""

WAITING = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many deliveries wait for their next try, and when the first of them comes (None when none waits)."""

    count: int
    next_try: datetime | None


def waiting(radar: Radar) -> Waiting:
    """The deliveries that are not finished and not given up."""
    with radar.store.read() as unit:
        found = unit.outbox.deliveries(states=WAITING, whole=False)
    return Waiting(len(found), min((one.not_before for one in found), default=None))


def free_the_channelless(radar: Radar) -> int:
    """Let deliveries that wait for want of their channel, which is there by now, be tried at once; returns how many."""
    now = radar.clock.now()
    with radar.store.read() as unit:
        stuck = unit.outbox.deliveries(states=[DeliveryState.RETRY], whole=False)
    ids = [one.id for one in stuck if one.code == NO_CHANNEL and one.not_before > now and not unreachable(radar, one.channel)]
    if ids:
        with radar.store.begin() as unit:
            unit.outbox.hasten(ids, now)
    return len(ids)


def put_off(radar: Radar, unit: Unit, delivery: Delivery, reason: str) -> DeliveryState:
    """Let a delivery wait for its channel, without an attempt; given up a day after it first could not go out."""
    now = radar.clock.now()
    late = delivery.failing is not None and now - delivery.failing > GIVE_UP
    state = DeliveryState.DEAD if late else DeliveryState.RETRY
    if delivery.state is DeliveryState.UNKNOWN and not late:
        state = DeliveryState.UNKNOWN
    unit.outbox.finish(delivery.id, state, at=now, code=NO_CHANNEL, detail=reason, not_before=now + LOOK_AGAIN)
    return state


def build_for_its_channel(radar: Radar, unit: Unit, delivery: Delivery) -> bool:
    """Build the messages of an issue for the channel as it is now, in the place of what was frozen for another kind; True when
    that was done, and the new ones are due."""
    run = unit.issues.get(delivery.run_id)
    message = delivery.message_id.rpartition(".")[0]
    made = thawed(radar, run, delivery.channel, delivery.recipient, message)
    keys = unit.outbox.keys_of_target(delivery.run_id, delivery.channel, delivery.target)
    return unit.outbox.replace(delivery, made, keys, radar.clock.now())


def wrong_kind(radar: Radar, delivery: Delivery, frozen: ChannelKind) -> bool:
    """True when what was frozen is not what the channel, whose URL is there, takes now."""
    channel = radar.settings.channels[delivery.channel]
    return channel.url is not None and kind_of(channel.url.reveal()) is not frozen
