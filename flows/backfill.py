"""The flow for a historical load, started by hand from the dashboard or the command line."""

from __future__ import annotations

from datetime import date

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows import artifacts
from flows.wiring import radar
from services import backfill as loading


@task(name="plan", cache_policy=NO_CACHE)
def show_plan(job: loading.Job) -> None:
    """What the load will cost, as an artifact."""
    found = loading.plan(radar(), job)
    artifacts.note(
        f"backfill-{job.source}",
        f"{found.listed} papers listed in {found.windows} windows ({found.known} known), {found.requests} requests, "
        f"about {found.minutes} minutes at the polite rate, {found.megabytes:.1f} MB.",
    )


@task(name="load", cache_policy=NO_CACHE)
def load(job: loading.Job) -> int:
    """List and read window by window; a killed load goes on after its last finished window. Returns the papers read."""
    logger = get_run_logger()
    papers = 0
    for step in loading.run(radar(), job):
        if step.papers_done:
            papers += 1
        if step.papers_done == step.papers:
            logger.info("window %s of %s: %s papers", step.windows_done + 1, step.windows, step.papers)
    return papers


@flow(name="backfill", flow_run_name="backfill {source} {since}", log_prints=False, retries=0)
def backfill(source: str, since: date, until: date, dossier: str = "", id: str = "", topic: str = "", notify: str = "") -> int:
    """Load older papers. Nothing is announced unless notify names a digest.

    Args:
        source: the name of the source in sources.yaml, such as officielebekendmakingen.
        since: the first day, such as 2021-09-01.
        until: the last day, included.
        dossier: only this dossier, such as 32637.
        id: only this paper, such as kst-32637-473.
        topic: only what the terms, dossiers and followed papers of this topic point at.
        notify: the digest that tells what was found; empty tells nobody.
    """
    job = loading.Job(source, since, until, dossier, id, topic, notify)
    loading.check(radar(), job)
    show_plan(job)
    papers = load(job)
    artifacts.note(f"backfill-{source}-done", f"{papers} papers read for {since} to {until}.")
    return papers
