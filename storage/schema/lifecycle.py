"""What becomes of papers and sources: addresses that give nothing any more, and incidents with their begin and end."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from storage.columns import Instant, Words
from storage.schema.common import key, metadata

absence = Table(
    "absence",
    metadata,
    Column("resource_id", Integer, ForeignKey("resource.id"), primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False),
    Column("checked", Instant, nullable=False),
    Column("checks", Integer, nullable=False),
    Column("confirmed", Instant),
)

incident = Table(
    "incident",
    metadata,
    key(),
    Column("source", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("said", Words, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("began", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("ended", Instant),
    Column("told_began", Instant),
    Column("told_ended", Instant),
    Index(None, "source", "kind"),
)
