"""How the sources are watched over: canaries, papers that a list should have named, and what robots.txt said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, select, update

from storage import schema
from storage.queries import bytewise
from storage.resource import Resource, ResourceState, from_row


@dataclass(frozen=True, slots=True)
class Canary:
    """The old paper by which one kind of page is proven, as it was found last; `sha256` are the bytes that read wrongly."""

    source: str
    page: str
    url: str
    red: bool
    reason: str
    sha256: str | None
    since: datetime
    checked: datetime


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A paper that a route should have named and did not, although another one showed it."""

    route: str
    url: str
    shown_by: str
    found: datetime


@dataclass(frozen=True, slots=True)
class RobotsText:
    """What a host said in its robots.txt, or why it could not be had, and until when that holds."""

    text: str
    failure: str
    detail: str
    until: datetime


class Watching:
    """Canaries, unnamed papers and robots.txt inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def canaries(self, source: str) -> tuple[Canary, ...]:
        """Every kind of page of a source that was ever proven, by name."""
        table = schema.canary
        rows = self._connection.execute(
            select(table).where(table.c.source == source).order_by(bytewise(self._connection, table.c.page))
        )
        return tuple(Canary(r.source, r.page, r.url, r.state == "red", r.reason, r.sha256, r.since, r.checked) for r in rows)

    def keep_canary(self, source: str, page: str, url: str, *, red: bool, reason: str, sha256: str | None, at: datetime) -> None:
        """Write down how a kind of page was found; `since` stays while it stays green or red."""
        table = schema.canary
        where = and_(table.c.source == source, table.c.page == page)
        state = "red" if red else "green"
        said = {"url": url, "state": state, "reason": reason, "sha256": sha256, "checked": at}
        row = self._connection.execute(select(table.c.state).where(where)).one_or_none()
        if row is None:
            self._connection.execute(insert(table).values(source=source, page=page, since=at, **said))
        else:
            since = {} if row.state == state else {"since": at}
            self._connection.execute(update(table).where(where).values(**said, **since))

    def candidates(self, source: str, host: str, kind: str, before: datetime, count: int) -> tuple[Resource, ...]:
        """Papers of one kind at one host that were read before a moment and stand longest without a change."""
        table, version = schema.resource, schema.version
        newest = (
            select(version.c.resource_id, func.max(version.c.created).label("created")).group_by(version.c.resource_id).subquery()
        )
        rows = self._connection.execute(
            select(table)
            .join(newest, newest.c.resource_id == table.c.id)
            .where(
                table.c.source == source,
                table.c.kind == kind,
                table.c.state == ResourceState.READ.value,
                table.c.url.startswith(f"https://{host}/", autoescape=True),
                newest.c.created < before,
            )
            .order_by(newest.c.created, bytewise(self._connection, table.c.url))
            .limit(count)
        )
        return tuple(from_row(row) for row in rows)

    def adopt(self, source: str, visit_id: int) -> int:
        """Give this visit the events of rejected visits to the same source; returns how many.

        What a rejected visit wrote down was read by proven readers only; it waits for the next visit that is accepted.
        """
        visit, event = schema.visit, schema.event
        purpose = select(visit.c.purpose).where(visit.c.id == visit_id).scalar_subquery()
        rejected = select(visit.c.id).where(
            visit.c.source == source, visit.c.state == "rejected", visit.c.purpose == purpose, visit.c.id != visit_id
        )
        moved = self._connection.execute(update(event).where(event.c.visit_id.in_(rejected)).values(visit_id=visit_id))
        return int(moved.rowcount)

    def not_named(self, source: str, route: str, url: str, *, shown_by: str, at: datetime) -> None:
        """This route should have named this paper by now; another one showed it."""
        table = schema.unnamed
        where = and_(table.c.source == source, table.c.route == route, table.c.url == url)
        row = self._connection.execute(select(table.c.named).where(where)).one_or_none()
        if row is None:
            self._connection.execute(insert(table).values(source=source, route=route, url=url, shown_by=shown_by, found=at))

    def named_after_all(self, source: str, at: datetime) -> int:
        """Close every finding whose route has named the paper since; returns how many."""
        table, resource = schema.unnamed, schema.resource
        rows = self._connection.execute(
            select(table.c.route, table.c.url, resource.c.marks)
            .join(resource, resource.c.url == table.c.url)
            .where(table.c.source == source, table.c.named.is_(None))
        )
        found = [(row.route, row.url) for row in rows if row.route in row.marks]
        for route, url in found:
            where = and_(table.c.source == source, table.c.route == route, table.c.url == url)
            self._connection.execute(update(table).where(where).values(named=at))
        return len(found)

    def unnamed(self, source: str) -> tuple[Unnamed, ...]:
        """The papers that a route should have named and still does not, oldest finding first."""
        table = schema.unnamed
        rows = self._connection.execute(
            select(table)
            .where(table.c.source == source, table.c.named.is_(None))
            .order_by(table.c.found, bytewise(self._connection, table.c.url))
        )
        return tuple(Unnamed(row.route, row.url, row.shown_by, row.found) for row in rows)

    def listed_live(self, source: str, since: datetime) -> tuple[Resource, ...]:
        """What live lists first named since a moment, without the baseline and backfills, by key."""
        table = schema.resource
        rows = self._connection.execute(
            select(table)
            .where(
                table.c.source == source,
                table.c.first_listed >= since,
                table.c.baseline.is_(False),
                table.c.quiet.is_(False),
            )
            .order_by(table.c.id)
        )
        return tuple(from_row(row) for row in rows)

    def first_listed(self, source: str, since: datetime) -> tuple[datetime, ...]:
        """When each of these papers was first named, oldest first: what the expectations of a source count."""
        table = schema.resource
        rows = self._connection.execute(
            select(table.c.first_listed)
            .where(
                table.c.source == source,
                table.c.first_listed >= since,
                table.c.baseline.is_(False),
                table.c.quiet.is_(False),
            )
            .order_by(table.c.first_listed)
        )
        return tuple(row.first_listed for row in rows)

    def robots(self, host: str) -> RobotsText | None:
        """What is kept of a host's robots.txt."""
        table = schema.robots
        row = self._connection.execute(select(table).where(table.c.host == host)).one_or_none()
        return RobotsText(row.text, row.failure, row.detail, row.until) if row else None

    def keep_robots(self, host: str, said: RobotsText) -> None:
        """Keep what a host said in place of what it said before."""
        table = schema.robots
        values = {"text": said.text, "failure": said.failure, "detail": said.detail, "until": said.until}
        if self._connection.execute(update(table).where(table.c.host == host).values(**values)).rowcount == 0:
            self._connection.execute(insert(table).values(host=host, **values))
