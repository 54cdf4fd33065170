"""Snapshots: the bytes an address had, with headers and time; and versions, the snapshots that count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, select, true

from domain.documents import Document
from domain.listings import Answer
from storage import schema
from storage.blobs import Blobs
from storage.queries import chunks
from storage.search import Search
from storage.version_documents import VersionDocuments


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of one part of a resource as they were at one moment."""

    id: int
    role: str
    url: str
    sha256: str
    headers: Mapping[str, str]
    status: int
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a resource, ordered by `seq` from 1; what it says is `document`."""

    id: int
    resource_id: int
    seq: int
    content_hash: str
    parser: int
    document: Document
    created: datetime


KEPT_HEADERS = ("content-type", "etag", "last-modified", "date", "content-language")
"""Headers that tell something about the bytes; cookies and the like are not kept."""


class Snapshots:
    """Snapshots and versions inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs = Blobs(connection)
        self._documents = VersionDocuments(connection, self._blobs)
        self._newest: Version | None = None
        self._search = Search(connection)

    def last(self, resource_id: int, role: str) -> Snapshot | None:
        """The newest snapshot of a part, by sequence."""
        row = self._connection.execute(_LAST, {"resource": resource_id, "part": role}).one_or_none()
        return _snapshot(row) if row else None

    def body(self, sha256: str) -> bytes:
        """The bytes with this hash, verified."""
        return self._blobs.get(sha256)

    def keep(self, resource_id: int, role: str, answer: Answer, at: datetime) -> Snapshot:
        """Store an answer; the same bytes as the newest snapshot of this part are not stored twice."""
        last = self.last(resource_id, role)
        like = None if last else self._neighbour(resource_id, role)
        digest = self._blobs.put(answer.body, last.sha256 if last else None, like)
        if last is not None and last.sha256 == digest:
            return last
        headers = {name: answer.header(name) for name in KEPT_HEADERS if answer.header(name)}
        values = {
            "resource_id": resource_id,
            "role": role,
            "url": answer.url,
            "sha256": digest,
            "headers": headers,
            "status": answer.status,
            "fetched": at,
        }
        self._connection.execute(_INSERT_SNAPSHOT, values)
        kept = self.last(resource_id, role)
        if kept is None:
            raise AssertionError("a snapshot that was just written is not there")
        return kept

    def _neighbour(self, resource_id: int, role: str) -> str | None:
        """The hash of the newest snapshot of this part at any address of the same source."""
        return self._connection.execute(_NEIGHBOUR, {"resource": resource_id, "part": role}).scalar_one_or_none()

    def latest_version(self, resource_id: int) -> Version | None:
        """The newest version of a resource, by sequence; what it says is unpacked once in a transaction."""
        row = self._connection.execute(_LATEST, {"resource": resource_id}).one_or_none()
        if row is None:
            return None
        if self._newest is None or self._newest.id != row.id:
            self._newest = self._versions([row])[0]
        return self._newest

    def latest_parts(self, resource_id: int) -> tuple[Snapshot, ...]:
        """The snapshots that the newest version of a resource was read from, by role; () when it was never read."""
        row = self._connection.execute(_LATEST, {"resource": resource_id}).one_or_none()
        return self.parts(row.id) if row else ()

    def latest_versions(self, resource_ids: Iterable[int], before: datetime | None = None) -> dict[int, Version]:
        """The newest version of each of these resources, or the newest before a moment; one without versions is left out."""
        table = schema.version
        in_time = table.c.created < before if before is not None else true()
        found: dict[int, Version] = {}
        for some in chunks(resource_ids):
            newest = (
                select(table.c.resource_id, func.max(table.c.seq).label("seq"))
                .where(table.c.resource_id.in_(some), in_time)
                .group_by(table.c.resource_id)
                .subquery()
            )
            rows = self._connection.execute(
                select(table).join(newest, and_(newest.c.resource_id == table.c.resource_id, newest.c.seq == table.c.seq))
            )
            found.update((version.resource_id, version) for version in self._versions(rows.all()))
        return found

    def versions(self, resource_id: int) -> tuple[Version, ...]:
        """All versions of a resource, oldest first."""
        table = schema.version
        rows = self._connection.execute(select(table).where(table.c.resource_id == resource_id).order_by(table.c.seq))
        return self._versions(rows.all())

    def saying(self, content_hash: str) -> tuple[Version, ...]:
        """Every version, at whatever address, that says exactly this, oldest first."""
        return self._versions(self._connection.execute(_SAYING, {"hash": content_hash}).all())

    def version(self, version_id: int) -> Version:
        """The version with this key."""
        return self._versions([self._connection.execute(_VERSION, {"key": version_id}).one()])[0]

    def documents(self, version_ids: Iterable[int]) -> Iterator[tuple[int, Document]]:
        """What each of these versions says, by key."""
        table = schema.version
        for some in chunks(version_ids):
            rows = self._connection.execute(select(table).where(table.c.id.in_(some)).order_by(table.c.id))
            yield from self._documents.unpacked(rows).items()

    def _versions(self, rows: Sequence[Row[tuple[object, ...]]]) -> tuple[Version, ...]:
        said = self._documents.unpacked(rows)
        return tuple(
            Version(row.id, row.resource_id, row.seq, row.content_hash, row.parser, said[row.id], row.created) for row in rows
        )

    def add_version(
        self,
        resource_id: int,
        document: Document,
        content_hash: str,
        parser: int,
        parts: Mapping[str, Snapshot],
        *,
        at: datetime,
        visit_id: int,
    ) -> Version:
        """Write down the next version of a resource with the snapshots it was read from; `search` finds it from here on."""
        newest = self.latest_version(resource_id)
        seq = newest.seq + 1 if newest else 1
        hashes = {role: part.sha256 for role, part in parts.items()}
        said, basis, leans_on = self._documents.packed(document, hashes, resource_id, seq)
        values = {
            "resource_id": resource_id,
            "seq": seq,
            "content_hash": content_hash,
            "parser": parser,
            "said": said,
            "basis": basis,
            "leans_on": leans_on,
            "created": at,
            "visit_id": visit_id,
        }
        key = self._connection.execute(_INSERT_VERSION, values).inserted_primary_key
        version_id = int(key[0]) if key else 0
        for role, snapshot in parts.items():
            self._connection.execute(_INSERT_PART, {"version_id": version_id, "role": role, "snapshot_id": snapshot.id})
        self._search.add(version_id, newest.document if newest else None, document)
        return Version(version_id, resource_id, seq, content_hash, parser, document, at)

    def check_blobs(self) -> Iterator[tuple[str, str]]:
        """See `storage.blobs.Blobs.check`."""
        return self._blobs.check()

    def urls_of(self, sha256: str) -> tuple[str, ...]:
        """The addresses that had these bytes, first seen first."""
        table = schema.snapshot
        rows = self._connection.execute(select(table.c.url).where(table.c.sha256 == sha256).order_by(table.c.id))
        return tuple(dict.fromkeys(row.url for row in rows))

    def resources_with_versions(self) -> tuple[int, ...]:
        """The keys of every resource that was read, in order."""
        table = schema.version
        rows = self._connection.execute(select(table.c.resource_id).where(table.c.seq == 1).order_by(table.c.resource_id))
        return tuple(row.resource_id for row in rows)

    def parts(self, version_id: int) -> tuple[Snapshot, ...]:
        """The snapshots a version was read from, by role."""
        found = (_snapshot(row) for row in self._connection.execute(_PARTS, {"key": version_id}))
        return tuple(sorted(found, key=lambda part: part.role))


# Said once: putting a statement together takes longer than carrying it out.
_VERSION = select(schema.version).where(schema.version.c.id == bindparam("key"))
_LATEST = (
    select(schema.version)
    .where(schema.version.c.resource_id == bindparam("resource"))
    .order_by(schema.version.c.seq.desc())
    .limit(1)
)
_LAST = (
    select(schema.snapshot)
    .where(schema.snapshot.c.resource_id == bindparam("resource"), schema.snapshot.c.role == bindparam("part"))
    .order_by(schema.snapshot.c.id.desc())
    .limit(1)
)
_SOURCE = select(schema.resource.c.source).where(schema.resource.c.id == bindparam("resource")).scalar_subquery()
_NEIGHBOUR = (
    select(schema.snapshot.c.sha256)
    .join(schema.resource, schema.resource.c.id == schema.snapshot.c.resource_id)
    .where(schema.snapshot.c.role == bindparam("part"), schema.resource.c.source == _SOURCE)
    .order_by(schema.snapshot.c.id.desc())
    .limit(1)
)
_PARTS = (
    select(schema.snapshot)
    .join(schema.version_part, schema.version_part.c.snapshot_id == schema.snapshot.c.id)
    .where(schema.version_part.c.version_id == bindparam("key"))
)
_SAYING = select(schema.version).where(schema.version.c.content_hash == bindparam("hash")).order_by(schema.version.c.id)
_INSERT_SNAPSHOT = insert(schema.snapshot)
_INSERT_VERSION = insert(schema.version)
_INSERT_PART = insert(schema.version_part)


def _snapshot(row: Row[tuple[object, ...]]) -> Snapshot:
    return Snapshot(row.id, row.role, row.url, row.sha256, row.headers, row.status, row.fetched)
