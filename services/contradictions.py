"""Where the pages and the acts about one scheme contradict each other, and what the archive holds of a scheme's history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from domain.change import Change
from domain.documents import Document
from domain.scheme_conflicts import Conflict, Stated, confirmed, conflicts
from storage.publications import Publication
from storage.snapshots import Version
from storage.unit_of_work import Unit

RELATION = "scheme"
"""Pages and acts hang on the id of their scheme by this relation, whatever it was called when they came out."""


def hang(unit: Unit, publication: Publication, document: Document) -> None:
    """Hang a page or act on the scheme that it is about."""
    if document.scheme is not None:
        unit.publications.link(publication.id, RELATION, (document.scheme.scheme,))


def new_conflicts(
    unit: Unit, publication: Publication, before: Document | None, document: Document, now: datetime
) -> tuple[Change, ...]:
    """The contradictions that this version brings: those of the version before, and those that another page showed already,
    were told then."""
    if document.scheme is None:
        return ()
    others = [stated(found, now) for found in papers(unit, document.scheme.scheme) if _publication(unit, found) != publication.id]
    known = _between([*others, *([_stated(before, now)] if before is not None and before.scheme is not None else [])])
    seen = {(one.provisional.key, one.provisional.value, one.final.value) for one in known}
    made = _between([*others, _stated(document, now)])
    return tuple(one.change for one in made if (one.provisional.key, one.provisional.value, one.final.value) not in seen)


def standing(unit: Unit, scheme: str, now: datetime) -> tuple[Conflict, ...]:
    """The contradictions between what the pages and the acts about a scheme say today."""
    return _between([stated(found, now) for found in papers(unit, scheme)])


def is_confirmed(unit: Unit, document: Document, now: datetime) -> bool:
    """True when the Staatscourant states a fact of the round that a scheme page speaks of."""
    if document.scheme is None:
        return False
    acts = [
        stated(one, now)
        for one in papers(unit, document.scheme.scheme)
        if one.document.scheme and not one.document.scheme.provisional
    ]
    return confirmed(_stated(document, now), acts)


def papers(unit: Unit, scheme: str) -> tuple[Version, ...]:
    """The newest version of every page and act about a scheme, oldest paper first."""
    found = list(_papers(unit, scheme))
    return tuple(sorted(found, key=lambda version: (_day(version.document), version.id)))


def _papers(unit: Unit, scheme: str) -> Iterator[Version]:
    for publication in unit.publications.by_link(RELATION, scheme):
        copies = unit.resources.of_publication(publication.id)
        latest = unit.snapshots.latest_versions([copy.id for copy in copies])
        yield from (found for found in latest.values() if found.document.scheme and found.document.scheme.scheme == scheme)


def _publication(unit: Unit, version: Version) -> int | None:
    return unit.resources.get(version.resource_id).publication_id


def stated(version: Version, now: datetime) -> Stated:
    """What a stored version states."""
    return _stated(version.document, now)


def _stated(document: Document, now: datetime) -> Stated:
    assert document.scheme is not None
    if document.scheme.provisional:  # a page speaks of today
        return Stated(document.scheme, document.url.split("/")[2].removeprefix("www."), str(now.year))
    return Stated(document.scheme, document.id, str(_day(document).year))


def _between(all_stated: list[Stated]) -> tuple[Conflict, ...]:
    pages = [one for one in all_stated if one.sheet.provisional]
    acts = [one for one in all_stated if not one.sheet.provisional]
    return conflicts(pages, acts)


def _day(document: Document) -> date:
    published = document.published.date() if isinstance(document.published, datetime) else document.published
    return document.dated or published or date.min
