"""Papers judged again and told again. What was written down first is never rewritten: both stand, and both can be explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from domain.assessments import Assessment, Level, Reason
from storage import schema
from storage.queries import chunks


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """One event judged again for one topic: with which pack, when, and what for."""

    event_id: int
    assessment: Assessment
    pack: str
    cause: str
    at: datetime


class Rejudgements:
    """Rejudgements and retellings inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, event_id: int, found: Assessment, *, pack: str, cause: str, at: datetime) -> None:
        """Write down how an event is judged from now on, beside how it was judged before."""
        self._connection.execute(
            insert(schema.rejudgement).values(
                event_id=event_id,
                topic=found.topic,
                level=found.level.value,
                score=found.score,
                reasons=[reason.to_json() for reason in found.reasons],
                pack=pack,
                cause=cause,
                at=at,
            )
        )

    def of(self, event_ids: Iterable[int]) -> dict[int, tuple[Rejudgement, ...]]:
        """How each of these events was judged again, oldest first; an event that never was is left out."""
        table = schema.rejudgement
        found: dict[int, list[Rejudgement]] = {}
        for some in chunks(event_ids):
            for row in self._connection.execute(select(table).where(table.c.event_id.in_(some)).order_by(table.c.id)):
                found.setdefault(row.event_id, []).append(_rejudgement(row))
        return {event_id: tuple(again) for event_id, again in found.items()}

    def tell_again(self, event_id: int, digest: str, level: Level, run_id: int, at: datetime) -> None:
        """This issue tells an event that an earlier one only counted (or none did). Raises IntegrityError the second time: an
        event comes late once a digest."""
        table = schema.to_tell
        row = self._connection.execute(select(table).where(table.c.event_id == event_id, table.c.digest == digest)).one_or_none()
        self._connection.execute(
            insert(schema.retelling).values(
                event_id=event_id,
                digest=digest,
                digest_run_id=run_id,
                first_run_id=row.digest_run_id if row else None,
                first_level=row.level if row else Level.HELD.value,
                at=at,
            )
        )
        if row is None:
            self._connection.execute(
                insert(table).values(event_id=event_id, digest=digest, level=level.value, created=at, digest_run_id=run_id)
            )
        else:
            self._connection.execute(update(table).where(table.c.id == row.id).values(level=level.value, digest_run_id=run_id))

    def first_counted_in(self, run_id: int) -> tuple[int, ...]:
        """The events that an issue only counted and a later one told after all."""
        table = schema.retelling
        rows = self._connection.execute(select(table.c.event_id).where(table.c.first_run_id == run_id).order_by(table.c.event_id))
        return tuple(row.event_id for row in rows)

    def told_again(self, digest: str) -> frozenset[int]:
        """The events that came late to a digest already."""
        table = schema.retelling
        return frozenset(
            row.event_id for row in self._connection.execute(select(table.c.event_id).where(table.c.digest == digest))
        )

    def in_an_issue(self, digest: str, keys: Sequence[str]) -> frozenset[str]:
        """Which of these event keys stand in a message of this digest, delivered or on its way."""
        carried, delivery, run = schema.delivery_event, schema.delivery, schema.digest_run
        found: set[str] = set()
        for some in chunks(keys):
            rows = self._connection.execute(
                select(carried.c.event_key)
                .join(delivery, delivery.c.id == carried.c.delivery_id)
                .join(run, run.c.id == delivery.c.digest_run_id)
                .where(run.c.digest == digest, carried.c.event_key.in_(some))
                .distinct()
            )
            found.update(row.event_key for row in rows)
        return frozenset(found)


def _rejudgement(row: Row[tuple[object, ...]]) -> Rejudgement:
    judged = Assessment(row.topic, Level(row.level), row.score, tuple(Reason.from_json(reason) for reason in row.reasons))
    return Rejudgement(row.event_id, judged, row.pack, row.cause, row.at)
