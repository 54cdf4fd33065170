"""Visits: one run over a source, open until it is accepted or rejected; and the warnings found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from domain.errors import StorageError
from domain.events import VISIT_MOVES, VisitState
from storage import schema


@dataclass(frozen=True, slots=True)
class Visit:
    """One run over a source. `counts` holds listed, new, changed, read, unchanged, failed and events."""

    id: int
    source: str
    purpose: str
    state: VisitState
    started: datetime
    ended: datetime | None
    counts: Mapping[str, int]
    failure: str


@dataclass(frozen=True, slots=True)
class Warning:
    """One thing a source did that its reader did not expect; never an event."""

    source: str
    url: str
    what: str
    at: datetime


class Visits:
    """Visits and warnings inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, source: str, purpose: str, at: datetime) -> Visit:
        """The open visit of this source and purpose: the one a killed process left behind, else a new one.

        Taking up the old visit keeps its events together: they become tellable when it is accepted, once.
        """
        table = schema.visit
        row = self._connection.execute(
            select(table).where(table.c.source == source, table.c.purpose == purpose, table.c.state == VisitState.OPEN.value)
        ).one_or_none()
        if row is None:
            inserted = self._connection.execute(
                insert(table).values(source=source, purpose=purpose, state=VisitState.OPEN.value, started=at, counts={})
            )
            key = inserted.inserted_primary_key
            return self.get(int(key[0]) if key else 0)
        return _visit(row)

    def get(self, visit_id: int) -> Visit:
        """The visit with this key."""
        return _visit(self._connection.execute(_GET, {"key": visit_id}).one())

    def bringing(self, version_id: int) -> Visit:
        """The visit that brought this version."""
        table = schema.version
        return self.get(int(self._connection.execute(select(table.c.visit_id).where(table.c.id == version_id)).scalar_one()))

    def count(self, visit_id: int, counts: Mapping[str, int]) -> None:
        """Add to a visit's counts, in the same transaction as what is counted."""
        present = dict(self.get(visit_id).counts)
        for name, more in counts.items():
            present[name] = present.get(name, 0) + more
        self._connection.execute(_UPDATE, {"key": visit_id, "counts": present})

    def close(self, visit_id: int, state: VisitState, *, at: datetime, failure: str = "") -> Visit:
        """Accept or reject an open visit. Raises StorageError for a move that the transition table does not have."""
        present = self.get(visit_id)
        if state not in VISIT_MOVES[present.state]:
            raise StorageError(f"visit {visit_id} of {present.source} is {present.state.value} and cannot become {state.value}")
        ended = max(at, present.started)  # a clock that was put back makes no visit end before it began
        self._connection.execute(
            update(schema.visit).where(schema.visit.c.id == visit_id).values(state=state.value, ended=ended, failure=failure)
        )
        return self.get(visit_id)

    def all(self, source: str) -> tuple[Visit, ...]:
        """Every visit of a source, oldest first."""
        table = schema.visit
        rows = self._connection.execute(select(table).where(table.c.source == source).order_by(table.c.id))
        return tuple(_visit(row) for row in rows)

    def first(self, source: str) -> Visit | None:
        """The first visit of a source ever."""
        table = schema.visit
        row = self._connection.execute(select(table).where(table.c.source == source).order_by(table.c.id).limit(1)).one_or_none()
        return _visit(row) if row else None

    def latest(self, source: str, *, state: VisitState | None = None, purpose: str = "live") -> Visit | None:
        """The last visit of a source, of this state if given."""
        table = schema.visit
        query = select(table).where(table.c.source == source, table.c.purpose == purpose).order_by(table.c.id.desc()).limit(1)
        if state is not None:
            query = query.where(table.c.state == state.value)
        row = self._connection.execute(query).one_or_none()
        return _visit(row) if row else None

    def warn(
        self, source: str, what: str, *, at: datetime, visit_id: int | None, url: str = "", sha256: str | None = None
    ) -> None:
        """Keep a warning; the same words about the same address in the same visit are kept once."""
        table = schema.warning
        seen = select(table.c.id).where(
            table.c.source == source, table.c.visit_id == visit_id, table.c.url == url, table.c.what == what
        )
        if self._connection.execute(seen).first() is None:
            self._connection.execute(
                insert(table).values(source=source, visit_id=visit_id, url=url, what=what, sha256=sha256, at=at)
            )

    def warnings(self, source: str, since: datetime, *, visit_id: int | None = None) -> tuple[Warning, ...]:
        """Warnings since a moment (of one visit if given), oldest first."""
        table = schema.warning
        query = select(table).where(table.c.source == source, table.c.at >= since).order_by(table.c.id)
        if visit_id is not None:
            query = query.where(table.c.visit_id == visit_id)
        return tuple(Warning(row.source, row.url, row.what, row.at) for row in self._connection.execute(query))


def _visit(row: Row[tuple[object, ...]]) -> Visit:
    return Visit(
        id=row.id,
        source=row.source,
        purpose=row.purpose,
        state=VisitState(row.state),
        started=row.started,
        ended=row.ended,
        counts=row.counts,
        failure=row.failure,
    )


# Said once: putting a statement together takes longer than carrying it out.
_GET = select(schema.visit).where(schema.visit.c.id == bindparam("key"))
_UPDATE = update(schema.visit).where(schema.visit.c.id == bindparam("key"))
