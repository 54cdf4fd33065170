"""The scheduled service on one machine: Prefect server with dashboard, deployments and automations."""

from __future__ import annotations

import warnings

from prefect import serve

from flows import automations
from flows.deployments import deployments
from services.settings import Settings

RUNS_AT_ONCE = 3


def run(settings: Settings) -> None:
    """Apply automations and deployments and run them until SIGTERM or Ctrl-C. Needs PREFECT_API_URL of a running server.

    `pause_on_shutdown=False`: by default stopping would pause every deployment, and nothing would run after a restart.
    """
    # On SIGTERM Prefect 3.8.8 makes a coroutine that it cannot await any more; it stops all the same.
    warnings.filterwarnings("ignore", message="coroutine 'Runner.astop' was never awaited", category=RuntimeWarning)
    automations.upsert_all()
    serve(*deployments(settings), limit=RUNS_AT_ONCE, pause_on_shutdown=False)
