"""What a team decided: mutes, packs in force, papers judged again, late tellings, and edits that could not be read."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from storage.columns import Instant, Words
from storage.schema.common import key, metadata, to

mute = Table(
    "mute",
    metadata,
    key(),
    Column("sort", String(16), nullable=False),
    Column("target", Words, nullable=False),
    Column("topic", String(64), nullable=False),
    Column("reason", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("ended", Instant),  # when somebody took it back; one that ran out has none
    Column("ended_by", Words, nullable=False, default=""),
    Index(None, "topic", "until"),
)

pack_change = Table(
    "pack_change",
    metadata,
    key(),
    Column("topic", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("version", Words, nullable=False, default=""),
    Column("since", Instant, nullable=False),
    Index(None, "topic"),
)

rejudgement = Table(
    "rejudgement",
    metadata,
    key(),
    to("event_id", "event"),
    Column("topic", String(128), nullable=False),
    Column("level", String(16), nullable=False),
    Column("score", Integer, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("pack", String(64), nullable=False),
    Column("cause", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "event_id"),
)

retelling = Table(
    "retelling",
    metadata,
    Column("event_id", Integer, ForeignKey("event.id"), primary_key=True),
    Column("digest", String(64), primary_key=True),
    to("digest_run_id", "digest_run"),
    Column("first_run_id", Integer, ForeignKey("digest_run.id")),  # the issue that only counted it, if any did
    Column("first_level", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "first_run_id"),
)

broken_edit = Table(
    "broken_edit",
    metadata,
    key(),
    Column("fingerprint", String(64), nullable=False),
    Column("faults", JSON, nullable=False),
    Column("found", Instant, nullable=False),
    Column("told", Instant),
    Column("mended", Instant),
    Index(None, "mended"),
)
