"""What a service that starts finds of the one before: runs that a kill left behind, times that were missed, old deployments, and
what an operator paused."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, DeploymentScheduleUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import DeploymentSchedule, FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import PrefectException
from prefect.states import Crashed

from flows.deployments import PRODUCT, SCHEDULED

log = logging.getLogger(__name__)

UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
PAGE = 200
COLLAPSE_EVERY = 60.0
"""Seconds of the machine."""


def recover(names: Collection[str]) -> None:
    """Make order before the service runs: nothing that was killed seems to run, of missed times one a deployment is made up, and
    deployments of sources that are no longer configured are gone. Only one service runs on this server, so all of it is ours."""
    with get_client(sync_client=True) as client:
        _forget_deployments(client, names)
        for run in _runs(client, UNFINISHED, [PRODUCT]):
            client.set_flow_run_state(run.id, Crashed(message="the service was started anew"), force=True)
        _collapse(client)


def keep_paused(found: Sequence[RunnerDeployment]) -> None:
    """What an operator paused stays paused: a deployment as a whole, or one of its schedules. Prefect 3.8.8 would wake both when
    the deployment is applied again, slugs or not. A slug is a place in a list: one that now stands for other times is a new
    schedule, and not paused."""
    with get_client(sync_client=True) as client:
        ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[PRODUCT]))
        present = {one.name: one for one in client.read_deployments(deployment_filter=ours, limit=PAGE)}
    for deployment in found:
        before = present.get(str(deployment.name))
        if before is not None:
            deployment.paused = before.paused
            paused = {(one.slug, _times(one)) for one in before.schedules if not one.active}
            deployment.schedules = [
                one.model_copy(update={"active": (one.slug, _times(one)) not in paused}) for one in deployment.schedules or ()
            ]
            if before.paused or paused:
                log.info("%s: paused by hand, and stays so", deployment.name)


def _times(one: DeploymentSchedule | DeploymentScheduleCreate | DeploymentScheduleUpdate) -> str:
    """When a schedule fires: its cron, or how often; not the anchor and the defaults that the server adds."""
    return str(getattr(one.schedule, "cron", None) or getattr(one.schedule, "interval", None))


def keep_collapsing() -> None:
    """Collapse missed times for as long as this process lives, in a thread: a machine that is too slow for a while works off the
    latest of each deployment instead of all of them."""
    threading.Thread(target=_collapse_forever, name="collapse missed times", daemon=True).start()


def _collapse_forever() -> None:
    while True:
        time.sleep(COLLAPSE_EVERY)
        try:
            with get_client(sync_client=True) as client:
                _collapse(client)
        except (httpx.HTTPError, PrefectException) as error:
            log.info("missed times could not be collapsed now: %s", type(error).__name__)


def _forget_deployments(client: SyncPrefectClient, names: Collection[str]) -> None:
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[PRODUCT]))
    for deployment in client.read_deployments(deployment_filter=ours, limit=PAGE):
        if deployment.name not in names:
            client.delete_deployment(deployment.id)


def _collapse(client: SyncPrefectClient) -> None:
    """Of several missed times of a deployment only the latest is left: late collapses to one and never skips."""
    seen: set[object] = set()
    for run in _runs(client, [StateType.SCHEDULED], [PRODUCT, SCHEDULED], before=datetime.now(UTC)):
        if run.deployment_id in seen:
            client.delete_flow_run(run.id)
        seen.add(run.deployment_id)


def _runs(client: SyncPrefectClient, states: list[StateType], tags: list[str], before: datetime | None = None) -> list[FlowRun]:
    """Runs of our deployments in these states, the latest planned first."""
    wanted = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": before}) if before else None,
    )
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=tags))
    found: list[FlowRun] = []
    while True:
        page = client.read_flow_runs(
            flow_run_filter=wanted,
            deployment_filter=ours,
            sort=FlowRunSort.EXPECTED_START_TIME_DESC,
            limit=PAGE,
            offset=len(found),
        )
        found += page
        if len(page) < PAGE:
            return found
