"""Sketches of what the papers at addresses say, to find copies by."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

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
        values = {"size": sketch.size, "least": _packed(sketch.least)}
        row = self._connection.execute(_KEPT, {"key": resource_id}).one_or_none()
        if row is None:
            self._connection.execute(insert(schema.sketch), {"resource_id": resource_id, **values})
        elif (row.size, bytes(row.least)) != (sketch.size, values["least"]):
            self._connection.execute(_UPDATE, {"key": resource_id, **values})

    def near(self, days: Iterable[str], site: str) -> tuple[Near, ...]:
        """Everything that hangs on these days ("letter:2021-12-06") at addresses that do not begin with `site`, by key."""
        rows = self._connection.execute(_NEAR, {"days": list(days), "site": _escaped(site) + "%"})
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


# Said once: putting a statement together takes longer than carrying it out.
_KEPT = select(schema.sketch).where(schema.sketch.c.resource_id == bindparam("key"))
_UPDATE = update(schema.sketch).where(schema.sketch.c.resource_id == bindparam("key"))
_HANGING = select(schema.link.c.publication_id).where(
    schema.link.c.relation == "day", schema.link.c.target.in_(bindparam("days", expanding=True))
)
_NEAR = (
    select(schema.resource.c.publication_id, schema.resource.c.id, schema.sketch.c.size, schema.sketch.c.least)
    .join(schema.sketch, schema.sketch.c.resource_id == schema.resource.c.id, isouter=True)
    .where(
        schema.resource.c.publication_id.in_(_HANGING),
        schema.resource.c.url.not_like(bindparam("site"), escape="\\"),
    )
    .order_by(schema.resource.c.publication_id, schema.resource.c.id)
)
