"""A message in the outbox, as a value: before it stands there, as it stands there, and as one that waits for its turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row

from domain.events import DeliveryState


class Purpose(StrEnum):
    """What a delivery is for. A note or stand-in that fails is not stood in for again."""

    ISSUE = "issue"  # an issue to one of its readers
    STAND_IN = "stand_in"  # an issue to the owner, because its channel is shut
    NOTE = "note"  # a line to the owner


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to be delivered, before it stands in the outbox; `envelope` are its frozen bytes.

    `threads` and `mail_id` (the Message-ID, "" for what is no mail) are for later mails of the same conversations. Its repr shows
    neither recipient nor bytes, because reprs end up in logs.
    """

    channel: str
    target: str
    recipient: str = field(repr=False)
    part: int
    parts: int
    envelope: bytes = field(repr=False)
    message_id: str
    purpose: Purpose = Purpose.ISSUE
    threads: tuple[str, ...] = ()
    mail_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of a digest run to one recipient of one channel. Its repr shows neither recipient nor bytes.

    `perhaps` is since when it may have arrived although nobody said so, `failing` since when it fails; None when neither.
    """

    id: int
    run_id: int
    digest: str
    channel: str
    target: str
    recipient: str = field(repr=False)
    part: int
    parts: int
    state: DeliveryState
    attempts: int
    not_before: datetime
    envelope: bytes = field(repr=False)
    message_id: str
    code: str
    detail: str
    created: datetime
    delivered: datetime | None
    purpose: Purpose = Purpose.ISSUE
    perhaps: datetime | None = None
    failing: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A delivery whose time has come: its key, where it goes, and how often it was tried."""

    id: int
    channel: str
    attempts: int


def to_delivery(row: Row[tuple[object, ...]]) -> Delivery:
    """The row of a delivery joined with the name of its digest; a query without the bytes gives none."""
    return Delivery(
        id=row.id,
        run_id=row.digest_run_id,
        digest=row.digest,
        channel=row.channel,
        target=row.target,
        recipient=row.recipient,
        part=row.part,
        parts=row.parts,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        not_before=row.not_before,
        envelope=bytes(row.envelope) if "envelope" in row._fields else b"",
        message_id=row.message_id,
        code=row.code,
        detail=row.detail,
        created=row.created,
        delivered=row.delivered,
        purpose=Purpose(row.purpose),
        perhaps=row.perhaps,
        failing=row.failing,
    )
