"""An urgent message that comes after another on the same paper or scheme names the first: it is not news by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.digests import Digest, DigestForm, FollowUp, Item
from services.moments import pages_by_scheme
from services.radar import Radar
from storage.unit_of_work import Unit

REMEMBERED = timedelta(days=30)
"""An urgent message from longer ago is no longer what a reader thinks of."""


def with_follow_ups(radar: Radar, unit: Unit, digest: Digest) -> Digest:
    """The digest with, at each item, the first urgent issue of the last 30 days that told of its paper or scheme."""
    schemes = _schemes(radar, unit) if digest.items else {}
    return replace(digest, items=tuple(_followed(unit, digest, item, schemes) for item in digest.items))


def _followed(unit: Unit, digest: Digest, item: Item, schemes: dict[int, frozenset[int]]) -> Item:
    papers = unit.events.publications_of(item.event_keys)
    about = papers.union(*(schemes.get(paper, frozenset()) for paper in papers))
    first = unit.issues.first_telling(digest.name, DigestForm.URGENT.value, sorted(about), digest.made - REMEMBERED)
    return replace(item, follow_up=FollowUp(first.number, first.made)) if first else item


def _schemes(radar: Radar, unit: Unit) -> dict[int, frozenset[int]]:
    """For every page of a scheme: all pages of that scheme."""
    pages: dict[str, set[int]] = {}
    for scheme, resource, _ in pages_by_scheme(radar, unit):
        if resource.publication_id is not None:
            pages.setdefault(scheme, set()).add(resource.publication_id)
    return {page: frozenset(together) for together in pages.values() for page in together}
