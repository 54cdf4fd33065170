"""The search index: which words which version brought, and which it lost.

It is the history of the words of every address, so nothing in it is ever changed or deleted: the newest row that names a word of
an address says how the word stands there now, and the newest before a moment how it stood then. It follows in the transaction
that adds the version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Integer, Row, Select, column, delete, func, insert, literal, select, table, text, union_all

from domain.documents import Document
from domain.search_words import EDITION, Tier, difference, words_of
from storage import schema
from storage.queries import chunks
from storage.version_documents import VersionDocuments

WORDS_A_ROW = 2_000
"""PostgreSQL holds at most 1 MB of words in a row; of our longest words these are 640 kB."""


@dataclass(frozen=True, slots=True)
class Address:
    """What is known of an address without reading what it says; `dated` as the lists say it."""

    resource_id: int
    publication_id: int | None
    source: str
    kind: str
    url: str
    dated: date | None
    first_listed: datetime


class Search:
    """The index inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"

    def is_current(self) -> bool:
        """True when the index was made with the words of this release and is complete."""
        return self._connection.execute(select(schema.search_state.c.edition)).scalar_one_or_none() == EDITION

    def add(self, version_id: int, before: Document | None, after: Document) -> None:
        """A version brought these words; `before` is what the version before said. An index that has to be made anew waits."""
        if not self.is_current() and not self._starts_with(version_id):
            return
        self._write(version_id, difference(words_of(before) if before else {}, words_of(after)))

    def rebuild(self) -> int:
        """Make the whole index anew from what is stored; returns the number of versions."""
        if self._sqlite:
            self._connection.execute(text("INSERT INTO search_words (search_words) VALUES ('delete-all')"))
        else:
            self._connection.execute(text("TRUNCATE search_words"))
        count = 0
        for rows in self._by_resource():
            before: Mapping[str, Tier] = {}
            said = VersionDocuments(self._connection).unpacked(rows)
            for row in rows:
                after = words_of(said[row.id])
                self._write(row.id, difference(before, after))
                before = after
            count += len(rows)
        self._stamp()
        return count

    def holders(self, word: str, at: datetime | None = None) -> dict[int, Tier]:
        """The resources whose newest version (the newest before a moment, with `at`) has this word, and how prominently."""
        version = schema.version
        said = []
        for tier in Tier:
            query = select(version.c.resource_id, version.c.seq, literal(int(tier)).label("tier")).where(
                version.c.id.in_(self._versions_with(tier))
            )
            said.append(query if at is None else query.where(version.c.created < at))
        values = {f"word{tier:d}": f"{tier:d}{word}" for tier in Tier}
        newest: dict[int, tuple[int, int]] = {}
        for row in self._connection.execute(union_all(*said), values):
            if row.seq > newest.get(row.resource_id, (0, 0))[0]:
                newest[row.resource_id] = (row.seq, row.tier)
        return {resource: Tier(tier) for resource, (_, tier) in newest.items() if tier != Tier.GONE}

    def addresses(self, resource_ids: Iterable[int]) -> tuple[Address, ...]:
        """These addresses, in no order."""
        table = schema.resource
        known = select(*(table.c[name] for name in ("id", "publication_id", "source", "kind", "url", "dated", "first_listed")))
        return tuple(
            Address(*row) for some in chunks(resource_ids) for row in self._connection.execute(known.where(table.c.id.in_(some)))
        )

    def size(self) -> int:
        """How many resources have a version: of so many a word can tell one apart."""
        counted = select(func.count()).select_from(schema.version).where(schema.version.c.seq == 1)
        return int(self._connection.execute(counted).scalar_one())

    def _versions_with(self, tier: Tier) -> Select[tuple[int]]:
        """The versions that said so of the word bound as `word0`, `word1` and so on."""
        words = table("search_words", column("rowid", Integer), column("version_id", Integer))
        if self._sqlite:
            return select(words.c.rowid).where(text(f"search_words MATCH '\"' || :word{tier:d} || '\"'"))
        return select(words.c.version_id).where(text(f"words @@ ('''' || :word{tier:d} || '''')::tsquery"))

    def _write(self, version_id: int, words: Mapping[str, Tier]) -> None:
        said = [f"{tier:d}{word}" for word, tier in sorted(words.items())]
        if self._sqlite and said:
            statement = text("INSERT INTO search_words (rowid, words) VALUES (:version, :words)")
            self._connection.execute(statement, {"version": version_id, "words": " ".join(said)})
        elif said:
            statement = text(
                "INSERT INTO search_words (version_id, part, words) VALUES (:version, :part, array_to_tsvector(:words))"
            )
            for part, begin in enumerate(range(0, len(said), WORDS_A_ROW)):
                some = said[begin : begin + WORDS_A_ROW]
                self._connection.execute(statement, {"version": version_id, "part": part, "words": some})

    def _starts_with(self, version_id: int) -> bool:
        """True when this is the first version of an archive: its index begins complete."""
        if self._connection.execute(select(schema.version.c.id).where(schema.version.c.id != version_id).limit(1)).first():
            return False
        self._stamp()
        return True

    def _stamp(self) -> None:
        self._connection.execute(delete(schema.search_state))
        self._connection.execute(insert(schema.search_state).values(edition=EDITION))

    def _by_resource(self) -> Iterator[Sequence[Row[tuple[object, ...]]]]:
        """The versions of each address, oldest first."""
        version = schema.version
        keys = self._connection.execute(select(version.c.resource_id).distinct().order_by(version.c.resource_id)).scalars().all()
        for key in keys:
            yield self._connection.execute(select(version).where(version.c.resource_id == key).order_by(version.c.seq)).all()
