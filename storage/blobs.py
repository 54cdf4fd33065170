"""Bytes by their SHA-256, each stored once, compressed against the bytes that came before at the same address.

Blobs form chains: each names the blob that is its prefix (`base`). At the end of a chain stands a blob on its own, or one that
leans on a page of the same site, whose menus and scripts it shares.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Row, Select, bindparam, insert, select

from domain.errors import StorageError
from storage import schema
from storage.packing import DamagedError, pack, unpack
from storage.queries import bytewise, chunks

KEYFRAME_EVERY = 10
"""A chain holds at most so many blobs behind the one at its end, so that reading stays cheap."""

LARGEST_LOOKALIKE = 1_000_000
"""Bytes; larger ones are PDF files and the like, which share nothing with their neighbours."""

WORTH = 0.75
"""A blob leans on a page of the same site only when that leaves less than this part of it."""


AT_HAND = 6
"""How many of the pages that a transaction read or stored last stay at hand: a visit looks at the same one several times."""


class Blobs:
    """Content-addressed storage inside one transaction. What is read is verified once in it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._at_hand: OrderedDict[str, bytes] = OrderedDict()

    def put(self, data: bytes, previous: str | None = None, like: str | None = None) -> str:
        """Store bytes and return their SHA-256 (hex).

        `previous` is the hash of what stood at this address before, `like` of another page of the site; either may be absent.
        """
        digest = hashlib.sha256(data).hexdigest()
        if self._connection.execute(_DEPTH, {"digest": digest}).first():
            return digest
        base, depth, packed = self._against(data, previous) or self._alike(data, like) or (None, 0, pack(data))
        values = {"sha256": digest, "size": len(data), "base": base, "depth": depth, "data": packed}
        self._connection.execute(_INSERT, values)
        self._remember(digest, data)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with this hash, verified. Raises StorageError when they are missing or damaged."""
        return self.get_all((digest,))[digest]

    def get_all(self, digests: Iterable[str]) -> dict[str, bytes]:
        """The bytes of each hash, verified, read together. Raises StorageError when any is missing or damaged."""
        wanted = list(dict.fromkeys(digests))
        found = {digest: self._at_hand[digest] for digest in wanted if digest in self._at_hand}
        for digest, data in self._read(digest for digest in wanted if digest not in found):
            found[digest] = data
            self._remember(digest, data)
        return found

    def check(self) -> Iterator[tuple[str, str]]:
        """Every blob with what is wrong with it ("" when it re-hashes to its name), in the order of the hashes."""
        table = schema.blob
        for (digest,) in self._connection.execute(
            select(table.c.sha256).order_by(bytewise(self._connection, table.c.sha256))
        ).all():
            try:
                dict(self._read((digest,)))
            except StorageError as error:
                yield digest, str(error)
            else:
                yield digest, ""

    def _read(self, digests: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for some in chunks(digests):
            rows = {row.sha256: row for row in self._connection.execute(_CHAINS, {"digests": some})}
            ends: dict[str, bytes] = {}
            for digest in some:
                yield digest, _verified(digest, rows, ends)

    def _remember(self, digest: str, data: bytes) -> None:
        if len(data) > LARGEST_LOOKALIKE:
            return
        self._at_hand[digest] = data
        if len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)

    def _against(self, data: bytes, previous: str | None) -> tuple[str, int, bytes] | None:
        depth = self._depth(previous)
        if previous is None or depth is None or depth >= KEYFRAME_EVERY:
            return None
        return previous, depth + 1, pack(data, self.get(previous))

    def _alike(self, data: bytes, like: str | None) -> tuple[str, int, bytes] | None:
        """Packed against the end of the chain that a neighbour stands on, where that is worth its while."""
        if like is None or len(data) > LARGEST_LOOKALIKE:
            return None
        end = next((row for row in self._connection.execute(_CHAINS, {"digests": [like]}) if row.base is None), None)
        if end is None or end.size > LARGEST_LOOKALIKE:
            return None
        packed = pack(data, self._at_hand.get(end.sha256) or _verified(end.sha256, {end.sha256: end}, {}))
        return (end.sha256, 1, packed) if len(packed) < WORTH * len(pack(data)) else None

    def _depth(self, digest: str | None) -> int | None:
        found = self._connection.execute(_DEPTH, {"digest": digest}).scalar_one_or_none()
        return None if found is None else int(found)


def _chains() -> Select[tuple[object, ...]]:
    """The blobs bound as `digests` with everything they lean on."""
    table = schema.blob
    asked = table.c.sha256.in_(bindparam("digests", expanding=True))
    chain = select(table.c.sha256, table.c.base).where(asked).cte("chain", recursive=True)
    below = select(table.c.sha256, table.c.base).join(chain, chain.c.base == table.c.sha256)
    return select(table).where(table.c.sha256.in_(select(chain.union(below).c.sha256)))


# Said once: putting a statement together takes longer than carrying it out.
_CHAINS = _chains()
_DEPTH = select(schema.blob.c.depth).where(schema.blob.c.sha256 == bindparam("digest"))
_INSERT = insert(schema.blob)


def _verified(digest: str, rows: Mapping[str, Row[tuple[object, ...]]], ends: dict[str, bytes]) -> bytes:
    """The bytes of one blob out of the rows of its chain; `ends` remembers the ends of chains, which many blobs share.

    Only the blob itself is hashed. When it is not what it should be, every link is, so that the broken one is named.
    """
    chain = [digest]
    while (row := rows.get(chain[-1])) is not None and row.base is not None and row.base not in chain:
        chain.append(row.base)
    data = b""
    for name in reversed(chain):
        row = rows.get(name)
        if row is None:
            raise StorageError(_said("is not in the archive; run `beleidsradar db check`", name, digest))
        if name in ends:
            data = ends[name]
            continue
        before = data
        try:
            data = unpack(bytes(row.data), before, size=row.size)
        except DamagedError:
            data = b""
        if (name == digest or row.base is None) and not _is(data, name, row.size):
            raise StorageError(_said("is damaged in the archive; restore a backup", _broken(chain, rows), digest))
        if row.base is None:
            ends[name] = data
    return data


def _broken(chain: Sequence[str], rows: Mapping[str, Row[tuple[object, ...]]]) -> str:
    """The first link, from the end of the chain, that is not what its name says."""
    data = b""
    for name in reversed(chain):
        row = rows[name]
        try:
            data = unpack(bytes(row.data), data, size=row.size)
        except DamagedError:
            return name
        if not _is(data, name, row.size):
            return name
    raise AssertionError("every link of a chain that does not hold, holds")


def _is(data: bytes, digest: str, size: int) -> bool:
    return len(data) == size and hashlib.sha256(data).hexdigest() == digest


def _said(what: str, name: str, digest: str) -> str:
    leaning = "" if name == digest else f" (snapshot {digest[:12]} leans on it)"
    return f"snapshot {name[:12]}{leaning} {what}"
