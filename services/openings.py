"""Keeping an eye on schemes that open: their pages are asked every ten minutes, from an hour before until four hours after.

A ceiling can be reached within the hour, and a visit on schedule may come too late to be of use.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.errors import BusyError
from domain.events import VisitState
from domain.moments import WATCHED_EVERY, is_watched
from services.leasing import hold
from services.moments import pages_by_scheme, stated
from services.radar import Radar
from services.watch import look
from storage.resources import Resource
from storage.unit_of_work import Unit
from storage.visits import Visit

PURPOSE = "opening"

TOLERANCE = timedelta(minutes=1)
"""Waking up takes time: what was asked nine minutes ago is asked again."""


def watch_openings(radar: Radar) -> tuple[Visit, ...]:
    """Ask the pages of schemes that open about now and were not asked for ten minutes, one short visit a source."""
    with radar.store.read() as unit:
        pages = _pages(radar, unit, radar.clock.now())
    visits = []
    for source in sorted({page.source for page in pages}):
        try:
            with hold(radar, f"{PURPOSE}:{source}"):
                visits.append(_look(radar, source, [page for page in pages if page.source == source]))
        except BusyError:
            continue  # another process is looking at them right now
    return tuple(visits)


def _pages(radar: Radar, unit: Unit, now: datetime) -> list[Resource]:
    """The pages of the schemes that open about now, those that their publisher changes in place (an act never changes)."""
    opening = {one.moment.about for one in stated(radar, unit) if is_watched(one.moment, now)}
    found = []
    for scheme, page, _ in pages_by_scheme(radar, unit) if opening else ():
        asked = page.checked is not None and now - page.checked < WATCHED_EVERY - TOLERANCE
        if (
            scheme in opening
            and not asked
            and radar.adapters[page.source].always_recheck(page.url, radar.settings.scope(page.source))
        ):
            found.append(page)
    return found


def _look(radar: Radar, source: str, pages: Sequence[Resource]) -> Visit:
    with radar.store.begin() as unit:
        visit = unit.visits.open(source, PURPOSE, radar.clock.now())
    with radar.client(source) as client:
        for page in pages:
            look(radar, page, visit.id, client)
    with radar.store.begin() as unit:
        return unit.visits.close(visit.id, VisitState.ACCEPTED, at=radar.clock.now())
