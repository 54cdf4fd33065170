"""Trying a channel: one test message through it, now, and what the other side said in one line without a secret."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from domain.errors import DeliveryError, UsageError
from notifications import channels
from notifications.channels import ChannelKind, Envelope, Outcome
from notifications.notice import notice
from notifications.words import words_for
from services.deliver import Send
from services.parcels import route, unreachable
from services.radar import Radar


@dataclass(frozen=True, slots=True)
class ChannelTest:
    """How a test message fared: `outcome` is delivered, transient, permanent or unknown; `said` is what the other side answered,
    without address or secret. `released`: the address was silenced and gets its mail again."""

    channel: str
    variable: str
    outcome: str
    code: str
    said: str
    released: bool = False

    @property
    def works(self) -> bool:
        """True when the message was accepted."""
        return self.outcome == Outcome.DELIVERED.value


def try_channel(radar: Radar, name: str, to: str = "", send: Send = channels.send) -> ChannelTest:
    """Send a test message through a channel, to this address where it is mail (else to the owner of a digest that uses it).

    Nothing is written into the outbox. Raises UsageError for a channel that does not exist.
    """
    configured = radar.settings.channels.get(name)
    if configured is None:
        raise UsageError(f"there is no channel {name!r}; configured are {', '.join(radar.settings.channels)}")
    if reason := unreachable(radar, name):
        return ChannelTest(name, configured.variable, Outcome.PERMANENT.value, "no_channel", reason)
    assert configured.url is not None
    kind = route(radar, name).kind
    recipient = (to or _owner(radar, name)) if kind is ChannelKind.MAIL else ""
    if to and not recipient:
        raise UsageError(f"{name} is no mail channel: --to has no meaning there")
    envelope = _message(radar, name, recipient)
    receipt = send(configured.url.reveal(), envelope, recipient=recipient, connect=radar.settings.connect)
    released = False
    if receipt.outcome is Outcome.DELIVERED and recipient:
        target = radar.ledger.target(name, recipient)
        with radar.store.begin() as unit:
            released = unit.correspondents.release(target)
    return ChannelTest(name, configured.variable, receipt.outcome.value, receipt.code, receipt.detail, released)


def _owner(radar: Radar, name: str) -> str:
    digests = radar.settings.digests.values()
    using = [digest.owner for digest in digests if name in digest.channels]
    return next(iter((*using, *(digest.owner for digest in digests))))


def _message(radar: Radar, name: str, recipient: str) -> Envelope:
    found = route(radar, name)
    words = words_for(radar.settings.language)
    now = radar.clock.now()
    code = hashlib.sha256(f"{name} {now.isoformat()}".encode()).hexdigest()[:12]
    try:
        return notice(
            found.kind,
            words.say("test_subject"),
            words.say("test_body", channel=name),
            sender=found.sender,
            sender_name=found.sender_name,
            recipient=recipient,
            message_id=f"<test.{code}@{found.sender.rpartition('@')[2]}>",
            date=now,
        )
    except DeliveryError:
        raise UsageError("--to is not a mail address") from None
