"""What can happen to a publication, and when it may be told."""

from __future__ import annotations

import hashlib
from enum import StrEnum


class EventKind(StrEnum):
    """Something that happened to a publication (glossary: Event)."""

    PUBLISHED = "published"
    REVISED = "revised"
    CORRECTED = "corrected"
    ATTACHMENT_ADDED = "attachment_added"
    ATTACHMENT_REPLACED = "attachment_replaced"
    ATTACHMENT_REMOVED = "attachment_removed"
    EXTENDED = "extended"
    ANSWERED = "answered"
    SCHEME_CHANGED = "scheme_changed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    MOVED = "moved"
    MOMENT = "moment"  # a dated thing ahead came near: the clock moved, nothing else did


class Release(StrEnum):
    """Whether an event may be told. See `RELEASE_MOVES` for what may follow what."""

    QUIET = "quiet"  # baseline or backfill: known, never announced
    AWAITING_APPROVAL = "awaiting_approval"
    OPEN = "open"
    RETRACTED = "retracted"


RELEASE_MOVES: dict[Release, frozenset[Release]] = {
    # opened only by `replay --notify` or `backfill --notify`; retracted when a Startdossier told it
    Release.QUIET: frozenset({Release.OPEN, Release.RETRACTED}),
    Release.AWAITING_APPROVAL: frozenset({Release.OPEN, Release.QUIET}),
    Release.OPEN: frozenset({Release.RETRACTED}),
    Release.RETRACTED: frozenset(),
}


class VisitState(StrEnum):
    """A visit's outcome so far; only the events of an accepted visit may be told."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


VISIT_MOVES: dict[VisitState, frozenset[VisitState]] = {
    VisitState.OPEN: frozenset({VisitState.ACCEPTED, VisitState.REJECTED}),
    VisitState.ACCEPTED: frozenset(),
    VisitState.REJECTED: frozenset(),
}


class DeliveryState(StrEnum):
    """Where one delivery stands. See `DELIVERY_MOVES`."""

    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    RETRY = "retry"
    UNKNOWN = "unknown"  # perhaps delivered: the answer was lost after the message went out
    DEAD = "dead"  # given up: only a person starts it again
    DROPPED = "dropped"  # a person, or an address that refuses everything, decided that it need not arrive


DELIVERY_MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.PENDING: frozenset(
        {DeliveryState.SENDING, DeliveryState.RETRY, DeliveryState.DEAD, DeliveryState.DROPPED}
    ),  # RETRY and DEAD without an attempt: its channel is not there, or was just seen to be shut
    DeliveryState.RETRY: frozenset({DeliveryState.SENDING, DeliveryState.RETRY, DeliveryState.DEAD, DeliveryState.DROPPED}),
    DeliveryState.SENDING: frozenset({DeliveryState.DELIVERED, DeliveryState.RETRY, DeliveryState.UNKNOWN, DeliveryState.DEAD}),
    DeliveryState.UNKNOWN: frozenset(
        {DeliveryState.SENDING, DeliveryState.DELIVERED, DeliveryState.UNKNOWN, DeliveryState.DEAD, DeliveryState.DROPPED}
    ),
    DeliveryState.DEAD: frozenset({DeliveryState.RETRY, DeliveryState.DROPPED}),
    DeliveryState.DROPPED: frozenset({DeliveryState.RETRY}),
    DeliveryState.DELIVERED: frozenset(),
}


def event_key(url: str, kind: EventKind, old_hash: str, new_hash: str, old_seq: int) -> str:
    """The identity of an event (hex, 32 characters): the same whatever the row ids, merges or order of arrival.

    `old_hash` is "" and `old_seq` 0 for a first version. The number of the version before counts too: a scheme that opens, closes
    and opens again has two openings, although both change the same words into the same words.
    """
    said = "\n".join((url, kind.value, old_hash, new_hash, str(old_seq)))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
