"""The flow of the watchdog: hourly, is everything watched, read, told and delivered?"""

from __future__ import annotations

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from domain.errors import BusyError
from flows import artifacts
from flows.wiring import radar
from services import watchdog
from services.watchdog import Report


@task(name="look at everything", cache_policy=NO_CACHE, persist_result=False)
def look() -> Report:
    """Make what was missed, compare the public lists with what was handled, note incidents, tell operators."""
    return watchdog.look(radar())


@task(name="show what was found", cache_policy=NO_CACHE)
def show(report: Report) -> None:
    """The table artifact of this run and the standing artifact."""
    artifacts.watchdog_table(radar(), report)


@flow(name="watchdog", flow_run_name="watchdog", log_prints=False, retries=0)
def watch_over() -> int:
    """Is everything watched, read, told and delivered? Operators hear of it once when it is not, and once when it is again."""
    try:
        report = look()
    except BusyError as error:
        get_run_logger().info("%s", error)
        artifacts.name_run("watchdog: under way elsewhere")
        return 0
    show(report)
    return len(report.wrong)
