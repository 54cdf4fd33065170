"""What is followed: addresses with their marks, and how each was last read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, Text, and_, bindparam, cast, func, or_, select, update

from domain.listings import Entry
from storage import schema
from storage.announcing import Announcement, announce
from storage.queries import bytewise, chunks
from storage.resource import Resource, ResourceState, from_row

__all__ = ["Resource", "ResourceState", "Resources"]

UNREAD = (ResourceState.WAITING.value, ResourceState.FAILED.value)
SEEN = (ResourceState.READ.value, ResourceState.GONE.value)


class Resources:
    """Followed addresses inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._by_url = bytewise(connection, schema.resource.c.url)

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
        live: bool = False,
    ) -> tuple[int, int]:
        """Write down what a route announced; returns (how many are new to us, how many changed by what the route says).

        With `route=""` (a backfill) no mark is written. A new address waits to be read, unless it is baseline and not recent:
        then it is only LISTED, and waits from the moment a mark of it changes. A second route that names a paper we have read
        changes nothing. `live` says that the route is a list of today: what a backfill found, nobody read and no list had named
        is no longer quiet then (unless it is baseline).
        """
        return announce(self._connection, Announcement(source, route, at, baseline, quiet, live), entries, priority)

    def by_url(self, url: str) -> Resource | None:
        """The resource at this address."""
        row = self._connection.execute(_BY_URL, {"address": url}).one_or_none()
        return from_row(row) if row else None

    def get(self, resource_id: int) -> Resource:
        """The resource with this key."""
        return from_row(self._connection.execute(_GET, {"key": resource_id}).one())

    def all(self, source: str) -> tuple[Resource, ...]:
        """Every resource of a source, by key."""
        table = schema.resource
        return self._found(select(table).where(table.c.source == source).order_by(table.c.id))

    def of_kind(self, kind: str) -> tuple[Resource, ...]:
        """Every resource of a kind, of all sources, by key."""
        table = schema.resource
        return self._found(select(table).where(table.c.kind == kind).order_by(table.c.id))

    def of_publication(self, publication_id: int) -> tuple[Resource, ...]:
        """The addresses at which a publication stands, earliest listed first."""
        table = schema.resource
        return self._found(
            select(table).where(table.c.publication_id == publication_id).order_by(table.c.first_listed, self._by_url)
        )

    def kinds_in_cases(self, cases: Iterable[str]) -> dict[str, frozenset[str]]:
        """The kinds of the read papers that belong to each of these cases; a case without any is left out."""
        table, link = schema.resource, schema.link
        found: dict[str, set[str]] = {}
        for some in chunks(cases):
            rows = self._connection.execute(
                select(link.c.target, table.c.kind)
                .join(table, table.c.publication_id == link.c.publication_id)
                .where(link.c.relation == "case", link.c.target.in_(some), table.c.checked.is_not(None))
                .distinct()
            )
            for row in rows:
                found.setdefault(row.target, set()).add(row.kind)
        return {case: frozenset(kinds) for case, kinds in found.items()}

    def count(self, source: str) -> int:
        """How many addresses of a source are known."""
        table = schema.resource
        counted = select(func.count()).select_from(table).where(table.c.source == source)
        return int(self._connection.execute(counted).scalar_one())

    def read_urls(self, source: str) -> tuple[tuple[int, str], ...]:
        """Key and address of everything of a source that was read, by key."""
        table = schema.resource
        rows = self._connection.execute(
            select(table.c.id, table.c.url)
            .where(table.c.source == source, table.c.state == ResourceState.READ.value)
            .order_by(table.c.id)
        )
        return tuple((row.id, row.url) for row in rows)

    def due(self, source: str, now: datetime) -> tuple[Resource, ...]:
        """What a visit should look at for certain: never read, or announced with another mark. Most wanted first: new before
        baseline, then by priority, then newest date first (undated last)."""
        table = schema.resource
        # As text, the same marks may differ (another order of routes), but other marks never agree; the rest is decided below.
        other = cast(table.c.marks, Text) != cast(table.c.read_marks, Text)
        found = self._found(
            select(table)
            .where(
                table.c.source == source,
                or_(table.c.state.in_(UNREAD), and_(table.c.state.in_(SEEN), other)),
                or_(table.c.not_before.is_(None), table.c.not_before <= now),
            )
            .order_by(
                table.c.baseline,
                table.c.quiet,
                table.c.priority.desc(),
                table.c.state.in_(SEEN),  # what was never read goes before what was only touched
                table.c.dated.desc().nulls_last(),
                self._by_url,
            )
        )
        return tuple(r for r in found if r.state.value not in SEEN or r.changed_by_mark)

    def touched(self, source: str) -> int:
        """How many papers that were read are announced as changed and were not looked at since."""
        table = schema.resource
        other = cast(table.c.marks, Text) != cast(table.c.read_marks, Text)
        found = self._found(select(table).where(table.c.source == source, table.c.state.in_(SEEN), other))
        return sum(one.changed_by_mark for one in found)

    def oldest_checked(self, source: str, count: int, before: datetime, now: datetime) -> tuple[Resource, ...]:
        """The rotating sample: resources not read since `before`, in the order of their turn.

        A paper stands in line from its last reading; one that failed since, from the end of the pause that the failure brought.
        Before that it is not asked, and then those that wait longer go first: a failing paper never blocks the sample.
        """
        table = schema.resource
        return self._found(
            select(table)
            .where(
                table.c.source == source,
                table.c.state == ResourceState.READ.value,
                table.c.checked < before,
                or_(table.c.not_before.is_(None), table.c.not_before <= now),
            )
            .order_by(func.coalesce(table.c.not_before, table.c.checked), self._by_url)
            .limit(count)
        )

    def checked(
        self,
        resource: Resource,
        *,
        at: datetime,
        validators: Mapping[str, Sequence[str]],
        marks: Mapping[str, str],
        publication_id: int | None,
        kind: str,
    ) -> None:
        """The resource was read (or answered "not modified") at this moment, with these marks in force, and is of this kind."""
        values = {
            "state": ResourceState.READ.value,
            "kind": kind,
            "checked": at,
            "validators": dict(validators),
            "read_marks": dict(marks),
            "failures": 0,
            "failure": "",
            "not_before": None,
            "publication_id": publication_id,
        }
        self._connection.execute(_UPDATE, {"key": resource.id, **values})

    def failed(self, resource: Resource, *, failure: str, not_before: datetime) -> None:
        """The resource could not be read; what was stored of it stands. Asked again from `not_before`."""
        table = schema.resource
        never_read = resource.state in (ResourceState.LISTED, ResourceState.WAITING)
        state = ResourceState.FAILED if never_read else resource.state
        self._connection.execute(
            update(table)
            .where(table.c.id == resource.id)
            .values(state=state.value, failures=resource.failures + 1, failure=failure, not_before=not_before)
        )

    def unread(self, source: str) -> int:
        """How many papers are known, should be read and are not (so without those that are only LISTED)."""
        table = schema.resource
        counted = select(func.count()).select_from(table).where(table.c.source == source, table.c.state.in_(UNREAD))
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

    def _found(self, query: Select[tuple[object, ...]]) -> tuple[Resource, ...]:
        return tuple(from_row(row) for row in self._connection.execute(query))


# Said once: putting a statement together takes longer than carrying it out.
_GET = select(schema.resource).where(schema.resource.c.id == bindparam("key"))
_BY_URL = select(schema.resource).where(schema.resource.c.url == bindparam("address"))
_UPDATE = update(schema.resource).where(schema.resource.c.id == bindparam("key"))
