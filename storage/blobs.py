"""Bytes by their SHA-256, each stored once, compressed against the bytes that came before at the same address."""

from __future__ import annotations

import hashlib
import sys
from typing import Any

from sqlalchemy import Connection, insert, select

from domain.errors import StorageError
from storage import schema

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

KEYFRAME_EVERY = 10
"""After this many blobs in a row that lean on the one before, one stands alone, so that reading stays cheap."""

LEVEL = 3
"""zstd level: with the previous bytes as prefix, higher levels cost time and save nothing measurable."""


class Blobs:
    """Content-addressed storage inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, data: bytes, previous: str | None = None) -> str:
        """Store bytes and return their SHA-256 (hex). `previous` is the hash of similar bytes, used as compression prefix."""
        digest = hashlib.sha256(data).hexdigest()
        table = schema.blob
        if self._connection.execute(select(table.c.sha256).where(table.c.sha256 == digest)).first():
            return digest
        base, depth, packed = None, 0, b""
        if previous is not None and previous != digest:
            row = self._connection.execute(select(table.c.depth).where(table.c.sha256 == previous)).one_or_none()
            if row is not None and row.depth + 1 < KEYFRAME_EVERY:
                base, depth = previous, row.depth + 1
                packed = zstd.compress(data, LEVEL, zstd_dict=_prefix(self.get(previous)))
        if base is None:
            packed = zstd.compress(data, LEVEL)
        self._connection.execute(insert(table).values(sha256=digest, size=len(data), base=base, depth=depth, data=packed))
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with this hash, verified. Raises StorageError when they are missing or damaged."""
        table = schema.blob
        row = self._connection.execute(select(table).where(table.c.sha256 == digest)).one_or_none()
        if row is None:
            raise StorageError(f"snapshot {digest[:12]} is not in the archive; run `beleidsradar db check`")
        dictionary = _prefix(self.get(row.base)) if row.base else None
        data = zstd.decompress(bytes(row.data), zstd_dict=dictionary)
        if len(data) != row.size or hashlib.sha256(data).hexdigest() != digest:
            raise StorageError(f"snapshot {digest[:12]} is damaged in the archive; restore a backup")
        return data


def _prefix(data: bytes) -> Any:
    return zstd.ZstdDict(data, is_raw=True).as_prefix if len(data) >= 8 else None
