"""Which real-world paper a document is: find its publication, or make it, or see that two were one."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.documents import Document, Kind
from domain.duplicates import ids_clash, may_be_same, own_ids, same_publication
from domain.replacements import replaced
from domain.same_text import DAYS_APART, days, same_text
from services.radar import Radar
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
        found |= {twin.id: (twin, why) for twin, why in _twins(unit, document) if twin.id not in found}
    named = sorted(found.values(), key=lambda pair: (preference(pair[0].canonical), pair[0].id))
    if own is None and not named:
        made = unit.publications.create(document.id, ids, resource.source, at)
        _hang(unit, made, document)
        return unit.publications.get(made.id)
    if own is None:
        own, reason = named[0]
        _join(unit, resource, own, document, ids, reason, at)
    kept = _merged(unit, own, named, document, at)
    unit.publications.name(kept, ids, resource.source)
    _hang(unit, kept, document)
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


def _twins(unit: Unit, document: Document) -> list[tuple[Publication, str]]:
    """The publications that are the same paper under another id: by title and day, or by what both say word for word.

    Two letters of one day may have one title. Then only the words decide, and when they do not either, nothing is joined.
    """
    candidates = {found.id: found for target in _day_keys(document) for found in unit.publications.by_link("day", target)}
    twins = [(one, reason) for one in candidates.values() if (reason := _same_paper(unit, one, document))]
    if _contradict(unit, twins):
        twins = [(one, reason) for one, reason in twins if _same_words(unit, one, document)]
    return [] if _contradict(unit, twins) else twins


def _contradict(unit: Unit, twins: Sequence[tuple[Publication, str]]) -> bool:
    ids = [frozenset(unit.publications.aliases(one.id)) for one, _ in twins]
    return any(ids_clash(one, other) for place, one in enumerate(ids) for other in ids[place + 1 :])


def _same_words(unit: Unit, candidate: Publication, document: Document) -> bool:
    copies = unit.snapshots.latest_versions([copy.id for copy in unit.resources.of_publication(candidate.id)])
    return any(same_text(version.document, document) for version in copies.values())


def _same_paper(unit: Unit, candidate: Publication, document: Document) -> str:
    """Why a publication is the same paper as this document, "" when it is not."""
    for copy in unit.resources.of_publication(candidate.id):
        latest = unit.snapshots.latest_version(copy.id)
        if latest is None or _under_others(unit, latest.document, document):
            continue
        reason = same_publication(latest.document, document)
        if reason is not None:
            return f"{reason.value.replace('_', ' ')}: {latest.document.url}"
        if may_be_same(latest.document, document) and same_text(latest.document, document):
            return f"same text: {latest.document.url}"
    return ""


def _under_others(unit: Unit, one: Document, other: Document) -> bool:
    """True for attachments of two papers: every letter has a note with the same title."""
    if one.kind is not Kind.ATTACHMENT or not (one.main_paper and other.main_paper):
        return False
    return unit.publications.by_alias((one.main_paper,)) != unit.publications.by_alias((other.main_paper,))


def _hang(unit: Unit, publication: Publication, document: Document) -> None:
    unit.publications.link(publication.id, "case", document.cases)
    unit.publications.link(publication.id, "dossier", [f"dossier:{dossier}" for dossier in document.dossiers])
    unit.publications.link(publication.id, "day", [f"{document.kind.value}:{day.isoformat()}" for day in days(document)])
    if document.main_paper:
        unit.publications.link(publication.id, "main_paper", (document.main_paper,))
    unit.publications.link(publication.id, "replaces", replaced(document))


def _day_keys(document: Document) -> list[str]:
    """Under which a copy of this paper may hang: its kind, and the days around its own."""
    around = {day + timedelta(days=shift) for day in days(document) for shift in range(-DAYS_APART, DAYS_APART + 1)}
    return [f"{document.kind.value}:{day.isoformat()}" for day in sorted(around)]
