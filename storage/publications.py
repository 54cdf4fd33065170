"""Publications: the one real-world paper behind its copies, with aliases, links to other papers and a merge log."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from storage import schema
from storage.columns import plain
from storage.queries import chunks

ITEM_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing a reader can mistake on the telephone

PREFERENCE = ("kst", "ah", "kv", "stcrt", "stb", "trb", "h", "nds", "ag", "blg", "oo:", "ro:", "rvo:", "url:")
"""Which id names a publication, best first: the official one, then the platforms."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One real-world paper. `canonical` may change when a better id arrives; `item_id` never does."""

    id: int
    canonical: str
    item_id: str
    first_seen: datetime


def preference(identifier: str) -> int:
    """How good an id is as the name of a publication; smaller is better."""
    return next((i for i, prefix in enumerate(PREFERENCE) if identifier.startswith(prefix)), len(PREFERENCE))


ITEM = "item:"
"""Before the item id of a publication that was merged into another: an alias that only `by_item` reads."""


def item_id(identifier: str, again: int = 0) -> str:
    """The short id that readers quote ("R-7K2M9QX"): 35 bits of SHA-256, the same on every run.

    `again` counts the item ids of this identifier that other publications already have.
    """
    said = f"{identifier}\n{again}" if again else identifier
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:5], "big") >> 5  # 40 bits less 5: seven letters of five
    letters = ""
    for _ in range(7):
        number, rest = divmod(number, 32)
        letters = ITEM_ALPHABET[rest] + letters
    return f"R-{letters}"


class Publications:
    """Publications inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, publication_id: int) -> Publication:
        """The publication with this key."""
        return _publication(self._connection.execute(_GET, {"key": publication_id}).one())

    def by_alias(self, ids: Iterable[str]) -> tuple[Publication, ...]:
        """The publications that carry any of these ids, first seen first."""
        return tuple(_publication(row) for row in self._connection.execute(_BY_ALIAS, {"ids": list(ids)}))

    def by_item(self, item: str) -> Publication | None:
        """The publication with this item id, also when it was merged into another since."""
        row = self._connection.execute(_BY_ITEM, {"item": item.upper()}).one_or_none()
        if row is not None:
            return _publication(row)
        return next(iter(self.by_alias((f"{ITEM}{item.upper()}",))), None)

    def by_link(self, relation: str, target: str) -> tuple[Publication, ...]:
        """The publications that hang on a target by a relation (`case`, `dossier`, `main_paper`, `day`,
        `replaces`, `replaced_by`), first seen first."""
        rows = self._connection.execute(_BY_LINK, {"said": relation, "to": target})
        return tuple(_publication(row) for row in rows)

    def create(self, identifier: str, ids: Iterable[str], origin: str, at: datetime, item: str = "") -> Publication:
        """A new publication named by `identifier`, with these ids as aliases; `item` is the item id that it had before."""
        values = {"canonical": identifier, "item_id": item or self._free_item_id(identifier), "first_seen": at}
        inserted = self._connection.execute(insert(schema.publication).values(values))
        key = inserted.inserted_primary_key
        made = self.get(int(key[0]) if key else 0)
        self.name(made, (identifier, *ids), origin)
        return made

    def _free_item_id(self, identifier: str) -> str:
        """An item id that no publication has or had: readers quote it for years."""
        return next(found for again in itertools.count() if self.by_item(found := item_id(identifier, again)) is None)

    def name(self, publication: Publication, ids: Iterable[str], origin: str) -> None:
        """Add ids as aliases; the best of all becomes the canonical id. An id that another publication carries is left there."""
        best = publication.canonical
        for identifier in dict.fromkeys(ids):
            if not identifier:
                continue
            owner = self._connection.execute(_OWNER, {"name": identifier}).one_or_none()
            if owner is None:
                values = {"alias": identifier, "publication_id": publication.id, "origin": origin}
                self._connection.execute(insert(schema.alias), values)
            elif owner.publication_id != publication.id:
                continue
            if preference(identifier) < preference(best):
                best = identifier
        if best != publication.canonical:
            self._connection.execute(
                update(schema.publication).where(schema.publication.c.id == publication.id).values(canonical=best)
            )

    def aliases(self, publication_id: int) -> tuple[str, ...]:
        """All ids of a publication, sorted; the item ids of publications merged into it are not among them."""
        table = schema.alias
        rows = self._connection.execute(select(table.c.alias).where(table.c.publication_id == publication_id))
        return tuple(sorted(row.alias for row in rows if not row.alias.startswith(ITEM)))

    def known_ids(self) -> frozenset[str]:
        """Every id under which something in the archive stands."""
        rows = self._connection.execute(select(schema.alias.c.alias))
        return frozenset(row.alias for row in rows if not row.alias.startswith(ITEM))

    def first_known(self, family: str) -> tuple[tuple[str, datetime], ...]:
        """Every id of a family ("kst-") with the moment at which it was first known: as a paper, or as an address that a list
        named and nobody has read yet."""
        named = self._connection.execute(
            select(schema.alias.c.alias, schema.publication.c.first_seen)
            .join(schema.publication, schema.publication.c.id == schema.alias.c.publication_id)
            .where(schema.alias.c.alias.startswith(family))
        )
        found = [(row.alias, row.first_seen) for row in named]
        table = schema.resource
        listed = self._connection.execute(
            select(table.c.url, table.c.first_listed).where(table.c.publication_id.is_(None), table.c.url.contains(f"/{family}"))
        )
        found += [(row.url.rpartition("/")[2].partition(".")[0], row.first_listed) for row in listed]
        return tuple(sorted(found))

    def link(self, publication_id: int, relation: str, targets: Iterable[str]) -> None:
        """Hang a publication on targets; what hangs already stays."""
        wanted = dict.fromkeys(map(plain, targets))
        present = self.links(publication_id, relation) if wanted else ()
        new = [target for target in wanted if target not in present]
        if new:
            values = [{"publication_id": publication_id, "relation": relation, "target": target} for target in new]
            self._connection.execute(insert(schema.link), values)

    def unlink(self, publication_id: int, relation: str, target: str) -> None:
        """Take a publication off a target."""
        table = schema.link
        self._connection.execute(
            delete(table).where(table.c.publication_id == publication_id, table.c.relation == relation, table.c.target == target)
        )

    def links(self, publication_id: int, relation: str) -> tuple[str, ...]:
        """What a publication hangs on by a relation, sorted."""
        rows = self._connection.execute(_LINKS, {"key": publication_id, "said": relation})
        return tuple(sorted(row.target for row in rows))

    def links_of(self, publication_ids: Iterable[int], relation: str) -> dict[int, tuple[str, ...]]:
        """What each of these publications hangs on by a relation, sorted; one that hangs on nothing is left out."""
        table = schema.link
        found: dict[int, list[str]] = {}
        for some in chunks(publication_ids):
            for row in self._connection.execute(
                select(table).where(table.c.publication_id.in_(some), table.c.relation == relation).order_by(table.c.target)
            ):
                found.setdefault(row.publication_id, []).append(row.target)
        return {key: tuple(sorted(targets)) for key, targets in found.items()}

    def merge(self, kept: Publication, merged: Publication, reasons: Sequence[str], at: datetime) -> None:
        """Make two publications one and write down why and what moved, so that it can be explained and undone."""
        moved: dict[str, list[object]] = {
            "aliases": list(self.aliases(merged.id)),
            "item": [merged.item_id],
            "first_seen": [merged.first_seen.isoformat()],
        }
        for name, table in (("resources", schema.resource), ("events", schema.event)):
            rows = self._connection.execute(select(table.c.id).where(table.c.publication_id == merged.id).order_by(table.c.id))
            moved[name] = [row.id for row in rows]
            self._connection.execute(update(table).where(table.c.publication_id == merged.id).values(publication_id=kept.id))
        self._connection.execute(
            update(schema.alias).where(schema.alias.c.publication_id == merged.id).values(publication_id=kept.id)
        )
        self._connection.execute(
            insert(schema.alias).values(alias=f"{ITEM}{merged.item_id}", publication_id=kept.id, origin="merge")
        )
        links = self.all_links(merged.id)
        moved["links"] = [list(pair) for pair in links]
        moved["kept_links"] = [list(pair) for pair in self.all_links(kept.id)]
        self._connection.execute(delete(schema.link).where(schema.link.c.publication_id == merged.id))
        for relation, target in links:
            self.link(kept.id, relation, (target,))
        self._connection.execute(delete(schema.publication).where(schema.publication.c.id == merged.id))
        self._connection.execute(
            insert(schema.merge_log).values(
                at=at, kept=kept.canonical, merged=merged.canonical, reasons=list(reasons), moved=moved
            )
        )
        self.name(self.get(kept.id), self.aliases(kept.id), "merge")

    def all_links(self, publication_id: int) -> tuple[tuple[str, str], ...]:
        """Everything a publication hangs on: (relation, target), sorted."""
        table = schema.link
        rows = self._connection.execute(select(table).where(table.c.publication_id == publication_id))
        return tuple(sorted((row.relation, row.target) for row in rows))


def _publication(row: Row[tuple[object, ...]]) -> Publication:
    return Publication(row.id, row.canonical, row.item_id, row.first_seen)


# Said once: putting a statement together takes longer than carrying it out.
_GET = select(schema.publication).where(schema.publication.c.id == bindparam("key"))
_BY_ITEM = select(schema.publication).where(schema.publication.c.item_id == bindparam("item"))
_BY_ALIAS = (
    select(schema.publication)
    .join(schema.alias, schema.alias.c.publication_id == schema.publication.c.id)
    .where(schema.alias.c.alias.in_(bindparam("ids", expanding=True)))
    .distinct()
    .order_by(schema.publication.c.id)
)
_BY_LINK = (
    select(schema.publication)
    .join(schema.link, schema.link.c.publication_id == schema.publication.c.id)
    .where(schema.link.c.relation == bindparam("said"), schema.link.c.target == bindparam("to"))
    .order_by(schema.publication.c.id)
)
_OWNER = select(schema.alias.c.publication_id).where(schema.alias.c.alias == bindparam("name"))
_LINKS = select(schema.link.c.target).where(
    schema.link.c.publication_id == bindparam("key"), schema.link.c.relation == bindparam("said")
)
