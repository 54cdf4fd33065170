"""The scheduled service on one machine: Prefect server with dashboard, deployments and automations."""

from __future__ import annotations

from prefect import serve

from flows import automations
from flows.deployments import deployments
from services.settings import Settings

RUNS_AT_ONCE = 3


def run(settings: Settings) -> None:
    """Apply automations and deployments and run them until SIGTERM or Ctrl-C. Needs PREFECT_API_URL of a running server.

    `pause_on_shutdown=False`: by default stopping would pause every deployment, and nothing would run after a restart.
    """
    automations.upsert_all()
    serve(*deployments(settings), limit=RUNS_AT_ONCE, pause_on_shutdown=False)
