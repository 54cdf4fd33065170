"""Papers that vanish, come back or move: what is told of it, and when it says more about the site than about the paper."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from domain.calendar import long_day
from domain.changes import Change, ChangeSort
from domain.documents import Document
from domain.events import EventKind, Release, event_key
from domain.lifecycle import AFTER, BETWEEN, MANY, OVER, IncidentKind, is_withdrawn
from services.announce import Occurrence, announce
from services.carried import carried
from services.radar import Radar
from storage.absences import Absence
from storage.publications import Publication
from storage.resources import Resource, ResourceState
from storage.snapshots import Version
from storage.unit_of_work import Unit

ADDRESS_IDS = ("ro:", "rvo:", "url:")
"""Ids that are addresses: a paper with an official number is known by that, wherever it stands."""

FEWEST_WORDS = 40
"""Pages that say less than this may say the same and still be two: "Deze pagina is verhuisd"."""


def missing(radar: Radar, resource: Resource, visit_id: int, failure: str) -> bool:
    """The publisher says that there is nothing at the address of a paper that was read; returns False for one that never was.

    Nothing is told before it is confirmed (`domain.lifecycle`); what was read stays as it is.
    """
    now = radar.clock.now()
    with radar.store.begin() as unit:
        latest = unit.snapshots.latest_version(resource.id)
        if latest is None:
            return False
        absence = unit.absences.missed(resource.id, now)
        if absence.confirmed is None and is_withdrawn(absence.since, absence.checks, now):
            unit.absences.confirm(resource.id, now)
            _withdraw(radar, unit, unit.resources.get(resource.id), latest, absence, visit_id, now)
            unit.visits.count(visit_id, {"withdrawn": 1})
        wait = AFTER if unit.resources.get(resource.id).state is ResourceState.GONE else BETWEEN
        unit.resources.failed(unit.resources.get(resource.id), failure=failure, not_before=now + wait)
        unit.visits.count(visit_id, {"missing": 1})
    return True


def _withdraw(
    radar: Radar, unit: Unit, resource: Resource, latest: Version, absence: Absence, visit_id: int, now: datetime
) -> None:
    """Write down that a paper is gone: told unless it still stands elsewhere, held for a person when many went with it."""
    if resource.publication_id is None:
        return
    copies = [one for one in unit.resources.of_publication(resource.publication_id) if one.state is ResourceState.READ]
    together = unit.absences.count(resource.source, now - 2 * OVER)
    many = together >= MANY
    if many:
        said = f"{together} pages are gone at once; what stands nowhere else waits for approval"
        unit.incidents.note(resource.source, IncidentKind.VANISHED.value, said, now)
    if len(unit.absences.among([one.id for one in copies])) < len(copies):
        release = Release.QUIET
    else:
        release = Release.AWAITING_APPROVAL if many else Release.OPEN
    change = Change(
        ChangeSort.PLACE,
        "verdwenen",
        f"te lezen op {_host(resource.url)}",
        f"niet meer te vinden sinds {long_day(absence.since)}, {absence.checks} keer gecontroleerd",
    )
    _say(radar, unit, resource, latest, EventKind.WITHDRAWN, change, release, visit_id, now)


def returned(radar: Radar, unit: Unit, resource: Resource, latest: Version | None, visit_id: int, now: datetime) -> None:
    """The paper is at its address: an absence ends, and one that was told is told to be over."""
    absence = unit.absences.of(resource.id)
    if absence is None:
        return
    unit.absences.end(resource.id)
    if absence.confirmed is None or latest is None or resource.publication_id is None:
        return
    gone = _happened(unit, resource, EventKind.WITHDRAWN)
    change = Change(
        ChangeSort.PLACE, "terug", f"verdwenen sinds {long_day(absence.since)}", f"weer te lezen op {_host(resource.url)}"
    )
    release = gone[-1] if gone else Release.QUIET
    _say(radar, unit, resource, latest, EventKind.RESTORED, change, release, visit_id, now)


def _happened(unit: Unit, resource: Resource, kind: EventKind) -> list[Release]:
    """How earlier events of this kind at this address were released, oldest first."""
    assert resource.publication_id is not None
    events = unit.events.of_publication(resource.publication_id)
    return [event.release for event in events if event.resource_id == resource.id and event.kind is kind]


def _say(
    radar: Radar,
    unit: Unit,
    resource: Resource,
    latest: Version,
    kind: EventKind,
    change: Change,
    release: Release,
    visit_id: int,
    now: datetime,
) -> None:
    assert resource.publication_id is not None
    times = len(_happened(unit, resource, kind))
    happened = Occurrence(
        key=event_key(resource.url, kind, latest.content_hash, "", times),
        kind=kind,
        resource_id=resource.id,
        publication_id=resource.publication_id,
        old_version_id=latest.id,
        new_version_id=latest.id,
        old_hash=latest.content_hash,
        new_hash="" if kind is EventKind.WITHDRAWN else latest.content_hash,
        visit_id=visit_id,
        document=latest.document,
        changes=(change,),
    )
    announce(radar, unit, happened, carried(radar, unit, resource.publication_id, kind.value), release, now)


def moved_from(unit: Unit, resource: Resource, document: Document) -> Publication | None:
    """The publication that said exactly this at another address of the same site: it moved, or was put there twice.

    Only for papers that are known by their address, that say enough to be told apart, and that carry the same dates.
    """
    if not document.id.startswith(ADDRESS_IDS) or len(document.text().split()) < FEWEST_WORDS:
        return None
    for version in unit.snapshots.saying(document.content_hash()):
        other = unit.resources.get(version.resource_id)
        same_days = (version.document.dated, version.document.published) == (document.dated, document.published)
        if other.id != resource.id and other.source == resource.source and other.publication_id is not None and same_days:
            return unit.publications.get(other.publication_id)
    return None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
