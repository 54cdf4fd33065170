"""Ways to learn what exists: how far each route is complete, what was asked before, the baseline of each source, and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from domain.listings import Window
from storage import schema
from storage.queries import bytewise


@dataclass(frozen=True, slots=True)
class RouteState:
    """How far a route is known to be complete, and whether it fails. `asker` is the fingerprint of scope and parser under which
    it answered: another one may make something else of the same list."""

    source: str
    name: str
    complete_until: datetime | None
    answered: datetime | None
    changed: datetime | None
    asker: str
    failing_since: datetime | None
    failure: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """How far the first look at a source has come; None for what has not happened yet."""

    listed: datetime | None
    done: datetime | None


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """Validators of a complete answer, "" where there was none, and the further questions that it led to: an unchanged index says
    nothing about the lists behind it. `answered` is when it was given, None for what was never asked."""

    etag: str
    last_modified: str
    further: tuple[str, ...]
    asker: str = ""
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class FilledGap:
    """A stretch that one route missed and others showed; `by` names them, "" in archives from before they were named."""

    route: str
    window: Window
    by: str


class Routes:
    """Routes, baselines and gaps inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def baseline(self, source: str) -> Baseline:
        """How far the baseline of this source is."""
        table = schema.source
        row = self._connection.execute(select(table).where(table.c.name == source)).one_or_none()
        return Baseline(row.baseline_listed, row.baseline_done) if row else Baseline(None, None)

    def baseline_listed(self, source: str, at: datetime) -> None:
        """Write down that the first complete listing is in: what is listed from now on is new."""
        self._connection.execute(insert(schema.source).values(name=source, baseline_listed=at))

    def baseline_done(self, source: str, at: datetime) -> None:
        """Write down that every paper of the baseline was read or given up."""
        table = schema.source
        self._connection.execute(update(table).where(table.c.name == source).values(baseline_done=at))

    def route(self, source: str, name: str) -> RouteState:
        """The state of a route; all empty when it was never asked."""
        table = schema.route
        row = self._connection.execute(select(table).where(table.c.source == source, table.c.name == name)).one_or_none()
        return _route(row) if row else RouteState(source, name, None, None, None, "", None, "")

    def routes(self, source: str) -> tuple[RouteState, ...]:
        """All routes of a source that were ever asked, by name."""
        table = schema.route
        rows = self._connection.execute(
            select(table).where(table.c.source == source).order_by(bytewise(self._connection, table.c.name))
        )
        return tuple(_route(row) for row in rows)

    def route_answered(
        self, source: str, name: str, *, complete_until: datetime, at: datetime, changed: bool, asker: str = ""
    ) -> None:
        """The route gave a complete answer up to this moment; `changed` when it announced anything new or different."""
        values: dict[str, object] = {
            "complete_until": complete_until,
            "answered": at,
            "asker": asker,
            "failing_since": None,
            "failure": "",
        }
        if changed:
            values["changed"] = at
        self._put_route(source, name, values)

    def route_failed(self, source: str, name: str, *, failure: str, at: datetime) -> None:
        """The route could not be asked or read; the first moment of a row of failures is kept."""
        since = self.route(source, name).failing_since or at
        self._put_route(source, name, {"failing_since": since, "failure": failure})

    def _put_route(self, source: str, name: str, values: Mapping[str, object]) -> None:
        table = schema.route
        where = and_(table.c.source == source, table.c.name == name)
        if self._connection.execute(update(table).where(where).values(**values)).rowcount == 0:
            self._connection.execute(insert(table).values(source=source, name=name, **values))

    def asked(self, url: str) -> AskedBefore:
        """What is kept of the last complete answer to this question."""
        table = schema.asked
        row = self._connection.execute(select(table).where(table.c.url == url)).one_or_none()
        if row is None:
            return AskedBefore("", "", ())
        return AskedBefore(row.etag, row.last_modified, tuple(row.further), row.asker, row.answered)

    def answered(self, source: str, url: str, kept: AskedBefore, at: datetime) -> None:
        """Keep the validators of an answer whose entries are written down in the same transaction."""
        table = schema.asked
        values = {
            "etag": kept.etag,
            "last_modified": kept.last_modified,
            "further": list(kept.further),
            "asker": kept.asker,
            "answered": at,
        }
        if self._connection.execute(update(table).where(table.c.url == url).values(**values)).rowcount == 0:
            self._connection.execute(insert(table).values(url=url, source=source, **values))

    def forget(self, before: datetime) -> int:
        """Let go of questions that were not answered since `before`: windows of days gone by; returns how many."""
        return int(self._connection.execute(delete(schema.asked).where(schema.asked.c.answered < before)).rowcount)

    def gap(self, source: str, route: str, window: Window, reason: str, at: datetime) -> None:
        """Name a stretch that a route can no longer show. One that was filled before is open again, until it is filled again."""
        table = schema.gap
        where = and_(
            table.c.source == source, table.c.route == route, table.c.since == window.since, table.c.until == window.until
        )
        row = self._connection.execute(select(table.c.id, table.c.filled).where(where)).one_or_none()
        if row is None:
            self._connection.execute(
                insert(table).values(source=source, route=route, since=window.since, until=window.until, reason=reason, found=at)
            )
        elif row.filled is not None:
            self._connection.execute(update(table).where(where).values(reason=reason, filled=None, filled_by=None))

    def fill_gaps(self, source: str, routes: Iterable[str], since: datetime, at: datetime, *, by: str) -> None:
        """Gaps of these routes that begin at or after `since` were asked through another route."""
        table = schema.gap
        self._connection.execute(
            update(table)
            .where(
                table.c.source == source,
                table.c.route.in_(tuple(routes)),
                table.c.since >= since,
                table.c.filled.is_(None),
            )
            .values(filled=at, filled_by=by)
        )

    def gaps(self, source: str) -> tuple[tuple[str, Window, str], ...]:
        """The unfilled gaps of a source: route, window, reason; oldest first."""
        table = schema.gap
        rows = self._connection.execute(
            select(table)
            .where(table.c.source == source, table.c.filled.is_(None))
            .order_by(table.c.since, bytewise(self._connection, table.c.route))
        )
        return tuple((row.route, Window(row.since, row.until), row.reason) for row in rows)

    def filled(self, source: str, since: datetime) -> tuple[FilledGap, ...]:
        """The gaps of a source that were found since a moment and that another route filled; oldest first."""
        table = schema.gap
        rows = self._connection.execute(
            select(table)
            .where(table.c.source == source, table.c.filled.is_not(None), table.c.found >= since)
            .order_by(table.c.since, bytewise(self._connection, table.c.route))
        )
        return tuple(FilledGap(row.route, Window(row.since, row.until), row.filled_by or "") for row in rows)


def _route(row: Row[tuple[object, ...]]) -> RouteState:
    return RouteState(
        row.source, row.name, row.complete_until, row.answered, row.changed, row.asker, row.failing_since, row.failure
    )
