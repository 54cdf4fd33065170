"""From what a person types (an id, a citation's id, an item id or any address) to what the archive knows of it."""

from __future__ import annotations

from domain.errors import UsageError
from domain.identifiers import from_url, is_known, normalise
from services.radar import Radar
from storage.publications import Publication
from storage.resources import Resource
from storage.unit_of_work import Unit


def publication(radar: Radar, unit: Unit, words: str) -> Publication | None:
    """The publication meant by an item's number, an id or an address; None when the archive has none.

    Raises UsageError for what is none of these, and for a number that no item has: numbers are handed out by this archive alone.
    """
    if _is_item(words):
        item = unit.publications.by_item(words)
        if item is None:
            raise UsageError(f"there is no item with this number: {words.upper()}; it stands in the digest, such as R-7K2M9QX")
        return item
    found = resource(radar, unit, words)
    if found is not None and found.publication_id is not None:
        return unit.publications.get(found.publication_id)
    named = unit.publications.by_alias(identifiers(words))
    if not named and found is None and "://" not in words and not any(map(is_known, identifiers(words))):
        raise UsageError(f"{words!r} is neither an address nor an id; ids look like kst-32637-480 or R-7K2M9QX")
    return named[0] if named else None


def _is_item(words: str) -> bool:
    return words.upper().startswith("R-")


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
