"""Whether each source brings what its owner expects of it (features O1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from domain.alarms import too_quiet
from domain.calendar import day_and_time
from domain.health import Expectation, Finding, Supply, supply
from domain.source_coverage import Note, Remark
from services.calendar_data import calendar
from services.radar import Radar
from services.route_states import present_routes
from storage.unit_of_work import Unit

COUNTED = timedelta(days=7)
"""Papers are counted over a week: five workdays."""


def supply_of(radar: Radar, unit: Unit, source: str) -> Finding | None:
    """How the supply of a source stands, for readers; None while it is too early to say: before its first complete listing."""
    return _weighed(supply, radar, unit, source)


def alarm_of(radar: Radar, unit: Unit, source: str) -> Finding | None:
    """How it stands for operators, whom only what is no chance concerns (`domain.alarms`); None as in `supply_of`."""
    return _weighed(too_quiet, radar, unit, source)


def _weighed(rule: Callable[..., Finding], radar: Radar, unit: Unit, source: str) -> Finding | None:
    settings = radar.settings.sources[source]
    routes = present_routes(radar, unit, source)
    heard = max((route.answered for route in routes if route.answered is not None), default=None)
    began = unit.routes.baseline(source).listed
    if heard is None or began is None:
        return None
    counted_since = max(began, heard - COUNTED)
    return rule(
        Expectation(settings.per_workday, settings.silent_workdays),
        last_new=max((route.changed for route in routes if route.changed is not None), default=began),
        heard_until=heard,
        listed=unit.watching.first_listed(source, counted_since),
        counted_since=counted_since,
        calendar=calendar(),
    )


def in_english(found: Finding) -> str:
    """For operators: what is not as usual, "" when it is."""
    match found.supply:
        case Supply.NORMAL:
            return ""
        case Supply.FEW:
            return f"{found.seen} papers since {day_and_time(found.since)}, where {found.expected} are usual"
        case Supply.SILENT | Supply.ZERO:
            return f"nothing new since {day_and_time(found.since)}, {found.workdays:.1f} workdays: the lists may stand still"


def note_of(found: Finding) -> Note | None:
    """For readers of a digest: what is not as usual, None when it is."""
    match found.supply:
        case Supply.NORMAL:
            return None
        case Supply.FEW:
            return Note(Remark.FEW_PAPERS, found.seen)
        case Supply.SILENT | Supply.ZERO:
            return Note(Remark.SILENT_DAYS, max(1, int(found.workdays)))
