"""The outbox: what is to be told, the numbered digest runs that tell it, and the deliveries that carry them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from domain.assessments import Level
from domain.errors import StorageError
from domain.events import DELIVERY_MOVES, DeliveryState, Release, VisitState
from storage import schema
from storage.leases import is_dead


@dataclass(frozen=True, slots=True)
class ToTell:
    """One event that one digest has to tell (or count, when it is held)."""

    id: int
    event_id: int
    publication_id: int
    level: Level


@dataclass(frozen=True, slots=True)
class DigestRun:
    """One numbered issue of a digest."""

    id: int
    digest: str
    number: int
    form: str
    due: datetime
    since: datetime | None
    made: datetime
    late: str
    subject: str
    renderings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to be delivered, before it stands in the outbox; `envelope` are its frozen bytes."""

    channel: str
    target: str
    recipient: str
    part: int
    parts: int
    envelope: bytes
    message_id: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of a digest run to one recipient of one channel."""

    id: int
    run_id: int
    digest: str
    channel: str
    target: str
    recipient: str
    part: int
    parts: int
    state: DeliveryState
    attempts: int
    not_before: datetime
    envelope: bytes
    message_id: str
    code: str
    detail: str
    created: datetime
    delivered: datetime | None


class Outbox:
    """The outbox inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- to tell -------------------------------------------------------------------------------------------------------------

    def tell(self, event_id: int, digest: str, level: Level, at: datetime) -> None:
        """This digest has to tell this event; written in the same transaction as the event itself."""
        self._connection.execute(insert(schema.to_tell).values(event_id=event_id, digest=digest, level=level.value, created=at))

    def waiting(self, digest: str) -> tuple[ToTell, ...]:
        """What a digest may tell now: events that are released, found by an accepted visit, and in no issue yet."""
        rows = self._connection.execute(
            select(schema.to_tell, schema.event.c.publication_id)
            .join(schema.event, schema.event.c.id == schema.to_tell.c.event_id)
            .join(schema.visit, schema.visit.c.id == schema.event.c.visit_id)
            .where(
                schema.to_tell.c.digest == digest,
                schema.to_tell.c.digest_run_id.is_(None),
                schema.event.c.release == Release.OPEN.value,
                schema.visit.c.state == VisitState.ACCEPTED.value,
            )
            .order_by(schema.event.c.seen, schema.event.c.key)
        )
        return tuple(ToTell(row.id, row.event_id, row.publication_id, Level(row.level)) for row in rows)

    def claimed(self, run_id: int) -> tuple[ToTell, ...]:
        """What an issue told or counted, in the order of events."""
        rows = self._connection.execute(
            select(schema.to_tell, schema.event.c.publication_id)
            .join(schema.event, schema.event.c.id == schema.to_tell.c.event_id)
            .where(schema.to_tell.c.digest_run_id == run_id)
            .order_by(schema.event.c.seen, schema.event.c.key)
        )
        return tuple(ToTell(row.id, row.event_id, row.publication_id, Level(row.level)) for row in rows)

    def announced_in(self, claim: ToTell, digest: str) -> int | None:
        """The issue of this digest that first announced the publication of this row at its level or a higher one, if any.

        A copy that comes later is no news then; one that ranks higher than what was said before is.
        """
        rows = self._connection.execute(
            select(schema.to_tell.c.digest_run_id, schema.to_tell.c.level)
            .join(schema.event, schema.event.c.id == schema.to_tell.c.event_id)
            .where(
                schema.to_tell.c.digest == digest,
                schema.to_tell.c.digest_run_id.is_not(None),
                schema.event.c.publication_id == claim.publication_id,
                schema.event.c.old_version_id.is_(None),
            )
            .order_by(schema.to_tell.c.digest_run_id)
        )
        return next((int(row.digest_run_id) for row in rows if Level(row.level).rank <= claim.level.rank), None)

    def fold(self, claim: ToTell, run_id: int) -> None:
        """Count this row with an issue that was made already."""
        self._connection.execute(update(schema.to_tell).where(schema.to_tell.c.id == claim.id).values(digest_run_id=run_id))

    def is_waiting(self, event_id: int, digest: str) -> bool:
        """True when this digest has still to tell this event."""
        table = schema.to_tell
        row = self._connection.execute(
            select(table.c.id).where(table.c.event_id == event_id, table.c.digest == digest, table.c.digest_run_id.is_(None))
        ).first()
        return row is not None

    def issue_of(self, event_id: int, digest: str) -> DigestRun | None:
        """The issue in which a digest told or counted an event."""
        row = self._connection.execute(
            select(schema.digest_run)
            .join(schema.to_tell, schema.to_tell.c.digest_run_id == schema.digest_run.c.id)
            .where(schema.to_tell.c.event_id == event_id, schema.to_tell.c.digest == digest)
        ).one_or_none()
        return _run(row) if row else None

    # --- digest runs ---------------------------------------------------------------------------------------------------------

    def run_for(self, digest: str, form: str, due: datetime) -> DigestRun | None:
        """The issue that was made for this moment, if any: the key under which making it twice is impossible."""
        table = schema.digest_run
        row = self._connection.execute(
            select(table).where(table.c.digest == digest, table.c.form == form, table.c.due == due)
        ).one_or_none()
        return _run(row) if row else None

    def runs(self, digest: str | None = None, form: str | None = None) -> tuple[DigestRun, ...]:
        """Issues made so far, oldest first."""
        table = schema.digest_run
        query = select(table).order_by(table.c.id)
        if digest is not None:
            query = query.where(table.c.digest == digest)
        if form is not None:
            query = query.where(table.c.form == form)
        return tuple(_run(row) for row in self._connection.execute(query))

    def next_number(self, digest: str) -> int:
        """The number of the next issue: consecutive per digest, so that a missing one shows."""
        table = schema.digest_run
        newest = select(func.coalesce(func.max(table.c.number), 0)).where(table.c.digest == digest)
        return int(self._connection.execute(newest).scalar_one()) + 1

    def make_run(
        self,
        *,
        digest: str,
        number: int,
        form: str,
        due: datetime,
        since: datetime | None,
        made: datetime,
        late: str,
        subject: str,
        renderings: Mapping[str, str],
        claims: Iterable[ToTell],
        parcels: Sequence[tuple[Parcel, Sequence[str]]],
    ) -> DigestRun:
        """Write down an issue, claim what it tells and freeze its deliveries, all in this transaction.

        Each parcel comes with the event keys it tells: they go to the told ledger when it is delivered.
        """
        inserted = self._connection.execute(
            insert(schema.digest_run).values(
                digest=digest,
                number=number,
                form=form,
                due=due,
                since=since,
                made=made,
                late=late,
                subject=subject,
                renderings=dict(renderings),
            )
        )
        key = inserted.inserted_primary_key
        run_id = int(key[0]) if key else 0
        for claim in claims:
            self._connection.execute(update(schema.to_tell).where(schema.to_tell.c.id == claim.id).values(digest_run_id=run_id))
        for parcel, keys in parcels:
            self._add(run_id, parcel, keys, made)
        row = self._connection.execute(select(schema.digest_run).where(schema.digest_run.c.id == run_id)).one()
        return _run(row)

    def _add(self, run_id: int, parcel: Parcel, keys: Sequence[str], at: datetime) -> None:
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

    # --- deliveries ----------------------------------------------------------------------------------------------------------

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
        rows = self._connection.execute(
            select(table).where(table.c.state.in_(ready), table.c.not_before <= now).order_by(table.c.id)
        ).all()
        unfinished = {
            (row.digest_run_id, row.channel, row.target, row.part)
            for row in self._connection.execute(
                select(table).where(
                    table.c.state.in_((*ready, DeliveryState.SENDING.value)),
                )
            )
        }
        return tuple(
            row.id
            for row in rows
            if not any((row.digest_run_id, row.channel, row.target, earlier) in unfinished for earlier in range(1, row.part))
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

    def abandoned(self, now: datetime) -> tuple[int, ...]:
        """Deliveries whose sender is gone: the process is dead or its lease ran out. Whether they arrived is not known."""
        table = schema.delivery
        rows = self._connection.execute(
            select(table.c.id, table.c.holder, table.c.lease_until).where(
                table.c.state == DeliveryState.SENDING.value,
                or_(table.c.lease_until.is_not(None), table.c.holder != ""),
            )
        )
        return tuple(row.id for row in rows if is_dead(row.holder) or (row.lease_until is not None and row.lease_until <= now))

    def event_keys(self, delivery_id: int) -> tuple[str, ...]:
        """The events that a delivery tells, sorted."""
        table = schema.delivery_event
        rows = self._connection.execute(select(table.c.event_key).where(table.c.delivery_id == delivery_id))
        return tuple(sorted(row.event_key for row in rows))

    # --- told ----------------------------------------------------------------------------------------------------------------

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
        rows = self._connection.execute(
            select(table).where(table.c.event_key == event_key).order_by(table.c.at, table.c.channel, table.c.target)
        )
        return tuple((row.target, row.channel, row.digest, row.at) for row in rows)


def _delivery_query() -> Select[Any]:
    return select(schema.delivery, schema.digest_run.c.digest).join(
        schema.digest_run, schema.digest_run.c.id == schema.delivery.c.digest_run_id
    )


def _run(row: Row[tuple[object, ...]]) -> DigestRun:
    return DigestRun(
        row.id, row.digest, row.number, row.form, row.due, row.since, row.made, row.late, row.subject, row.renderings
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
