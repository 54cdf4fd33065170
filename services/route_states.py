"""The routes of a source as they are configured now, with their states: what was configured once no longer counts."""

from __future__ import annotations

from services.radar import Radar
from storage.routes import RouteState
from storage.unit_of_work import Unit


def present_routes(radar: Radar, unit: Unit, source: str) -> tuple[RouteState, ...]:
    """The state of every route that the adapter asks today; all empty for one that was never asked."""
    routes = radar.adapters[source].routes(radar.settings.scope(source))
    return tuple(unit.routes.route(source, route.name) for route in routes)
