"""A visit: ask what exists, fetch what may have changed, write down what it means, and close."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from domain.calendar import due_times
from domain.errors import BusyError, FetchError, FetchFailure, StorageError
from domain.events import EventKind, VisitState
from domain.health import FLOOD, flood, is_old, next_try
from services.acquire import UnreadableError, acquire
from services.canary import Prover, RedCanaryError
from services.discover import discover
from services.emergency import on_full_disk
from services.floods import note_floods
from services.leasing import hold
from services.lifecycle import missing
from services.radar import Radar
from services.record import record
from services.route_states import present_routes
from sources.client import Client
from storage.resources import Resource
from storage.unit_of_work import Unit
from storage.visits import Visit

log = logging.getLogger(__name__)

BUDGET = timedelta(minutes=12)
"""A visit stops fetching after this long and leaves the rest, most wanted first, to the next one: it never piles up on itself,
and what was read first is told when it closes, within twenty minutes of its beginning."""

HELD_BACK = timedelta(minutes=10)
"""How long a page whose reader is not trusted waits before it is asked again."""

ASKED_KEPT = timedelta(days=8)
"""How long the answer to a question is remembered: windows of days gone by are not asked any more."""

SAMPLE = 5
SAMPLE_AFTER = timedelta(hours=20)
"""How many papers a visit asks again although no list announced them, and how long since they were last asked (decision 8)."""


def visit(radar: Radar, source: str) -> Visit:
    """One visit to a source now, from opening to closing.

    Raises BusyError when another process is visiting it, KeyError when it is not configured. What a killed visit left open is
    taken up and finished under the same visit.
    """
    with on_full_disk(radar), hold(radar, f"visit:{source}"):
        visit_id = begin(radar, source)
        ask(radar, visit_id)
        read(radar, visit_id)
        return close(radar, visit_id)


def is_due(radar: Radar, source: str) -> bool:
    """True when a planned time passed since the last accepted visit, or one was left open: several missed times are one visit."""
    with radar.store.read() as unit:
        latest = unit.visits.latest(source)
    if latest is None or latest.state is not VisitState.ACCEPTED:
        return True
    return bool(due_times(radar.settings.sources[source].crons, latest.started, radar.clock.now()))


def begin(radar: Radar, source: str) -> int:
    """Open a visit, or take up the one that was left open; returns its key."""
    if source not in radar.adapters:
        raise KeyError(source)
    with radar.store.begin() as unit:
        latest = unit.visits.latest(source)
        visit = unit.visits.open(source, "live", radar.clock.now())
        if latest is not None and latest.id == visit.id:
            unit.visits.count(visit.id, {"resumed": 1})
        return visit.id


def ask(radar: Radar, visit_id: int) -> None:
    """Ask every route of the visit's source and write down what exists."""
    source = _source(radar, visit_id)
    with radar.client(source) as client:
        discover(radar, source, visit_id, client)


def read(radar: Radar, visit_id: int) -> None:
    """Fetch and read what may have changed."""
    source = _source(radar, visit_id)
    with radar.client(source) as client:
        fetch_due(radar, source, visit_id, client)


def _source(radar: Radar, visit_id: int) -> str:
    with radar.store.read() as unit:
        return unit.visits.get(visit_id).source


def fetch_due(radar: Radar, source: str, visit_id: int, client: Client) -> None:
    """Read what may have changed, most wanted first, then what lists may lie about, within the time of a visit."""
    end = radar.clock.now() + BUDGET
    seen: set[int] = set()
    prover = Prover(radar, source, visit_id, client)
    prover.look_again()
    with radar.store.read() as unit:
        due = unit.resources.due(source, radar.clock.now())
        loading = unit.windows.in_hand(source, radar.clock.now())
    for resource in chain(due, _named_since(radar, source), _rechecks(radar, source, prover)):
        if resource.id in seen or (resource.quiet and resource.url in loading):
            continue  # what a backfill is about to read is left to it, unless a list of today named it
        seen.add(resource.id)
        if radar.clock.now() >= end:
            return
        look(radar, resource, visit_id, client, prover)


def _named_since(radar: Radar, source: str) -> Iterator[Resource]:
    """What became due while the visit read: attachments that a paper named."""
    with radar.store.read() as unit:
        due = unit.resources.due(source, radar.clock.now())
    yield from due


def _rechecks(radar: Radar, source: str, prover: Prover) -> Iterator[Resource]:
    """Addresses that gave nothing, those asked on every visit, and the rotating sample."""
    adapter = radar.adapters[source]
    scope = radar.settings.scope(source)
    now = radar.clock.now()
    with radar.store.read() as unit:
        always = [key for key, url in unit.resources.read_urls(source) if adapter.always_recheck(url, scope)]
        chosen = [*unit.absences.due(source, now), *(unit.resources.get(key) for key in always)]
        sample = max(0, SAMPLE - prover.asked)  # a canary is an old paper that was asked again too
        chosen.extend(unit.resources.oldest_checked(source, sample, now - SAMPLE_AFTER, now))
    yield from chosen


def look(radar: Radar, resource: Resource, visit_id: int, client: Client, prover: Prover | None = None) -> None:
    """Fetch, read and write down one paper; whatever goes wrong is written down and stays with this paper.

    With a prover nothing that would be news is written down before the reader of its kind of page is proven on an old paper.
    """
    try:
        if prover is not None:
            prover.refuse_known(resource)
        acquired = acquire(radar, resource, client)
        if prover is not None and acquired.reading is not None:
            prover.check_reading(resource, acquired.reading)
        outcome = record(radar, resource, acquired, visit_id)
    except RedCanaryError as error:
        _hold_back(radar, resource, visit_id, str(error))
    except UnreadableError as error:
        _failed(radar, resource, visit_id, str(error), error)
    except FetchError as error:
        if error.failure is not FetchFailure.MISSING or not missing(radar, resource, visit_id, str(error)):
            _failed(radar, resource, visit_id, str(error), None)
    except (StorageError, BusyError):
        raise  # the archive itself cannot be used: nothing can be written down about this paper either
    except Exception as error:
        log.exception("reading %s", resource.url)
        _failed(radar, resource, visit_id, f"cannot read {resource.url}: unexpected {type(error).__name__}", None)
    else:
        _lying_list(radar, resource, visit_id, outcome.event if not outcome.new else None)


def _lying_list(radar: Radar, resource: Resource, visit_id: int, event: EventKind | None) -> None:
    """A change that no list announced is a finding about the list: readers see it in the coverage line."""
    if event is None or resource.changed_by_mark or not resource.marks:
        return
    with radar.store.begin() as unit:
        unit.visits.warn(
            resource.source,
            "changed without any list saying so",
            at=radar.clock.now(),
            visit_id=visit_id,
            url=resource.url,
        )


def _failed(radar: Radar, resource: Resource, visit_id: int, failure: str, unreadable: UnreadableError | None) -> None:
    now = radar.clock.now()
    with radar.store.begin() as unit:
        sha256 = None
        for role, answer in (unreadable.answers if unreadable else {}).items():
            sha256 = unit.snapshots.keep(resource.id, f"rejected {role}"[:32], answer, now).sha256
        unit.resources.failed(resource, failure=failure, not_before=next_try(resource.failures, now))
        unit.visits.warn(resource.source, failure, at=now, visit_id=visit_id, url=resource.url, sha256=sha256)
        unit.visits.count(visit_id, {"failed": 1})


def _hold_back(radar: Radar, resource: Resource, visit_id: int, failure: str) -> None:
    """Leave a page for a later visit, whose reader may be proven again; nothing of it is written down."""
    with radar.store.begin() as unit:
        unit.resources.failed(resource, failure=failure, not_before=radar.clock.now() + HELD_BACK)
        unit.visits.count(visit_id, {"held_back": 1})


def close(radar: Radar, visit_id: int) -> Visit:
    """Accept the visit, or reject it when nothing at all could be asked or a canary is red; hold back a flood of old papers.

    What a rejected visit found is told after the next one that is accepted: it was read by proven readers.
    """
    now = radar.clock.now()
    with radar.store.begin() as unit:
        opened = unit.visits.get(visit_id)
        source, counts = opened.source, opened.counts
        nothing = not any(counts.get(name) for name in ("routes_answered", "read", "unchanged"))
        failing = [route for route in present_routes(radar, unit, source) if route.failing_since is not None]
        red = [f"canary of {c.page}: {c.reason}" for c in unit.watching.canaries(source) if c.red]
        if not nothing and not red:
            unit.watching.adopt(source, visit_id)
            unit.routes.forget(now - ASKED_KEPT)
        _hold_flood(unit, source, visit_id, now)
        note_floods(unit, opened, now)
        baseline = unit.routes.baseline(source)
        if baseline.listed is not None and baseline.done is None and unit.resources.baseline_unread(source) == 0:
            unit.routes.baseline_done(source, now)
        return unit.visits.close(
            visit_id,
            VisitState.REJECTED if nothing or red else VisitState.ACCEPTED,
            at=now,
            failure="; ".join([*red, *(f"{route.name}: {route.failure}" for route in failing)]),
        )


def _hold_flood(unit: Unit, source: str, visit_id: int, now: datetime) -> None:
    """When most of a visit's first sights are older than a year, the old ones wait for a person; fresh ones are told."""
    first = [event for event in unit.events.of_visit(visit_id) if event.old_version_id is None]
    if len(first) < FLOOD:
        return
    days = {key: document.dated for key, document in unit.snapshots.documents(event.new_version_id for event in first)}
    dated = [(event.id, days[event.new_version_id]) for event in first]
    if flood([day for _, day in dated], now.date()):
        held = unit.events.hold_for_approval([key for key, day in dated if is_old(day, now.date())])
        unit.visits.warn(source, f"{held} papers older than a year wait for approval", at=now, visit_id=visit_id)
