"""Incidents: something about a source that an operator should know, once when it begins and once when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from storage import schema


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident: `said` is a line in English for operators, `counts` what it counts; open while `ended` is None.

    `told_began` and `told_ended` are when an operator was told, None while that did not happen.
    """

    id: int
    source: str
    kind: str
    said: str
    counts: Mapping[str, int]
    began: datetime
    seen: datetime
    ended: datetime | None
    told_began: datetime | None
    told_ended: datetime | None


class Incidents:
    """Incidents inside one transaction. There is at most one open incident of a kind at a source."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, source: str, kind: str) -> Incident | None:
        """The open incident of this kind at this source."""
        table = schema.incident
        row = self._connection.execute(
            select(table).where(table.c.source == source, table.c.kind == kind, table.c.ended.is_(None))
        ).one_or_none()
        return _incident(row) if row else None

    def note(self, source: str, kind: str, said: str, at: datetime, counts: Mapping[str, int] | None = None) -> Incident:
        """Begin an incident, or say more of the one that is open."""
        table = schema.incident
        present = self.open(source, kind)
        if present is None:
            self._connection.execute(
                insert(table).values(source=source, kind=kind, said=said, counts=dict(counts or {}), began=at, seen=at)
            )
        else:
            values = {"said": said, "seen": at, "counts": dict(counts if counts is not None else present.counts)}
            self._connection.execute(update(table).where(table.c.id == present.id).values(values))
        found = self.open(source, kind)
        assert found is not None
        return found

    def end(self, source: str, kind: str, at: datetime, said: str = "") -> None:
        """The open incident of this kind is over, with a last word if there is one; nothing when none is open."""
        present = self.open(source, kind)
        if present is not None:
            table = schema.incident
            values = {"ended": at, "seen": at, "said": said or present.said}
            self._connection.execute(update(table).where(table.c.id == present.id).values(values))

    def since(self, moment: datetime, source: str | None = None) -> tuple[Incident, ...]:
        """Incidents that are open or were seen since a moment, oldest first; of one source if given."""
        table = schema.incident
        query = select(table).where((table.c.ended.is_(None)) | (table.c.seen >= moment)).order_by(table.c.began, table.c.id)
        if source is not None:
            query = query.where(table.c.source == source)
        return tuple(_incident(row) for row in self._connection.execute(query))

    def told(self, incident_id: int, at: datetime, *, ended: bool) -> None:
        """An operator was told that this incident began, or that it ended."""
        table = schema.incident
        column = "told_ended" if ended else "told_began"
        self._connection.execute(update(table).where(table.c.id == incident_id).values({column: at}))


def _incident(row: Row[tuple[object, ...]]) -> Incident:
    return Incident(
        row.id,
        row.source,
        row.kind,
        row.said,
        row.counts,
        row.began,
        row.seen,
        row.ended,
        row.told_began,
        row.told_ended,
    )
