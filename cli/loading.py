"""backfill: older papers, with a plan and a progress bar."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli import opening
from cli.output import as_json, say
from services import backfill as loading
from services import clock, edits
from services.radar import Radar
from sources import ADAPTERS
from storage.issues import DigestRun


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
    """Show the plan; unless that is all, load. With `json` the plan and what was read are one document at the end.

    What cannot be done is refused before anything is opened. Loading needs an archive: only visits begin one.
    """
    job = loading.Job(source, since, until, dossier, id, topic, notify)
    loading.refuse(opening.settings(), ADAPTERS, clock.from_environment(os.environ).now(), job)
    radar = opening.radar(create=False)
    plan = loading.plan(radar, job)
    if not json:
        say(in_words(plan))
    if only_plan:
        if json:
            as_json({"plan": plan, "papers": None, "issue": None})
        return
    edits.note(radar, ())  # what judges the papers is written down as in force, as it is for a visit
    papers, issue = _load(radar, job, plan, quiet=json)
    if json:
        as_json({"plan": plan, "papers": papers, "issue": issue.number if issue else None})
        return
    say(f"{papers} papers read; {_told(job, issue)}")


def in_words(found: loading.Plan) -> str:
    """The plan as a person reads it, in a line or two."""
    lines = [
        f"{found.listed} papers listed in {found.windows} windows ({found.known} known already): {found.requests} requests, "
        f"about {found.minutes:.3g} minutes at the polite rate, {found.megabytes:.1f} MB"
    ]
    if found.live_from is not None:
        lines.append(f"from {found.live_from} on visits find the papers themselves; those days are left to them")
    return "\n".join(lines)


def _told(job: loading.Job, issue: DigestRun | None) -> str:
    if not job.notify:
        return "nobody was told"
    if issue is None:
        return f"there is nothing to tell {job.notify}"
    return f"{job.notify} nr. {issue.number} tells them; it goes out with the next delivery"


def _load(radar: Radar, job: loading.Job, plan: loading.Plan, *, quiet: bool) -> tuple[int, DigestRun | None]:
    papers, issue = 0, None
    with _shown(plan, quiet=quiet) as show:
        for step in loading.run(radar, job):
            papers += step.papers_done > 0
            issue = step.issue
            show.step(step)
    return papers, issue


class _Show(Protocol):
    def step(self, step: loading.Progress) -> None:
        """Show how far the job is."""
        ...


class _Silent:
    def step(self, step: loading.Progress) -> None:
        """Say nothing."""


class _Lines:
    """For a log or a pipe: a line a window, and one when waiting begins."""

    def __init__(self) -> None:
        self._last = ""

    def step(self, step: loading.Progress) -> None:
        """A line, unless it is about one paper or was said a moment ago."""
        if step.papers_done == 0 and step.what not in ("done", self._last):
            say(f"{step.windows_done} of {step.windows} windows; {step.what}")
            self._last = step.what


class _Bar:
    """For a terminal: a bar over the windows, with the paper of this moment."""

    def __init__(self, bar: Progress, total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("asking the lists", total=total or None)

    def step(self, step: loading.Progress) -> None:
        """Move the bar."""
        share = step.papers_done / step.papers if step.papers else 0.0
        self._bar.update(self._task, completed=step.windows_done + share, total=max(1, step.windows), description=step.what[:60])


@contextmanager
def _shown(plan: loading.Plan, *, quiet: bool) -> Iterator[_Show]:
    """How progress is shown: not at all, by a bar, or by lines where there is no terminal."""
    console = Console()
    if quiet:
        yield _Silent()
    elif not console.is_terminal:
        yield _Lines()
    else:
        words = TextColumn("{task.description}", markup=False)  # a title may hold brackets
        with Progress(words, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True) as bar:
            yield _Bar(bar, plan.windows)
