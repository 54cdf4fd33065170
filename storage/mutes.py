"""What a team muted: kept for good, in force until it runs out or somebody takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from storage import schema
from storage.columns import Instant


@dataclass(frozen=True, slots=True)
class Mute:
    """One mute: what of which topic, who asked for it and why, and until when. `ended` is when it was taken back, if it was."""

    id: int
    sort: str
    target: str
    topic: str
    reason: str
    who: str
    since: datetime
    until: datetime
    ended: datetime | None
    ended_by: str

    def in_force(self, at: datetime) -> bool:
        """True from the moment it was made until it ran out or was taken back."""
        return self.since <= at < min(self.until, self.ended or self.until)


class Mutes:
    """Mutes inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sort: str, target: str, topic: str, *, reason: str, who: str, at: datetime, until: datetime) -> Mute:
        """Mute something; the same thing of the same topic, if it is muted still, ends and this one takes its place."""
        for found in self.in_force(at):
            if (found.sort, found.target, found.topic) == (sort, target, topic):
                self.end(found, at, who)
        inserted = self._connection.execute(
            insert(schema.mute).values(sort=sort, target=target, topic=topic, reason=reason, who=who, since=at, until=until)
        )
        key = inserted.inserted_primary_key
        row = self._connection.execute(select(schema.mute).where(schema.mute.c.id == (int(key[0]) if key else 0))).one()
        return _mute(row)

    def end(self, mute: Mute, at: datetime, who: str) -> None:
        """Take a mute back."""
        table = schema.mute
        self._connection.execute(update(table).where(table.c.id == mute.id).values(ended=at, ended_by=who))

    def in_force(self, at: datetime) -> tuple[Mute, ...]:
        """The mutes in force at a moment, oldest first."""
        return tuple(_mute(row) for row in self._connection.execute(_IN_FORCE, {"at": at}))

    def all(self) -> tuple[Mute, ...]:
        """Every mute there ever was, oldest first."""
        return tuple(_mute(row) for row in self._connection.execute(select(schema.mute).order_by(schema.mute.c.id)))


def _mute(row: Row[tuple[object, ...]]) -> Mute:
    return Mute(row.id, row.sort, row.target, row.topic, row.reason, row.who, row.since, row.until, row.ended, row.ended_by)


# Said once: putting a statement together takes longer than carrying it out.
_AT = bindparam("at", type_=Instant)
_IN_FORCE = (
    select(schema.mute)
    .where(schema.mute.c.since <= _AT, schema.mute.c.until > _AT, or_(schema.mute.c.ended.is_(None), schema.mute.c.ended > _AT))
    .order_by(schema.mute.c.id)
)
