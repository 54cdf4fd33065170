"""Which real-world paper a document is: find its publication, or make it, or see that two were one."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.documents import Document
from domain.duplicates import may_be_same, same_publication
from domain.same_text import DAYS_APART, days, same_text
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
    """The publication that is the same paper under another id: by title and day, or by what both say word for word."""
    candidates = {found.id: found for target in _day_keys(document) for found in unit.publications.by_link("day", target)}
    for candidate in candidates.values():
        for copy in unit.resources.of_publication(candidate.id):
            latest = unit.snapshots.latest_version(copy.id)
            if latest is None:
                continue
            reason = same_publication(latest.document, document)
            if reason is not None:
                return candidate, reason.value
            if may_be_same(latest.document, document) and same_text(latest.document, document):
                return candidate, "same_text"
    return None, ""


def _hang(unit: Unit, publication: Publication, document: Document) -> None:
    unit.publications.link(publication.id, "case", document.cases)
    unit.publications.link(publication.id, "dossier", [f"dossier:{dossier}" for dossier in document.dossiers])
    unit.publications.link(publication.id, "day", [f"{document.kind.value}:{day.isoformat()}" for day in days(document)])
    if document.main_paper:
        unit.publications.link(publication.id, "main_paper", (document.main_paper,))


def _day_keys(document: Document) -> list[str]:
    """Under which a copy of this paper may hang: its kind, and the days around its own."""
    around = {day + timedelta(days=shift) for day in days(document) for shift in range(-DAYS_APART, DAYS_APART + 1)}
    return [f"{document.kind.value}:{day.isoformat()}" for day in sorted(around)]
