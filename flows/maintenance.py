"""The flow of the night: backup, then letting go of what need not be kept."""

from __future__ import annotations

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import artifacts
from flows.wiring import radar
from services import backup, retention


@task(name="back up", cache_policy=NO_CACHE)
def back_up() -> str:
    """The backup of this night, in a line."""
    taken = backup.nightly(radar())
    return f"{taken.file.name}, {taken.bytes / 1e6:.1f} MB"


@task(name="let go of what is old", cache_policy=NO_CACHE)
def let_go() -> str:
    """Rows older than their number of days, in a line."""
    gone = {name: count for name, count in retention.sweep(radar()).items() if count}
    return ", ".join(f"{count} {name}" for name, count in gone.items()) or "nothing"


@flow(name="maintenance", flow_run_name="maintenance", log_prints=False, retries=0)
def maintain() -> str:
    """Back up the archive and the ledger, then let go of what is older than its retention; never without the backup."""
    backed_up = back_up()
    gone = let_go()
    artifacts.note("maintenance", f"Backup: {backed_up}. Let go: {gone}.")
    artifacts.name_run(f"maintenance: {backed_up}")
    return backed_up
