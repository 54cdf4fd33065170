"""Chains of versions: which publication took the place of which, both ways, and what differs."""

from __future__ import annotations

from collections.abc import Sequence

from domain.changes import Change, compare
from domain.documents import Document
from domain.replacements import replaced, replaced_by
from services.copies import copies_of, main_copy
from storage.publications import Publication
from storage.unit_of_work import Unit

LONGEST = 20
"""Steps of a chain that are followed in each direction; circles end where they began."""


def keep_places(unit: Unit, publication_id: int, document: Document) -> None:
    """Write down whose place a paper takes and what took its own; the latter is added by the publisher when the words have long
    been read."""
    unit.publications.link(publication_id, "replaces", replaced(document))
    unit.publications.link(publication_id, "replaced_by", replaced_by(document))


def earlier(unit: Unit, publication: Publication) -> tuple[str, ...]:
    """The ids of the papers whose place this one took, nearest first, step by step; also ids that are not in the archive."""
    found: list[str] = []
    present: Publication | None = publication
    seen = {publication.id}
    while present is not None and len(found) < LONGEST:
        targets = (*unit.publications.links(present.id, "replaces"), *_saying_so(unit, present))
        found += [target for target in targets if target not in found]
        known = [one for target in targets for one in unit.publications.by_alias((target,)) if one.id not in seen]
        present = known[0] if known else None
        if present is not None:
            seen.add(present.id)
    own = set(unit.publications.aliases(publication.id))
    return tuple(one for one in found if one not in own)[:LONGEST]


def later(unit: Unit, publication: Publication) -> tuple[Publication, ...]:
    """The papers that took this one's place, nearest first, step by step."""
    found: list[Publication] = []
    present = [publication]
    seen = {publication.id}
    while present and len(found) < LONGEST:
        following = {other.id: other for one in present for other in _takers(unit, one) if other.id not in seen}
        present = [following[key] for key in sorted(following)]
        seen.update(following)
        found += present
    return tuple(found[:LONGEST])


def _takers(unit: Unit, publication: Publication) -> tuple[Publication, ...]:
    """The papers that say to take this one's place, and those that it says took it."""
    aliases = unit.publications.aliases(publication.id)
    saying = (other for alias in aliases for other in unit.publications.by_link("replaces", alias))
    return (*saying, *unit.publications.by_alias(unit.publications.links(publication.id, "replaced_by")))


def _saying_so(unit: Unit, publication: Publication) -> tuple[str, ...]:
    """The papers that say themselves that this one took their place."""
    aliases = unit.publications.aliases(publication.id)
    return tuple(other.canonical for alias in aliases for other in unit.publications.by_link("replaced_by", alias))


def difference(unit: Unit, document: Document, noise: Sequence[str]) -> tuple[Change, ...]:
    """What a paper says otherwise than the one whose place it takes; () when that is not in the archive."""
    for publication in unit.publications.by_alias(replaced(document)):
        copies = copies_of(unit, (publication.id,))[publication.id]
        if copies:
            before = main_copy(copies, publication.canonical).document.without(noise)
            return tuple(change for change in compare(before, document) if change.label != "titel")
    return ()
