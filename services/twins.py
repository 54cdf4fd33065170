"""The publications that are the same paper as a document under another id: by title and day, or by what both say word for word.

Only a few papers are compared: those that share a name with the document, and those of another site whose sketch does not rule it
out (`domain.likeness`). What decides is the same as if all papers of those days were compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from domain.documents import Document, Kind
from domain.duplicates import ids_clash, may_be_same, same_publication
from domain.likeness import may_share, names, names_of_copies, sketch
from domain.same_text import DAYS_APART, days, same_text
from storage.publications import Publication
from storage.resources import Resource
from storage.snapshots import Version
from storage.unit_of_work import Unit


def keep(unit: Unit, publication: Publication, resource: Resource, document: Document) -> None:
    """Write down by what the copies of a document will be found."""
    unit.publications.link(publication.id, "day", [_day_key(document.kind, day.isoformat()) for day in days(document)])
    unit.publications.link(publication.id, "name", names(document))
    unit.sketches.keep(resource.id, sketch(document))


def twins(unit: Unit, document: Document) -> list[tuple[Publication, str]]:
    """The publications that are this paper under another id, with the reason.

    Two letters of one day may have one title. Then only the words decide, and when they do not either, nothing is joined.
    """
    found = []
    for candidate, versions in _candidates(unit, document):
        if reason := _same_paper(unit, versions, document):
            found.append((candidate, reason, versions))
    if _contradict(unit, [one for one, _, _ in found]):
        found = [one for one in found if any(same_text(version.document, document) for version in one[2])]
    return [] if _contradict(unit, [one for one, _, _ in found]) else [(one, reason) for one, reason, _ in found]


def _candidates(unit: Unit, document: Document) -> list[tuple[Publication, Sequence[Version]]]:
    """Whom to compare with, first seen first, each with what its copies say now."""
    around = _day_keys(document)
    own = sketch(document)
    keys: set[int] = set()
    unsketched: set[int] = set()
    for near in unit.sketches.near(around, _site(document.url)):
        if near.sketch is None:
            unsketched.add(near.resource_id)
            keys.add(near.publication_id)
        elif may_share(own, near.sketch):
            keys.add(near.publication_id)
    wanted = names_of_copies(document)
    named = [*unit.publications.by_alias(one.removeprefix("id:") for one in wanted if one.startswith("id:"))]
    named += [found for one in wanted for found in unit.publications.by_link("name", one)]
    hung = unit.publications.links_of([one.id for one in named], "day")
    keys |= {key for key, targets in hung.items() if not around.isdisjoint(targets)}
    copies = {key: unit.resources.of_publication(key) for key in sorted(keys)}
    latest = unit.snapshots.latest_versions(copy.id for found in copies.values() for copy in found)
    _sketch_late(unit, unsketched, copies, latest)
    return [
        (unit.publications.get(key), [latest[copy.id] for copy in found if copy.id in latest]) for key, found in copies.items()
    ]


def _sketch_late(
    unit: Unit, unsketched: set[int], copies: Mapping[int, Sequence[Resource]], latest: Mapping[int, Version]
) -> None:
    """Papers that an earlier release read have no sketch yet: they are compared this once, and get one."""
    for key, found in copies.items():
        for copy in found:
            if copy.id in unsketched and copy.id in latest:
                keep(unit, unit.publications.get(key), copy, latest[copy.id].document)


def _contradict(unit: Unit, found: Sequence[Publication]) -> bool:
    ids = [frozenset(unit.publications.aliases(one.id)) for one in found]
    return any(ids_clash(one, other) for place, one in enumerate(ids) for other in ids[place + 1 :])


def _same_paper(unit: Unit, versions: Sequence[Version], document: Document) -> str:
    """Why a publication with these versions is the same paper as this document, "" when it is not."""
    for version in versions:
        if _under_others(unit, version.document, document):
            continue
        reason = same_publication(version.document, document)
        if reason is not None:
            return f"{reason.value.replace('_', ' ')}: {version.document.url}"
        if may_be_same(version.document, document) and same_text(version.document, document):
            return f"same text: {version.document.url}"
    return ""


def _under_others(unit: Unit, one: Document, other: Document) -> bool:
    """True for attachments of two papers: every letter has a note with the same title."""
    if one.kind is not Kind.ATTACHMENT or not (one.main_paper and other.main_paper):
        return False
    return unit.publications.by_alias((one.main_paper,)) != unit.publications.by_alias((other.main_paper,))


def _day_key(kind: Kind, day: str) -> str:
    return f"{kind.value}:{day}"


def _day_keys(document: Document) -> frozenset[str]:
    """Under which a copy of this paper may hang: its kind, and the days around its own."""
    around = {day + timedelta(days=shift) for day in days(document) for shift in range(-DAYS_APART, DAYS_APART + 1)}
    return frozenset(_day_key(document.kind, day.isoformat()) for day in around)


def _site(url: str) -> str:
    """What every address of the document's own site begins with."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/"
