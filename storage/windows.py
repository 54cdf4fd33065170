"""Windows of a backfill: the checkpoints from which a killed one goes on, and the pieces that several workers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, text, update

from domain.documents import Kind
from domain.listings import Entry, Window
from storage import schema
from storage.leases import is_dead


@dataclass(frozen=True, slots=True)
class Loading:
    """A window that is not finished. `listed` is None until its lists were asked, `begun` until its papers wait to be read."""

    window: Window
    listed: datetime | None
    begun: datetime | None
    entries: tuple[Entry, ...]


class Windows:
    """Windows inside one transaction; `job` names a backfill. What is finished is never loaded again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def done(self, source: str, job: str) -> frozenset[datetime]:
        """The beginnings of the windows of a job that are finished."""
        table = schema.window
        rows = self._connection.execute(select(table.c.since).where(table.c.source == source, table.c.job == job))
        return frozenset(row.since for row in rows)

    def prepare(self, source: str, job: str, windows: Iterable[Window]) -> None:
        """Write down the windows that are neither finished nor under way; each can then be claimed."""
        table = schema.loading
        under_way = {one.window.since for one in self.under_way(source, job)}
        known = self.done(source, job) | under_way
        new = [
            {"source": source, "job": job, "since": one.since, "until": one.until, "entries": [], "holder": ""}
            for one in windows
            if one.since not in known
        ]
        if new:
            self._connection.execute(insert(table), new)

    def under_way(self, source: str, job: str) -> tuple[Loading, ...]:
        """The windows that are not finished, oldest first."""
        table = schema.loading
        rows = self._connection.execute(select(table).where(table.c.source == source, table.c.job == job).order_by(table.c.since))
        return tuple(_loading(row) for row in rows)

    def left(self, source: str, job: str) -> int:
        """How many windows are not finished."""
        table = schema.loading
        counted = select(func.count()).select_from(table).where(table.c.source == source, table.c.job == job)
        return int(self._connection.execute(counted).scalar_one())

    def claim(self, source: str, job: str, holder: str, now: datetime, seconds: float) -> Loading | None:
        """The oldest window that is ours already, or that nobody reads: free, past its lease, or of a dead process of this
        machine. None when there is none. On PostgreSQL a row that another worker looks at is passed over."""
        table = schema.loading
        rows = self._connection.execute(
            select(table.c.since, table.c.holder, table.c.lease_until)
            .where(table.c.source == source, table.c.job == job)
            .order_by(table.c.since)
            .with_for_update(skip_locked=True)
        )
        for row in rows.all():
            if row.holder in ("", holder) or row.lease_until <= now or is_dead(row.holder):
                mine = self._is(source, job, row.since)
                until = now + timedelta(seconds=seconds)
                self._connection.execute(update(table).where(mine).values(holder=holder, lease_until=until))
                return _loading(self._connection.execute(select(table).where(mine)).one())
        return None

    def renew(self, source: str, job: str, since: datetime, holder: str, now: datetime, seconds: float) -> bool:
        """Keep a window for so long from now; False when it is no longer ours."""
        table = schema.loading
        kept = self._connection.execute(
            update(table)
            .where(self._is(source, job, since), table.c.holder == holder)
            .values(lease_until=now + timedelta(seconds=seconds))
        )
        return kept.rowcount == 1

    def release(self, source: str, job: str, holder: str) -> None:
        """Give back whatever this holder has of a job."""
        table = schema.loading
        self._connection.execute(
            update(table)
            .where(table.c.source == source, table.c.job == job, table.c.holder == holder)
            .values(holder="", lease_until=None)
        )

    def listed(self, source: str, job: str, since: datetime, entries: Iterable[Entry], at: datetime) -> None:
        """Keep what the lists answered for a window, so that they need not be asked again."""
        said = [_said(entry) for entry in entries]
        self._set(source, job, since, entries=said, listed=at)

    def begin(self, source: str, job: str, since: datetime, at: datetime) -> None:
        """The papers of this window were announced and wait to be read."""
        self._set(source, job, since, begun=at)

    def finish(self, source: str, job: str, window: Window, urls: Sequence[str], at: datetime) -> None:
        """Write down that a window was listed and read; finishing it twice is finishing it once."""
        self._connection.execute(delete(schema.loading).where(self._is(source, job, window.since)))
        if window.since not in self.done(source, job):
            self._connection.execute(
                insert(schema.window).values(
                    source=source, job=job, since=window.since, until=window.until, urls=list(urls), done=at
                )
            )

    def urls(self, source: str, job: str) -> tuple[str, ...]:
        """Every address that the finished windows of a job listed or their papers named."""
        table = schema.window
        rows = self._connection.execute(
            select(table.c.urls).where(table.c.source == source, table.c.job == job).order_by(table.c.since)
        )
        return tuple(dict.fromkeys(url for row in rows for url in row.urls))

    def in_hand(self, source: str, now: datetime) -> frozenset[str]:
        """The addresses that a living worker is about to read: a visit leaves those to it."""
        table = schema.loading
        rows = self._connection.execute(
            select(table.c.entries, table.c.holder).where(
                table.c.source == source, table.c.holder != "", table.c.begun.is_not(None), table.c.lease_until > now
            )
        )
        return frozenset(said["url"] for row in rows if not is_dead(row.holder) for said in row.entries)

    def forget(self, before: datetime) -> None:
        """Drop what was listed before this moment for a plan that was never carried out."""
        table = schema.loading
        idle = or_(table.c.holder == "", table.c.lease_until < before)
        self._connection.execute(delete(table).where(and_(idle, table.c.begun.is_(None), table.c.listed < before)))

    def bytes(self) -> int:
        """How large the database is, in bytes."""
        if self._connection.dialect.name == "sqlite":
            pages, free, size = (
                int(self._connection.execute(text(f"PRAGMA {name}")).scalar_one())
                for name in ("page_count", "freelist_count", "page_size")
            )
            return (pages - free) * size
        return int(self._connection.execute(select(func.pg_database_size(func.current_database()))).scalar_one())

    def papers(self) -> int:
        """How many addresses were read, of all sources."""
        table = schema.resource
        counted = select(func.count()).select_from(table).where(table.c.checked.is_not(None))
        return int(self._connection.execute(counted).scalar_one())

    def _set(self, source: str, job: str, since: datetime, **values: Any) -> None:
        self._connection.execute(update(schema.loading).where(self._is(source, job, since)).values(**values))

    def _is(self, source: str, job: str, since: datetime) -> Any:
        table = schema.loading
        return and_(table.c.source == source, table.c.job == job, table.c.since == since)


def _said(entry: Entry) -> dict[str, Any]:
    """What announcing an entry needs of it, as JSON."""
    return {
        "url": entry.url,
        "title": entry.title,
        "kind": entry.kind.value if entry.kind else "",
        "dated": entry.dated.isoformat() if entry.dated else "",
        "ids": list(entry.ids),
        "dossiers": list(entry.dossiers),
    }


def _entry(said: dict[str, Any]) -> Entry:
    return Entry(
        url=said["url"],
        title=said["title"],
        kind=Kind(said["kind"]) if said["kind"] else None,
        dated=date.fromisoformat(said["dated"]) if said["dated"] else None,
        ids=tuple(said["ids"]),
        dossiers=tuple(said["dossiers"]),
    )


def _loading(row: Row[Any]) -> Loading:
    return Loading(Window(row.since, row.until), row.listed, row.begun, tuple(_entry(said) for said in row.entries))
