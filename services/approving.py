"""approve: floods of old papers that wait for a person, let go or made quiet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.assessments import Level
from domain.errors import UsageError
from domain.events import Release
from services.radar import Radar
from storage.unit_of_work import Unit

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Flood:
    """The events of one visit that wait: how many papers at which level, the dates they carry, and some of them."""

    visit: int
    source: str
    at: str
    events: int
    levels: Mapping[str, int]
    oldest: str
    newest: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Approved:
    """What became of the floods: let go ("open") or made quiet ("quiet"), and how many events."""

    release: str
    events: int
    floods: tuple[Flood, ...]


def waiting(radar: Radar) -> tuple[Flood, ...]:
    """Every flood that waits, by visit."""
    with radar.store.read() as unit:
        return tuple(_flood(unit, visit, events) for visit, events in unit.approvals.waiting().items())


def approve(radar: Radar, visit: int | None = None, *, drop: bool = False) -> Approved:
    """Let the waiting events of a visit (of all without one) be told, once, by the next issues of their digests; with `drop`
    make them quiet: they stay in the archive and are told to nobody. Raises UsageError when nothing of that visit waits."""
    release = Release.QUIET if drop else Release.OPEN
    with radar.store.begin() as unit:
        found = unit.approvals.waiting(visit)
        if visit is not None and not found:
            others = ", ".join(map(str, unit.approvals.waiting()))
            raise UsageError(
                f"nothing of visit {visit} waits for approval; " + (f"waiting: {others}" if others else "nothing waits")
            )
        floods = tuple(_flood(unit, key, events) for key, events in found.items())
        done = unit.approvals.decide((event for events in found.values() for event in events), release)
    return Approved(release.value, done, floods)


def _flood(unit: Unit, visit_id: int, event_ids: tuple[int, ...]) -> Flood:
    visit = unit.visits.get(visit_id)
    documents = [unit.snapshots.version(unit.events.get(event_id).new_version_id).document for event_id in event_ids]
    levels = {level.value: 0 for level in Level}
    for judged in unit.events.assessments_of(event_ids).values():
        levels[min((one.level for one in judged), key=lambda level: level.rank, default=Level.HELD).value] += 1
    dates = sorted(document.dated.isoformat() for document in documents if document.dated)
    return Flood(
        visit_id,
        visit.source,
        (visit.ended or visit.started).isoformat(),
        len(event_ids),
        levels,
        dates[0] if dates else "",
        dates[-1] if dates else "",
        tuple(f"{document.id}: {document.title}" for document in documents[:SHOWN]),
    )
