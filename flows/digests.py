"""The flow that makes and delivers digests."""

from __future__ import annotations

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import artifacts
from flows.wiring import radar
from services.heartbeat import beat
from services.moments import announce_moments
from services.openings import watch_openings
from services.telling import tell


@task(name="look at the clock", cache_policy=NO_CACHE)
def look_at_the_clock() -> tuple[int, list[int]]:
    """Announce what lies ahead, and ask the pages of schemes that open about now; returns how many moments were announced and
    the keys of the short visits."""
    visits = [visit.id for visit in watch_openings(radar())]
    return announce_moments(radar()), visits


@task(name="make and deliver", cache_policy=NO_CACHE)
def make_and_deliver() -> tuple[list[int], list[int]]:
    """Make every issue that is due and deliver everything that waits; returns the keys of the issues and of the deliveries that
    were tried."""
    found = tell(radar())
    beat(radar(), found.attempts)
    return [issue.id for issue in found.issues], [attempt.delivery_id for attempt in found.attempts]


@task(name="show issues and deliveries", cache_policy=NO_CACHE)
def show_issues(issues: list[int], deliveries: list[int]) -> None:
    """The table artifact of this run: issues with their subjects, deliveries with their states."""
    artifacts.digest_table(radar(), issues, deliveries)


@flow(name="send-digests", flow_run_name="send digests", log_prints=False, retries=0)
def send_digests() -> list[int]:
    """Make every digest that is due and deliver everything that waits; late ones once, none twice."""
    look_at_the_clock()
    issues, deliveries = make_and_deliver()
    show_issues(issues, deliveries)
    return issues
