"""backfill: older papers, with a plan and a progress bar."""

from __future__ import annotations

from datetime import date

from rich.progress import Progress

from cli import opening
from cli.output import as_json, say
from services import backfill as loading
from services.radar import Radar


def backfill(
    source: str,
    since: date,
    until: date,
    dossier: str,
    id: str,
    topic: str,
    notify: str,
    *,
    only_plan: bool,
    json: bool,
) -> None:
    """Show the plan; unless that is all, load. With `json` the plan and what was read are one document at the end."""
    radar = opening.radar(create=True)
    job = loading.Job(source, since, until, dossier, id, topic, notify)
    plan = loading.plan(radar, job)
    if not json:
        say(_plan(plan))
    papers = None if only_plan else _load(radar, job, plan, quiet=json)
    if json:
        as_json({"plan": plan, "papers": papers})
    elif papers is not None:
        say(f"{papers} papers read" + (f"; {notify} tells them in its next issue" if notify else "; nobody was told"))


def _plan(found: loading.Plan) -> str:
    return (
        f"{found.listed} papers listed in {found.windows} windows ({found.known} known already): {found.requests} requests, "
        f"about {found.minutes} minutes at the polite rate, {found.megabytes:.1f} MB"
    )


def _load(radar: Radar, job: loading.Job, plan: loading.Plan, *, quiet: bool) -> int:
    papers = 0
    with Progress(transient=True, disable=quiet) as bar:
        task = bar.add_task("loading", total=plan.windows)
        for step in loading.run(radar, job):
            papers += 1 if step.papers_done else 0
            share = step.papers_done / step.papers if step.papers else 0.0
            bar.update(task, completed=step.windows_done + share, description=step.what[:60])
    return papers
