"""The flow that visits one source."""

from __future__ import annotations

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from domain.errors import BusyError
from flows import artifacts
from flows.wiring import radar
from services import watch
from services.emergency import on_full_disk
from services.leasing import hold


@task(name="open visit", cache_policy=NO_CACHE)
def open_visit(source: str) -> int:
    """The visit of this run: a new one, or the one that a killed run left open."""
    return watch.begin(radar(), source)


@task(name="ask what exists", cache_policy=NO_CACHE)
def ask_routes(visit: int) -> None:
    """Every list of the source, over the time since it was last complete."""
    watch.ask(radar(), visit)


@task(name="read what may have changed", cache_policy=NO_CACHE)
def read_papers(visit: int) -> None:
    """Fetch, read, compare, judge and write down, one commit a paper."""
    watch.read(radar(), visit)


@task(name="close visit", cache_policy=NO_CACHE)
def close_visit(visit: int) -> str:
    """Accept or reject; returns the outcome in a line."""
    closed = watch.close(radar(), visit)
    return f"{closed.state.value}{': ' + closed.failure if closed.failure else ''}"


@task(name="show what was found", cache_policy=NO_CACHE)
def show_visit(visit: int) -> str:
    """The table artifact of this run, the standing artifact, and the name of the run; returns what was found in a few words."""
    return artifacts.visit_table(radar(), visit)


@flow(name="watch-source", flow_run_name="watch {source}", log_prints=False, retries=0)
def watch_source(source: str, even_if_not_due: bool = False) -> str:
    """Look at one source for new and changed papers.

    Args:
        source: the name of the source in sources.yaml, such as rvo.
        even_if_not_due: visit now, also when no planned time has passed since the last visit.
    """
    if not even_if_not_due and not watch.is_due(radar(), source):
        artifacts.name_run(f"{source}: not due")
        return "not due"
    try:
        return _visit(source)
    except BusyError as error:
        # Another run is at it, or a backfill of one paper: not a failure, and the source stays due.
        get_run_logger().info("%s", error)
        artifacts.name_run(f"{source}: under way elsewhere")
        return "under way elsewhere"


def _visit(source: str) -> str:
    with on_full_disk(radar()), hold(radar(), f"visit:{source}"):
        visit = open_visit(source)
        ask_routes(visit)
        read_papers(visit)
        outcome = close_visit(visit)
        headline = show_visit(visit)
        get_run_logger().info("%s: %s; %s", source, outcome, headline)
    return outcome
