"""From what a person types (an id, a citation's id, an item id or any address) to what the archive knows of it."""

from __future__ import annotations

from domain.identifiers import from_url, normalise
from services.radar import Radar
from storage.publications import Publication
from storage.resources import Resource
from storage.unit_of_work import Unit


def publication(radar: Radar, unit: Unit, words: str) -> Publication | None:
    """The publication meant by an item id, a canonical id or an address; None when the archive has none."""
    if words.upper().startswith("R-"):
        return unit.publications.by_item(words)
    found = resource(radar, unit, words)
    if found is not None and found.publication_id is not None:
        return unit.publications.get(found.publication_id)
    named = unit.publications.by_alias(identifiers(words))
    return named[0] if named else None


def resource(radar: Radar, unit: Unit, words: str) -> Resource | None:
    """The followed address meant by an address or an id."""
    for url in addresses(radar, words):
        found = unit.resources.by_url(url)
        if found is not None:
            return found
    return None


def addresses(radar: Radar, words: str) -> tuple[str, ...]:
    """The addresses under which the adapters would follow it."""
    found = []
    for adapter in radar.adapters.values():
        if "://" in words:
            found.append(adapter.resource_url(words))
        else:
            found.extend(adapter.url_for(identifier) for identifier in identifiers(words))
    return tuple(dict.fromkeys(url for url in found if url))


def identifiers(words: str) -> tuple[str, ...]:
    """The canonical ids that the words may mean; empty when they have no id's shape."""
    if "://" in words:
        found = from_url(words)
        return (found,) if found else ()
    try:
        return (normalise(words),)
    except ValueError:
        return ()
