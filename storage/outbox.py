"""The outbox: deliveries with their frozen bytes, and what was told to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, insert, or_, select, update

from domain.errors import StorageError
from domain.events import DELIVERY_MOVES, DeliveryState
from storage import schema
from storage.leases import is_dead
from storage.queries import chunks


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to be delivered, before it stands in the outbox; `envelope` are its frozen bytes.

    Its repr shows neither recipient nor bytes, because reprs end up in logs.
    """

    channel: str
    target: str
    recipient: str = field(repr=False)
    part: int
    parts: int
    envelope: bytes = field(repr=False)
    message_id: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of a digest run to one recipient of one channel. Its repr shows neither recipient nor bytes."""

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


class Outbox:
    """Deliveries inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run_id: int, parcel: Parcel, keys: Sequence[str], at: datetime) -> None:
        """Put a message of an issue into the outbox; the event keys it tells go to the told ledger when it is delivered."""
        inserted = self._connection.execute(
            insert(schema.delivery).values(
                digest_run_id=run_id,
                channel=parcel.channel,
                target=parcel.target,
                recipient=parcel.recipient,
                part=parcel.part,
                parts=parcel.parts,
                state=DeliveryState.PENDING.value,
                not_before=at,
                envelope=parcel.envelope,
                envelope_hash=hashlib.sha256(parcel.envelope).hexdigest(),
                message_id=parcel.message_id,
                created=at,
            )
        )
        key = inserted.inserted_primary_key
        delivery_id = int(key[0]) if key else 0
        for event_key in dict.fromkeys(keys):
            self._connection.execute(insert(schema.delivery_event).values(delivery_id=delivery_id, event_key=event_key))

    def deliveries(self, *, run_id: int | None = None, states: Iterable[DeliveryState] = ()) -> tuple[Delivery, ...]:
        """Deliveries in order, of one issue and in some states if given."""
        query = _delivery_query().order_by(schema.delivery.c.id)
        if run_id is not None:
            query = query.where(schema.delivery.c.digest_run_id == run_id)
        wanted = [state.value for state in states]
        if wanted:
            query = query.where(schema.delivery.c.state.in_(wanted))
        return tuple(_delivery(row) for row in self._connection.execute(query))

    def due(self, now: datetime) -> tuple[int, ...]:
        """The keys of the deliveries whose time has come, oldest first. A later part waits for the parts before it."""
        table = schema.delivery
        ready = (DeliveryState.PENDING.value, DeliveryState.RETRY.value, DeliveryState.UNKNOWN.value)
        message = (table.c.digest_run_id, table.c.channel, table.c.target, table.c.part)
        rows = self._connection.execute(
            select(table.c.id, *message, table.c.state, table.c.not_before)
            .where(table.c.state.in_((*ready, DeliveryState.SENDING.value)))
            .order_by(table.c.id)
        ).all()
        unfinished = {(row.digest_run_id, row.channel, row.target, row.part) for row in rows}
        return tuple(
            row.id
            for row in rows
            if row.state in ready
            and row.not_before <= now
            and not any((row.digest_run_id, row.channel, row.target, earlier) in unfinished for earlier in range(1, row.part))
        )

    def claim(self, delivery_id: int, holder: str, now: datetime, lease: timedelta) -> Delivery | None:
        """Take a delivery for sending; commit before any I/O. None when somebody else has it or it is finished."""
        table = schema.delivery
        ready = [state.value for state, moves in DELIVERY_MOVES.items() if DeliveryState.SENDING in moves]
        taken = self._connection.execute(
            update(table)
            .where(table.c.id == delivery_id, table.c.state.in_(ready))
            .values(state=DeliveryState.SENDING.value, holder=holder, lease_until=now + lease, attempts=table.c.attempts + 1)
        )
        if taken.rowcount == 0:
            return None
        return _delivery(self._connection.execute(_delivery_query().where(table.c.id == delivery_id)).one())

    def finish(
        self,
        delivery_id: int,
        state: DeliveryState,
        *,
        at: datetime,
        code: str = "",
        detail: str = "",
        not_before: datetime | None = None,
    ) -> None:
        """Write down how an attempt ended. Raises StorageError for a move the transition table does not have."""
        table = schema.delivery
        row = self._connection.execute(select(table.c.state).where(table.c.id == delivery_id)).one()
        if state not in DELIVERY_MOVES[DeliveryState(row.state)]:
            raise StorageError(f"delivery {delivery_id} is {row.state} and cannot become {state.value}")
        values: dict[str, object] = {"state": state.value, "code": code, "detail": detail, "holder": "", "lease_until": None}
        if not_before is not None:
            values["not_before"] = not_before
        if state is DeliveryState.DELIVERED:
            values["delivered"] = at
        self._connection.execute(update(table).where(table.c.id == delivery_id).values(**values))

    def abandoned(self, now: datetime) -> tuple[Delivery, ...]:
        """Deliveries whose sender is gone: the process is dead or its lease ran out. Whether they arrived is not known."""
        table = schema.delivery
        rows = self._connection.execute(
            select(table.c.id, table.c.holder, table.c.lease_until).where(
                table.c.state == DeliveryState.SENDING.value,
                or_(table.c.lease_until.is_not(None), table.c.holder != ""),
            )
        )
        gone = [row.id for row in rows if is_dead(row.holder) or (row.lease_until is not None and row.lease_until <= now)]
        found: list[Delivery] = []
        for some in chunks(sorted(gone)):
            query = _delivery_query().where(table.c.id.in_(some)).order_by(table.c.id)
            found.extend(_delivery(row) for row in self._connection.execute(query))
        return tuple(found)

    def event_keys(self, delivery_id: int) -> tuple[str, ...]:
        """The events that a delivery tells, sorted."""
        table = schema.delivery_event
        rows = self._connection.execute(select(table.c.event_key).where(table.c.delivery_id == delivery_id))
        return tuple(sorted(row.event_key for row in rows))

    def siblings_delivered(self, delivery_id: int) -> bool:
        """True when every other part of the same issue for the same channel and target is delivered (also when there is none)."""
        this, other = schema.delivery.alias("this"), schema.delivery.alias("other")
        unfinished = (
            select(other.c.id)
            .join(
                this,
                and_(
                    this.c.digest_run_id == other.c.digest_run_id,
                    this.c.channel == other.c.channel,
                    this.c.target == other.c.target,
                ),
            )
            .where(this.c.id == delivery_id, other.c.id != delivery_id, other.c.state != DeliveryState.DELIVERED.value)
            .limit(1)
        )
        return self._connection.execute(unfinished).first() is None

    def keys_of_target(self, run_id: int, channel: str, target: str) -> tuple[str, ...]:
        """The events that all parts of an issue together tell one target of one channel, sorted."""
        table, carried = schema.delivery, schema.delivery_event
        rows = self._connection.execute(
            select(carried.c.event_key)
            .join(table, table.c.id == carried.c.delivery_id)
            .where(table.c.digest_run_id == run_id, table.c.channel == channel, table.c.target == target)
            .distinct()
        )
        return tuple(sorted(row.event_key for row in rows))

    def mark_told(self, target: str, keys: Iterable[str], *, channel: str, digest: str, at: datetime) -> None:
        """Write down what a target was told; an event is told once, the first time counts."""
        table = schema.told
        for key in keys:
            present = select(table.c.target).where(table.c.target == target, table.c.event_key == key)
            if self._connection.execute(present).first() is None:
                self._connection.execute(
                    insert(table).values(target=target, event_key=key, channel=channel, digest=digest, at=at)
                )

    def told(self, event_key: str) -> tuple[tuple[str, str, str, datetime], ...]:
        """To whom an event was told: (target, channel, digest, when), in order of time."""
        table = schema.told
        rows = self._connection.execute(select(table).where(table.c.event_key == event_key)).all()
        in_time = sorted(rows, key=lambda row: (row.at, row.channel, row.target))
        return tuple((row.target, row.channel, row.digest, row.at) for row in in_time)


def _delivery_query() -> Select[Any]:
    return select(schema.delivery, schema.digest_run.c.digest).join(
        schema.digest_run, schema.digest_run.c.id == schema.delivery.c.digest_run_id
    )


def _delivery(row: Row[tuple[object, ...]]) -> Delivery:
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
        envelope=bytes(row.envelope),
        message_id=row.message_id,
        code=row.code,
        detail=row.detail,
        created=row.created,
        delivered=row.delivered,
    )
