"""The one composition root: from settings and environment to a `Radar`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigurationError, Fault, FetchFailure
from domain.relevance import Judge
from services import clock as clocks
from services import environment_file, in_force, last_good
from services.clock import Clock
from services.environment import sources_path
from services.radar import Radar
from services.settings import Settings, load
from sources import ADAPTERS
from sources.adapter import Adapter
from sources.client import LONGEST_TURN, Client, Slots
from sources.robots import RobotsAnswer, RobotsCache
from storage import revisions
from storage.leases import this_process
from storage.told import Ledger
from storage.unit_of_work import Store
from storage.watching import RobotsText


def open_radar(environ: Mapping[str, str], *, create: bool, path: Path | None = None, need_channels: bool = False) -> Radar:
    """The product as configured. With `create` an absent archive is made and an older one of this product brought up to date
    only when it is empty; without it StorageError says what to run.

    Raises ConfigurationError with every fault of the configuration, StorageError when the archive cannot be used.
    """
    settings = load(path or sources_path(environ), environ, need_channels=need_channels)
    return wire(settings, _open(settings, create=create), clocks.from_environment(environ))


def _open(settings: Settings, *, create: bool) -> Store:
    store = Store(settings.database_url.reveal())
    if create and revisions.current(store) is None:
        from storage import migrate  # large, and needed once in the life of an archive

        migrate.upgrade(store)
    revisions.require_current(store)
    return store


def wire(settings: Settings, store: Store, clock: Clock, holder: str = "") -> Radar:
    """A `Radar` over an open store; raises ConfigurationError when a source has no adapter."""
    unknown = sorted(set(settings.sources) - set(ADAPTERS))
    if unknown:
        hint = f"known are {', '.join(ADAPTERS)}"
        raise ConfigurationError(
            tuple(Fault(str(settings.path), 0, f"there is no adapter for source {name}", hint) for name in unknown)
        )
    follows = tuple(dict.fromkeys(followed for digest in settings.digests.values() for followed in digest.follow))
    adapters = {name: ADAPTERS[name] for name in settings.sources}
    rules = RobotsCache(_Robots(store))  # robots.txt is asked once a day, not once a visit or process

    def make(source: str, slots: Slots) -> Client:
        adapter = adapters[source]
        return Client(
            slots,
            clock,
            settings.contact,
            adapter.rates,
            settings.connect,
            robots_exempt=_exempt(settings, source, adapter),
            robots_cache=rules,
        )

    return Radar(
        settings=settings,
        store=store,
        clock=clock,
        adapters=adapters,
        client=lambda source: make(source, _Slots(store, clock)),
        patient_client=lambda source: make(source, _FreeSlots(store, clock)),
        judge=Judge(tuple(settings.topics.values()), settings.organisation, follows),
        packs=settings.packs,
        ledger=Ledger(settings.home),
        holder=holder or this_process(),
    )


@dataclass(frozen=True, slots=True)
class _Slots:
    """Turns of a host, kept by the store so that they hold across processes."""

    store: Store
    clock: Clock

    def reserve(self, host: str, seconds: float) -> float:
        """Seconds to wait before the next request to this host."""
        return self.store.reserve(host, seconds, self.clock.now())


@dataclass(frozen=True, slots=True)
class _FreeSlots:
    """Turns that nobody waits for: visits reserve theirs and go first, a backfill takes what is left."""

    store: Store
    clock: Clock

    def reserve(self, host: str, seconds: float) -> float:
        """Wait until a turn is free and take it; gives 0. A host that is left alone for long is not waited for."""
        while (wait := self.store.take_free(host, seconds, self.clock.now())) > 0:
            if wait > LONGEST_TURN:
                return wait
            self.clock.sleep(wait)
        return 0.0


@dataclass(frozen=True, slots=True)
class _Robots:
    """What robots.txt said, kept by the store for other processes and for the next one."""

    store: Store

    def get(self, host: str) -> RobotsAnswer | None:
        """What is kept of a host."""
        with self.store.read() as unit:
            kept = unit.watching.robots(host)
        if kept is None:
            return None
        return RobotsAnswer(kept.text, FetchFailure(kept.failure) if kept.failure else None, kept.detail, kept.until)

    def keep(self, host: str, answer: RobotsAnswer) -> None:
        """Keep this in place of what was kept."""
        failure = answer.failure.value if answer.failure else ""
        with self.store.begin() as unit:
            unit.watching.keep_robots(host, RobotsText(answer.text, failure, answer.detail, answer.until))


def _exempt(settings: Settings, source: str, adapter: Adapter) -> frozenset[str]:
    """Hosts whose robots.txt the owner overruled, with a reason in sources.yaml (design decision 9): the SRU host only."""
    if not settings.sources[source].use_sru:
        return frozenset()
    return frozenset(rate.host for rate in adapter.rates if rate.host == "repository.overheid.nl")


def open_in_force(environ: Mapping[str, str], *, create: bool) -> tuple[Radar, tuple[Fault, ...]]:
    """As `open_radar`, but a broken edit leaves the last good configuration in force; returns the faults of that edit too."""
    found = last_good.load(sources_path(environ), environ)
    store = _open(found.settings, create=create)
    return wire(found.settings, store, clocks.from_environment(environ)), found.faults


def from_process_environment(*, create: bool) -> Radar:
    """The product as this process's own environment configures it: for flows, which Prefect starts without arguments of ours.

    What is in force is written down; of an edit that cannot be read the owner hears once (`services.edits`).
    """
    radar, faults = open_in_force({**os.environ, **environment_file.complete(os.environ)}, create=create)
    if faults:
        from services import edits  # brings every channel along, and a visit sends nothing

        edits.note(radar, faults)
    else:
        in_force.keep(radar)
    return radar
