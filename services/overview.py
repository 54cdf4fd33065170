"""Short tables for people who look at a dashboard: what a visit found, how issues were delivered, how all stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.assessments import Level
from notifications.words import ENGLISH
from services.radar import Radar
from services.status import Status, status
from services.wording import reasons_shown


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One event of a visit."""

    url: str
    kind: str
    event: str
    title: str
    level: str
    why: str


@dataclass(frozen=True, slots=True)
class VisitOverview:
    """A visit in a sentence and its events in rows, most urgent first."""

    source: str
    summary: str
    rows: tuple[FoundRow, ...]


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
        rows = []
        for event in unit.events.of_visit(visit_id):
            document = unit.snapshots.version(event.new_version_id).document
            assessments = unit.events.assessments(event.id)
            best = min(assessments, key=lambda a: a.level.rank) if assessments else None
            why = ", ".join(ENGLISH.why(reason) for reason in reasons_shown(best.reasons)[:4]) if best else ""
            level = best.level if best else Level.HELD
            rows.append(
                (level.rank, FoundRow(document.url, document.kind.value, event.kind.value, document.title, level.value, why))
            )
    counts = ", ".join(f"{name} {number}" for name, number in sorted(found.counts.items()))
    summary = f"visit {found.state.value}: {counts}" + (f"; {found.failure}" if found.failure else "")
    ordered = sorted(rows, key=lambda row: (row[0], row[1].url))
    return VisitOverview(found.source, summary, tuple(row for _, row in ordered))


def deliveries(radar: Radar, issues: Sequence[int], tried: Sequence[int]) -> tuple[DeliveryRow, ...]:
    """The deliveries of these issues, and these deliveries."""
    with radar.store.read() as unit:
        runs = {run.id: run for run in unit.issues.runs()}
        wanted = [d for d in unit.outbox.deliveries() if d.run_id in issues or d.id in tried]
    return tuple(
        DeliveryRow(
            d.digest, runs[d.run_id].number, runs[d.run_id].subject, d.channel, f"{d.part}/{d.parts}", d.state.value, d.detail
        )
        for d in wanted
    )


def standing(radar: Radar) -> Status:
    """How everything stands now."""
    return status(radar)
