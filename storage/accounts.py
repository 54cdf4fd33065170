"""The accounts of a period: what was asked, listed, read and told between two moments. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from domain.assessments import Level
from domain.events import DeliveryState, Release, VisitState
from storage import schema
from storage.queries import bytewise, chunks
from storage.resource import ResourceState
from storage.visits import Visit


@dataclass(frozen=True, slots=True)
class GapAccount:
    """A stretch that a route could not show; `filled` is None while it is open, `by` names what filled it."""

    source: str
    route: str
    since: datetime
    until: datetime
    reason: str
    found: datetime
    filled: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Papers first listed in the period: how many, and how many of them are in each state now."""

    count: int
    states: Mapping[ResourceState, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a digest was to do with an event: `issue` is the key of the run that dealt with it (None: it waits), `number` that
    run's number (None: no issue, the moment was passed)."""

    digest: str
    level: Level
    issue: int | None
    number: int | None


@dataclass(frozen=True, slots=True)
class EventAccount:
    """An event of the period, whether it may be told, and what each digest did with it."""

    id: int
    release: Release
    visit: VisitState
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class IssueAccount:
    """An issue of the period, with how its deliveries stand; `late` is the moment for which it was planned, None when on time."""

    id: int
    digest: str
    number: int
    form: str
    due: datetime
    made: datetime
    late: datetime | None
    deliveries: Mapping[DeliveryState, int]


class Accounts:
    """The accounts inside one transaction. Periods begin with their first moment and end before their last."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def visits(self, source: str, since: datetime, until: datetime) -> tuple[Visit, ...]:
        """The live visits that began in the period, oldest first."""
        table = schema.visit
        rows = self._connection.execute(
            select(table)
            .where(table.c.source == source, table.c.purpose == "live", table.c.started >= since, table.c.started < until)
            .order_by(table.c.started, table.c.id)
        )
        return tuple(map(_visit, rows))

    def last_good(self, source: str, before: datetime) -> Visit | None:
        """The last live visit that began before a moment and at which every list answered."""
        table = schema.visit
        row = self._connection.execute(
            select(table)
            .where(table.c.source == source, table.c.purpose == "live", table.c.started < before)
            .where(table.c.state == VisitState.ACCEPTED.value, table.c.failure == "")
            .order_by(table.c.started.desc(), table.c.id.desc())
            .limit(1)
        ).one_or_none()
        return _visit(row) if row else None

    def gaps(self, source: str, since: datetime, until: datetime) -> tuple[GapAccount, ...]:
        """The gaps that touch the period or were found in it, open and filled."""
        table = schema.gap
        touches = (table.c.since < until) & (table.c.until > since)
        found = (table.c.found >= since) & (table.c.found < until)
        rows = self._connection.execute(
            select(table)
            .where(table.c.source == source, touches | found)
            .order_by(table.c.since, bytewise(self._connection, table.c.route))
        )
        return tuple(
            GapAccount(r.source, r.route, r.since, r.until, r.reason, r.found, r.filled, r.filled_by or "") for r in rows
        )

    def listed(self, source: str, since: datetime, until: datetime, *, baseline: bool) -> Listed:
        """The papers that were first listed in the period, of the first look (`baseline`) or after it."""
        table = schema.resource
        rows = self._connection.execute(
            select(table.c.state, func.count().label("count"))
            .where(
                table.c.source == source,
                table.c.first_listed >= since,
                table.c.first_listed < until,
                table.c.baseline.is_(baseline),
            )
            .group_by(table.c.state)
        ).all()
        states = {ResourceState(row.state): int(row._mapping["count"]) for row in rows}
        return Listed(sum(states.values()), states)

    def listed_at(self, source: str, since: datetime, until: datetime) -> tuple[datetime, ...]:
        """When each paper of the period was first listed, but for those of the first look."""
        table = schema.resource
        rows = self._connection.execute(
            select(table.c.first_listed).where(
                table.c.source == source,
                table.c.first_listed >= since,
                table.c.first_listed < until,
                table.c.baseline.is_(False),
            )
        )
        return tuple(row.first_listed for row in rows)

    def events(self, source: str, since: datetime, until: datetime) -> tuple[EventAccount, ...]:
        """The events seen in the period, each with every claim on it."""
        event, resource, visit = schema.event, schema.resource, schema.visit
        rows = self._connection.execute(
            select(event.c.id, event.c.release, visit.c.state)
            .join(resource, resource.c.id == event.c.resource_id)
            .join(visit, visit.c.id == event.c.visit_id)
            .where(resource.c.source == source, event.c.seen >= since, event.c.seen < until)
            .order_by(event.c.id)
        ).all()
        claims = self._claims([row.id for row in rows])
        return tuple(
            EventAccount(row.id, Release(row.release), VisitState(row.state), tuple(claims.get(row.id, ()))) for row in rows
        )

    def issues(self, since: datetime, until: datetime) -> tuple[IssueAccount, ...]:
        """The issues made in the period, in the order in which they were made."""
        table = schema.digest_run
        rows = self._connection.execute(
            select(table)
            .where(table.c.number.is_not(None), table.c.made >= since, table.c.made < until)
            .order_by(table.c.made, table.c.id)
        ).all()
        sent = self._deliveries([row.id for row in rows])
        return tuple(
            IssueAccount(
                row.id,
                row.digest,
                row.number,
                row.form,
                row.due,
                row.made,
                datetime.fromisoformat(row.late) if row.late else None,
                sent.get(row.id, {}),
            )
            for row in rows
        )

    def _claims(self, event_ids: list[int]) -> dict[int, list[Claim]]:
        table, run = schema.to_tell, schema.digest_run
        found: dict[int, list[Claim]] = {}
        for some in chunks(event_ids):
            rows = self._connection.execute(
                select(table.c.event_id, table.c.digest, table.c.level, table.c.digest_run_id, run.c.number)
                .outerjoin(run, run.c.id == table.c.digest_run_id)
                .where(table.c.event_id.in_(some))
                .order_by(table.c.id)
            )
            for row in rows:
                found.setdefault(row.event_id, []).append(Claim(row.digest, Level(row.level), row.digest_run_id, row.number))
        return found

    def _deliveries(self, run_ids: list[int]) -> dict[int, dict[DeliveryState, int]]:
        table = schema.delivery
        found: dict[int, dict[DeliveryState, int]] = {}
        for some in chunks(run_ids):
            rows = self._connection.execute(
                select(table.c.digest_run_id, table.c.state, func.count().label("count"))
                .where(table.c.digest_run_id.in_(some), table.c.purpose == "issue")
                .group_by(table.c.digest_run_id, table.c.state)
            )
            for row in rows:
                found.setdefault(row.digest_run_id, {})[DeliveryState(row.state)] = int(row._mapping["count"])
        return found


def _visit(row: Row[tuple[object, ...]]) -> Visit:
    return Visit(row.id, row.source, row.purpose, VisitState(row.state), row.started, row.ended, row.counts, row.failure)
