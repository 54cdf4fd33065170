"""The deployments of one machine: a visit schedule per source, digests, the watchdog, the night's maintenance, backfill by hand.

Prefect wakes; what is due is decided by the store on the injected clock, so a late or doubled wake-up does no harm. For the same
reason no deployment has a concurrency limit: its slot would outlive a killed process, and the leases in the store do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import cast

from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.backfill import backfill, with_choices
from flows.digests import send_digests
from flows.maintenance import maintain
from flows.watch import watch_source
from flows.watchdog import watch_over
from services.settings import Settings

ZONE = "Europe/Amsterdam"
DIGESTS = "*/5 * * * *"
WATCHDOG = "20 * * * *"
MAINTENANCE = "10 4 * * *"
"""Not between two and three, when the clock is put forward or back."""

MODULE = EntrypointType.MODULE_PATH
"""Runs import the installed package: the service may be started in any folder."""

PRODUCT = "beleidsradar"
SCHEDULED = "scheduled"
"""Tags: everything that is ours, and what the schedule starts again by itself after a crash."""

APART = timedelta(seconds=7)
"""On a turned clock everything wakes equally often; so far apart, because each run is a process that has to start."""


def deployments(settings: Settings, wake_every: timedelta | None = None) -> list[RunnerDeployment]:
    """Every deployment, by settings. Schedules carry slugs, by which what an operator paused is found again
    (`recovery.keep_paused`).

    On a clock that is turned (demo and tests) the crons of this machine say nothing: with `wake_every` everything wakes so often
    in real time, and the store finds out what is due on the product's clock.
    """
    found = [*_scheduled(settings, _Wakes(wake_every)), _by_hand(settings)]
    return cast(list[RunnerDeployment], found)  # sync here; the type admits the awaitable of async callers


def _scheduled(settings: Settings, wakes: _Wakes) -> Iterator[object]:
    for name, source in settings.sources.items():
        yield watch_source.to_deployment(
            name=name,
            entrypoint_type=MODULE,
            parameters={"source": name},
            schedules=wakes(source.crons, "visit"),
            tags=[PRODUCT, SCHEDULED, "visit", name],
            description=f"Looks at {name} for new and changed papers.",
        )
    yield send_digests.to_deployment(
        name="digests",
        entrypoint_type=MODULE,
        schedules=wakes((DIGESTS,), "digests"),
        tags=[PRODUCT, SCHEDULED, "digests"],
        description="Makes every digest that is due and delivers everything that waits.",
    )
    yield watch_over.to_deployment(
        name="watchdog",
        entrypoint_type=MODULE,
        schedules=wakes((WATCHDOG,), "watchdog"),
        tags=[PRODUCT, SCHEDULED, "watchdog"],
        description="Is everything watched, read, told and delivered? Tells the owners when it is not, and when it is again.",
    )
    yield maintain.to_deployment(
        name="maintenance",
        entrypoint_type=MODULE,
        schedules=[Cron(MAINTENANCE, timezone=ZONE, slug="maintenance")],
        tags=[PRODUCT, SCHEDULED, "maintenance"],
        description="Backs up the archive and the ledger, then lets go of what is older than its retention.",
    )


def _by_hand(settings: Settings) -> RunnerDeployment:
    made = backfill.to_deployment(
        name="by-hand",
        entrypoint_type=MODULE,
        tags=[PRODUCT, "backfill"],
        description="Loads older papers; announces nothing unless notify names a digest.",
    )
    return with_choices(cast(RunnerDeployment, made), settings)


class _Wakes:
    """When a deployment is woken: by its crons, or every so often in real time, one deployment after the other."""

    def __init__(self, every: timedelta | None) -> None:
        self._every = every
        self._places = count()

    def __call__(self, crons: tuple[str, ...], slug: str) -> list[Schedule]:
        if self._every is None:
            return [Cron(cron, timezone=ZONE, slug=f"{slug}-{number}") for number, cron in enumerate(crons, 1)]
        anchor = datetime(2020, 1, 1, tzinfo=UTC) + next(self._places) * APART
        return [Interval(self._every, anchor_date=anchor, timezone=ZONE, slug=f"{slug}-1")]
