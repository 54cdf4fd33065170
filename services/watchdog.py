"""The watchdog: is everything watched, read, told and delivered as it should be, and does somebody have to act if it is not?

Free of any engine. It mends what it can (a digest that nobody made), writes down what it finds as incidents with a begin and an
end, and tells operators of each once when it begins and once when it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.alarms import LATE
from domain.calendar import day_and_time
from domain.digests import DigestForm
from domain.errors import BusyError
from domain.lifecycle import MANY, OVER, IncidentKind
from services import digest, incident_notes, reconcile, troubles
from services.deliver import deliver_due
from services.leasing import hold
from services.radar import Radar
from services.reconcile import Reconciled
from services.troubles import Trouble
from storage.incidents import Incident

OURS = (IncidentKind.STALE, IncidentKind.QUIET, IncidentKind.UNHANDLED, IncidentKind.UNTOLD, IncidentKind.STUCK)


@dataclass(frozen=True, slots=True)
class Report:
    """What one look found: digests that had to be made, how the lists compare, what is wrong, and what operators were told."""

    made: tuple[str, ...]
    reconciled: tuple[Reconciled, ...]
    wrong: tuple[Trouble, ...]
    told: tuple[Incident, ...]


def look(radar: Radar) -> Report:
    """One look at everything. Raises BusyError when another watchdog is at it."""
    with hold(radar, "watchdog"):
        made = make_missed(radar)
        compared = compare(radar)
        wrong = note(radar, compared)
        return Report(made, compared, wrong, incident_notes.tell(radar))


def make_missed(radar: Radar) -> tuple[str, ...]:
    """Make and deliver the issues that nobody made a quarter of an hour after their time: late, marked as such, once."""
    now = radar.clock.now()
    made = []
    for wanted in digest.due_digests(radar):
        if wanted.form is not DigestForm.URGENT and now - wanted.due > LATE and digest.make(radar, wanted) is not None:
            made.append(f"{wanted.digest} of {day_and_time(wanted.due)}")
    if made:
        deliver_due(radar)
    return tuple(made)


def compare(radar: Radar) -> tuple[Reconciled, ...]:
    """Reconcile every source whose turn it is."""
    found = []
    for source in radar.settings.sources:
        if reconcile.is_due(radar, source):
            try:
                found.append(reconcile.reconcile(radar, source))
            except BusyError:
                continue  # another process compares it right now
    return tuple(found)


def note(radar: Radar, compared: Sequence[Reconciled]) -> tuple[Trouble, ...]:
    """Write down what is wrong as incidents, and end those that are over; returns what is wrong."""
    now = radar.clock.now()
    with radar.store.begin() as unit:
        found = (
            *troubles.of_sources(radar, unit, now),
            *troubles.of_lists(radar, unit, compared),
            *troubles.of_digests(radar, unit, now),
            *troubles.of_deliveries(unit, now),
        )
        present = {(one.about, one.kind) for one in found}
        for one in found:
            unit.incidents.note(one.about, one.kind.value, one.said, now)
        for old in unit.incidents.since(now):
            ours = any(old.kind == kind.value for kind in OURS)
            if ours and old.ended is None and (old.source, IncidentKind(old.kind)) not in present:
                unit.incidents.end(old.source, old.kind, now)
        for source in radar.settings.sources:
            if unit.absences.count(source, now - 2 * OVER) < MANY:
                unit.incidents.end(source, IncidentKind.VANISHED.value, now)
    return found
