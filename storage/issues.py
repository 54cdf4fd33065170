"""What is to be told, and the numbered digest runs ("issues") that tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from domain.assessments import Level
from domain.digests import DigestForm
from domain.events import Release, VisitState
from storage import schema


@dataclass(frozen=True, slots=True)
class ToTell:
    """One event that one digest has to tell (or count, when it is held)."""

    id: int
    event_id: int
    publication_id: int
    level: Level
    created: datetime


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


class Issues:
    """To-tell rows and digest runs inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        return tuple(_to_tell(row) for row in rows)

    def claimed(self, run_id: int) -> tuple[ToTell, ...]:
        """What an issue told or counted, in the order of events."""
        rows = self._connection.execute(
            select(schema.to_tell, schema.event.c.publication_id)
            .join(schema.event, schema.event.c.id == schema.to_tell.c.event_id)
            .where(schema.to_tell.c.digest_run_id == run_id)
            .order_by(schema.event.c.seen, schema.event.c.key)
        )
        return tuple(_to_tell(row) for row in rows)

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

    def is_known(self, event_id: int, digest: str) -> bool:
        """True when this digest told, counted or has still to tell this event."""
        table = schema.to_tell
        row = self._connection.execute(select(table.c.id).where(table.c.event_id == event_id, table.c.digest == digest)).first()
        return row is not None

    def shown_level(self, event_id: int, digest: str) -> Level | None:
        """The level at which an issue of this digest told or counted an event; None when none did."""
        table = schema.to_tell
        row = self._connection.execute(
            select(table.c.level).where(
                table.c.event_id == event_id, table.c.digest == digest, table.c.digest_run_id.is_not(None)
            )
        ).first()
        return Level(row.level) if row else None

    def issue_of(self, event_id: int, digest: str) -> DigestRun | None:
        """The issue in which a digest told or counted an event."""
        row = self._connection.execute(
            select(schema.digest_run)
            .join(schema.to_tell, schema.to_tell.c.digest_run_id == schema.digest_run.c.id)
            .where(
                schema.to_tell.c.event_id == event_id,
                schema.to_tell.c.digest == digest,
                schema.digest_run.c.number.is_not(None),
            )
        ).one_or_none()
        return _run(row) if row else None

    def start_with(self, event_key: str, digest: str) -> DigestRun | None:
        """The Startdossier of a digest in which an event stands; it tells without rows in to_tell, as nothing in it is new."""
        run, sent, carried = schema.digest_run, schema.delivery, schema.delivery_event
        row = self._connection.execute(
            select(run)
            .join(sent, sent.c.digest_run_id == run.c.id)
            .join(carried, carried.c.delivery_id == sent.c.id)
            .where(
                run.c.digest == digest,
                run.c.form == DigestForm.START.value,
                run.c.number.is_not(None),
                carried.c.event_key == event_key,
            )
            .order_by(run.c.id)
            .limit(1)
        ).one_or_none()
        return _run(row) if row else None

    def get(self, run_id: int) -> DigestRun:
        """One issue by its key."""
        return _run(self._connection.execute(select(schema.digest_run).where(schema.digest_run.c.id == run_id)).one())

    def run_for(self, digest: str, form: str, due: datetime) -> DigestRun | None:
        """The issue that was made for this moment, if any: the key under which making it twice is impossible."""
        table = schema.digest_run
        row = self._connection.execute(
            select(table).where(table.c.digest == digest, table.c.form == form, table.c.due == due, table.c.number.is_not(None))
        ).one_or_none()
        return _run(row) if row else None

    def runs(self, digest: str | None = None, form: str | None = None) -> tuple[DigestRun, ...]:
        """Issues made so far, oldest first."""
        table = schema.digest_run
        query = select(table).where(table.c.number.is_not(None)).order_by(table.c.id)
        if digest is not None:
            query = query.where(table.c.digest == digest)
        if form is not None:
            query = query.where(table.c.form == form)
        return tuple(_run(row) for row in self._connection.execute(query))

    def pass_by(self, digest: str, form: str, due: datetime, made: datetime, claims: Iterable[ToTell] = ()) -> None:
        """Write down that a moment passed without an issue, with the rows that need no telling any more."""
        inserted = self._connection.execute(
            insert(schema.digest_run).values(
                digest=digest, number=None, form=form, due=due, since=None, made=made, late="", subject="", renderings={}
            )
        )
        key = inserted.inserted_primary_key
        for claim in claims:
            self.fold(claim, int(key[0]) if key else 0)

    def last_due(self, digest: str, form: str, until: datetime) -> datetime | None:
        """The latest moment up to `until` that was dealt with, by an issue or by passing it."""
        table = schema.digest_run
        row = self._connection.execute(
            select(table.c.due)
            .where(table.c.digest == digest, table.c.form == form, table.c.due <= until)
            .order_by(table.c.due.desc())
            .limit(1)
        ).one_or_none()
        return row.due if row else None

    def urgent_messages(self, target: str, since: datetime, until: datetime) -> tuple[datetime, ...]:
        """When messages of urgent issues were made for a target after `since` and up to `until`, oldest first."""
        table, run = schema.delivery, schema.digest_run
        rows = self._connection.execute(
            select(table.c.created)
            .join(run, run.c.id == table.c.digest_run_id)
            .where(
                run.c.form == DigestForm.URGENT.value, table.c.target == target, table.c.created > since, table.c.created <= until
            )
            .order_by(table.c.created)
        )
        return tuple(row.created for row in rows)

    def first_telling(self, digest: str, form: str, publications: Iterable[int], since: datetime) -> DigestRun | None:
        """The first issue of this form, made since a moment, that told an event of any of these publications."""
        table = schema.digest_run
        row = self._connection.execute(
            select(table)
            .join(schema.to_tell, schema.to_tell.c.digest_run_id == table.c.id)
            .join(schema.event, schema.event.c.id == schema.to_tell.c.event_id)
            .where(
                table.c.digest == digest,
                table.c.form == form,
                table.c.number.is_not(None),
                table.c.made >= since,
                schema.event.c.publication_id.in_(tuple(publications)),
            )
            .order_by(table.c.id)
            .limit(1)
        ).one_or_none()
        return _run(row) if row else None

    def last_made(self, digest: str, forms: Iterable[str], until: datetime) -> datetime | None:
        """When the latest issue of these forms was made, up to a moment."""
        table = schema.digest_run
        made = select(func.max(table.c.made)).where(
            table.c.digest == digest, table.c.form.in_(list(forms)), table.c.number.is_not(None), table.c.made <= until
        )
        found: datetime | None = self._connection.execute(made).scalar_one()
        return found

    def told_of(self, digest: str, since: datetime, until: datetime) -> tuple[int, ...]:
        """The events first seen in a period that issues of a digest told or counted and that still stand, first seen first."""
        event, table, run = schema.event, schema.to_tell, schema.digest_run
        rows = self._connection.execute(
            select(event.c.id)
            .join(table, table.c.event_id == event.c.id)
            .join(run, run.c.id == table.c.digest_run_id)
            .where(
                table.c.digest == digest,
                run.c.number.is_not(None),
                event.c.seen >= since,
                event.c.seen <= until,
                event.c.release == Release.OPEN.value,
            )
            .order_by(event.c.seen, event.c.key)
        )
        return tuple(row.id for row in rows)

    def is_passed(self, digest: str, form: str, due: datetime) -> bool:
        """True when this moment passed without an issue."""
        table = schema.digest_run
        row = self._connection.execute(
            select(table.c.id).where(table.c.digest == digest, table.c.form == form, table.c.due == due, table.c.number.is_(None))
        ).first()
        return row is not None

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
    ) -> DigestRun:
        """Write down an issue and claim what it tells; its deliveries go into the outbox in the same transaction."""
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
        row = self._connection.execute(select(schema.digest_run).where(schema.digest_run.c.id == run_id)).one()
        return _run(row)


def _to_tell(row: Row[tuple[object, ...]]) -> ToTell:
    return ToTell(row.id, row.event_id, row.publication_id, Level(row.level), row.created)


def _run(row: Row[tuple[object, ...]]) -> DigestRun:
    return DigestRun(
        row.id, row.digest, row.number, row.form, row.due, row.since, row.made, row.late, row.subject, row.renderings
    )
