"""Events with their assessments and citations."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from domain.assessments import Assessment, Level, Reason
from domain.changes import Change, ChangeSort
from domain.citations import Citation
from domain.errors import StorageError
from domain.events import RELEASE_MOVES, EventKind, Release
from storage import schema
from storage.queries import chunks
from storage.rejudgements import Rejudgements


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event as it stands in the archive."""

    id: int
    key: str
    resource_id: int
    publication_id: int
    kind: EventKind
    old_version_id: int | None
    new_version_id: int
    visit_id: int
    seen: datetime
    release: Release
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper's version that cites a target, with the sentence."""

    publication_id: int
    version_id: int
    target: str
    raw: str
    sentence: str


class Events:
    """Events inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(
        self,
        *,
        key: str,
        resource_id: int,
        publication_id: int,
        kind: EventKind,
        old_version_id: int | None,
        new_version_id: int,
        old_hash: str,
        new_hash: str,
        visit_id: int,
        seen: datetime,
        release: Release,
        changes: Sequence[Change],
        assessments: Sequence[Assessment],
        packs: Mapping[str, str],
    ) -> int | None:
        """Write down an event with its assessments; None when this event (by key) is known already."""
        if self.knows(key):
            return None
        values = {
            "key": key,
            "resource_id": resource_id,
            "publication_id": publication_id,
            "kind": kind.value,
            "old_version_id": old_version_id,
            "new_version_id": new_version_id,
            "old_hash": old_hash,
            "new_hash": new_hash,
            "visit_id": visit_id,
            "seen": seen,
            "release": release.value,
            "changes": [asdict(change) for change in changes],
        }
        primary = self._connection.execute(_INSERT, values).inserted_primary_key
        event_id = int(primary[0]) if primary else 0
        judged = [
            {
                "event_id": event_id,
                "topic": found.topic,
                "level": found.level.value,
                "score": found.score,
                "reasons": [reason.to_json() for reason in found.reasons],
                "pack": packs.get(found.topic, ""),
            }
            for found in assessments
        ]
        if judged:
            self._connection.execute(_INSERT_ASSESSMENT, judged)
        return event_id

    def knows(self, key: str) -> bool:
        """True when the event with this identity was written down before."""
        return self._connection.execute(_KNOWN, {"name": key}).first() is not None

    def get(self, event_id: int) -> RecordedEvent:
        """The event with this key."""
        return _event(self._connection.execute(select(schema.event).where(schema.event.c.id == event_id)).one())

    def of_publication(self, publication_id: int) -> tuple[RecordedEvent, ...]:
        """Everything that happened to a publication, first seen first."""
        table = schema.event
        rows = self._connection.execute(
            select(table).where(table.c.publication_id == publication_id).order_by(table.c.seen, table.c.id)
        )
        return tuple(_event(row) for row in rows)

    def publications_of(self, keys: Iterable[str]) -> frozenset[int]:
        """The publications to which the events with these identities happened."""
        table = schema.event
        found: set[int] = set()
        for some in chunks(keys):
            rows = self._connection.execute(select(table.c.publication_id).where(table.c.key.in_(some)))
            found.update(row.publication_id for row in rows)
        return frozenset(found)

    def publications_at(self, levels: Iterable[Level], topics: Iterable[str], kinds: Iterable[str]) -> frozenset[int]:
        """The publications with an address of these kinds of which some event is judged at one of these levels for one of these
        topics; as `assessments_of` says, what a replay said since holds."""
        wanted, named = [level.value for level in levels], list(topics)
        event, resource = schema.event, schema.resource
        found: dict[int, int] = {}
        for judged in (schema.assessment, schema.rejudgement):
            rows = self._connection.execute(
                select(event.c.id, resource.c.publication_id)
                .join(judged, judged.c.event_id == event.c.id)
                .join(resource, resource.c.id == event.c.resource_id)
                .where(judged.c.topic.in_(named), judged.c.level.in_(wanted), resource.c.kind.in_(list(kinds)))
                .distinct()
            )
            found |= {row.id: row.publication_id for row in rows if row.publication_id is not None}
        again = Rejudgements(self._connection).of(found)
        if not again:
            return frozenset(found.values())
        in_force = self.assessments_of(again)
        lowered = {
            key for key, all_of in in_force.items() if not any(o.topic in named and o.level.value in wanted for o in all_of)
        }
        return frozenset(publication for key, publication in found.items() if key not in lowered)

    def of_visit(self, visit_id: int) -> tuple[RecordedEvent, ...]:
        """What a visit found, in order."""
        table = schema.event
        return tuple(
            _event(row)
            for row in self._connection.execute(select(table).where(table.c.visit_id == visit_id).order_by(table.c.id))
        )

    def quiet(self, source: str | None = None) -> tuple[RecordedEvent, ...]:
        """The events that were never announced (baseline, backfill), in order."""
        query = select(schema.event).where(schema.event.c.release == Release.QUIET.value).order_by(schema.event.c.id)
        if source is not None:
            query = query.join(schema.resource, schema.resource.c.id == schema.event.c.resource_id).where(
                schema.resource.c.source == source
            )
        return tuple(_event(row) for row in self._connection.execute(query))

    def quiet_at(self, levels: Iterable[Level], topics: Iterable[str]) -> tuple[RecordedEvent, ...]:
        """The events that were never announced and matter at one of these levels to one of these topics, in order."""
        table, judged = schema.event, schema.assessment
        wanted = select(judged.c.event_id).where(
            judged.c.level.in_([level.value for level in levels]), judged.c.topic.in_(tuple(topics))
        )
        rows = self._connection.execute(
            select(table).where(table.c.release == Release.QUIET.value, table.c.id.in_(wanted)).order_by(table.c.id)
        )
        return tuple(_event(row) for row in rows)

    def last_seen(self, source: str) -> datetime | None:
        """When a source last brought an event that may be told."""
        row = self._connection.execute(
            select(schema.event.c.seen)
            .join(schema.resource, schema.resource.c.id == schema.event.c.resource_id)
            .where(schema.resource.c.source == source, schema.event.c.release == Release.OPEN.value)
            .order_by(schema.event.c.seen.desc())
            .limit(1)
        ).one_or_none()
        return row.seen if row else None

    def open(self, event_id: int) -> None:
        """Let a quiet event, or one that waited for approval, be told after all. Raises StorageError from any other state."""
        present = self.get(event_id).release
        if Release.OPEN not in RELEASE_MOVES[present]:
            raise StorageError(f"event {event_id} is {present.value} and cannot be opened")
        self._connection.execute(update(schema.event).where(schema.event.c.id == event_id).values(release=Release.OPEN.value))

    def retract(self, event_id: int) -> None:
        """Say that an event should not have been told: it is in no issue from now on. StorageError where no such move exists."""
        present = self.get(event_id).release
        if Release.RETRACTED not in RELEASE_MOVES[present]:
            raise StorageError(f"event {event_id} is {present.value} and cannot be retracted")
        table = schema.event
        self._connection.execute(update(table).where(table.c.id == event_id).values(release=Release.RETRACTED.value))

    def hold_for_approval(self, event_ids: Iterable[int]) -> int:
        """Let open events wait for a person (a flood); returns how many."""
        table = schema.event
        changed = self._connection.execute(
            update(table)
            .where(table.c.id.in_(tuple(event_ids)), table.c.release == Release.OPEN.value)
            .values(release=Release.AWAITING_APPROVAL.value)
        )
        return int(changed.rowcount)

    def assessments(self, event_id: int) -> tuple[Assessment, ...]:
        """How an event is judged, per topic, sorted by topic."""
        return self.assessments_of((event_id,))[event_id]

    def assessments_of(self, event_ids: Iterable[int], at: datetime | None = None) -> dict[int, tuple[Assessment, ...]]:
        """How each of these events is judged (with `at`: was judged then), per topic, sorted by topic; () for one that was not.

        The latest judgement holds: what was written down first, or what a replay said since (`storage.rejudgements`).
        """
        in_force = {event_id: {one.topic: one for one in found} for event_id, found in self.first_assessments(event_ids).items()}
        for event_id, again in Rejudgements(self._connection).of(in_force).items():
            in_force[event_id].update({one.assessment.topic: one.assessment for one in again if at is None or one.at <= at})
        return {event_id: tuple(by_topic[topic] for topic in sorted(by_topic)) for event_id, by_topic in in_force.items()}

    def first_assessments(self, event_ids: Iterable[int]) -> dict[int, tuple[Assessment, ...]]:
        """How each of these events was judged when it was found, per topic, sorted by topic; () for one that was not."""
        found: dict[int, list[Assessment]] = {event_id: [] for event_id in event_ids}
        table = schema.assessment
        for some in chunks(found):
            for row in self._connection.execute(select(table).where(table.c.event_id.in_(some))):
                found[row.event_id].append(_assessment(row))
        return {event_id: tuple(sorted(judged, key=lambda one: one.topic)) for event_id, judged in found.items()}

    def between(self, since: datetime, until: datetime) -> tuple[RecordedEvent, ...]:
        """The events first seen in a period (both ends included), first seen first."""
        table = schema.event
        rows = self._connection.execute(
            select(table).where(table.c.seen >= since, table.c.seen <= until).order_by(table.c.seen, table.c.id)
        )
        return tuple(_event(row) for row in rows)

    def cite(self, version_id: int, citations: Sequence[Citation]) -> None:
        """Write down what a version cites, in the order of the paper."""
        self._connection.execute(delete(schema.citation).where(schema.citation.c.version_id == version_id))
        values = [
            {"version_id": version_id, "position": position, "target": one.id, "raw": one.raw, "sentence": one.sentence}
            for position, one in enumerate(citations)
        ]
        if values:
            self._connection.execute(insert(schema.citation), values)

    def citations(self, version_id: int) -> tuple[Citation, ...]:
        """What a version cites, in the order of the paper."""
        table = schema.citation
        rows = self._connection.execute(select(table).where(table.c.version_id == version_id).order_by(table.c.position))
        return tuple(Citation(row.target, row.raw, row.sentence) for row in rows)

    def citations_not_among(self, known: Container[str]) -> tuple[Cited, ...]:
        """What the newest version of every paper cites and is not among these ids, in order of reading."""
        table = schema.version
        newest = select(table.c.resource_id, func.max(table.c.seq).label("seq")).group_by(table.c.resource_id).subquery()
        rows = self._connection.execute(
            select(schema.citation, schema.resource.c.publication_id)
            .join(table, table.c.id == schema.citation.c.version_id)
            .join(newest, and_(newest.c.resource_id == table.c.resource_id, newest.c.seq == table.c.seq))
            .join(schema.resource, schema.resource.c.id == table.c.resource_id)
            .where(schema.resource.c.publication_id.is_not(None))
            .order_by(schema.citation.c.version_id, schema.citation.c.position)
        )
        missing = (row for row in rows if row.target not in known)
        return tuple(Cited(row.publication_id, row.version_id, row.target, row.raw, row.sentence) for row in missing)

    def cited_by(self, targets: Iterable[str]) -> tuple[Cited, ...]:
        """Which papers cite any of these ids, in order of reading."""
        rows = self._connection.execute(
            select(schema.citation, schema.resource.c.publication_id)
            .join(schema.version, schema.version.c.id == schema.citation.c.version_id)
            .join(schema.resource, schema.resource.c.id == schema.version.c.resource_id)
            .where(schema.citation.c.target.in_(tuple(targets)), schema.resource.c.publication_id.is_not(None))
            .order_by(schema.citation.c.version_id, schema.citation.c.position)
        )
        return tuple(Cited(row.publication_id, row.version_id, row.target, row.raw, row.sentence) for row in rows)


def _event(row: Row[tuple[object, ...]]) -> RecordedEvent:
    return RecordedEvent(
        id=row.id,
        key=row.key,
        resource_id=row.resource_id,
        publication_id=row.publication_id,
        kind=EventKind(row.kind),
        old_version_id=row.old_version_id,
        new_version_id=row.new_version_id,
        visit_id=row.visit_id,
        seen=row.seen,
        release=Release(row.release),
        changes=tuple(_change(change) for change in row.changes),
    )


def _assessment(row: Row[tuple[object, ...]]) -> Assessment:
    return Assessment(row.topic, Level(row.level), row.score, tuple(Reason.from_json(reason) for reason in row.reasons))


def _change(data: Mapping[str, Any]) -> Change:
    return Change(**{**data, "sort": ChangeSort(data["sort"])})


# Said once: putting a statement together takes longer than carrying it out.
_KNOWN = select(schema.event.c.id).where(schema.event.c.key == bindparam("name"))
_INSERT = insert(schema.event)
_INSERT_ASSESSMENT = insert(schema.assessment)
