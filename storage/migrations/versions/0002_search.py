"""Texts packed against the pages they were read from, and the index that `search` asks.

Nothing of an archive is lost on the way there and back. The index is left empty here and marked as such: `db upgrade` fills it,
and so does the first search.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.packing import DamagedError, pack, unpack

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LARGEST_BASIS = 2_000_000

_version = sa.table(
    "version",
    sa.column("id", sa.Integer),
    sa.column("document", sa.JSON),
    sa.column("said", sa.LargeBinary),
    sa.column("basis", sa.String),
)
_blob = sa.table(
    "blob",
    sa.column("sha256", sa.String),
    sa.column("size", sa.Integer),
    sa.column("base", sa.String),
    sa.column("data", sa.LargeBinary),
)
_part = sa.table("version_part", sa.column("version_id"), sa.column("role"), sa.column("snapshot_id"))
_snapshot = sa.table("snapshot", sa.column("id"), sa.column("sha256"))


def upgrade() -> None:
    """Pack every text and add the search index."""
    op.add_column("version", sa.Column("said", sa.LargeBinary(), nullable=False, server_default=""))
    op.add_column("version", sa.Column("basis", sa.String(length=32), nullable=False, server_default=""))
    bind = op.get_bind()
    for key in _keys(bind):
        document = bind.execute(sa.select(_version.c.document).where(_version.c.id == key)).scalar_one()
        text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        role, page = _basis(bind, key)
        bind.execute(sa.update(_version).where(_version.c.id == key).values(said=pack(text, page), basis=role))
    op.drop_column("version", "document")
    _undefault("said", "basis")
    _create_index()


def downgrade() -> None:
    """Every text as it was written before, and no search index."""
    op.drop_table("search_words")
    op.drop_table("search_state")
    op.add_column("version", sa.Column("document", sa.JSON(), nullable=False, server_default="{}"))
    bind = op.get_bind()
    for key in _keys(bind):
        row = bind.execute(sa.select(_version.c.said, _version.c.basis).where(_version.c.id == key)).one()
        page = _page(bind, _hashes(bind, key)[row.basis]) if row.basis else b""
        if page is None:
            raise ValueError(f"the page of version {key} is damaged; restore a backup before going back")
        document = json.loads(unpack(bytes(row.said), page))
        bind.execute(sa.update(_version).where(_version.c.id == key).values(document=document))
    op.drop_column("version", "basis")
    op.drop_column("version", "said")
    _undefault("document")


def _create_index() -> None:
    op.create_table("search_state", sa.Column("edition", sa.String(length=64), primary_key=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5"
            "(words, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '.,+&_'\")"
        )
        return
    op.execute(
        "CREATE TABLE search_words (version_id INTEGER NOT NULL REFERENCES version (id), part INTEGER NOT NULL,"
        " words TSVECTOR NOT NULL, PRIMARY KEY (version_id, part))"
    )
    op.execute("CREATE INDEX search_words_words ON search_words USING gin (words) WITH (fastupdate = off)")


def _undefault(*columns: str) -> None:
    """Without the default that filled the rows; SQLite keeps it, it is never used."""
    if op.get_bind().dialect.name == "postgresql":
        for column in columns:
            op.alter_column("version", column, server_default=None)


def _keys(bind: Any) -> list[int]:
    return [row.id for row in bind.execute(sa.select(_version.c.id).order_by(_version.c.id))]


def _hashes(bind: Any, key: int) -> dict[str, str]:
    joined = sa.select(_part.c.role, _snapshot.c.sha256).join_from(_part, _snapshot, _part.c.snapshot_id == _snapshot.c.id)
    return {row.role: row.sha256 for row in bind.execute(joined.where(_part.c.version_id == key))}


def _basis(bind: Any, key: int) -> tuple[str, bytes]:
    """The largest part that is text: role and bytes. A damaged page is no basis: the text survives without it."""
    hashes = _hashes(bind, key)
    sizes = {
        digest: bind.execute(sa.select(_blob.c.size).where(_blob.c.sha256 == digest)).scalar_one() for digest in hashes.values()
    }
    for role, digest in sorted(hashes.items(), key=lambda part: (-sizes[part[1]], part[0])):
        page = _page(bind, digest) if sizes[digest] <= LARGEST_BASIS else None
        if page is not None and not page.startswith(b"%PDF-"):
            return role, page
    return "", b""


def _page(bind: Any, digest: str) -> bytes | None:
    """The bytes of a blob; None when it is damaged."""
    chain = []
    name: str | None = digest
    while name is not None:
        chain.append(bind.execute(sa.select(_blob.c.base, _blob.c.data).where(_blob.c.sha256 == name)).one())
        name = chain[-1].base
    page = b""
    try:
        for row in reversed(chain):
            page = unpack(bytes(row.data), page)
    except DamagedError:
        return None
    return page if hashlib.sha256(page).hexdigest() == digest else None
