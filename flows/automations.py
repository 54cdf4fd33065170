"""Automations of the Prefect server, upserted by name."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import httpx
from prefect.automations import Automation
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState, RunDeployment
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.settings import PREFECT_API_URL

from flows.deployments import SCHEDULED
from flows.heartbeat import HEARTBEAT_SECONDS

RUNS: dict[str, str | list[str]] = {"prefect.resource.id": ["prefect.flow-run.*"]}

AGAIN_AFTER = timedelta(seconds=20)
"""How long after a crash the same deployment is woken once more: what crashes at once does not keep the machine busy."""


def zombies() -> Automation:
    """Runs whose process was killed become Crashed after three missed heartbeats; they hold up no other run."""
    return Automation(
        name="beleidsradar: runs without heartbeat become Crashed",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.*"},
            match=RUNS,
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=3 * HEARTBEAT_SECONDS),
        ),
        actions=[ChangeFlowRunState(name=None, state=StateType.CRASHED, message="no heartbeat: the process ended", force=False)],
    )


def once_more() -> Automation:
    """What was killed is woken again at once, instead of at its next time; the store knows what was left undone."""
    return Automation(
        name="beleidsradar: what crashed is woken again",
        trigger=EventTrigger(
            expect={"prefect.flow-run.Crashed"},
            match=RUNS,
            match_related={"prefect.resource.role": "tag", "prefect.resource.id": f"prefect.tag.{SCHEDULED}"},
            posture=Posture.Reactive,
            threshold=1,
        ),
        actions=[
            RunDeployment(source="inferred", deployment_id=None, parameters=None, job_variables=None, schedule_after=AGAIN_AFTER)
        ],
    )


def upsert(automation: Automation) -> None:
    """Put the automation on the server in the place of the one with the same name."""
    try:
        present: Automation | None = cast(Automation, Automation.read(name=automation.name))
    except ValueError:
        present = None
    if present is not None:
        present.delete()
    automation.create()


def upsert_all() -> None:
    """Every automation of this product."""
    upsert(zombies())
    upsert(once_more())


def no_api(error: httpx.TransportError) -> str:
    """The line for whoever started something without a server behind it."""
    return f"the Prefect API does not answer ({error or type(error).__name__}); is the server of PREFECT_API_URL up?"


def main() -> None:
    """`python -m flows.automations`: for a server that others share. Ends with one line, exit 1, when it is not named or does not
    answer."""
    if not PREFECT_API_URL.value():  # Prefect would start a server of its own, and take the automations with it
        raise SystemExit("beleidsradar: PREFECT_API_URL does not name the server whose automations these are")
    try:
        upsert_all()
    except httpx.TransportError as error:
        raise SystemExit(f"beleidsradar: {no_api(error)}") from None


if __name__ == "__main__":
    main()
