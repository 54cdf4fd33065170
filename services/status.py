"""How every source and every delivery stands now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import day_and_time
from domain.events import DeliveryState
from domain.source_coverage import Gap
from services import backup, promises, volume
from services.coverage import coverage, gap_in_english, lag_of
from services.expectations import in_english, supply_of
from services.promises import Promise
from services.radar import Radar
from services.route_states import present_routes
from storage.unit_of_work import Unit

TRIED_AGAIN = frozenset({DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.UNKNOWN})
"""States in which a delivery waits for its next try."""

UNFINISHED = (*TRIED_AGAIN, DeliveryState.SENDING, DeliveryState.DEAD)
"""States that need time, or a person."""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: times are ISO 8601 in UTC, "" when it never happened; `health` is "ok" or what is wrong.

    `gaps` are stretches that no route showed, and papers that one route hides from its list; `filled_gaps` those of the last week
    that another route filled.
    """

    source: str
    last_success: str
    complete_until: str
    last_new: str
    known: int
    unread: int
    baseline: str
    gaps: tuple[str, ...]
    filled_gaps: tuple[str, ...]
    failing_routes: tuple[str, ...]
    health: str


@dataclass(frozen=True, slots=True)
class DigestStatus:
    """One digest: its last issue and what waits for the next."""

    digest: str
    last_issue: int
    last_made: str
    waiting: int


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """One delivery that is not finished, without its recipient; `next_try` is ISO 8601 in UTC, "" when it is tried no more."""

    id: int
    digest: str
    channel: str
    part: str
    state: str
    attempts: int
    since: str
    next_try: str
    why: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything an operator looks at twice a week. `configuration` holds the faults of an edit that is not in force,
    `over_budget` a line for each topic that asks more of its readers than its budget (`services.volume`)."""

    at: str
    sources: tuple[SourceStatus, ...]
    digests: tuple[DigestStatus, ...]
    deliveries: tuple[DeliveryStatus, ...]
    delivered: int
    configuration: tuple[str, ...] = ()
    over_budget: tuple[str, ...] = ()
    backups: backup.Standing | None = None
    promises: tuple[Promise, ...] = ()

    @property
    def healthy(self) -> bool:
        """False when a reader would notice: a source is stale or a delivery is dead."""
        return (
            not self.configuration
            and all(source.health == "ok" for source in self.sources)
            and not any(delivery.state == DeliveryState.DEAD.value for delivery in self.deliveries)
        )


RECENT = timedelta(days=7)
"""How long a gap that was filled is still shown."""


def _hidden(unit: Unit, source: str) -> Iterator[str]:
    """Papers that a route should have named and does not, a line per route."""
    found = unit.watching.unnamed(source)
    for route in dict.fromkeys(one.route for one in found):
        missed = [one for one in found if one.route == route]
        first = missed[0]
        more = f" and {len(missed) - 1} more" if len(missed) > 1 else ""
        yield f"{route}: does not name {first.url}{more}, which {first.shown_by} showed; since {day_and_time(first.found)}"


def _filled(unit: Unit, source: str, now: datetime) -> tuple[str, ...]:
    return tuple(
        f"{gap_in_english(Gap(gap.route, gap.window.since, gap.window.until))}, filled by {gap.by or 'another route'}"
        for gap in unit.routes.filled(source, now - RECENT)
    )


def _supply(radar: Radar, unit: Unit, source: str) -> str:
    found = supply_of(radar, unit, source)
    return in_english(found) if found else ""


def status(radar: Radar, *, measured: bool = False) -> Status:
    """How everything stands now; with what was promised and measured over thirty days when that is wanted."""
    with radar.store.read() as unit:
        covered = {found.source: found for found in coverage(radar, unit, None)}
        sources = []
        for name in radar.settings.sources:
            found = covered[name]
            routes = present_routes(radar, unit, name)
            baseline = unit.routes.baseline(name)
            lag = lag_of(radar, unit, name)
            last_new = unit.events.last_seen(name)
            sources.append(
                SourceStatus(
                    source=name,
                    last_success=found.checked.isoformat() if found.checked else "",
                    complete_until=found.complete_until.isoformat() if found.complete_until else "",
                    last_new=last_new.isoformat() if last_new else "",
                    known=unit.resources.count(name),
                    unread=found.unread,
                    baseline=baseline.done.isoformat() if baseline.done else "",
                    gaps=(*map(gap_in_english, found.gaps), *_hidden(unit, name)),
                    filled_gaps=_filled(unit, name, radar.clock.now()),
                    failing_routes=tuple(route.name for route in routes if route.failing_since is not None),
                    health=(lag.in_english() if lag else "") or _supply(radar, unit, name) or "ok",
                )
            )
        digests = []
        for name in radar.settings.digests:
            number, made = unit.figures.last_issue(name) or (0, None)
            digests.append(DigestStatus(name, number, made.isoformat() if made else "", unit.figures.waiting(name)))
        deliveries = tuple(
            DeliveryStatus(
                d.id,
                d.digest,
                d.channel,
                f"{d.part}/{d.parts}",
                d.state.value,
                d.attempts,
                d.created.isoformat(),
                d.not_before.isoformat() if d.state in TRIED_AGAIN else "",
                d.detail,
            )
            for d in unit.outbox.deliveries(states=UNFINISHED, whole=False)
        )
        delivered = unit.figures.messages().get(DeliveryState.DELIVERED, 0)
        over_budget = volume.warnings(radar, unit)
        figures = promises.promises(radar, unit) if measured else ()
    return Status(
        radar.clock.now().isoformat(),
        tuple(sources),
        tuple(digests),
        deliveries,
        delivered,
        over_budget=over_budget,
        backups=backup.standing(radar),
        promises=figures,
    )
