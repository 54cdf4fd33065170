"""What versions say, packed against the bytes they were read from: a page's text stands in the page already.

The text and facts of a version are derived from its snapshots; they are stored so that reading them asks no reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from sqlalchemy import Connection, and_, bindparam, select

from domain.documents import Document, canonical_json
from domain.errors import StorageError
from storage import schema
from storage.blobs import Blobs
from storage.packing import DamagedError, pack, unpack

LARGEST_BASIS = 2_000_000
"""Bytes; what is larger would have to be unpacked whole for every look at the text."""

TOGETHER = 50
"""How many versions are read at a time: their pages are in memory together."""


class _Packed(Protocol):
    """A row of the table `version`."""

    @property
    def id(self) -> int: ...
    @property
    def said(self) -> bytes: ...
    @property
    def basis(self) -> str: ...


class VersionDocuments:
    """Documents of versions inside one transaction."""

    def __init__(self, connection: Connection, blobs: Blobs | None = None) -> None:
        self._connection = connection
        self._blobs = blobs or Blobs(connection)

    def packed(self, document: Document, hashes: Mapping[str, str]) -> tuple[bytes, str]:
        """A document packed, and the role of the part it leans on ("" for none); `hashes` are the blobs of its parts by role."""
        basis, prefix = self._basis(hashes)
        return pack(canonical_json(document.to_json()), prefix), basis

    def unpacked(self, rows: Iterable[_Packed]) -> dict[int, Document]:
        """What each of these versions says, by key. Raises StorageError when a version or the page it leans on is damaged."""
        every = list(rows)
        found: dict[int, Document] = {}
        for begin in range(0, len(every), TOGETHER):
            some = every[begin : begin + TOGETHER]
            hashes = self._hashes(some)
            pages = self._blobs.get_all(hashes.values())
            for row in some:
                try:
                    said = unpack(bytes(row.said), pages[hashes[row.id]] if row.basis else b"")
                except DamagedError:
                    raise StorageError(f"the text of version {row.id} is damaged in the archive; restore a backup") from None
                found[row.id] = Document.from_json(json.loads(said))
        return found

    def _basis(self, hashes: Mapping[str, str]) -> tuple[str, bytes]:
        """The largest part that is text: role and bytes."""
        sizes = {row.sha256: row.size for row in self._connection.execute(_SIZES, {"digests": list(hashes.values())})}
        for role, digest in sorted(hashes.items(), key=lambda part: (-sizes[part[1]], part[0])):
            if sizes[digest] <= LARGEST_BASIS and not (body := self._blobs.get(digest)).startswith(b"%PDF-"):
                return role, body
        return "", b""

    def _hashes(self, rows: Iterable[_Packed]) -> dict[int, str]:
        """The blob that each of these versions leans on, by key of the version; versions that lean on none are left out."""
        leaning = [row.id for row in rows if row.basis]
        if not leaning:
            return {}
        return {row.id: row.sha256 for row in self._connection.execute(_BASES, {"versions": leaning})}


# Said once: putting a statement together takes longer than carrying it out.
_SIZES = select(schema.blob.c.sha256, schema.blob.c.size).where(schema.blob.c.sha256.in_(bindparam("digests", expanding=True)))
_BASES = (
    select(schema.version.c.id, schema.snapshot.c.sha256)
    .join(
        schema.version_part,
        and_(schema.version_part.c.version_id == schema.version.c.id, schema.version_part.c.role == schema.version.c.basis),
    )
    .join(schema.snapshot, schema.snapshot.c.id == schema.version_part.c.snapshot_id)
    .where(schema.version.c.id.in_(bindparam("versions", expanding=True)))
)
