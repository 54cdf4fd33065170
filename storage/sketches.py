"""Sketches of what the papers at addresses say, to find copies by."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from domain.likeness import Sketch
from storage import schema


@dataclass(frozen=True, slots=True)
class Near:
    """A copy of a paper at an address; `sketch` is None in archives from before there were sketches."""

    publication_id: int
    resource_id: int
    sketch: Sketch | None


class Sketches:
    """Sketches inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, resource_id: int, sketch: Sketch) -> None:
        """Keep the sketch of what this address says now."""
        table = schema.sketch
        self._connection.execute(delete(table).where(table.c.resource_id == resource_id))
        self._connection.execute(insert(table).values(resource_id=resource_id, size=sketch.size, least=_packed(sketch.least)))

    def near(self, days: Iterable[str], site: str) -> tuple[Near, ...]:
        """Everything that hangs on these days ("letter:2021-12-06") at addresses that do not begin with `site`, by key."""
        link, resource, kept = schema.link, schema.resource, schema.sketch
        hanging = select(link.c.publication_id).where(link.c.relation == "day", link.c.target.in_(tuple(days)))
        rows = self._connection.execute(
            select(resource.c.publication_id, resource.c.id, kept.c.size, kept.c.least)
            .join(kept, kept.c.resource_id == resource.c.id, isouter=True)
            .where(
                resource.c.publication_id.in_(hanging),
                resource.c.url.not_like(_escaped(site) + "%", escape="\\"),
            )
            .order_by(resource.c.publication_id, resource.c.id)
        )
        return tuple(
            Near(row.publication_id, row.id, None if row.size is None else Sketch(row.size, _unpacked(row.least))) for row in rows
        )


def _escaped(prefix: str) -> str:
    return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _packed(hashes: Sequence[int]) -> bytes:
    """Four bytes each, the most significant first, on every machine."""
    return struct.pack(f">{len(hashes)}I", *hashes)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(packed) // 4}I", packed)
