"""What was asked: sources, routes, visits, gaps, warnings, backfill windows, leases and rates."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table, UniqueConstraint

from storage.columns import Instant, Words
from storage.schema.common import key, metadata, to

source = Table(
    "source",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("baseline_listed", Instant),
    Column("baseline_done", Instant),
)

route = Table(
    "route",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("complete_until", Instant),
    Column("answered", Instant),
    Column("changed", Instant),
    Column("asker", String(16), nullable=False, default=""),
    Column("failing_since", Instant),
    Column("failure", Words, nullable=False, default=""),
)

asked = Table(
    "asked",
    metadata,
    Column("url", Words, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("etag", Words, nullable=False, default=""),
    Column("last_modified", Words, nullable=False, default=""),
    Column("further", JSON, nullable=False),
    Column("asker", String(16), nullable=False, default=""),
    Column("answered", Instant, nullable=False),
)

visit = Table(
    "visit",
    metadata,
    key(),
    Column("source", String(64), nullable=False),
    Column("purpose", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("counts", JSON, nullable=False),
    Column("failure", Words, nullable=False, default=""),
    Index(None, "source", "state"),
)

gap = Table(
    "gap",
    metadata,
    key(),
    Column("source", String(64), nullable=False),
    Column("route", String(64), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("reason", Words, nullable=False),
    Column("found", Instant, nullable=False),
    Column("filled", Instant),
    Column("filled_by", String(64)),
    UniqueConstraint("source", "route", "since", "until"),
)

warning = Table(
    "warning",
    metadata,
    key(),
    Column("source", String(64), nullable=False),
    to("visit_id", "visit", nullable=True),
    Column("url", Words, nullable=False, default=""),
    Column("what", Words, nullable=False),
    Column("sha256", String(64)),
    Column("at", Instant, nullable=False),
    Index(None, "source", "at"),
)

window = Table(
    "window",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("job", String(64), primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("urls", JSON, nullable=False),
    Column("done", Instant),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("holder", Words, nullable=False),
    Column("until", Instant, nullable=False),
)

rate = Table(
    "rate",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("next_at", Instant, nullable=False),
)
