"""Short tables for people who look at a dashboard: what a visit found, how issues were delivered, how all stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.assessments import Level
from notifications.words import ENGLISH
from services.radar import Radar
from services.status import Status, status
from services.wording import reasons_shown
from storage.events import RecordedEvent
from storage.incidents import Incident
from storage.issues import DigestRun
from storage.unit_of_work import Unit
from storage.watching import Canary


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One event of a visit; `diff` is the command that shows what changed, "" for what is seen for the first time."""

    url: str
    kind: str
    event: str
    title: str
    level: str
    why: str
    diff: str = ""


@dataclass(frozen=True, slots=True)
class VisitOverview:
    """A visit in a sentence and its events in rows, most urgent first."""

    source: str
    summary: str
    rows: tuple[FoundRow, ...]

    @property
    def headline(self) -> str:
        """What was found, in a few words of our own: "2 must read, 1 relevant, 4 held", or "nothing new"."""
        levels = [(level, sum(row.level == level.value for row in self.rows)) for level in Level]
        found = [
            f"{count} {level.value.replace('_', ' ')}" for level, count in sorted(levels, key=lambda one: one[0].rank) if count
        ]
        return ", ".join(found) or "nothing new"

    @property
    def counts(self) -> str:
        """How many papers at which level, and how many of them changed instead of being new."""
        changed = sum(bool(row.diff) for row in self.rows)
        return self.headline + (f"; {changed} of them changed" if changed else "")


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery of an issue, without its recipient."""

    digest: str
    number: int
    subject: str
    channel: str
    part: str
    state: str
    detail: str


def visit(radar: Radar, visit_id: int) -> VisitOverview:
    """What one visit did."""
    with radar.store.read() as unit:
        found = unit.visits.get(visit_id)
        rows = [_row(unit, event) for event in unit.events.of_visit(visit_id)]
    counts = ", ".join(f"{name} {number}" for name, number in sorted(found.counts.items()))
    summary = f"visit {found.state.value}: {counts}" + (f"; {found.failure}" if found.failure else "")
    ordered = sorted(rows, key=lambda row: (Level(row.level).rank, row.url))
    return VisitOverview(found.source, summary, tuple(ordered))


def _row(unit: Unit, event: RecordedEvent) -> FoundRow:
    document = unit.snapshots.version(event.new_version_id).document
    assessments = unit.events.assessments(event.id)
    best = min(assessments, key=lambda a: a.level.rank) if assessments else None
    why = ", ".join(ENGLISH.why(reason) for reason in reasons_shown(best.reasons)[:4]) if best else ""
    level = best.level if best else Level.HELD
    diff = ""
    if event.old_version_id is not None and event.old_version_id != event.new_version_id:
        older, newer = (unit.snapshots.version(key).seq for key in (event.old_version_id, event.new_version_id))
        diff = f"beleidsradar diff {unit.publications.get(event.publication_id).canonical} --from {older} --to {newer}"
    return FoundRow(document.url, document.kind.value, event.kind.value, document.title, level.value, why, diff)


def issues(radar: Radar, keys: Sequence[int]) -> tuple[DigestRun, ...]:
    """The issues with these keys, in order."""
    with radar.store.read() as unit:
        return tuple(unit.issues.get(key) for key in sorted(set(keys)))


def deliveries(radar: Radar, issues: Sequence[int], tried: Sequence[int]) -> tuple[DeliveryRow, ...]:
    """The deliveries of these issues, and these deliveries."""
    with radar.store.read() as unit:
        found = {d.id: d for issue in issues for d in unit.outbox.deliveries(run_id=issue, whole=False)}
        others = [unit.outbox.get(key) for key in tried if key not in found]
        wanted = sorted([*found.values(), *(one for one in others if one is not None)], key=lambda one: one.id)
        runs = {key: unit.issues.get(key) for key in {one.run_id for one in wanted}}
    return tuple(
        DeliveryRow(
            d.digest, runs[d.run_id].number, runs[d.run_id].subject, d.channel, f"{d.part}/{d.parts}", d.state.value, d.detail
        )
        for d in wanted
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How all stands: sources, digests and deliveries, what is the matter now, and the canary of each kind of page."""

    status: Status
    incidents: tuple[Incident, ...]
    canaries: tuple[Canary, ...]


def standing(radar: Radar) -> Standing:
    """How everything stands now."""
    with radar.store.read() as unit:
        incidents = tuple(one for one in unit.incidents.since(radar.clock.now()) if one.ended is None)
        canaries = tuple(one for source in radar.settings.sources for one in unit.watching.canaries(source))
    return Standing(status(radar), incidents, canaries)
