"""Writing down which configuration is in force: the last good one on disk, and from when each pack judges."""

from __future__ import annotations

from services import last_good
from services.radar import Radar


def keep(radar: Radar) -> None:
    """The settings of this radar are read without a fault: they are what a broken edit falls back on, and a broken edit that
    was noted before is mended."""
    last_good.keep(radar.settings)
    with radar.store.read() as unit:
        known = {change.topic: change.fingerprint for change in unit.pack_changes.all()}
        broken = unit.broken_edits.present()
    if broken is None and all(known.get(topic) == hash_ for topic, hash_ in radar.settings.packs.items()):
        return
    now = radar.clock.now()
    with radar.store.begin() as unit:
        unit.broken_edits.mend(now)
        unit.pack_changes.note({t: (h, radar.settings.topics[t].version) for t, h in radar.settings.packs.items()}, now)
