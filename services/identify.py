"""Which real-world paper a document is: find its publication, or make it, or see that two were one."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from domain.documents import Document
from domain.duplicates import ids_clash, own_ids
from services.radar import Radar
from services.replacing import keep_places
from services.twins import keep, twins
from storage.publications import Publication, preference
from storage.resources import Resource
from storage.unit_of_work import Unit

log = logging.getLogger(__name__)


def identify(
    radar: Radar, unit: Unit, resource: Resource, document: Document, at: datetime, *, moved_from: Publication | None = None
) -> Publication:
    """The publication of this document, with its ids and links written down. `moved_from` is the one that stood at another
    address before.

    Everything that becomes one is written in the merge log with its reason. Two publications that carry different ids of one
    series, or that a person told apart, stay two whatever a document says.
    """
    ids = own_ids(document)
    if len(ids) < 1 + len(document.aliases):
        log.warning("%s names more than one paper as itself; kept %s", document.url, ", ".join(ids))
    own = unit.publications.get(resource.publication_id) if resource.publication_id is not None else None
    found = {one.id: (one, f"both carry {_shared(unit, one, ids)}") for one in unit.publications.by_alias(ids)}
    if moved_from is not None:
        found.setdefault(moved_from.id, (moved_from, "same content at another address"))
    if own is None:
        # Also when an id was known: a document may show that two papers are one of which each alone could not be joined.
        found |= {twin.id: (twin, why) for twin, why in twins(unit, document) if twin.id not in found}
    named = sorted(found.values(), key=lambda pair: (preference(pair[0].canonical), pair[0].id))
    if own is None and not named:
        made = unit.publications.create(document.id, ids, resource.source, at)
        _hang(unit, made, resource, document)
        return unit.publications.get(made.id)
    if own is None:
        own, reason = named[0]
        _join(unit, resource, own, document, ids, reason, at)
    kept = _merged(unit, own, named, document, at)
    unit.publications.name(kept, ids, resource.source)
    _hang(unit, kept, resource, document)
    return unit.publications.get(kept.id)


def _shared(unit: Unit, publication: Publication, ids: Sequence[str]) -> str:
    carried = unit.publications.aliases(publication.id)
    return ", ".join(one for one in ids if one in carried)


def _join(
    unit: Unit, resource: Resource, kept: Publication, document: Document, ids: Sequence[str], reason: str, at: datetime
) -> None:
    """A newly read address is a copy of a publication that is there already."""
    brought = [one for one in ids if not unit.publications.by_alias((one,))]
    unit.merges.joined(kept, document.id, [reason], resource_id=resource.id, aliases=brought, at=at)


def _merged(
    unit: Unit, own: Publication, named: Sequence[tuple[Publication, str]], document: Document, at: datetime
) -> Publication:
    """The one publication that is left of all that this document names, best id first; those that must stay apart do."""
    kept = own
    for other, reason in named:
        if other.id == kept.id:
            continue
        if unit.merges.apart(kept, other):
            continue
        ones, others = (frozenset(unit.publications.aliases(one.id)) for one in (kept, other))
        if ids_clash(ones, others):
            log.warning("%s names %s and %s, which are two papers: not joined", document.url, kept.canonical, other.canonical)
            continue
        first, second = sorted((kept, other), key=lambda p: (preference(p.canonical), p.id))
        unit.publications.merge(first, second, [f"{document.id} at {document.url} joins them", reason], at)
        kept = unit.publications.get(first.id)
    return kept


def _hang(unit: Unit, publication: Publication, resource: Resource, document: Document) -> None:
    keep(unit, publication, resource, document)
    unit.publications.link(publication.id, "case", document.cases)
    unit.publications.link(publication.id, "dossier", [f"dossier:{dossier}" for dossier in document.dossiers])
    if document.main_paper:
        unit.publications.link(publication.id, "main_paper", (document.main_paper,))
    keep_places(unit, publication.id, document)
