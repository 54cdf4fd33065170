"""Reading one paper now: the way a backfill reads it, quietly, for whoever wants to see what a letter cites."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import RadarError, UsageError
from domain.events import VisitState
from domain.listings import Entry
from services import find
from services.leasing import hold
from services.radar import Radar
from services.watch import look
from storage.resources import Resource

PURPOSE = "fetch"
"""What the visit of one fetched paper is called: no visit of the source's own, and no watermark moves."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The paper that is in the archive now. `known` says that it was there before and was not asked again."""

    id: str
    item: str
    url: str
    title: str
    kind: str
    known: bool


def fetch(radar: Radar, words: str) -> Fetched:
    """Read the paper of an id or address and write it down; tells nobody.

    Raises UsageError for what names no paper of a watched site, RadarError when it cannot be read (the reason is kept, and the
    visit is rejected), BusyError while another paper of its source is fetched so: they would share one visit.
    """
    source, url = _place(radar, words)
    with radar.store.read() as unit:
        before = unit.resources.by_url(url)
    if before is not None and before.checked is not None:
        return _shown(radar, before, known=True)
    with hold(radar, f"{PURPOSE}:{source}"):
        now = radar.clock.now()
        with radar.store.begin() as unit:
            unit.resources.announce(source, "", [Entry(url)], at=now, baseline=False, quiet=True, priority={url: 0})
            resource = unit.resources.by_url(url)
            visit = unit.visits.open(source, PURPOSE, now)
        assert resource is not None  # it was announced a moment ago
        with radar.client(source) as client:
            look(radar, resource, visit.id, client)
        with radar.store.begin() as unit:
            after = unit.resources.get(resource.id)
            # One that was killed may have left the visit with a paper in it: that paper counts.
            brought = after.checked is not None or bool(unit.visits.get(visit.id).counts.get("read"))
            state = VisitState.ACCEPTED if brought else VisitState.REJECTED
            unit.visits.close(visit.id, state, at=radar.clock.now(), failure=after.failure if after.checked is None else "")
    if after.checked is None:
        raise RadarError(after.failure or f"{url} could not be read")
    return _shown(radar, after, known=False)


def _place(radar: Radar, words: str) -> tuple[str, str]:
    """The source that has the paper, and its address there."""
    for name, adapter in radar.adapters.items():
        urls = [adapter.resource_url(words)] if "://" in words else []
        urls += [adapter.url_for(identifier) for identifier in find.identifiers(words)]
        url = next((one for one in urls if one), None)
        if url is not None:
            return name, url
    known = ", ".join(radar.adapters)
    raise UsageError(f"{words!r} is no paper of a watched site ({known}); ids look like kst-32637-473")


def _shown(radar: Radar, resource: Resource, *, known: bool) -> Fetched:
    with radar.store.read() as unit:
        latest = unit.snapshots.latest_version(resource.id)
        publication = unit.publications.get(resource.publication_id) if resource.publication_id is not None else None
    document = latest.document if latest else None
    return Fetched(
        publication.canonical if publication else "",
        publication.item_id if publication else "",
        resource.url,
        document.title if document else resource.title,
        document.kind.value if document else resource.kind,
        known,
    )
