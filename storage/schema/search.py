"""What `search` asks: which words stand in which version.

The words themselves are in `search_words`, which SQLite keeps as an FTS5 table without content and PostgreSQL as `tsvector` with
a GIN index; neither can be said in the other's terms, so the migration makes it and `storage.search` alone reads and writes it.
"""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from storage.schema.common import metadata

WORDS = "search_words"
"""The name of the index, and how the names of the tables begin in which FTS5 keeps it."""

search_state = Table(
    "search_state",
    metadata,
    Column("edition", String(64), primary_key=True),
)


def is_described(name: str | None, kind: str, _parent: object) -> bool:
    """False for the index, which no table of this schema describes: the shape of Alembic's `include_name`."""
    return not (kind == "table" and name is not None and name.startswith(WORDS))
