"""What is fetched first: followed papers and dossiers, then watched schemes, then titles with a term of a topic."""

from __future__ import annotations

from collections.abc import Iterable

from domain.identifiers import from_url
from domain.listings import Entry
from services.radar import Radar

FOLLOWED, SCHEME, TITLE, ORDINARY = 3, 2, 1, 0


def priorities(radar: Radar, entries: Iterable[Entry]) -> dict[str, int]:
    """The priority of each announced address, larger is sooner; judged on what the listing says, before anything is read."""
    follows = {f for digest in radar.settings.digests.values() for f in digest.follow}
    schemes = tuple(path for name in radar.settings.sources for path in radar.settings.sources[name].paths if path != "/nieuws")
    found: dict[str, int] = {}
    for entry in entries:
        ids = {from_url(entry.url), *entry.ids, *(f"dossier:{dossier}" for dossier in entry.dossiers)}
        if ids & follows:
            found[entry.url] = FOLLOWED
        elif any(path in entry.url for path in schemes):
            found[entry.url] = SCHEME
        elif entry.title and radar.judge.speaks(entry.title):
            found[entry.url] = TITLE
        else:
            found[entry.url] = ORDINARY
    return found
