"""What happened and who was told: events, assessments, issues, deliveries and the told ledger."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from storage.columns import Instant, Words
from storage.schema.common import key, metadata, to

event = Table(
    "event",
    metadata,
    key(),
    Column("key", String(32), nullable=False, unique=True),
    to("resource_id", "resource"),
    to("publication_id", "publication"),
    Column("kind", String(24), nullable=False),
    Column("old_version_id", Integer, ForeignKey("version.id")),
    to("new_version_id", "version"),
    Column("old_hash", String(64), nullable=False),
    Column("new_hash", String(64), nullable=False),
    to("visit_id", "visit"),
    Column("seen", Instant, nullable=False),
    Column("release", String(24), nullable=False),
    Column("changes", JSON, nullable=False),
    Index(None, "publication_id"),
    Index(None, "visit_id"),
)

assessment = Table(
    "assessment",
    metadata,
    Column("event_id", Integer, ForeignKey("event.id"), primary_key=True),
    Column("topic", String(128), primary_key=True),
    Column("level", String(16), nullable=False),
    Column("score", Integer, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("pack", String(64), nullable=False),
)

digest_run = Table(
    "digest_run",
    metadata,
    key(),
    Column("digest", String(64), nullable=False),
    Column("number", Integer),  # NULL: the moment passed without an issue, there was nothing to say
    Column("form", String(16), nullable=False),
    Column("due", Instant, nullable=False),
    Column("since", Instant),
    Column("made", Instant, nullable=False),
    Column("late", Words, nullable=False, default=""),
    Column("subject", Words, nullable=False),
    Column("renderings", JSON, nullable=False),
    UniqueConstraint("digest", "form", "due"),
    UniqueConstraint("digest", "number"),
)

to_tell = Table(
    "to_tell",
    metadata,
    key(),
    to("event_id", "event"),
    Column("digest", String(64), nullable=False),
    Column("level", String(16), nullable=False),
    Column("created", Instant, nullable=False),
    to("digest_run_id", "digest_run", nullable=True),
    UniqueConstraint("event_id", "digest"),
    Index(None, "digest", "digest_run_id"),
)

delivery = Table(
    "delivery",
    metadata,
    key(),
    to("digest_run_id", "digest_run"),
    Column("channel", String(64), nullable=False),
    Column("target", String(64), nullable=False),
    Column("recipient", Words, nullable=False),
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Instant, nullable=False),
    Column("holder", Words, nullable=False, default=""),
    Column("lease_until", Instant),
    Column("envelope", LargeBinary, nullable=False),
    Column("envelope_hash", String(64), nullable=False),
    Column("message_id", Words, nullable=False),
    Column("code", String(32), nullable=False, default=""),
    Column("detail", Words, nullable=False, default=""),
    Column("created", Instant, nullable=False),
    Column("delivered", Instant),
    Column("purpose", String(16), nullable=False, server_default="issue"),
    Column("perhaps", Instant),  # since when it may have arrived although nobody said so
    Column("failing", Instant),  # since when it fails
    UniqueConstraint("digest_run_id", "channel", "target", "part"),
    Index(None, "state", "not_before"),
)

delivery_event = Table(
    "delivery_event",
    metadata,
    Column("delivery_id", Integer, ForeignKey("delivery.id"), primary_key=True),
    Column("event_key", String(32), primary_key=True),
)

told = Table(
    "told",
    metadata,
    Column("target", String(64), primary_key=True),
    Column("event_key", String(32), primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "event_key"),
)

mail_thread = Table(
    "mail_thread",
    metadata,
    # The conversation of a mail program: which mails told one reader about one dossier.
    Column("delivery_id", Integer, ForeignKey("delivery.id"), primary_key=True, autoincrement=False),
    Column("thread", String(128), primary_key=True),
    Column("target", String(64), nullable=False),
    Column("message_id", Words, nullable=False),
    Index(None, "target", "thread"),
)

suppressed = Table(
    "suppressed",
    metadata,
    # Addresses that refused twice running: nothing is sent there until a person says so.
    Column("target", String(64), primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("recipient", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("detail", Words, nullable=False),
)
