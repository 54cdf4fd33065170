"""The three sites as adapters (bytes in, values out) and the one polite HTTP client.

`ADAPTERS` is the registry: ours, and what installed packages bring (`sources.registry`). `FAULTS` says what is wrong with those
that could not be used; the settings show it.
"""

from __future__ import annotations

from sources.adapter import Adapter
from sources.officielebekendmakingen import OfficieleBekendmakingen
from sources.registry import build, installed
from sources.rijksoverheid import Rijksoverheid
from sources.rvo import Rvo

_OWN: tuple[Adapter, ...] = (OfficieleBekendmakingen(), Rijksoverheid(), Rvo())
ADAPTERS, FAULTS = build(_OWN, installed())
