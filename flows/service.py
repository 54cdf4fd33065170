"""The scheduled service on one machine: deployments and automations in front of a Prefect server with its dashboard."""

from __future__ import annotations

import warnings
from datetime import timedelta

import httpx
from prefect import serve

from domain.errors import RadarError
from flows import automations, recovery
from flows.deployments import deployments
from services.settings import Settings

RUNS_AT_ONCE = 3
"""Each is a process of about 130 MB."""


def run(settings: Settings, wake_every: timedelta | None = None) -> None:
    """Apply automations and deployments and run them until SIGTERM or Ctrl-C. Needs PREFECT_API_URL of a running server; raises
    RadarError when it does not answer.

    `pause_on_shutdown=False`: by default stopping would pause every deployment, and nothing would run after a restart.
    """
    # On SIGTERM Prefect 3.8.8 makes a coroutine that it cannot await any more; it stops all the same.
    warnings.filterwarnings("ignore", message="coroutine 'Runner.astop' was never awaited", category=RuntimeWarning)
    found = deployments(settings, wake_every)
    try:
        automations.upsert_all()
        recovery.recover({str(deployment.name) for deployment in found})
        recovery.keep_paused(found)
    except httpx.TransportError as error:
        raise RadarError(automations.no_api(error)) from error
    recovery.keep_collapsing()
    serve(*found, limit=RUNS_AT_ONCE, pause_on_shutdown=False, print_starting_message=False)
