"""What is followed: sources with their baseline, routes with "complete until", resources with their marks, gaps and windows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from domain.listings import Entry, Window
from storage import schema


class ResourceState(StrEnum):
    """WAITING: known, never read. READ: at least one version. FAILED: could not be read so far. GONE: withdrawn, confirmed."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Resource:
    """One followed address. `marks` are what each route last said of it, `read_marks` what they said when it was last read."""

    id: int
    source: str
    url: str
    title: str
    kind: str
    dated: date | None
    baseline: bool
    quiet: bool
    first_listed: datetime
    priority: int
    state: ResourceState
    marks: Mapping[str, str]
    read_marks: Mapping[str, str]
    validators: Mapping[str, Sequence[str]]
    checked: datetime | None
    failures: int
    failure: str
    publication_id: int | None

    @property
    def changed_by_mark(self) -> bool:
        """True when some route says something else about it than when it was last read."""
        return any(mark != self.read_marks.get(route) for route, mark in self.marks.items())


@dataclass(frozen=True, slots=True)
class RouteState:
    """How far a route is known to be complete, and whether it fails."""

    source: str
    name: str
    complete_until: datetime | None
    answered: datetime | None
    changed: datetime | None
    failing_since: datetime | None
    failure: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """How far the first look at a source has come; None for what has not happened yet."""

    listed: datetime | None
    done: datetime | None


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """Validators of a complete answer, "" where there was none, and the further addresses that it named: an unchanged index says
    nothing about the lists behind it."""

    etag: str
    last_modified: str
    further: tuple[str, ...]


class Resources:
    """Everything that is followed, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- sources -------------------------------------------------------------------------------------------------------------

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

    # --- routes --------------------------------------------------------------------------------------------------------------

    def route(self, source: str, name: str) -> RouteState:
        """The state of a route; all empty when it was never asked."""
        table = schema.route
        row = self._connection.execute(select(table).where(table.c.source == source, table.c.name == name)).one_or_none()
        return _route(row) if row else RouteState(source, name, None, None, None, None, "")

    def routes(self, source: str) -> tuple[RouteState, ...]:
        """All routes of a source that were ever asked, by name."""
        table = schema.route
        rows = self._connection.execute(select(table).where(table.c.source == source).order_by(table.c.name))
        return tuple(_route(row) for row in rows)

    def route_answered(self, source: str, name: str, *, complete_until: datetime, at: datetime, changed: bool) -> None:
        """The route gave a complete answer up to this moment; `changed` when it announced anything new or different."""
        values: dict[str, object] = {
            "complete_until": complete_until,
            "answered": at,
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

    # --- questions asked before ----------------------------------------------------------------------------------------------

    def asked(self, url: str) -> AskedBefore:
        """What is kept of the last complete answer to this question."""
        table = schema.asked
        row = self._connection.execute(select(table).where(table.c.url == url)).one_or_none()
        return AskedBefore(row.etag, row.last_modified, tuple(row.further)) if row else AskedBefore("", "", ())

    def answered(self, source: str, url: str, kept: AskedBefore, at: datetime) -> None:
        """Keep the validators of an answer whose entries are written down in the same transaction."""
        table = schema.asked
        values = {
            "etag": kept.etag,
            "last_modified": kept.last_modified,
            "further": list(kept.further),
            "answered": at,
        }
        if self._connection.execute(update(table).where(table.c.url == url).values(**values)).rowcount == 0:
            self._connection.execute(insert(table).values(url=url, source=source, **values))

    # --- resources -----------------------------------------------------------------------------------------------------------

    def announce(
        self,
        source: str,
        route: str,
        entries: Iterable[Entry],
        *,
        at: datetime,
        baseline: bool,
        quiet: bool,
        priority: Mapping[str, int],
    ) -> tuple[int, int]:
        """Write down what a route announced; returns (how many are new to us, how many have another mark than before)."""
        table = schema.resource
        new = changed = 0
        for entry in entries:
            row = self._connection.execute(select(table.c.id, table.c.marks).where(table.c.url == entry.url)).one_or_none()
            if row is None:
                self._connection.execute(
                    insert(table).values(
                        source=source,
                        url=entry.url,
                        title=entry.title,
                        kind=entry.kind.value if entry.kind else "",
                        dated=entry.dated,
                        baseline=baseline,
                        quiet=quiet,
                        first_listed=at,
                        priority=priority.get(entry.url, 0),
                        state=ResourceState.WAITING.value,
                        marks={route: entry.mark},
                        read_marks={},
                        validators={},
                    )
                )
                new += 1
            elif row.marks.get(route) != entry.mark:
                self._connection.execute(update(table).where(table.c.id == row.id).values(marks={**row.marks, route: entry.mark}))
                changed += 1
        return new, changed

    def by_url(self, url: str) -> Resource | None:
        """The resource at this address."""
        table = schema.resource
        row = self._connection.execute(select(table).where(table.c.url == url)).one_or_none()
        return _resource(row) if row else None

    def get(self, resource_id: int) -> Resource:
        """The resource with this key."""
        table = schema.resource
        return _resource(self._connection.execute(select(table).where(table.c.id == resource_id)).one())

    def all(self, source: str) -> tuple[Resource, ...]:
        """Every resource of a source, by key."""
        table = schema.resource
        rows = self._connection.execute(select(table).where(table.c.source == source).order_by(table.c.id))
        return tuple(_resource(row) for row in rows)

    def of_publication(self, publication_id: int) -> tuple[Resource, ...]:
        """The addresses at which a publication stands, earliest listed first."""
        table = schema.resource
        rows = self._connection.execute(
            select(table).where(table.c.publication_id == publication_id).order_by(table.c.first_listed, table.c.url)
        )
        return tuple(_resource(row) for row in rows)

    def due(self, source: str, now: datetime) -> tuple[Resource, ...]:
        """What a visit should look at for certain: never read, or announced with another mark. Most wanted first: new before
        baseline, then by priority, then newest date first."""
        table = schema.resource
        rows = self._connection.execute(
            select(table)
            .where(
                table.c.source == source,
                table.c.state != ResourceState.GONE.value,
                or_(table.c.not_before.is_(None), table.c.not_before <= now),
            )
            .order_by(table.c.baseline, table.c.quiet, table.c.priority.desc(), table.c.dated.desc(), table.c.url)
        )
        found = (_resource(row) for row in rows)
        return tuple(r for r in found if r.state is ResourceState.WAITING or r.state is ResourceState.FAILED or r.changed_by_mark)

    def oldest_checked(self, source: str, count: int, before: datetime) -> tuple[Resource, ...]:
        """The rotating sample: resources read longest ago, not checked since `before`."""
        table = schema.resource
        rows = self._connection.execute(
            select(table)
            .where(table.c.source == source, table.c.state == ResourceState.READ.value, table.c.checked < before)
            .order_by(table.c.checked, table.c.url)
            .limit(count)
        )
        return tuple(_resource(row) for row in rows)

    def checked(
        self,
        resource: Resource,
        *,
        at: datetime,
        validators: Mapping[str, Sequence[str]],
        marks: Mapping[str, str],
        publication_id: int | None,
    ) -> None:
        """The resource was read (or answered "not modified") at this moment, with these marks in force."""
        table = schema.resource
        self._connection.execute(
            update(table)
            .where(table.c.id == resource.id)
            .values(
                state=ResourceState.READ.value,
                checked=at,
                validators=dict(validators),
                read_marks=dict(marks),
                failures=0,
                failure="",
                not_before=None,
                publication_id=publication_id,
            )
        )

    def failed(self, resource: Resource, *, failure: str, not_before: datetime) -> None:
        """The resource could not be read; what was stored of it stands. Asked again from `not_before`."""
        table = schema.resource
        state = ResourceState.FAILED if resource.state is ResourceState.WAITING else resource.state
        self._connection.execute(
            update(table)
            .where(table.c.id == resource.id)
            .values(state=state.value, failures=resource.failures + 1, failure=failure, not_before=not_before)
        )

    def unread(self, source: str) -> int:
        """How many papers are known but not read."""
        table = schema.resource
        states = (ResourceState.WAITING.value, ResourceState.FAILED.value)
        counted = select(func.count()).select_from(table).where(table.c.source == source, table.c.state.in_(states))
        return int(self._connection.execute(counted).scalar_one())

    def baseline_unread(self, source: str) -> int:
        """How many papers of the baseline wait for their first reading (failed ones no longer hold it up)."""
        table = schema.resource
        counted = (
            select(func.count())
            .select_from(table)
            .where(table.c.source == source, table.c.baseline.is_(True), table.c.state == ResourceState.WAITING.value)
        )
        return int(self._connection.execute(counted).scalar_one())

    # --- gaps ----------------------------------------------------------------------------------------------------------------

    def gap(self, source: str, route: str, window: Window, reason: str, at: datetime) -> None:
        """Name a stretch that a route can no longer show; writing the same gap twice changes nothing."""
        table = schema.gap
        where = and_(
            table.c.source == source, table.c.route == route, table.c.since == window.since, table.c.until == window.until
        )
        if self._connection.execute(select(table.c.id).where(where)).first() is None:
            self._connection.execute(
                insert(table).values(source=source, route=route, since=window.since, until=window.until, reason=reason, found=at)
            )

    def fill_gaps(self, source: str, routes: Iterable[str], at: datetime) -> None:
        """The stretches that these routes no longer show were asked through another route."""
        table = schema.gap
        self._connection.execute(
            update(table)
            .where(table.c.source == source, table.c.route.in_(tuple(routes)), table.c.filled.is_(None))
            .values(filled=at)
        )

    def gaps(self, source: str) -> tuple[tuple[str, Window, str], ...]:
        """The unfilled gaps of a source: route, window, reason; oldest first."""
        table = schema.gap
        rows = self._connection.execute(
            select(table).where(table.c.source == source, table.c.filled.is_(None)).order_by(table.c.since, table.c.route)
        )
        return tuple((row.route, Window(row.since, row.until), row.reason) for row in rows)

    # --- windows of a backfill -----------------------------------------------------------------------------------------------

    def window_done(self, source: str, job: str, since: datetime) -> bool:
        """True when this window of a backfill was listed completely."""
        table = schema.window
        row = self._connection.execute(
            select(table.c.done).where(table.c.source == source, table.c.job == job, table.c.since == since)
        ).one_or_none()
        return row is not None and row.done is not None

    def finish_window(self, source: str, job: str, window: Window, listed: int, at: datetime) -> None:
        """Write down that a window of a backfill was listed; the checkpoint from which a killed backfill goes on."""
        table = schema.window
        self._connection.execute(
            insert(table).values(source=source, job=job, since=window.since, until=window.until, listed=listed, done=at)
        )


def _route(row: Row[tuple[object, ...]]) -> RouteState:
    return RouteState(row.source, row.name, row.complete_until, row.answered, row.changed, row.failing_since, row.failure)


def _resource(row: Row[tuple[object, ...]]) -> Resource:
    return Resource(
        id=row.id,
        source=row.source,
        url=row.url,
        title=row.title,
        kind=row.kind,
        dated=row.dated,
        baseline=row.baseline,
        quiet=row.quiet,
        first_listed=row.first_listed,
        priority=row.priority,
        state=ResourceState(row.state),
        marks=row.marks,
        read_marks=row.read_marks,
        validators=row.validators,
        checked=row.checked,
        failures=row.failures,
        failure=row.failure,
        publication_id=row.publication_id,
    )
