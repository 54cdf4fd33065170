"""Automations of the Prefect server, upserted by name."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from prefect.automations import Automation
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture

from flows.heartbeat import HEARTBEAT_SECONDS


def zombies() -> Automation:
    """Runs whose process was killed become Crashed after three missed heartbeats; they hold up no other run."""
    return Automation(
        name="beleidsradar: runs without heartbeat become Crashed",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.*"},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=3 * HEARTBEAT_SECONDS),
        ),
        actions=[ChangeFlowRunState(name=None, state=StateType.CRASHED, message="no heartbeat: the process ended", force=False)],
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
