"""Attachments are papers of their own that hang under another: found through the letter that names them, told under it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from domain.documents import Document, Kind
from domain.listings import Entry
from services.radar import Radar
from storage.publications import Publication
from storage.resources import Resource
from storage.unit_of_work import Unit

MOST = 50
"""Attachments of one paper that are followed; the rest is only named."""


def follow_attachments(radar: Radar, unit: Unit, resource: Resource, document: Document, at: datetime, *, first: bool) -> None:
    """Have the papers read that this one names as its attachments and that stand at the same site.

    What hung under a paper of the baseline is baseline too; what is added later is news.
    """
    adapter, host = radar.adapters[resource.source], urlsplit(resource.url).hostname
    entries = []
    for ref in document.attachments[:MOST]:
        url = adapter.url_for(ref.id)
        if url is not None and url != resource.url and urlsplit(url).hostname == host and unit.resources.by_url(url) is None:
            entries.append(Entry(url, title=ref.title, kind=Kind.ATTACHMENT, dated=document.dated))
    if entries:
        unit.resources.announce(
            resource.source,
            "",
            entries,
            at=at,
            baseline=first and resource.baseline,
            quiet=first and resource.quiet,
            priority={entry.url: resource.priority for entry in entries},
        )


def head_of(unit: Unit, publication_id: int) -> int:
    """The publication under which an attachment hangs, when that one was read; else the publication itself. One step only, and
    never in a circle."""
    for target in unit.publications.links(publication_id, "main_paper"):
        for main in unit.publications.by_alias((target,)):
            back = [p.id for t in unit.publications.links(main.id, "main_paper") for p in unit.publications.by_alias((t,))]
            if main.id != publication_id and publication_id not in back and _was_read(unit, main.id):
                return main.id
    return publication_id


def _was_read(unit: Unit, publication_id: int) -> bool:
    return any(copy.checked is not None for copy in unit.resources.of_publication(publication_id))


def under(unit: Unit, ids: Iterable[str]) -> tuple[Publication, ...]:
    """The publications that hang under a paper with any of these ids, first seen first."""
    found = {p.id: p for identifier in ids for p in unit.publications.by_link("main_paper", identifier)}
    return tuple(found[key] for key in sorted(found))
