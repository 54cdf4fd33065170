"""check, run and backfill."""

from __future__ import annotations

import os
from datetime import date

import typer

from cli.output import as_json, complain, say
from domain.errors import BusyError, UsageError
from domain.events import VisitState
from services import backfill as loading
from services import watch
from services.environment import sources_path
from services.settings import faults
from services.wiring import open_radar
from storage.visits import Visit


def check() -> None:
    """Every fault of the configuration, a line each; exit 2 when there is any."""
    found = list(faults(sources_path(os.environ), os.environ))
    for fault in found:
        complain(str(fault))
    if found:
        complain(f"{len(found)} {'fault' if len(found) == 1 else 'faults'}")
        raise typer.Exit(2)
    say("sources.yaml, topics, channels and environment are fine")


def run(sources: list[str], *, json: bool) -> None:
    """One visit to each source; exit 1 when any visit failed or lacked a route."""
    radar = open_radar(os.environ, create=True)
    unknown = [name for name in sources if name not in radar.adapters]
    if unknown:
        raise UsageError(f"there is no source {unknown[0]!r}; configured are {', '.join(radar.adapters)}")
    visits: list[Visit] = []
    failures: list[str] = []
    for name in sources or list(radar.adapters):
        try:
            done = watch.visit(radar, name)
        except BusyError as error:
            failures.append(str(error))
            continue
        visits.append(done)
        if not json:
            say(_line(done))
        if done.failure or done.state is not VisitState.ACCEPTED:
            failures.append(f"{name}: {done.failure or done.state.value}")
    if json:
        as_json({"visits": visits, "failures": failures})
    for failure in failures:
        complain(f"beleidsradar: {failure}")
    if failures:
        raise typer.Exit(1)


def _line(visit: Visit) -> str:
    counts = visit.counts
    told = f"{counts.get('events', 0)} events" if counts.get("events") else "nothing new"
    return (
        f"{visit.source}: {visit.state.value}, {counts.get('listed', 0)} listed, {counts.get('read', 0)} read, "
        f"{counts.get('unchanged', 0)} unchanged, {counts.get('failed', 0)} failed, {told}"
    )


def backfill(source: str, since: date, until: date, dossier: str, id: str, topic: str, notify: str, *, only_plan: bool) -> None:
    """Show the plan; unless that is all, load with a progress bar."""
    from rich.progress import Progress

    radar = open_radar(os.environ, create=True)
    job = loading.Job(source, since, until, dossier, id, topic, notify)
    plan = loading.plan(radar, job)
    say(
        f"{plan.listed} papers listed in {plan.windows} windows ({plan.known} known already): {plan.requests} requests, "
        f"about {plan.minutes} minutes at the polite rate, {plan.megabytes:.1f} MB"
    )
    if only_plan:
        return
    papers = 0
    with Progress(transient=True) as bar:
        task = bar.add_task("loading", total=plan.windows)
        for step in loading.run(radar, job):
            papers += 1 if step.papers_done else 0
            share = step.papers_done / step.papers if step.papers else 0.0
            bar.update(task, completed=step.windows_done + share, description=step.what[:60])
    say(f"{papers} papers read" + (f"; {notify} tells them in its next issue" if notify else "; nobody was told"))
