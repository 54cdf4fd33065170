"""What a paper cites, bounded and logged; and what is cited and is not in the archive."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.citations import Citation, read_citations
from domain.documents import Document, Field, Passage
from domain.footnotes import number_of, sentence_with_mark
from domain.identifiers import link_key
from domain.unread_citations import unread
from services.radar import Radar
from storage.unit_of_work import Unit

log = logging.getLogger(__name__)

MOST = 1000
"""Citations kept of one paper; a list of everything that ever was, is no chain."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A paper that is cited and is not in the archive: its id, who cites it (id and sentence), the source that can read it (""
    when no watched site has it), and its address ("" when it is not known)."""

    id: str
    cited_by: tuple[tuple[str, str], ...]
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is cited and not there, most cited first: papers, also those cited by an address of a watched site, and addresses of
    sites that nobody watches (reports of research offices, pages of other governments)."""

    papers: tuple[Gap, ...]
    elsewhere: tuple[Gap, ...]


def cited(document: Document) -> tuple[Citation, ...]:
    """What a paper cites, in its own order, every sentence once. A citation in a footnote comes with the sentence that the
    footnote belongs to, where markup or print shows which. What begins as a citation and is none that we know is logged."""
    texts = [passage.text for passage in document.passages if passage.field is not Field.FOOTNOTE]
    found: list[Citation] = []
    for passage in document.passages:
        found.extend(_with_sentence(passage, texts))
        for shape in unread(passage.text):
            log.info("%s: not read as a citation: %s", document.url, shape)
        if len(found) > MOST:
            log.warning("%s cites more than %d papers; the rest is left out", document.url, MOST)
            break
    return tuple(found[:MOST])


def _with_sentence(passage: Passage, texts: Sequence[str]) -> Iterable[Citation]:
    text, at = passage.text, passage.anchor
    note = None if at else number_of(text)
    for citation in read_citations(text):
        if note is not None:
            at = sentence_with_mark(note, (other for other in texts if other != text))
        yield replace(citation, sentence=at) if at else citation


def gaps(radar: Radar, unit: Unit) -> Gaps:
    """What papers of the archive cite and is not in it. Dossiers and cases are no papers to be missed."""
    absent = _absent(radar, unit)
    away = [not gap.source and gap.id.startswith("url:") for gap in absent]
    return Gaps(
        tuple(gap for gap, far in zip(absent, away, strict=True) if not far),
        tuple(gap for gap, far in zip(absent, away, strict=True) if far),
    )


def _absent(radar: Radar, unit: Unit) -> Sequence[Gap]:
    by_key: dict[str, dict[str, str]] = {}
    known = unit.publications.known_ids()
    present = {_key(one) for one in known}
    for one in unit.events.citations_not_among(known):
        key = _key(one.target)
        if key in present or key.startswith(("dossier:", "tkzaak:", "org:")):
            continue
        citing = unit.publications.get(one.publication_id).canonical
        by_key.setdefault(key, {}).setdefault(citing, one.sentence)
    found = [Gap(key, tuple(citing.items()), *place) for key, citing in by_key.items() if (place := _place(radar, unit, key))]
    return sorted(found, key=lambda gap: (-len(gap.cited_by), gap.id))


def _place(radar: Radar, unit: Unit, identifier: str) -> tuple[str, str] | None:
    """The source that has a paper, and its address there; ("", address) when none has; None when it was read there under another
    id."""
    said = identifier.removeprefix("url:")
    is_url = said != identifier
    for name, adapter in radar.adapters.items():
        url = adapter.resource_url(said) if is_url else adapter.url_for(identifier)
        if url:
            there = unit.resources.by_url(url)
            return None if there is not None and there.checked is not None and is_url else (name, url)
    return "", said if is_url else ""


def _key(identifier: str) -> str:
    try:
        return link_key(identifier)
    except ValueError:
        return identifier
