"""Addresses that give nothing any more: since when, how often that was seen, and whether it is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from domain.lifecycle import counts_as_check
from storage import schema
from storage.resource import Resource, ResourceState, from_row


@dataclass(frozen=True, slots=True)
class Absence:
    """An address that gave nothing: at `checks` times since `since`; `confirmed` is when it was held to be withdrawn, or None."""

    since: datetime
    checks: int
    confirmed: datetime | None


class Absences:
    """Absences inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, resource_id: int) -> Absence | None:
        """The absence of an address; None when it was there at the last look."""
        row = self._connection.execute(_OF, {"key": resource_id}).one_or_none()
        return Absence(row.since, row.checks, row.confirmed) if row else None

    def missed(self, resource_id: int, at: datetime) -> Absence:
        """Nothing was found at an address; returns its absence with this check counted."""
        table = schema.absence
        row = self._connection.execute(select(table).where(table.c.resource_id == resource_id)).one_or_none()
        if row is None:
            self._connection.execute(insert(table).values(resource_id=resource_id, since=at, checked=at, checks=1))
        elif counts_as_check(row.checked, at):
            self._connection.execute(
                update(table).where(table.c.resource_id == resource_id).values(checked=at, checks=row.checks + 1)
            )
        found = self.of(resource_id)
        assert found is not None
        return found

    def confirm(self, resource_id: int, at: datetime) -> None:
        """The paper is held to be withdrawn: its address is GONE."""
        table = schema.absence
        self._connection.execute(update(table).where(table.c.resource_id == resource_id).values(confirmed=at))
        resource = schema.resource
        self._connection.execute(update(resource).where(resource.c.id == resource_id).values(state=ResourceState.GONE.value))

    def end(self, resource_id: int) -> None:
        """The paper is there again."""
        self._connection.execute(delete(schema.absence).where(schema.absence.c.resource_id == resource_id))

    def due(self, source: str, now: datetime) -> tuple[Resource, ...]:
        """The absent addresses of a source whose turn to be asked again has come, longest absent first."""
        table, resource = schema.absence, schema.resource
        rows = self._connection.execute(
            select(resource)
            .join(table, table.c.resource_id == resource.c.id)
            .where(resource.c.source == source, or_(resource.c.not_before.is_(None), resource.c.not_before <= now))
            .order_by(table.c.since, resource.c.id)
        )
        return tuple(from_row(row) for row in rows)

    def count(self, source: str, since: datetime) -> int:
        """How many addresses of a source went missing since a moment and are missing still."""
        table, resource = schema.absence, schema.resource
        counted = (
            select(func.count())
            .select_from(table)
            .join(resource, resource.c.id == table.c.resource_id)
            .where(resource.c.source == source, table.c.since >= since)
        )
        return int(self._connection.execute(counted).scalar_one())

    def among(self, resource_ids: Iterable[int]) -> frozenset[int]:
        """Those of these addresses that are absent."""
        table = schema.absence
        rows = self._connection.execute(select(table.c.resource_id).where(table.c.resource_id.in_(tuple(resource_ids))))
        return frozenset(row.resource_id for row in rows)


# Said once: putting a statement together takes longer than carrying it out.
_OF = select(schema.absence).where(schema.absence.c.resource_id == bindparam("key"))
