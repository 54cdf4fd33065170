"""What happened to a paper, event by event: how it was judged, and judged again, and where each digest put it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.assessments import Assessment
from domain.digests import DigestForm
from domain.events import DeliveryState
from services.announce import level_for
from services.outbox import place
from services.radar import Radar
from services.when import when
from storage.events import RecordedEvent
from storage.issues import DigestRun
from storage.outbox import Delivery
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Told:
    """Where one digest has put the event: not selected, waiting, in an issue, and how its deliveries stand (to whom, and when).

    `issue` is "" while it waits. Recipients are named by their place in `to:`, and by address only where that was asked for.
    """

    digest: str
    level: str
    issue: str
    deliveries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """That the event was judged again: when (ISO 8601 in UTC), what for, and how it stood before."""

    at: str
    cause: str
    before: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class EventStory:
    """One event of the paper at one of its addresses, with how it is judged and told; `seen` is ISO 8601 in UTC.

    `assessments` are those in force; `again` says which judgements came before them, oldest first.
    """

    url: str
    kind: str
    seen: str
    release: str
    visit: str
    assessments: tuple[Assessment, ...]
    told: tuple[Told, ...]
    again: tuple[Again, ...] = ()


def story(radar: Radar, unit: Unit, event: RecordedEvent, *, addresses: bool = False) -> EventStory:
    """One event from the archive; with `addresses` the recipients by their address."""
    assessments = unit.events.assessments(event.id)
    return EventStory(
        unit.resources.get(event.resource_id).url,
        event.kind.value,
        event.seen.isoformat(),
        event.release.value,
        unit.visits.get(event.visit_id).state.value,
        assessments,
        tuple(_told(radar, unit, event, assessments, addresses=addresses)),
        _again(unit, event.id),
    )


def _told(
    radar: Radar, unit: Unit, event: RecordedEvent, assessments: tuple[Assessment, ...], *, addresses: bool
) -> Iterator[Told]:
    for digest in radar.settings.digests.values():
        run = unit.issues.issue_of(event.id, digest.name) or unit.issues.start_with(event.key, digest.name)
        if run is None and not unit.issues.is_waiting(event.id, digest.name):
            continue
        # as it stood when the issue was made; what waits, as it stands now
        judged = unit.events.assessments_of((event.id,), run.made)[event.id] if run else assessments
        level = level_for(digest, judged)
        if level is None:
            continue
        deliveries = unit.outbox.deliveries(run_id=run.id, whole=False) if run else ()
        said = tuple(_delivery(radar, one, addresses=addresses) for one in deliveries)
        yield Told(digest.name, level.value, _issue(radar, run) if run else "", said)


def _issue(radar: Radar, run: DigestRun) -> str:
    name = f"{run.digest} nr. {run.number}"
    if run.form != DigestForm.START.value:
        return name
    return f"{name} (the Startdossier of {when(run.made, radar.clock.now())})"


def _delivery(radar: Radar, one: Delivery, *, addresses: bool) -> str:
    who = one.recipient if addresses else place(radar, one.digest, one.recipient)
    to = f" to {who}" if who else ""
    at = f" {when(one.delivered, radar.clock.now())}" if one.delivered else ""
    because = f" ({one.detail})" if one.state is DeliveryState.DROPPED else ""  # `outbox drop` says who, when and why
    return f"{one.channel} {one.part}/{one.parts}{to}: {one.state.value}{at}{because}"


def _again(unit: Unit, event_id: int) -> tuple[Again, ...]:
    """How the event was judged before each time that it was judged again; several topics at one moment are one time."""
    found = unit.rejudgements.of((event_id,)).get(event_id, ())
    if not found:
        return ()
    standing = {one.topic: one for one in unit.events.first_assessments((event_id,))[event_id]}
    out: list[Again] = []
    for at, cause in dict.fromkeys((one.at, one.cause) for one in found):
        these = [one.assessment for one in found if (one.at, one.cause) == (at, cause)]
        out.append(Again(at.isoformat(), cause, tuple(standing[one.topic] for one in these if one.topic in standing)))
        standing.update({one.topic: one for one in these})
    return tuple(out)
