"""Getting one paper: its parts from the publisher, conditionally, and what the reader makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import FetchError, FetchFailure, ReadingError
from domain.listings import Answer
from services.radar import Radar
from sources.adapter import Reading
from sources.client import Client
from storage.resources import Resource
from storage.snapshots import Snapshot
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Acquired:
    """A paper as it stands at the publisher now.

    `reading` is None when every part is as it is stored; `answers` are empty then. Else they hold whole bodies, for parts that
    were not modified the stored ones. `validators` are to be kept when the reading counts.
    """

    reading: Reading | None
    answers: Mapping[str, Answer]
    validators: Mapping[str, Sequence[str]]


class UnreadableError(ReadingError):
    """A page that came but could not be read, with the answers that show it."""

    def __init__(self, cause: ReadingError, answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        super().__init__(cause.url, cause.reason)


def acquire(radar: Radar, resource: Resource, client: Client) -> Acquired:
    """Fetch the parts of a resource and read them.

    Raises FetchError when a required part cannot be had, UnreadableError when the page is no evidence.
    """
    adapter = radar.adapters[resource.source]
    answers: dict[str, Answer] = {}
    validators: dict[str, Sequence[str]] = {}
    stored = _stored(radar, resource)
    kept: dict[str, Snapshot] = {}
    changed = not stored
    missing: set[str] = set()
    for part in adapter.parts(resource.url):
        if part.instead_of and part.instead_of not in missing:
            continue
        etag, last_modified = resource.validators.get(part.role, ("", "")) if part.role in stored else ("", "")
        try:
            answer = client.fetch(part.url, etag=etag, last_modified=last_modified)
        except FetchError as error:
            if part.required or error.failure is not FetchFailure.MISSING:
                raise
            changed = changed or part.role in stored
            missing.add(part.role)
            continue
        if part.absent_at and not part.required and part.role not in stored and part.absent_at in answer.final_url:
            missing.add(part.role)  # never for what was read before: a page for missing things is no evidence of that
        elif answer.not_modified:
            kept[part.role] = stored[part.role]
            validators[part.role] = (etag, last_modified)
        else:
            answers[part.role] = answer
            validators[part.role] = (answer.header("etag"), answer.header("last-modified"))
            changed = changed or part.role not in stored or _sha256(answer.body) != stored[part.role].sha256
    if not changed:
        return Acquired(None, {}, validators)
    whole = _whole(radar, kept)
    answers = {role: whole[role] if role in whole else answers[role] for role in validators}
    try:
        reading = adapter.read(resource.url, answers, radar.settings.scope(resource.source))
    except ReadingError as error:
        raise UnreadableError(error, answers) from error
    return Acquired(reading, answers, validators)


def _stored(radar: Radar, resource: Resource) -> dict[str, Snapshot]:
    """The parts from which the newest version was read."""
    with radar.store.read() as unit:
        return {snapshot.role: snapshot for snapshot in unit.snapshots.latest_parts(resource.id)}


def _whole(radar: Radar, kept: Mapping[str, Snapshot]) -> dict[str, Answer]:
    """Stored parts as answers."""
    if not kept:
        return {}
    with radar.store.read() as unit:
        return _answers(unit, kept.values())


def stored_answers(unit: Unit, version_id: int) -> dict[str, Answer]:
    """What the publisher answered when this version was read, by role of the part."""
    return _answers(unit, unit.snapshots.parts(version_id))


def _answers(unit: Unit, parts: Iterable[Snapshot]) -> dict[str, Answer]:
    return {
        part.role: Answer(part.url, part.url, part.status, tuple(part.headers.items()), unit.snapshots.body(part.sha256))
        for part in parts
    }


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
