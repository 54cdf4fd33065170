"""Independent reconciliation (features O3): what the public lists of the last two days name, against what was read and told.

The lists are asked anew and in full, without the validators and watermarks on which visits rely, and by the routes that can be
asked about a window where a source has them. So a visit that believes a stale "not modified", a lost row or a watermark that ran
ahead shows here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.alarms import should_be_handled
from domain.calendar import AMSTERDAM, local
from domain.errors import FetchError, ReadingError
from domain.events import DeliveryState, VisitState
from domain.listings import Entry, Window
from services.asking import ask_all
from services.gaps import is_rolling
from services.leasing import hold
from services.radar import Radar
from sources.adapter import Route
from storage.resources import Resource, ResourceState
from storage.unit_of_work import Unit

PURPOSE = "reconcile"
"""What such a visit is called: it brings nothing and moves no watermark."""

EVERY = timedelta(hours=6)
BACK = timedelta(days=2)
HANDLED = frozenset({ResourceState.READ, ResourceState.GONE})
ARRIVED = frozenset({DeliveryState.DELIVERED, DeliveryState.DROPPED})
NOT_READ = "stands on a public list and was not read"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How one source compares: papers `listed` in the last two days, of them `handled` (read and judged); of those that digests
    select, `selected`, how many were `told` to every reader. `missing` names papers that should have been handled by now."""

    source: str
    listed: int = 0
    handled: int = 0
    selected: int = 0
    told: int = 0
    missing: tuple[str, ...] = ()
    failure: str = ""

    def in_english(self) -> str:
        """One line: "2 listed, 1 handled; not handled: https://..."."""
        if self.failure:
            return f"the lists could not be asked: {self.failure}"
        text = f"{self.listed} listed, {self.handled} handled, {self.told} of {self.selected} selected ones told"
        return f"{text}; not handled: {', '.join(self.missing)}" if self.missing else text


def is_due(radar: Radar, source: str) -> bool:
    """True when the last reconciliation is six hours old, or found something missing and can be looked at once more."""
    with radar.store.read() as unit:
        last = unit.visits.latest(source, purpose=PURPOSE)
        if unit.routes.baseline(source).done is None:
            return False
    return last is None or bool(last.counts.get("missing")) or radar.clock.now() - last.started >= EVERY


def reconcile(radar: Radar, source: str) -> Reconciled:
    """Ask the public lists of a source and compare. A list that cannot be asked says nothing; that it fails is known already.

    Raises BusyError when another process is at it.
    """
    with hold(radar, f"{PURPOSE}:{source}"):
        now = radar.clock.now()
        with radar.store.begin() as unit:
            visit = unit.visits.open(source, PURPOSE, now)
        try:
            entries = _public(radar, source, now)
        except (FetchError, ReadingError) as error:
            with radar.store.begin() as unit:
                unit.visits.close(visit.id, VisitState.REJECTED, at=radar.clock.now(), failure=str(error))
            return Reconciled(source, failure=str(error))
        with radar.store.begin() as unit:
            found = _compared(radar, unit, source, entries, visit.id, now)
            counts = {"listed": found.listed, "handled": found.handled, "selected": found.selected, "told": found.told}
            unit.visits.count(visit.id, counts | {"missing": len(found.missing)})
            unit.visits.close(visit.id, VisitState.ACCEPTED, at=radar.clock.now())
    return found


def _public(radar: Radar, source: str, now: datetime) -> list[Entry]:
    """What the lists name for the last two days, once each."""
    since = (local(now) - BACK).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = (local(now) + timedelta(days=1)).date()
    window = Window(since, datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=AMSTERDAM))
    found: dict[str, Entry] = {}
    with radar.client(source) as client:
        for route in _routes(radar.adapters[source].routes(radar.settings.scope(source))):
            for url, entry in ask_all(radar, route, [window], client).entries.items():
                if _is_recent(entry, since):
                    found.setdefault(url, entry)
    return list(found.values())


def _routes(routes: Sequence[Route]) -> list[Route]:
    """The routes that can be asked about two days and lists of the last days; lists of everything only where there is nothing
    else, because they are large."""
    light = [route for route in routes if route.windowed or is_rolling(route)]
    return light or list(routes)


def _is_recent(entry: Entry, since: datetime) -> bool:
    moment = _public_since(entry)
    if moment is None or not entry.recent:
        return False
    return (local(moment).date() if isinstance(moment, datetime) else moment) >= since.date()


def _compared(radar: Radar, unit: Unit, source: str, entries: Sequence[Entry], visit_id: int, now: datetime) -> Reconciled:
    accepted = unit.visits.latest(source, state=VisitState.ACCEPTED)
    visited = accepted.started if accepted else datetime.min.replace(tzinfo=UTC)
    warned = [w for w in unit.visits.warnings(source, now - BACK) if w.what == NOT_READ]
    suspected = {w.url: w.at for w in reversed(warned)}  # the first time counts
    handled: list[Resource] = []
    missing = []
    for entry in entries:
        resource = unit.resources.by_url(entry.url)
        if resource is not None and (resource.state in HANDLED or resource.baseline):
            handled.append(resource)
            continue
        unit.visits.warn(source, NOT_READ, at=now, visit_id=visit_id, url=entry.url)
        settled = should_be_handled(_public_since(entry), resource.first_listed if resource else None, visited)
        if settled or (entry.url in suspected and visited > suspected[entry.url]):
            missing.append(entry.url)
    told = list(_told(radar, unit, handled))
    return Reconciled(source, len(entries), len(handled), len(told), sum(told), tuple(sorted(missing)))


def _public_since(entry: Entry) -> date | datetime | None:
    return entry.published or entry.modified or entry.dated


def _told(radar: Radar, unit: Unit, handled: Sequence[Resource]) -> Iterator[bool]:
    """For every paper and each digest that announced it: whether every reader has an issue that tells it."""
    whole: dict[int, bool] = {}
    for resource in handled:
        if resource.publication_id is None:
            continue
        for event in unit.events.of_publication(resource.publication_id):
            runs = (unit.issues.issue_of(event.id, digest) for digest in radar.settings.digests)
            for run in runs:
                if run is not None:
                    if run.id not in whole:
                        deliveries = unit.outbox.deliveries(run_id=run.id, whole=False)
                        whole[run.id] = all(one.state in ARRIVED for one in deliveries)
                    yield whole[run.id]
