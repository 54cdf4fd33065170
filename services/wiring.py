"""The one composition root: from settings and environment to a `Radar`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigurationError, Fault
from domain.relevance import Judge
from services import clock as clocks
from services.clock import Clock
from services.environment import sources_path
from services.radar import Radar
from services.settings import Settings, load
from sources import ADAPTERS
from sources.adapter import Adapter
from sources.client import Client
from sources.robots import RobotsCache
from storage import migrate
from storage.leases import this_process
from storage.told import Ledger
from storage.unit_of_work import Store


def open_radar(environ: Mapping[str, str], *, create: bool, path: Path | None = None, need_channels: bool = False) -> Radar:
    """The product as configured. With `create` an absent archive is made and an older one of this product brought up to date
    only when it is empty; without it StorageError says what to run.

    Raises ConfigurationError with every fault of the configuration, StorageError when the archive cannot be used.
    """
    settings = load(path or sources_path(environ), environ, need_channels=need_channels)
    store = Store(settings.database_url.reveal())
    if create and migrate.current(store) is None:
        migrate.upgrade(store)
    migrate.require_current(store)
    return wire(settings, store, clocks.from_environment(environ))


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
    rules = RobotsCache()  # robots.txt is asked once a day and process, not once a visit

    def client(source: str) -> Client:
        adapter = adapters[source]
        return Client(
            _Slots(store, clock),
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
        client=client,
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


def _exempt(settings: Settings, source: str, adapter: Adapter) -> frozenset[str]:
    """Hosts whose robots.txt the owner overruled, with a reason in sources.yaml (design decision 9): the SRU host only."""
    if not settings.sources[source].use_sru:
        return frozenset()
    return frozenset(rate.host for rate in adapter.rates if rate.host == "repository.overheid.nl")


def from_process_environment(*, create: bool) -> Radar:
    """The product as this process's own environment configures it: for flows, which Prefect starts without arguments of ours."""
    return open_radar(os.environ, create=create)
