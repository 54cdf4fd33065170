"""How the sources are watched over: what robots.txt said, canaries, and papers that a list should have named."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from storage.columns import Instant, Words
from storage.schema.common import metadata

robots = Table(
    "robots",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("text", Words, nullable=False),
    Column("failure", String(32), nullable=False),  # "" when the rules are known
    Column("detail", Words, nullable=False),
    Column("until", Instant, nullable=False),
)

canary = Table(
    "canary",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("page", String(128), primary_key=True),
    Column("url", Words, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Words, nullable=False),
    Column("sha256", String(64)),
    Column("since", Instant, nullable=False),
    Column("checked", Instant, nullable=False),
)

unnamed = Table(
    "unnamed",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("route", String(64), primary_key=True),
    Column("url", Words, primary_key=True),
    Column("shown_by", String(64), nullable=False),
    Column("found", Instant, nullable=False),
    Column("named", Instant),
)
