"""The tables (design sections 2-4), the same on SQLite and PostgreSQL, by what they are about.

Times are stored in UTC. Hashes are hexadecimal text. Surrogate keys order rows and never leave the database: `db check` hashes
content without them.
"""

from __future__ import annotations

from storage.schema.archive import alias, blob, citation, link, merge_log, publication, resource, snapshot, version, version_part
from storage.schema.common import metadata
from storage.schema.telling import assessment, delivery, delivery_event, digest_run, event, to_tell, told
from storage.schema.visits import asked, gap, lease, rate, route, source, visit, warning, window

__all__ = [
    "alias",
    "asked",
    "assessment",
    "blob",
    "citation",
    "delivery",
    "delivery_event",
    "digest_run",
    "event",
    "gap",
    "lease",
    "link",
    "merge_log",
    "metadata",
    "publication",
    "rate",
    "resource",
    "route",
    "snapshot",
    "source",
    "to_tell",
    "told",
    "version",
    "version_part",
    "visit",
    "warning",
    "window",
]
