"""What versions say, packed against the bytes they were read from: a page's text stands in the page already.

The text and facts of a version are derived from its snapshots; they are stored so that reading them asks no reader. How they are
laid out stands in no page; that is known from an earlier version of the address, which one version in ten is for those after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
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

LEANING = 10
"""The first version of every so many leans on no other; the others lean on it. So reading one unpacks two texts at most."""


class _Packed(Protocol):
    """A row of the table `version`."""

    @property
    def id(self) -> int: ...
    @property
    def said(self) -> bytes: ...
    @property
    def basis(self) -> str: ...
    @property
    def leans_on(self) -> int | None: ...


class VersionDocuments:
    """Documents of versions inside one transaction."""

    def __init__(self, connection: Connection, blobs: Blobs | None = None) -> None:
        self._connection = connection
        self._blobs = blobs or Blobs(connection)

    def packed(self, document: Document, hashes: Mapping[str, str], resource_id: int, seq: int) -> tuple[bytes, str, int | None]:
        """A document packed for the version that gets this number at an address, the role of the part it leans on ("" for none)
        and the version; `hashes` are the blobs of its parts by role."""
        basis, page = self._basis(hashes)
        first = self._first(resource_id, seq)
        prefix = page + self._texts([first])[first.id] if first is not None else page
        return pack(canonical_json(document.to_json()), prefix), basis, first.id if first is not None else None

    def unpacked(self, rows: Iterable[_Packed]) -> dict[int, Document]:
        """What each of these versions says, by key. Raises StorageError when a version, or what it leans on, is damaged."""
        every = list(rows)
        found: dict[int, Document] = {}
        for begin in range(0, len(every), TOGETHER):
            texts = self._texts(every[begin : begin + TOGETHER])
            found.update((key, Document.from_json(json.loads(said))) for key, said in texts.items())
        return found

    def _texts(self, rows: Sequence[_Packed]) -> dict[int, bytes]:
        asked = {row.id: row for row in rows}
        missing = {row.leans_on for row in rows if row.leans_on is not None} - asked.keys()
        firsts = list(self._connection.execute(_VERSIONS, {"versions": list(missing)})) if missing else []
        together = sorted([*asked.values(), *firsts], key=lambda row: row.leans_on is not None)  # those on their own go first
        hashes = self._hashes(together)
        pages = self._blobs.get_all(hashes.values())
        texts: dict[int, bytes] = {}
        for row in together:
            page = pages[hashes[row.id]] if row.basis else b""
            try:
                texts[row.id] = unpack(bytes(row.said), page + texts[row.leans_on] if row.leans_on is not None else page)
            except (DamagedError, KeyError):
                raise StorageError(f"the text of version {row.id} is damaged in the archive; restore a backup") from None
        return {key: texts[key] for key in asked}

    def _first(self, resource_id: int, seq: int) -> _Packed | None:
        """The version that the one with this number leans on; none when it is the first of its ten, or that one leans itself."""
        first = seq - (seq - 1) % LEANING
        if first == seq:
            return None
        row = self._connection.execute(_NUMBERED, {"resource": resource_id, "number": first}).one_or_none()
        return row if row is not None and row.leans_on is None else None

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
_VERSIONS = select(schema.version).where(schema.version.c.id.in_(bindparam("versions", expanding=True)))
_NUMBERED = select(schema.version).where(
    schema.version.c.resource_id == bindparam("resource"), schema.version.c.seq == bindparam("number")
)
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
