"""Delivering what is due: lease committed before any I/O, outcome written down after it, one delivery at a time.

Channels take turns, and one that is seen to be shut is left alone for the rest of the turn: neither a bad address nor a
server that hangs keeps anybody else waiting for more than the attempt that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain.events import DeliveryState
from notifications import channels
from notifications.channels import Blame, ChannelKind, Envelope, Outcome, Receipt, again
from services import retries
from services.parcels import unreachable
from services.radar import Radar
from services.restored import issue_key
from services.stand_ins import given_up
from services.unsent import NO_CHANNEL, build_for_its_channel, free_the_channelless, put_off, wrong_kind
from storage.correspondents import REFUSED
from storage.outbox import Delivery, Purpose, Turn

LEASE = timedelta(minutes=5)
"""Longer than an attempt may take (`notifications.smtp`, `notifications.channels`)."""

STRIKES = 2
"""Failures of a channel in a row, of different messages, after which it counts as down for this turn."""

Send = Callable[..., Receipt]
"""`notifications.channels.send`, or a test's."""


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


@dataclass(slots=True)
class _Course:
    """What this turn has seen so far: which deliveries were dealt with, and which channels are left alone."""

    tried: set[int] = field(default_factory=set)
    strikes: Counter[str] = field(default_factory=Counter)
    shut: set[str] = field(default_factory=set)
    missing: dict[str, str] = field(default_factory=dict)

    def unreachable(self, radar: Radar, channel: str) -> str:
        if channel not in self.missing:
            self.missing[channel] = unreachable(radar, channel)
        return self.missing[channel]

    def open(self, turn: Turn) -> bool:
        return turn.id not in self.tried and turn.channel not in self.shut


def deliver_due(radar: Radar, send: Send = channels.send) -> tuple[Attempt, ...]:
    """Send every delivery whose time has come; what fails waits or is given up, and delays nobody else.

    First, deliveries that a killed process left in the middle are taken back: perhaps they arrived. Mail goes out again under the
    same Message-ID, a chat service is asked once more after five minutes.
    """
    radar.ledger.check_writable()  # what cannot be written down as told must not be sent
    free_the_channelless(radar)
    attempts = list(_take_back(radar))
    course = _Course()
    while due := [turn for turn in _due(radar) if course.open(turn)]:
        calm = [turn for turn in due if not course.strikes[turn.channel]]  # one that just failed comes after all others
        for turn in calm or due:  # a second part becomes due when the first one is delivered: hence again and again
            if course.open(turn) and not (calm and course.strikes[turn.channel]):
                course.tried.add(turn.id)
                attempts += _one(radar, turn, course, send)
    return tuple(attempts)


def _due(radar: Radar) -> tuple[Turn, ...]:
    with radar.store.read() as unit:
        return unit.outbox.turns(radar.clock.now())


def _take_back(radar: Radar) -> list[Attempt]:
    taken = []
    now = radar.clock.now()
    with radar.store.begin() as unit:
        for found in unit.outbox.abandoned(now):
            step = retries.after_crash(found, now, can_tell=_can_tell(found))
            detail = "the process that was sending it ended; it may have arrived"
            unit.outbox.finish(found.id, step.state, at=now, code="interrupted", detail=detail, not_before=now + step.pause)
            if step.state is DeliveryState.DEAD:
                given_up(radar, unit, replace(found, perhaps=found.perhaps or now), "interrupted", detail, Blame.MESSAGE)
            taken.append(_said(found, step.state, detail))
    return taken


def _one(radar: Radar, turn: Turn, course: _Course, send: Send) -> list[Attempt]:
    """Deal with one delivery: let it wait for its channel, or take it and try."""
    with radar.store.begin() as unit:
        found = unit.outbox.get(turn.id)
        if found is None:
            return []
        if found.attempts == 0 and (suppressed := unit.correspondents.suppressed(found.target)):
            detail = f"this address refused twice: {suppressed.detail}"
            unit.outbox.finish(found.id, DeliveryState.DROPPED, at=radar.clock.now(), code="suppressed", detail=detail)
            return [_said(found, DeliveryState.DROPPED, detail)]
        if reason := course.unreachable(radar, turn.channel):
            state = put_off(radar, unit, found, reason)
            if state is DeliveryState.DEAD:
                given_up(radar, unit, found, NO_CHANNEL, reason, Blame.CHANNEL)
            return [_said(found, state, reason)]
        kind = Envelope.from_bytes(found.envelope).kind
        if wrong_kind(radar, found, kind) and build_for_its_channel(radar, unit, found):
            course.tried.discard(turn.id)  # SQLite gives a key that became free again
            return []  # what takes its place is due, and comes up in the next round
        delivery = unit.outbox.claim(turn.id, radar.holder, radar.clock.now(), LEASE)
    return _attempt(radar, delivery, course, send) if delivery else []


def _attempt(radar: Radar, delivery: Delivery, course: _Course, send: Send) -> list[Attempt]:
    receipt = _already(radar, delivery) or _send(radar, delivery, send)
    if receipt.outcome is Outcome.DELIVERED:
        course.strikes[delivery.channel] = 0
        return [_delivered(radar, delivery, receipt)]
    now = radar.clock.now()
    step = retries.after(receipt, delivery, now, can_tell=_can_tell(delivery))
    code = f"{REFUSED}{receipt.code}" if receipt.blame is Blame.RECIPIENT else receipt.code
    with radar.store.begin() as unit:
        unit.outbox.finish(delivery.id, step.state, at=now, code=code, detail=receipt.detail, not_before=now + step.pause)
        if step.state is DeliveryState.DEAD:
            given_up(radar, unit, unit.outbox.get(delivery.id) or delivery, code, receipt.detail, receipt.blame)
    return [_said(delivery, step.state, receipt.detail), *_shut(radar, delivery, receipt, course)]


def _shut(radar: Radar, delivery: Delivery, receipt: Receipt, course: _Course) -> list[Attempt]:
    """What a failure means for the others of the channel: given up with it when it refuses for good, waiting when it asks for
    time, left for the next turn when it fails again and again."""
    if receipt.blame is not Blame.CHANNEL:
        course.strikes[delivery.channel] = 0
        return []
    course.strikes[delivery.channel] += 1
    lasting = receipt.outcome is Outcome.PERMANENT
    if not lasting and receipt.retry_after is None and course.strikes[delivery.channel] < STRIKES:
        return []
    course.shut.add(delivery.channel)
    now = radar.clock.now()
    ended: list[Attempt] = []
    with radar.store.begin() as unit:
        others = [turn.id for turn in unit.outbox.turns(now) if turn.channel == delivery.channel and turn.id not in course.tried]
        if receipt.retry_after is not None and not lasting:
            unit.outbox.wait(others, now + timedelta(seconds=receipt.retry_after))
        for other in others if lasting else ():
            found = unit.outbox.get(other)
            if found is not None:
                unit.outbox.finish(other, DeliveryState.DEAD, at=now, code=receipt.code, detail=receipt.detail)
                given_up(radar, unit, found, receipt.code, receipt.detail, Blame.CHANNEL)
                ended.append(_said(found, DeliveryState.DEAD, receipt.detail))
    return ended


def _already(radar: Radar, delivery: Delivery) -> Receipt | None:
    """The ledger remembers what the database may have forgotten: killed before the commit, or restored from a backup."""
    if f"message:{delivery.message_id}" in radar.ledger.told(delivery.target):
        return Receipt(Outcome.DELIVERED, "ledger", "delivered before, by the told ledger")
    return None


def _send(radar: Radar, delivery: Delivery, send: Send) -> Receipt:
    channel = radar.settings.channels[delivery.channel]
    assert channel.url is not None  # `unreachable` looked
    envelope = Envelope.from_bytes(delivery.envelope)
    if delivery.perhaps is not None and not _can_tell(delivery):
        digest = radar.settings.digests.get(delivery.digest)
        # A channel that cannot recognise a copy says that it may be one.
        envelope = again(envelope, digest.language if digest else radar.settings.language)
    connect: Mapping[str, str] = radar.settings.connect
    return send(channel.url.reveal(), envelope, recipient=delivery.recipient, connect=connect)


def _delivered(radar: Radar, delivery: Delivery, receipt: Receipt) -> Attempt:
    """Write down a delivery; its events count as told when the last of its parts is delivered too."""
    now = radar.clock.now()
    with radar.store.read() as unit:
        whole = unit.outbox.siblings_delivered(delivery.id)
        keys = unit.outbox.keys_of_target(delivery.run_id, delivery.channel, delivery.target) if whole else ()
        issue = unit.issues.get(delivery.run_id)
    got = [issue_key(issue.digest, issue.form, issue.due)] if whole and delivery.purpose is Purpose.ISSUE else []
    # First the ledger, then the database: killed in between, the ledger keeps it from going out twice.
    radar.ledger.append(delivery.target, [f"message:{delivery.message_id}", *got, *keys], now)
    with radar.store.begin() as unit:
        unit.outbox.finish(delivery.id, DeliveryState.DELIVERED, at=now, code=receipt.code, detail=receipt.detail)
        unit.outbox.mark_told(delivery.target, keys, channel=delivery.channel, digest=delivery.digest, at=now)
    return _said(delivery, DeliveryState.DELIVERED, receipt.detail)


def _can_tell(delivery: Delivery) -> bool:
    """True when the receiver recognises a copy: mail, by its Message-ID."""
    return Envelope.from_bytes(delivery.envelope).kind is ChannelKind.MAIL


def _said(delivery: Delivery, state: DeliveryState, detail: str) -> Attempt:
    return Attempt(delivery.id, delivery.digest, delivery.channel, delivery.part, delivery.parts, state, detail)
