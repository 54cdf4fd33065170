"""What one route shows and another one should have shown too: a finding about the route, not about the paper (features S12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from domain.calendar import local
from domain.documents import Document
from services.radar import Radar
from sources.adapter import Route
from storage.resources import Resource
from storage.routes import RouteState
from storage.unit_of_work import Unit

LOOK_BACK = timedelta(days=14)
"""How long after its first sight a paper still says something about the routes."""

GRACE = timedelta(hours=24)
"""How much later than the first route another one may name a paper: indexes and caches of one site do not run level."""

USUAL = 4
"""A route is held to what it usually does: it must have named this many papers of the same sort ..."""

SHARE = 0.8
"""... and this part of those that it could have named. Below that it shows a selection, and its silence says nothing."""


@dataclass(slots=True)
class _Habit:
    """What one route did with the papers of one kind at one host."""

    named: int = 0
    missed: list[tuple[Resource, str]] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """True when a paper that is missed is a finding."""
        return self.named >= USUAL and self.named >= SHARE * (self.named + len(self.missed))


def compare_routes(radar: Radar, source: str, visit_id: int, routes: Sequence[Route]) -> None:
    """Hold every route of a source against the others, and write down what it should have named by now."""
    if len(routes) < 2:
        return
    now = radar.clock.now()
    with radar.store.begin() as unit:
        unit.watching.named_after_all(source, now)
        states = {route.name: unit.routes.route(source, route.name) for route in routes}
        for route in routes:
            for habit in _habits(unit, source, route, states, now).values():
                for resource, shown_by in habit.missed if habit.counts else ():
                    unit.watching.not_named(source, route.name, resource.url, shown_by=shown_by, at=now)
                    what = f"{route.name} does not name a paper that {shown_by} showed"
                    unit.visits.warn(source, what, at=now, visit_id=visit_id, url=resource.url)


def _habits(unit: Unit, source: str, route: Route, states: dict[str, RouteState], now: datetime) -> dict[tuple[str, str], _Habit]:
    """Per host and kind, what the route named and what it missed of the papers that it could have named."""
    found: dict[tuple[str, str], _Habit] = defaultdict(_Habit)
    state = states[route.name]
    if state.answered is None or state.failing_since is not None:
        return found
    gaps = [window for name, window, _ in unit.routes.gaps(source) if name == route.name]
    gaps += [gap.window for gap in unit.routes.filled(source, now - LOOK_BACK) if gap.route == route.name]
    unsure: list[Resource] = []
    for resource in unit.watching.listed_live(source, now - LOOK_BACK):
        habit = found[urlsplit(resource.url).hostname or "", resource.kind]
        if route.name in resource.marks:
            habit.named += 1
        elif state.answered >= resource.first_listed + GRACE and not any(
            gap.since <= resource.first_listed < gap.until + GRACE for gap in gaps
        ):
            unsure.append(resource)
    documents = {key: version.document for key, version in unit.snapshots.latest_versions(r.id for r in unsure).items()}
    for resource in unsure:
        shown_by = next((name for name in sorted(resource.marks) if name in states), "")
        if shown_by and _within_reach(route, resource, documents.get(resource.id)):
            found[urlsplit(resource.url).hostname or "", resource.kind].missed.append((resource, shown_by))
    return found


def _within_reach(route: Route, resource: Resource, document: Document | None) -> bool:
    """True when the route was asked about a time that holds this paper: a window goes by the paper's own dates, and those may
    lie before everything that is asked."""
    if not route.windowed:
        return True
    earliest = local(resource.first_listed - timedelta(hours=route.overlap_hours)).date()
    days = [resource.dated, document.dated if document else None, _day(document.published) if document else None]
    known = [day for day in days if day is not None]
    return bool(known) and min(known) >= earliest


def _day(moment: date | datetime | None) -> date | None:
    return local(moment).date() if isinstance(moment, datetime) else moment
