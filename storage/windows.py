"""Windows of a backfill: the checkpoints from which a killed one goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from domain.listings import Window
from storage import schema


class Windows:
    """Finished windows inside one transaction; `job` names a backfill."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def done(self, source: str, job: str, since: datetime) -> bool:
        """True when this window of a backfill was listed completely."""
        table = schema.window
        row = self._connection.execute(
            select(table.c.done).where(table.c.source == source, table.c.job == job, table.c.since == since)
        ).one_or_none()
        return row is not None and row.done is not None

    def finish(self, source: str, job: str, window: Window, urls: Sequence[str], at: datetime) -> None:
        """Write down that a window was listed and read; the checkpoint from which a killed backfill goes on."""
        table = schema.window
        self._connection.execute(
            insert(table).values(source=source, job=job, since=window.since, until=window.until, urls=list(urls), done=at)
        )

    def urls(self, source: str, job: str) -> tuple[str, ...]:
        """Every address that the finished windows of a job listed."""
        table = schema.window
        rows = self._connection.execute(
            select(table.c.urls).where(table.c.source == source, table.c.job == job).order_by(table.c.since)
        )
        return tuple(dict.fromkeys(url for row in rows for url in row.urls))
