"""How every source and every delivery stands now."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events import DeliveryState
from services.coverage import coverage, gap_in_english, lag_of
from services.radar import Radar
from services.route_states import present_routes

TRIED_AGAIN = frozenset({DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.UNKNOWN})
"""States in which a delivery waits for its next try."""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: times are ISO 8601 in UTC, "" when it never happened; `health` is "ok" or what is wrong."""

    source: str
    last_success: str
    complete_until: str
    last_new: str
    known: int
    unread: int
    baseline: str
    gaps: tuple[str, ...]
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
    """Everything an operator looks at twice a week."""

    at: str
    sources: tuple[SourceStatus, ...]
    digests: tuple[DigestStatus, ...]
    deliveries: tuple[DeliveryStatus, ...]
    delivered: int

    @property
    def healthy(self) -> bool:
        """False when a reader would notice: a source is stale or a delivery is dead."""
        return all(source.health == "ok" for source in self.sources) and not any(
            delivery.state == DeliveryState.DEAD.value for delivery in self.deliveries
        )


def status(radar: Radar) -> Status:
    """How everything stands now."""
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
                    known=len(unit.resources.all(name)),
                    unread=found.unread,
                    baseline=baseline.done.isoformat() if baseline.done else "",
                    gaps=tuple(map(gap_in_english, found.gaps)),
                    failing_routes=tuple(route.name for route in routes if route.failing_since is not None),
                    health=lag.in_english() if lag else "ok",
                )
            )
        digests = []
        for name in radar.settings.digests:
            runs = unit.issues.runs(name)
            last = runs[-1] if runs else None
            digests.append(
                DigestStatus(
                    name, last.number if last else 0, last.made.isoformat() if last else "", len(unit.issues.waiting(name))
                )
            )
        unfinished = [state for state in DeliveryState if state is not DeliveryState.DELIVERED]
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
            for d in unit.outbox.deliveries(states=unfinished)
        )
        delivered = len(unit.outbox.deliveries(states=[DeliveryState.DELIVERED]))
    return Status(radar.clock.now().isoformat(), tuple(sources), tuple(digests), deliveries, delivered)
