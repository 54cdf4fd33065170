"""Events that wait for a person: floods of old papers, by the visit that found them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, update

from domain.events import Release
from storage import schema
from storage.queries import chunks


class Approvals:
    """Waiting events inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, visit_id: int | None = None) -> dict[int, tuple[int, ...]]:
        """The events that await approval, by visit (of one visit if given), in order."""
        table = schema.event
        query = (
            select(table.c.id, table.c.visit_id).where(table.c.release == Release.AWAITING_APPROVAL.value).order_by(table.c.id)
        )
        if visit_id is not None:
            query = query.where(table.c.visit_id == visit_id)
        found: dict[int, list[int]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.visit_id, []).append(row.id)
        return {visit: tuple(events) for visit, events in sorted(found.items())}

    def decide(self, event_ids: Iterable[int], release: Release) -> int:
        """Let waiting events go (OPEN) or make them quiet; returns how many. What no longer waits stays as it is.

        A quiet event has nothing to tell, so its to-tell rows go: a later `backfill --notify` may write them anew.
        """
        table, changed = schema.event, 0
        for some in chunks(event_ids):
            moved = self._connection.execute(
                update(table)
                .where(table.c.id.in_(some), table.c.release == Release.AWAITING_APPROVAL.value)
                .values(release=release.value)
            )
            changed += int(moved.rowcount)
            if release is Release.QUIET:
                row = schema.to_tell
                self._connection.execute(delete(row).where(row.c.event_id.in_(some), row.c.digest_run_id.is_(None)))
        return changed
