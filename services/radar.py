"""What every use case works with, in one value: settings, store, clock, adapters, judge and ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.relevance import Judge
from services.clock import Clock
from services.settings import Settings
from sources.adapter import Adapter
from sources.client import Client
from storage.told import Ledger
from storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Radar:
    """The wired product. Made by `services.wiring` and by tests; use cases take it as their first argument.

    `adapters` holds the configured sources only. `client` makes the polite HTTP client for a source, `patient_client` one that
    only takes turns nobody waits for: what is asked now goes before what is loaded from the past. `holder` names this process in
    leases. `packs` gives the fingerprint of the pack behind each topic, stored with every assessment.
    """

    settings: Settings
    store: Store
    clock: Clock
    adapters: Mapping[str, Adapter]
    client: Callable[[str], Client]
    patient_client: Callable[[str], Client]
    judge: Judge
    packs: Mapping[str, str]
    ledger: Ledger
    holder: str
