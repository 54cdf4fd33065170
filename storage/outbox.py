"""The outbox: deliveries with their frozen bytes, and what was told to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, insert, or_, select, update

from domain.errors import StorageError
from domain.events import DELIVERY_MOVES, DeliveryState
from storage import schema
from storage.leases import is_dead
from storage.parcels import Delivery, Parcel, Purpose, Turn, to_delivery
from storage.queries import chunks

__all__ = ["Delivery", "Outbox", "Parcel", "Purpose", "Turn"]


class Outbox:
    """Deliveries inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run_id: int, parcel: Parcel, keys: Sequence[str], at: datetime) -> int:
        """Put a message of an issue into the outbox, returns its key; the event keys it tells go to the told ledger when it is
        delivered."""
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
                purpose=parcel.purpose.value,
            )
        )
        key = inserted.inserted_primary_key
        delivery_id = int(key[0]) if key else 0
        for event_key in dict.fromkeys(keys):
            self._connection.execute(insert(schema.delivery_event).values(delivery_id=delivery_id, event_key=event_key))
        for thread in dict.fromkeys(parcel.threads):
            values = {"delivery_id": delivery_id, "thread": thread, "target": parcel.target, "message_id": parcel.mail_id}
            self._connection.execute(insert(schema.mail_thread).values(**values))
        return delivery_id

    def deliveries(
        self, *, run_id: int | None = None, states: Iterable[DeliveryState] = (), whole: bool = True
    ) -> tuple[Delivery, ...]:
        """Deliveries in order, of one issue and in some states if given; without their bytes when not `whole`."""
        query = _delivery_query(whole=whole).order_by(schema.delivery.c.id)
        if run_id is not None:
            query = query.where(schema.delivery.c.digest_run_id == run_id)
        wanted = [state.value for state in states]
        if wanted:
            query = query.where(schema.delivery.c.state.in_(wanted))
        return tuple(to_delivery(row) for row in self._connection.execute(query))

    def get(self, delivery_id: int) -> Delivery | None:
        """One delivery with its bytes; None when there is none of this key."""
        row = self._connection.execute(_delivery_query().where(schema.delivery.c.id == delivery_id)).one_or_none()
        return to_delivery(row) if row else None

    def due(self, now: datetime) -> tuple[int, ...]:
        """The keys of the deliveries whose time has come, oldest first. A later part waits for the parts before it."""
        return tuple(sorted(turn.id for turn in self.turns(now)))

    def turns(self, now: datetime) -> tuple[Turn, ...]:
        """What is due, in the order in which it should go out: each channel in turn, the ones that worked last time first, and
        within a channel what was never tried before what failed. So one bad address or channel keeps nobody waiting."""
        table = schema.delivery
        ready = (DeliveryState.PENDING.value, DeliveryState.RETRY.value, DeliveryState.UNKNOWN.value)
        message = (table.c.digest_run_id, table.c.channel, table.c.target, table.c.part)
        rows = self._connection.execute(
            select(table.c.id, *message, table.c.state, table.c.not_before, table.c.attempts)
            .where(table.c.state.in_((*ready, DeliveryState.SENDING.value)))
            .order_by(table.c.id)
        ).all()
        unfinished = {(row.digest_run_id, row.channel, row.target, row.part) for row in rows}
        found: dict[str, list[Turn]] = {}
        for row in rows:
            earlier = ((row.digest_run_id, row.channel, row.target, part) for part in range(1, row.part))
            if row.state in ready and row.not_before <= now and not any(one in unfinished for one in earlier):
                found.setdefault(row.channel, []).append(Turn(row.id, row.channel, row.attempts))
        ranked: list[tuple[int, int, int, Turn]] = []
        for channel in found.values():
            trouble = max(turn.attempts for turn in channel)
            in_order = sorted(channel, key=lambda turn: (turn.attempts, turn.id))
            ranked += [(rank, trouble, turn.id, turn) for rank, turn in enumerate(in_order)]
        return tuple(turn for *_, turn in sorted(ranked, key=lambda one: one[:3]))

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
        return to_delivery(self._connection.execute(_delivery_query().where(table.c.id == delivery_id)).one())

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
        row = self._connection.execute(
            select(table.c.state, table.c.perhaps, table.c.failing).where(table.c.id == delivery_id)
        ).one()
        if state not in DELIVERY_MOVES[DeliveryState(row.state)]:
            raise StorageError(f"delivery {delivery_id} is {row.state} and cannot become {state.value}")
        values: dict[str, object] = {"state": state.value, "code": code, "detail": detail, "holder": "", "lease_until": None}
        if not_before is not None:
            values["not_before"] = not_before
        if state is DeliveryState.DELIVERED:
            values |= {"delivered": at, "perhaps": None, "failing": None}
        else:
            values["failing"] = row.failing or at
        if state is DeliveryState.UNKNOWN:
            values["perhaps"] = row.perhaps or at
        self._connection.execute(update(table).where(table.c.id == delivery_id).values(**values))

    def again(self, delivery_id: int, at: datetime) -> None:
        """Give it its tries anew, from now on. What may have arrived stays marked as such. Raises StorageError when it is
        finished or being sent."""
        table = schema.delivery
        row = self._connection.execute(select(table.c.state).where(table.c.id == delivery_id)).one()
        state = DeliveryState(row.state)
        after = DeliveryState.UNKNOWN if state is DeliveryState.UNKNOWN else DeliveryState.RETRY
        if after not in DELIVERY_MOVES[state] or state is DeliveryState.SENDING:
            raise StorageError(f"delivery {delivery_id} is {state.value}: it cannot be tried again")
        values = {"state": after.value, "attempts": 0, "not_before": at, "failing": None}
        self._connection.execute(update(table).where(table.c.id == delivery_id).values(**values))

    def wait(self, delivery_ids: Iterable[int], until: datetime) -> None:
        """Let what waits wait longer, without an attempt: its channel asked for it."""
        table = schema.delivery
        ready = (DeliveryState.PENDING.value, DeliveryState.RETRY.value, DeliveryState.UNKNOWN.value)
        for some in chunks(sorted(delivery_ids)):
            found = and_(table.c.id.in_(some), table.c.state.in_(ready), table.c.not_before < until)
            self._connection.execute(update(table).where(found).values(not_before=until))

    def hasten(self, delivery_ids: Iterable[int], at: datetime) -> None:
        """Let what waits for a later try be due at this moment; its attempts stay counted."""
        table = schema.delivery
        for some in chunks(sorted(delivery_ids)):
            found = and_(table.c.id.in_(some), table.c.state == DeliveryState.RETRY.value, table.c.not_before > at)
            self._connection.execute(update(table).where(found).values(not_before=at))

    def replace(self, delivery: Delivery, parcels: Sequence[Parcel], keys: Sequence[str], at: datetime) -> bool:
        """Put other messages in the place of all parts of an issue for one target; False, and nothing changed, when any of them
        was tried already."""
        table = schema.delivery
        same = and_(
            table.c.digest_run_id == delivery.run_id, table.c.channel == delivery.channel, table.c.target == delivery.target
        )
        rows = self._connection.execute(select(table.c.id, table.c.attempts, table.c.perhaps, table.c.state).where(same)).all()
        free = (DeliveryState.PENDING.value, DeliveryState.RETRY.value)
        if any(row.attempts or row.perhaps or row.state not in free for row in rows):
            return False
        for carried in (schema.delivery_event, schema.mail_thread):
            self._connection.execute(delete(carried).where(carried.c.delivery_id.in_([row.id for row in rows])))
        self._connection.execute(delete(table).where(same))
        for parcel in parcels:
            self.add(delivery.run_id, parcel, keys, delivery.created)
        return True

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
            found.extend(to_delivery(row) for row in self._connection.execute(query))
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


def _delivery_query(*, whole: bool = True) -> Select[Any]:
    columns = [column for column in schema.delivery.c if whole or column.name != "envelope"]
    return select(*columns, schema.digest_run.c.digest).join(
        schema.digest_run, schema.digest_run.c.id == schema.delivery.c.digest_run_id
    )
