"""The tables (design sections 2-4), the same on SQLite and PostgreSQL.

Times are stored in UTC. Hashes are hexadecimal text. Surrogate keys order rows and never leave the database: `db check` hashes
content without them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from storage.columns import Instant, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> Column[Any]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _to(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=nullable)


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

publication = Table(
    "publication",
    metadata,
    _key(),
    Column("canonical", Words, nullable=False, unique=True),
    Column("item_id", String(16), nullable=False, unique=True),
    Column("first_seen", Instant, nullable=False),
)

alias = Table(
    "alias",
    metadata,
    Column("alias", Words, primary_key=True),
    _to("publication_id", "publication"),
    Column("origin", Words, nullable=False),
    Index(None, "publication_id"),
)

merge_log = Table(
    "merge_log",
    metadata,
    _key(),
    Column("at", Instant, nullable=False),
    Column("kept", Words, nullable=False),
    Column("merged", Words, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("moved", JSON, nullable=False),
    Column("undone", Instant),
)

resource = Table(
    "resource",
    metadata,
    _key(),
    Column("source", String(64), nullable=False),
    Column("url", Words, nullable=False, unique=True),
    Column("title", Words, nullable=False, default=""),
    Column("kind", String(16), nullable=False, default=""),
    Column("dated", Date),
    Column("baseline", Boolean, nullable=False),
    Column("quiet", Boolean, nullable=False, default=False),
    Column("first_listed", Instant, nullable=False),
    Column("priority", Integer, nullable=False, default=0),
    Column("state", String(16), nullable=False),
    Column("marks", JSON, nullable=False),
    Column("read_marks", JSON, nullable=False),
    Column("validators", JSON, nullable=False),
    Column("checked", Instant),
    Column("failures", Integer, nullable=False, default=0),
    Column("failure", Words, nullable=False, default=""),
    Column("not_before", Instant),
    _to("publication_id", "publication", nullable=True),
    Index(None, "source", "state"),
    Index(None, "source", "checked"),
    Index(None, "kind"),
    Index(None, "publication_id"),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("base", String(64)),
    Column("depth", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

snapshot = Table(
    "snapshot",
    metadata,
    _key(),
    _to("resource_id", "resource"),
    Column("role", String(32), nullable=False),
    Column("url", Words, nullable=False),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("headers", JSON, nullable=False),
    Column("status", Integer, nullable=False),
    Column("fetched", Instant, nullable=False),
    Index(None, "resource_id", "role"),
)

visit = Table(
    "visit",
    metadata,
    _key(),
    Column("source", String(64), nullable=False),
    Column("purpose", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("counts", JSON, nullable=False),
    Column("failure", Words, nullable=False, default=""),
    Index(None, "source", "state"),
)

version = Table(
    "version",
    metadata,
    _key(),
    _to("resource_id", "resource"),
    Column("seq", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("parser", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("created", Instant, nullable=False),
    _to("visit_id", "visit"),
    UniqueConstraint("resource_id", "seq"),
)

version_part = Table(
    "version_part",
    metadata,
    Column("version_id", Integer, ForeignKey("version.id"), primary_key=True),
    Column("role", String(32), primary_key=True),
    _to("snapshot_id", "snapshot"),
)

citation = Table(
    "citation",
    metadata,
    Column("version_id", Integer, ForeignKey("version.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("target", Words, nullable=False),
    Column("raw", Words, nullable=False),
    Column("sentence", Words, nullable=False),
    Index(None, "target"),
)

link = Table(
    "link",
    metadata,
    Column("publication_id", Integer, ForeignKey("publication.id"), primary_key=True),
    Column("relation", String(16), primary_key=True),
    Column("target", Words, primary_key=True),
    Index(None, "target"),
)

event = Table(
    "event",
    metadata,
    _key(),
    Column("key", String(32), nullable=False, unique=True),
    _to("resource_id", "resource"),
    _to("publication_id", "publication"),
    Column("kind", String(24), nullable=False),
    Column("old_version_id", Integer, ForeignKey("version.id")),
    _to("new_version_id", "version"),
    Column("old_hash", String(64), nullable=False),
    Column("new_hash", String(64), nullable=False),
    _to("visit_id", "visit"),
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
    _key(),
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
    _key(),
    _to("event_id", "event"),
    Column("digest", String(64), nullable=False),
    Column("level", String(16), nullable=False),
    Column("created", Instant, nullable=False),
    _to("digest_run_id", "digest_run", nullable=True),
    UniqueConstraint("event_id", "digest"),
    Index(None, "digest", "digest_run_id"),
)

delivery = Table(
    "delivery",
    metadata,
    _key(),
    _to("digest_run_id", "digest_run"),
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

gap = Table(
    "gap",
    metadata,
    _key(),
    Column("source", String(64), nullable=False),
    Column("route", String(64), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("reason", Words, nullable=False),
    Column("found", Instant, nullable=False),
    Column("filled", Instant),
    UniqueConstraint("source", "route", "since", "until"),
)

warning = Table(
    "warning",
    metadata,
    _key(),
    Column("source", String(64), nullable=False),
    _to("visit_id", "visit", nullable=True),
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
