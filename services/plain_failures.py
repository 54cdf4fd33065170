"""What went wrong with a visit in one line for an operator: plain words first, no addresses; stored warnings have the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.radar import Radar
from services.route_states import present_routes
from storage.visits import Visit

LONGEST = 200
"""Characters of a line, the name of the source included."""

WORDS: Mapping[str, str] = {
    "missing": "the list is gone",
    "forbidden_by_robots": "robots.txt forbids it",
    "not_allowed": "it leads to a host that is not watched",
    "refused": "the site refuses",
    "busy": "the site says that it is too busy",
    "server_error": "the site has a breakdown",
    "unreachable": "the host could not be reached",
    "timeout": "no answer in time",
    "too_large": "the answer is too large",
    "foreign_redirect": "the site sends us to another address",
    "garbled": "the answer cannot be read",
    "cannot read": "the list is not what it should be",
}
"""Stored failures, by how they begin."""


def visit_failed(radar: Radar, visit: Visit) -> str:
    """Why a visit did not do all its work; "" when it did."""
    with radar.store.read() as unit:
        routes = present_routes(radar, unit, visit.source)
    failing = [route for route in routes if route.failing_since is not None]
    if failing and len(failing) == len(routes) and all(route.failure.startswith("unreachable") for route in failing):
        return f"no network: none of the hosts of {visit.source} could be reached"
    if not failing:
        return _cut(_without_addresses(visit.failure), len(visit.source) + 2)
    first = failing[0]
    text = f"{first.name}: {_plain(first.failure)}"
    if len(failing) > 1:
        text = f"{len(failing)} of {len(routes)} lists failed; {text}"
    return _cut(text, len(visit.source) + 2)


def _plain(failure: str) -> str:
    return next((words for start, words in WORDS.items() if failure.startswith(start)), _without_addresses(failure))


def _without_addresses(text: str) -> str:
    return " ".join(re.sub(r"https?://\S+", "", text).split())


def _cut(text: str, taken: int) -> str:
    room = LONGEST - len("beleidsradar: ") - taken
    return text if len(text) <= room else text[: room - 1] + "…"
