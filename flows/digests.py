"""The flow that makes and delivers digests."""

from __future__ import annotations

from datetime import datetime

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from domain.digests import DigestForm
from flows import artifacts
from flows.wiring import radar
from services import deliver, digest


@task(name="which issues are due", cache_policy=NO_CACHE)
def due_issues() -> list[tuple[str, str, str]]:
    """Digest, form and moment of every issue that should be made now."""
    return [(found.digest, found.form.value, found.due.isoformat()) for found in digest.due_digests(radar())]


@task(name="make issue", cache_policy=NO_CACHE)
def make_issue(name: str, form: str, due: str) -> int:
    """Make one issue with its deliveries; returns its key, 0 when there was nothing to say."""
    made = digest.make(radar(), digest.DueDigest(name, DigestForm(form), datetime.fromisoformat(due)))
    return made.id if made else 0


@task(name="deliver", cache_policy=NO_CACHE)
def deliver_due() -> list[int]:
    """Send what is due; returns the keys of the deliveries that were tried."""
    return [attempt.delivery_id for attempt in deliver.deliver_due(radar())]


@task(name="show issues and deliveries", cache_policy=NO_CACHE)
def show_issues(issues: list[int], deliveries: list[int]) -> None:
    """The table artifact of this run: issues with their subjects, deliveries with their states."""
    artifacts.digest_table(radar(), issues, deliveries)


@flow(name="send-digests", flow_run_name="send digests", log_prints=False, retries=0)
def send_digests() -> list[int]:
    """Make every digest that is due and deliver everything that waits; late ones once, none twice."""
    issues = [key for name, form, due in due_issues() if (key := make_issue(name, form, due))]
    show_issues(issues, deliver_due())
    return issues
