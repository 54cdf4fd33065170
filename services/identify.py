"""Which real-world paper a document is: find its publication, or make it, or see that two were one."""

from __future__ import annotations

from datetime import datetime

from domain.duplicates import same_publication

from domain.documents import Document
from domain.text import canonical
from services.radar import Radar
from storage.publications import Publication, preference
from storage.resources import Resource
from storage.unit_of_work import Unit


def identify(radar: Radar, unit: Unit, resource: Resource, document: Document, at: datetime) -> Publication:
    """The publication of this document, with its ids and links written down. Merges are logged with their reasons."""
    ids = (document.id, *document.aliases)
    found = list(unit.publications.by_alias(ids))
    reasons = ["same id"] * len(found)
    if resource.publication_id is not None:
        own = unit.publications.get(resource.publication_id)
        if own not in found:
            found.append(own)
            reasons.append("same address")
    if not found:
        twin, reason = _twin(unit, document)
        if twin is not None:
            found, reasons = [twin], [reason]
    if not found:
        publication = unit.publications.create(document.id, ids, resource.source, at)
    else:
        found.sort(key=lambda p: (preference(p.canonical), p.id))
        publication = found[0]
        for other in found[1:]:
            unit.publications.merge(publication, other, [f"{document.id} carries ids of both", *reasons], at)
        unit.publications.name(unit.publications.get(publication.id), ids, resource.source)
    _hang(unit, publication, document)
    return unit.publications.get(publication.id)


def _twin(unit: Unit, document: Document) -> tuple[Publication | None, str]:
    """The publication that is the same paper under another id, by the rule of `domain.duplicates`."""
    for candidate in unit.publications.by_link("title", _title_key(document)):
        for copy in unit.resources.of_publication(candidate.id):
            latest = unit.snapshots.latest_version(copy.id)
            reason = same_publication(latest.document, document) if latest else None
            if reason is not None:
                return candidate, str(reason)
    return None, ""


def _hang(unit: Unit, publication: Publication, document: Document) -> None:
    unit.publications.link(publication.id, "case", document.cases)
    unit.publications.link(publication.id, "dossier", [f"dossier:{dossier}" for dossier in document.dossiers])
    unit.publications.link(publication.id, "title", (_title_key(document),))
    if document.main_paper:
        unit.publications.link(publication.id, "main_paper", (document.main_paper,))


def _title_key(document: Document) -> str:
    """Copies of one paper share this; papers that share it need not be copies."""
    return f"{canonical(document.title)}"[:500]
