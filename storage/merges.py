"""The merge log: which documents were taken for one publication and why, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from domain.errors import StorageError
from storage import schema
from storage.publications import ITEM, Publication, Publications


@dataclass(frozen=True, slots=True)
class Merge:
    """One line of the log: `merged` (a publication, or the paper at a newly read address) became part of `kept`."""

    id: int
    at: datetime
    kept: str
    merged: str
    reasons: tuple[str, ...]
    moved: Mapping[str, Any]
    undone: datetime | None


class Merges:
    """The merge log inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._publications = Publications(connection)

    def all(self) -> tuple[Merge, ...]:
        """The whole log, oldest first."""
        return tuple(_merge(row) for row in self._connection.execute(select(schema.merge_log).order_by(schema.merge_log.c.id)))

    def get(self, number: int) -> Merge | None:
        """The line with this number."""
        table = schema.merge_log
        row = self._connection.execute(select(table).where(table.c.id == number)).one_or_none()
        return _merge(row) if row else None

    def of(self, publication: Publication) -> tuple[Merge, ...]:
        """What was taken into a publication and still is part of it, oldest first."""
        aliases = {*self._publications.aliases(publication.id), publication.canonical}
        return tuple(one for one in self.all() if one.undone is None and one.kept in aliases)

    def joined(
        self, kept: Publication, merged: str, reasons: Sequence[str], *, resource_id: int, aliases: Iterable[str], at: datetime
    ) -> None:
        """Write down that a newly read address is a copy of a publication; `aliases` are the ids that it brought."""
        moved = {"resources": [resource_id], "aliases": list(aliases), "events": [], "links": [], "first_seen": [at.isoformat()]}
        self._connection.execute(
            insert(schema.merge_log).values(at=at, kept=kept.canonical, merged=merged, reasons=list(reasons), moved=moved)
        )

    def undo(self, merge: Merge, at: datetime) -> Publication:
        """Take out again what a merge put in, with its events, and remember that the two are two. Returns what was taken out.

        Raises StorageError when it was undone before, or when nothing of it is where it was put.
        """
        if merge.undone is not None:
            raise StorageError(f"merge {merge.id} was undone before")
        resources = [int(key) for key in merge.moved["resources"]]
        table = schema.resource
        owners = self._connection.execute(select(table.c.publication_id).where(table.c.id.in_(resources)).distinct()).all()
        if len(owners) != 1 or owners[0].publication_id is None:
            raise StorageError(f"merge {merge.id} cannot be undone: later merges moved what it joined; undo those first")
        kept = self._publications.get(owners[0].publication_id)
        others = select(table.c.id).where(table.c.publication_id == kept.id, table.c.id.not_in(resources))
        if self._connection.execute(others).first() is None:
            raise StorageError(f"merge {merge.id} cannot be undone: nothing else is left of {kept.canonical}")
        taken = self._take_out(kept, merge, resources)
        one, other = sorted((kept.item_id, taken.item_id))
        self._connection.execute(insert(schema.apart).values(one=one, other=other, merge_id=merge.id, at=at))
        self._connection.execute(update(schema.merge_log).where(schema.merge_log.c.id == merge.id).values(undone=at))
        return taken

    def _take_out(self, kept: Publication, merge: Merge, resources: Sequence[int]) -> Publication:
        aliases = [alias for alias in merge.moved["aliases"] if alias]
        held = self._connection.execute(
            select(schema.alias.c.alias).where(schema.alias.c.publication_id == kept.id, schema.alias.c.alias.in_(aliases))
        )
        back = [row.alias for row in held]
        self._connection.execute(delete(schema.alias).where(schema.alias.c.alias.in_(back)))
        item = next(iter(merge.moved.get("item", ())), "")
        self._connection.execute(delete(schema.alias).where(schema.alias.c.alias == f"{ITEM}{item}"))
        left = self._publications.aliases(kept.id)
        canonical = kept.canonical
        if canonical in back:  # it was the merged one's id
            canonical = merge.kept if merge.kept in left else next(iter(left), f"copy:{kept.item_id}")
            self._connection.execute(
                update(schema.publication).where(schema.publication.c.id == kept.id).values(canonical=canonical)
            )
        name = merge.merged if merge.merged in back else next(iter(back), f"copy:{merge.id}")
        first_seen = datetime.fromisoformat(next(iter(merge.moved.get("first_seen", ())), merge.at.isoformat()))
        taken = self._publications.create(name, back, "undo", first_seen, item=item)
        for table, column in ((schema.resource, schema.resource.c.id), (schema.event, schema.event.c.resource_id)):
            self._connection.execute(update(table).where(column.in_(resources)).values(publication_id=taken.id))
        for relation, target in merge.moved.get("links", ()):
            self._publications.link(taken.id, relation, (target,))
        if "kept_links" in merge.moved:
            own = {tuple(pair) for pair in merge.moved["kept_links"]}
            for relation, target in {tuple(pair) for pair in merge.moved["links"]} - own:
                self._publications.unlink(kept.id, relation, target)
        return taken

    def apart(self, one: Publication, other: Publication) -> bool:
        """True when a person told these two apart, under whatever item ids they have stood since."""
        table = schema.apart
        mine, theirs = self._items(one), self._items(other)
        rows = self._connection.execute(select(table).where(table.c.one.in_(mine | theirs), table.c.other.in_(mine | theirs)))
        return any((row.one in mine) != (row.other in mine) for row in rows)

    def _items(self, publication: Publication) -> set[str]:
        table = schema.alias
        rows = self._connection.execute(
            select(table.c.alias).where(table.c.publication_id == publication.id, table.c.alias.startswith(ITEM))
        )
        return {publication.item_id, *(row.alias.removeprefix(ITEM) for row in rows)}


def _merge(row: Row[tuple[object, ...]]) -> Merge:
    return Merge(row.id, row.at, row.kept, row.merged, tuple(row.reasons), row.moved, row.undone)
