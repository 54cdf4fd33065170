"""Which pack was in force for each topic from when. Who edited a file is not known: the file does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage import schema


@dataclass(frozen=True, slots=True)
class PackChange:
    """From `since` on this pack was in force for the topic; `version` is what the pack calls itself ("" when it does not)."""

    topic: str
    fingerprint: str
    version: str
    since: datetime


class PackChanges:
    """Pack changes inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, packs: Mapping[str, tuple[str, str]], at: datetime) -> tuple[PackChange, ...]:
        """Write down the packs (topic to fingerprint and version) that differ from what was last in force; returns those."""
        present = {change.topic: change.fingerprint for change in self.all()}
        new = [
            PackChange(topic, fingerprint, version, at)
            for topic, (fingerprint, version) in packs.items()
            if present.get(topic) != fingerprint
        ]
        for change in new:
            self._connection.execute(
                insert(schema.pack_change).values(
                    topic=change.topic, fingerprint=change.fingerprint, version=change.version, since=at
                )
            )
        return tuple(new)

    def all(self) -> tuple[PackChange, ...]:
        """Every change, oldest first; the first of a topic is when it was first in force."""
        table = schema.pack_change
        rows = self._connection.execute(select(table).order_by(table.c.id))
        return tuple(PackChange(row.topic, row.fingerprint, row.version, row.since) for row in rows)
