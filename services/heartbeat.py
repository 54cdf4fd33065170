"""A sign of life to a service outside after each delivered digest: when it stops coming, that service calls somebody.

It is the one watchdog that still barks when this machine, Prefect or the mail server is down. Nothing is sent but the request.
"""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from collections.abc import Sequence

from domain.events import DeliveryState
from services.deliver import Attempt
from services.radar import Radar

log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds; a service that is slow holds nothing up."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuses every redirect: only the configured address is ever asked."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def beat(radar: Radar, attempts: Sequence[Attempt]) -> bool:
    """Ask `heartbeat_url` once when any of these deliveries arrived; returns whether it was asked and answered. Never raises for
    an address that fails: it is written to the log, without the address, which may hold a key."""
    url = radar.settings.heartbeat_url
    if not url or not any(one.state is DeliveryState.DELIVERED for one in attempts):
        return False
    request = urllib.request.Request(url, headers={"User-Agent": "beleidsradar"})
    try:
        with urllib.request.build_opener(_NoRedirect()).open(request, timeout=PATIENCE) as answer:
            answer.read(100)
    except (OSError, urllib.error.URLError, ValueError) as error:
        log.warning("heartbeat_url does not answer: %s", type(error).__name__)
        return False
    return True
