"""The archive's past in bulk: events with what the papers said then, what they cited, and under which ids they are known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from domain.citations import Citation
from domain.documents import Document
from domain.events import EventKind, Release
from storage import schema
from storage.publications import ITEM
from storage.queries import chunks
from storage.version_documents import VersionDocuments


class Past:
    """Reading much of the archive inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def event_ids(self, since: datetime, until: datetime, without: Iterable[EventKind]) -> tuple[int, ...]:
        """The events first seen in a period (both ends included), and every quiet one whenever it was seen: a baseline is older
        than the day on which it was read. In order of first sight; events of these kinds are left out."""
        table = schema.event
        seen = (table.c.seen >= since) & (table.c.seen <= until)
        quiet = (table.c.release == Release.QUIET.value) & table.c.old_version_id.is_(None)
        rows = self._connection.execute(
            select(table.c.id)
            .where(seen | quiet, table.c.kind.not_in([kind.value for kind in without]))
            .order_by(table.c.seen, table.c.key)
        )
        return tuple(row.id for row in rows)

    def documents(self, version_ids: Iterable[int]) -> dict[int, tuple[str, Document]]:
        """What each of these versions says, with the source it came from."""
        version, resource = schema.version, schema.resource
        found: dict[int, tuple[str, Document]] = {}
        for some in chunks(version_ids):
            rows = self._connection.execute(
                select(version, resource.c.source)
                .join(resource, resource.c.id == version.c.resource_id)
                .where(version.c.id.in_(some))
            ).all()
            said = VersionDocuments(self._connection).unpacked(rows)
            found.update((row.id, (row.source, said[row.id])) for row in rows)
        return found

    def citations(self, version_ids: Iterable[int]) -> dict[int, list[Citation]]:
        """What each of these versions cites, in the order of the paper; a version that cites nothing is left out."""
        table = schema.citation
        found: dict[int, list[Citation]] = {}
        for some in chunks(version_ids):
            rows = self._connection.execute(
                select(table).where(table.c.version_id.in_(some)).order_by(table.c.version_id, table.c.position)
            )
            for row in rows:
                found.setdefault(row.version_id, []).append(Citation(row.target, row.raw, row.sentence))
        return found

    def ids(self, publication_ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """All ids of each of these publications."""
        table = schema.alias
        found: dict[int, set[str]] = {}
        for some in chunks(publication_ids):
            rows = self._connection.execute(select(table.c.alias, table.c.publication_id).where(table.c.publication_id.in_(some)))
            for row in rows:
                if not row.alias.startswith(ITEM):
                    found.setdefault(row.publication_id, set()).add(row.alias)
        return {key: frozenset(ids) for key, ids in found.items()}
