"""What was seen: publications and their names, addresses, bytes, versions, citations and links."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from storage.columns import Instant, Words
from storage.schema.common import key, metadata, to

publication = Table(
    "publication",
    metadata,
    key(),
    Column("canonical", Words, nullable=False, unique=True),
    Column("item_id", String(16), nullable=False, unique=True),
    Column("first_seen", Instant, nullable=False),
)

alias = Table(
    "alias",
    metadata,
    Column("alias", Words, primary_key=True),
    to("publication_id", "publication"),
    Column("origin", Words, nullable=False),
    Index(None, "publication_id"),
)

merge_log = Table(
    "merge_log",
    metadata,
    key(),
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
    key(),
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
    to("publication_id", "publication", nullable=True),
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
    key(),
    to("resource_id", "resource"),
    Column("role", String(32), nullable=False),
    Column("url", Words, nullable=False),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("headers", JSON, nullable=False),
    Column("status", Integer, nullable=False),
    Column("fetched", Instant, nullable=False),
    Index(None, "resource_id", "role"),
)

version = Table(
    "version",
    metadata,
    key(),
    to("resource_id", "resource"),
    Column("seq", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("parser", Integer, nullable=False),
    Column("said", LargeBinary, nullable=False),
    Column("basis", String(32), nullable=False),
    Column("leans_on", Integer),  # the version whose text `said` is packed against too; see storage.version_documents
    Column("created", Instant, nullable=False),
    to("visit_id", "visit"),
    UniqueConstraint("resource_id", "seq"),
    Index(None, "content_hash"),
)

version_part = Table(
    "version_part",
    metadata,
    Column("version_id", Integer, ForeignKey("version.id"), primary_key=True),
    Column("role", String(32), primary_key=True),
    to("snapshot_id", "snapshot"),
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
