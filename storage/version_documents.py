"""What versions say, packed against the bytes they were read from: a page's text stands in the page already.

The text and facts of a version are derived from its snapshots; they are stored so that reading them asks no reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from sqlalchemy import Connection, and_, select

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

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs = Blobs(connection)

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
        table = schema.blob
        sizes = {
            row.sha256: row.size
            for row in self._connection.execute(select(table.c.sha256, table.c.size).where(table.c.sha256.in_(hashes.values())))
        }
        for role, digest in sorted(hashes.items(), key=lambda part: (-sizes[part[1]], part[0])):
            if sizes[digest] <= LARGEST_BASIS and not (body := self._blobs.get(digest)).startswith(b"%PDF-"):
                return role, body
        return "", b""

    def _hashes(self, rows: Iterable[_Packed]) -> dict[int, str]:
        """The blob that each of these versions leans on, by key of the version; versions that lean on none are left out."""
        part, snapshot, version = schema.version_part, schema.snapshot, schema.version
        leaning = [row.id for row in rows if row.basis]
        if not leaning:
            return {}
        found = self._connection.execute(
            select(version.c.id, snapshot.c.sha256)
            .join(part, and_(part.c.version_id == version.c.id, part.c.role == version.c.basis))
            .join(snapshot, snapshot.c.id == part.c.snapshot_id)
            .where(version.c.id.in_(leaning))
        )
        return {row.id: row.sha256 for row in found}
