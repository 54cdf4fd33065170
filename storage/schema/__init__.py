"""The tables (design sections 2-4), the same on SQLite and PostgreSQL, by what they are about.

Times are stored in UTC. Hashes are hexadecimal text. Surrogate keys order rows and never leave the database: `db check` hashes
content without them.
"""

from __future__ import annotations

from storage.schema.archive import alias, blob, citation, link, merge_log, publication, resource, snapshot, version, version_part
from storage.schema.common import metadata
from storage.schema.copies import sketch
from storage.schema.lifecycle import absence, incident
from storage.schema.links import apart
from storage.schema.loading import loading
from storage.schema.search import search_state
from storage.schema.telling import (
    assessment,
    delivery,
    delivery_event,
    digest_run,
    event,
    mail_thread,
    suppressed,
    to_tell,
    told,
)
from storage.schema.tuning import broken_edit, mute, pack_change, rejudgement, retelling
from storage.schema.visits import asked, gap, lease, rate, route, source, visit, warning, window
from storage.schema.watching import canary, robots, unnamed

__all__ = [
    "absence",
    "alias",
    "apart",
    "asked",
    "assessment",
    "blob",
    "broken_edit",
    "canary",
    "citation",
    "delivery",
    "delivery_event",
    "digest_run",
    "event",
    "gap",
    "incident",
    "lease",
    "link",
    "loading",
    "mail_thread",
    "merge_log",
    "metadata",
    "mute",
    "pack_change",
    "publication",
    "rate",
    "rejudgement",
    "resource",
    "retelling",
    "robots",
    "route",
    "search_state",
    "sketch",
    "snapshot",
    "source",
    "suppressed",
    "to_tell",
    "told",
    "unnamed",
    "version",
    "version_part",
    "visit",
    "warning",
    "window",
]
