"""The flow for a historical load, started by hand from the dashboard or the command line."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.deployments.runner import RunnerDeployment
from prefect.states import Failed

from domain.errors import UsageError
from flows import artifacts
from flows.wiring import radar
from services import backfill as loading
from services.settings import Settings


@task(name="plan", cache_policy=NO_CACHE)
def show_plan(job: loading.Job) -> None:
    """What the load will cost, as an artifact."""
    found = loading.plan(radar(), job)
    artifacts.note(
        f"backfill-{job.source}",
        f"{found.listed} papers listed in {found.windows} windows ({found.known} known), {found.requests} requests, "
        f"about {found.minutes:.3g} minutes at the polite rate, {found.megabytes:.1f} MB.",
    )


@task(name="load", cache_policy=NO_CACHE)
def load(job: loading.Job) -> int:
    """List and read window by window; a killed load goes on after its last finished window, and several runs of one job share
    it. Returns the papers read."""
    logger = get_run_logger()
    bar = create_progress_artifact(progress=0.0, description=f"windows of {job.source} from {job.since} to {job.until}")
    papers = 0
    for step in loading.run(radar(), job):
        papers += step.papers_done > 0
        if step.papers_done == 0:  # once a window: an artifact costs a call to the server
            _move(bar, step)
            logger.info("%s of %s windows; %s", step.windows_done, step.windows, step.what)
    return papers


def _move(bar: Any, step: loading.Progress) -> None:
    if isinstance(bar, UUID):
        update_progress_artifact(bar, progress=100.0 * step.windows_done / max(1, step.windows))


@flow(name="backfill", flow_run_name="backfill {source} {since}", log_prints=False, retries=0)
def backfill(
    source: str, since: date, until: date, dossier: str = "", id: str = "", topic: str = "", notify: str = ""
) -> int | State[int]:
    """Load older papers. Nothing is announced unless notify names a digest.

    Args:
        source: the name of the source in sources.yaml, such as officielebekendmakingen.
        since: the first day, such as 2021-09-01.
        until: the last day, included; today at the latest.
        dossier: only this dossier, such as 32637; empty for all.
        id: only this paper, such as kst-32637-473; empty for all.
        topic: only what the terms, dossiers and followed papers of this topic point at; empty for everything.
        notify: the digest that tells what was found, once; empty tells nobody.
    """
    job = loading.Job(source, since, until, dossier, id, topic, notify)
    try:
        loading.check(radar(), job)
    except UsageError as error:
        return Failed(message=str(error))  # one line in the place of a traceback; nothing was asked or written
    show_plan(job)
    papers = load(job)
    artifacts.note(f"backfill-{source}-done", f"{papers} papers read for {since} to {until}.")
    return papers


def with_choices(deployment: RunnerDeployment, settings: Settings) -> RunnerDeployment:
    """The deployment whose form on the dashboard offers what is configured: sources, topics and digests to choose from."""
    offered = {
        "source": list(settings.sources),
        "topic": ["", *settings.topics],
        "notify": ["", *settings.digests],
    }
    for name, choices in offered.items():
        deployment._parameter_openapi_schema.properties[name]["enum"] = choices
    return deployment
