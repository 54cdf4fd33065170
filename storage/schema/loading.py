"""Windows of backfills that are under way: what their lists answered, and who reads which."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table

from storage.columns import Instant, Words
from storage.schema.common import metadata

loading = Table(
    "loading",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("job", String(64), primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("listed", Instant),  # when the lists were asked; NULL: not yet
    Column("entries", JSON, nullable=False),
    Column("begun", Instant),  # when its papers were first announced to be read; NULL: only planned
    Column("holder", Words, nullable=False, default=""),
    Column("lease_until", Instant),
)
