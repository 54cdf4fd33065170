"""The deployments of one machine: a visit schedule per source, digests every five minutes, backfill by hand.

Prefect wakes; what is due is decided by the store on the injected clock, so a late or doubled wake-up does no harm.
"""

from __future__ import annotations

from typing import cast

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron

from flows.backfill import backfill
from flows.digests import send_digests
from flows.watch import watch_source
from services.settings import Settings

ZONE = "Europe/Amsterdam"
DIGESTS_CRON = "*/5 * * * *"


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """Every deployment, by settings. Schedules carry slugs: what an operator paused stays paused when they are applied again."""
    one = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    found = [
        watch_source.to_deployment(
            name=name,
            parameters={"source": name},
            schedules=[Cron(cron, timezone=ZONE, slug=f"visit-{number}") for number, cron in enumerate(source.crons, 1)],
            concurrency_limit=one,
            tags=["visit", name],
            description=f"Looks at {name} for new and changed papers.",
        )
        for name, source in settings.sources.items()
    ]
    digests = send_digests.to_deployment(
        name="digests",
        schedules=[Cron(DIGESTS_CRON, timezone=ZONE, slug="digests")],
        concurrency_limit=one,
        tags=["digests"],
        description="Makes every digest that is due and delivers everything that waits.",
    )
    by_hand = backfill.to_deployment(
        name="by-hand",
        concurrency_limit=one,
        tags=["backfill"],
        description="Loads older papers; announces nothing unless notify names a digest.",
    )
    return cast(list[RunnerDeployment], [*found, digests, by_hand])  # sync here; the type admits the awaitable of async callers
