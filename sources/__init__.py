"""The three sites as adapters (bytes in, values out) and the one polite HTTP client.

`ADAPTERS` is the registry: a new source is one module with an `Adapter` and one line here.
"""

from __future__ import annotations

from sources.adapter import Adapter
from sources.officielebekendmakingen import OfficieleBekendmakingen
from sources.rijksoverheid import Rijksoverheid
from sources.rvo import Rvo

ADAPTERS: dict[str, Adapter] = {
    "officielebekendmakingen": OfficieleBekendmakingen(),
    "rijksoverheid": Rijksoverheid(),
    "rvo": Rvo(),
}
