"""What follows a failed attempt: when it is tried again, and when that has been enough. Pure rules for `services.deliver`.

Mail keeps its Message-ID, so a receiver can tell a copy and it may go out again after an unknown attempt. A chat service cannot:
it is asked once more, and then a person decides.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.events import DeliveryState
from notifications.channels import Outcome, Receipt
from storage.outbox import Delivery

FIRST_PAUSE = timedelta(seconds=30)
"""Doubled after each attempt, give or take a fifth."""

MOST_ATTEMPTS = 6
GIVE_UP = timedelta(hours=24)
"""How long after its first failure a message is news no longer."""

ASK_CHAT_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Step:
    """The state after an attempt, and how long to wait before the next."""

    state: DeliveryState
    pause: timedelta = timedelta()


def after(receipt: Receipt, delivery: Delivery, now: datetime, *, can_tell: bool) -> Step:
    """What a receipt that is no delivery leads to; `can_tell` says that the receiver recognises a copy."""
    if receipt.outcome is Outcome.PERMANENT or _enough(delivery, now):
        return Step(DeliveryState.DEAD)
    pause = max(back_off(delivery), timedelta(seconds=receipt.retry_after or 0))
    if receipt.outcome is Outcome.UNKNOWN:
        return _unknown(delivery, pause, can_tell=can_tell)
    return Step(DeliveryState.RETRY, pause)


def after_crash(delivery: Delivery, now: datetime, *, can_tell: bool) -> Step:
    """As `after`, for one whose sender died: whether it arrived is not known, and the time it took has been pause enough."""
    if _enough(delivery, now):
        return Step(DeliveryState.DEAD)
    return _unknown(delivery, timedelta(), can_tell=can_tell)


def back_off(delivery: Delivery) -> timedelta:
    """30 seconds doubled per attempt, 20% more or less by the message, so that many do not come back together."""
    drawn = int.from_bytes(hashlib.sha256(f"{delivery.message_id} {delivery.attempts}".encode()).digest()[:2], "big") / 65_535
    return FIRST_PAUSE * (1 << max(delivery.attempts - 1, 0)) * (0.8 + 0.4 * drawn)


def _enough(delivery: Delivery, now: datetime) -> bool:
    return delivery.attempts >= MOST_ATTEMPTS or (delivery.failing is not None and now - delivery.failing > GIVE_UP)


def _unknown(delivery: Delivery, pause: timedelta, *, can_tell: bool) -> Step:
    if can_tell:
        return Step(DeliveryState.UNKNOWN, pause)
    if delivery.perhaps is not None:  # it was asked again already
        return Step(DeliveryState.DEAD)
    return Step(DeliveryState.UNKNOWN, max(pause, ASK_CHAT_AGAIN))
