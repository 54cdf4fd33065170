"""Edits of the configuration that could not be read: found, told to the owner once, and mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from storage import schema


@dataclass(frozen=True, slots=True)
class BrokenEdit:
    """One broken edit: the faults as a user reads them, when it was found, and when its owner was told (None: not yet)."""

    id: int
    fingerprint: str
    faults: tuple[str, ...]
    found: datetime
    told: datetime | None


class BrokenEdits:
    """Broken edits inside one transaction; there is at most one that is not mended."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def present(self) -> BrokenEdit | None:
        """The edit that is in the way now, None when the last one was mended."""
        table = schema.broken_edit
        row = self._connection.execute(
            select(table).where(table.c.mended.is_(None)).order_by(table.c.id.desc()).limit(1)
        ).one_or_none()
        return _edit(row) if row else None

    def find(self, fingerprint: str, faults: Sequence[str], at: datetime) -> BrokenEdit:
        """Write down a broken edit, unless it is the one that is in the way already; another one takes its place."""
        now = self.present()
        if now is not None and now.fingerprint == fingerprint:
            return now
        self.mend(at)
        inserted = self._connection.execute(
            insert(schema.broken_edit).values(fingerprint=fingerprint, faults=list(faults), found=at)
        )
        key = inserted.inserted_primary_key
        return BrokenEdit(int(key[0]) if key else 0, fingerprint, tuple(faults), at, None)

    def mark_told(self, edit: BrokenEdit, at: datetime | None) -> None:
        """The owner is being told (a moment), or could not be told after all (None)."""
        table = schema.broken_edit
        self._connection.execute(update(table).where(table.c.id == edit.id).values(told=at))

    def mend(self, at: datetime) -> None:
        """The configuration can be read again."""
        table = schema.broken_edit
        self._connection.execute(update(table).where(table.c.mended.is_(None)).values(mended=at))


def _edit(row: Row[tuple[object, ...]]) -> BrokenEdit:
    return BrokenEdit(row.id, row.fingerprint, tuple(row.faults), row.found, row.told)
