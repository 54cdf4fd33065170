"""The content hash of the archive (design decision 16): two archives with the same content have the same hash.

It runs over resources, versions, events and assessments, without surrogate keys, times or visits; so also without the events
that only the clock makes (moments that came near).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, select

from domain.documents import canonical_json
from domain.events import EventKind
from storage import schema


def content_hash(connection: Connection) -> str:
    """SHA-256 (hex) over the content, in an order of its own: by code points, whatever the database's collation."""
    digest = hashlib.sha256()
    for name, (query, order) in _queries().items():
        for row in sorted(connection.execute(query), key=order):
            digest.update(canonical_json([name, *row]))
    return digest.hexdigest()


def _queries() -> dict[str, tuple[Select[Any], Callable[[Any], Any]]]:
    resource, version, event, assessment = schema.resource, schema.version, schema.event, schema.assessment
    versions = select(resource.c.url, version.c.seq, version.c.content_hash).join(
        resource, resource.c.id == version.c.resource_id
    )
    assessments = select(event.c.key, assessment.c.topic, assessment.c.level, assessment.c.score, assessment.c.reasons).join(
        event, event.c.id == assessment.c.event_id
    )
    not_the_clock = event.c.kind != EventKind.MOMENT.value
    return {
        "resource": (
            select(resource.c.source, resource.c.url, resource.c.baseline, resource.c.state),
            attrgetter("url"),
        ),
        "version": (versions, attrgetter("url", "seq")),
        "event": (select(event.c.key, event.c.kind, event.c.release).where(not_the_clock), attrgetter("key")),
        "assessment": (assessments.where(not_the_clock), attrgetter("key", "topic")),
    }
