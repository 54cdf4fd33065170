"""Counts and moments for whoever looks at how the service does: no texts and no bytes, so that they stay quick as the archive
grows. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from domain.digests import DigestForm
from domain.events import DeliveryState, Release, VisitState
from storage import schema


@dataclass(frozen=True, slots=True)
class Found:
    """A new paper: at which source, when it was seen, and when the visit that found it began."""

    source: str
    seen: datetime
    visit: datetime


@dataclass(frozen=True, slots=True)
class Timing:
    """One issue: when it was due and when it was made."""

    due: datetime
    made: datetime


class Figures:
    """The figures inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def found(self, since: datetime) -> tuple[Found, ...]:
        """Every new paper that visits found since a moment and that may be told; nothing of baselines and backfills."""
        event, resource, visit = schema.event, schema.resource, schema.visit
        rows = self._connection.execute(
            select(resource.c.source, event.c.seen, visit.c.started)
            .join(visit, visit.c.id == event.c.visit_id)
            .join(resource, resource.c.id == event.c.resource_id)
            .where(visit.c.started >= since, visit.c.purpose == "live", event.c.old_version_id.is_(None))
            .where(event.c.release == Release.OPEN.value)
        )
        return tuple(Found(row.source, row.seen, row.started) for row in rows)

    def good_visits(self, since: datetime) -> Mapping[str, tuple[datetime, ...]]:
        """By source when the visits of schedule began at which every list answered, oldest first."""
        table = schema.visit
        rows = self._connection.execute(
            select(table.c.source, table.c.started)
            .where(table.c.started >= since, table.c.purpose == "live", table.c.failure == "")
            .where(table.c.state == VisitState.ACCEPTED.value)
            .order_by(table.c.started)
        )
        found: dict[str, list[datetime]] = {}
        for row in rows:
            found.setdefault(row.source, []).append(row.started)
        return {source: tuple(moments) for source, moments in found.items()}

    def timed_issues(self, since: datetime) -> tuple[Timing, ...]:
        """The issues of set times that were made since a moment."""
        table = schema.digest_run
        rows = self._connection.execute(
            select(table.c.due, table.c.made).where(
                table.c.made >= since, table.c.number.is_not(None), table.c.form == DigestForm.REGULAR.value
            )
        )
        return tuple(Timing(row.due, row.made) for row in rows)

    def last_issue(self, digest: str) -> tuple[int, datetime] | None:
        """Number and moment of the last issue of a digest."""
        table = schema.digest_run
        row = self._connection.execute(
            select(table.c.number, table.c.made)
            .where(table.c.digest == digest, table.c.number.is_not(None))
            .order_by(table.c.id.desc())
            .limit(1)
        ).one_or_none()
        return (row.number, row.made) if row else None

    def messages(self, since: datetime | None = None) -> Mapping[DeliveryState, int]:
        """How many messages are in each state, of those put into the outbox since a moment if given."""
        table = schema.delivery
        query = select(table.c.state, func.count().label("found")).group_by(table.c.state)
        if since is not None:
            query = query.where(table.c.created >= since)
        return {DeliveryState(row.state): int(row.found) for row in self._connection.execute(query)}

    def waiting(self, digest: str) -> int:
        """How many events a digest may tell now and has not told; `Issues.waiting` has them."""
        tell, event, visit = schema.to_tell, schema.event, schema.visit
        query = (
            select(func.count())
            .select_from(tell)
            .join(event, event.c.id == tell.c.event_id)
            .join(visit, visit.c.id == event.c.visit_id)
            .where(tell.c.digest == digest, tell.c.digest_run_id.is_(None))
            .where(event.c.release == Release.OPEN.value, visit.c.state == VisitState.ACCEPTED.value)
        )
        return int(self._connection.execute(query).scalar_one())
