"""Delivering what is due: lease committed before any I/O, outcome written down after it, one delivery at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.events import DeliveryState
from notifications.channels import Envelope, Outcome, Receipt, again, send
from services.radar import Radar
from services.unsent import free_the_channelless
from storage.outbox import Delivery

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 6
GIVE_UP = timedelta(hours=24)
ASK_SLACK_AGAIN = timedelta(minutes=5)
PERHAPS = frozenset({"interrupted", "lost", "broken", "200"})
"""Codes after which a message may have arrived although nobody said so."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one attempt ended, without recipient or secret."""

    delivery_id: int
    digest: str
    channel: str
    part: int
    parts: int
    state: DeliveryState
    detail: str


def deliver_due(radar: Radar) -> tuple[Attempt, ...]:
    """Send every delivery whose time has come; what fails waits or is given up, and delays nobody else.

    First, deliveries that a killed process left in the middle are taken back: perhaps they arrived. Mail goes out again under the
    same Message-ID, Slack is asked once more after five minutes.
    """
    radar.ledger.check_writable()  # what cannot be written down as told must not be sent
    free_the_channelless(radar)
    attempts = list(_take_back(radar))
    tried: set[int] = set()
    while due := [found for found in _due(radar) if found not in tried]:
        for delivery_id in due:  # a second part becomes due when the first one is delivered: hence again and again
            tried.add(delivery_id)
            with radar.store.begin() as unit:
                delivery = unit.outbox.claim(delivery_id, radar.holder, radar.clock.now(), LEASE)
            if delivery is not None:
                attempts.append(_attempt(radar, delivery))
    return tuple(attempts)


def _due(radar: Radar) -> tuple[int, ...]:
    with radar.store.read() as unit:
        return unit.outbox.due(radar.clock.now())


def _take_back(radar: Radar) -> list[Attempt]:
    taken = []
    now = radar.clock.now()
    with radar.store.begin() as unit:
        for found in unit.outbox.abandoned(now):
            state = DeliveryState.DEAD if found.attempts >= MOST_ATTEMPTS else DeliveryState.UNKNOWN
            wait = timedelta() if _is_mail(radar, found) else ASK_SLACK_AGAIN
            detail = "the process that was sending it ended; it may have arrived"
            unit.outbox.finish(found.id, state, at=now, code="interrupted", detail=detail, not_before=now + wait)
            taken.append(_said(found, state, detail))
    return taken


def _is_mail(radar: Radar, delivery: Delivery) -> bool:
    channel = radar.settings.channels.get(delivery.channel)
    return channel is not None and channel.mail


def _attempt(radar: Radar, delivery: Delivery) -> Attempt:
    receipt = _already(radar, delivery) or _send(radar, delivery)
    now = radar.clock.now()
    if receipt.outcome is Outcome.DELIVERED:
        return _delivered(radar, delivery, receipt)
    state, wait = _next(radar, delivery, receipt)
    with radar.store.begin() as unit:
        unit.outbox.finish(delivery.id, state, at=now, code=receipt.code, detail=receipt.detail, not_before=now + wait)
    return _said(delivery, state, receipt.detail)


def _already(radar: Radar, delivery: Delivery) -> Receipt | None:
    """The ledger remembers what the database may have forgotten: killed before the commit, or restored from a backup."""
    if f"message:{delivery.message_id}" in radar.ledger.told(delivery.target):
        return Receipt(Outcome.DELIVERED, "ledger", "delivered before, by the told ledger")
    return None


def _send(radar: Radar, delivery: Delivery) -> Receipt:
    channel = radar.settings.channels.get(delivery.channel)
    if channel is None or channel.url is None:
        variable = channel.variable if channel else "its channel"
        return Receipt(Outcome.TRANSIENT, "no_channel", f"{variable} is not set; put the Apprise URL into it")
    envelope = Envelope.from_bytes(delivery.envelope)
    if delivery.code in PERHAPS and not _is_mail(radar, delivery):
        digest = radar.settings.digests.get(delivery.digest)
        envelope = again(
            envelope, digest.language if digest else radar.settings.language
        )  # a channel that cannot recognise a copy says that it may be one
    return send(channel.url.reveal(), envelope, recipient=delivery.recipient, connect=radar.settings.connect)


def _delivered(radar: Radar, delivery: Delivery, receipt: Receipt) -> Attempt:
    """Write down a delivery; its events count as told when the last of its parts is delivered too."""
    now = radar.clock.now()
    with radar.store.read() as unit:
        whole = unit.outbox.siblings_delivered(delivery.id)
        keys = unit.outbox.event_keys(delivery.id) if whole else ()
    # First the ledger, then the database: killed in between, the ledger keeps it from going out twice.
    radar.ledger.append(delivery.target, [f"message:{delivery.message_id}", *keys], now)
    with radar.store.begin() as unit:
        unit.outbox.finish(delivery.id, DeliveryState.DELIVERED, at=now, code=receipt.code, detail=receipt.detail)
        unit.outbox.mark_told(delivery.target, keys, channel=delivery.channel, digest=delivery.digest, at=now)
    return _said(delivery, DeliveryState.DELIVERED, receipt.detail)


def _next(radar: Radar, delivery: Delivery, receipt: Receipt) -> tuple[DeliveryState, timedelta]:
    """The state after a failed attempt and how long to wait: doubling from 30 seconds, never before Retry-After."""
    pause = max(timedelta(seconds=30) * 2 ** (delivery.attempts - 1), timedelta(seconds=receipt.retry_after or 0))
    too_old = radar.clock.now() - delivery.created > GIVE_UP
    if receipt.outcome is Outcome.PERMANENT:
        return DeliveryState.DEAD, timedelta()
    if delivery.attempts >= MOST_ATTEMPTS or too_old:
        return DeliveryState.DEAD, timedelta()
    if receipt.outcome is Outcome.UNKNOWN:
        mail = _is_mail(radar, delivery)
        if not mail and delivery.attempts >= 2:
            return DeliveryState.DEAD, timedelta()  # a channel that cannot tell is asked once more, then a person decides
        return DeliveryState.UNKNOWN, pause if mail else max(pause, ASK_SLACK_AGAIN)
    return DeliveryState.RETRY, pause


def _said(delivery: Delivery, state: DeliveryState, detail: str) -> Attempt:
    return Attempt(delivery.id, delivery.digest, delivery.channel, delivery.part, delivery.parts, state, detail)
