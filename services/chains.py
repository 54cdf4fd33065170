"""How a paper hangs together with others: its thread of questions and answers, what it cites, and when an answer is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import unquote, urlsplit

from domain.digests import ChainLink, Link
from domain.documents import Document, Kind
from domain.identifiers import cite, link_key, url_of
from domain.threads import due_date
from services.copies import Copy, copies_of, heading, main_copy
from services.replacing import earlier, later
from services.settings import DigestSettings
from storage.publications import Publication, preference
from storage.unit_of_work import Unit

MOST_LINKS = 8
LONGEST_NAME = 34
"""Characters shown of the name of a file or page that nobody knows by a title."""

_THREAD = {Kind.QUESTION: "question", Kind.EXTENSION: "extension", Kind.ANSWER: "answer"}
_QUESTION = "kv-tk-"  # questions are called by their number: 2021Z20611
_ADDRESSES = ("url:", "ro:", "rvo:", "oo:")


def reference(canonical: str, document: Document) -> str:
    """The Dutch citation of an official paper; other papers have an address and no citation."""
    if preference(canonical) >= preference("oo:"):
        return ""
    return cite(canonical, document.parliamentary_year).removeprefix(_QUESTION)


def chain(unit: Unit, settings: DigestSettings, publication: Publication, main: Copy) -> tuple[ChainLink, ...]:
    """The thread of a paper, then what it cites; each paper once, at most `MOST_LINKS` in all."""
    links: list[ChainLink] = []
    shown = {_key(alias) for alias in unit.publications.aliases(publication.id)}
    for other in in_thread(unit, publication.id):
        copies = copies_of(unit, (other.id,))[other.id]
        if copies:
            shown |= {_key(alias) for alias in unit.publications.aliases(other.id)}
            links.append(_thread_link(other, copies[0].document))
    links += _versions(unit, publication, shown)
    follows = {_key(followed) for followed in settings.follow}
    for target in dict.fromkeys(found.id for found in unit.events.citations(main.version.id)):
        if len(links) >= MOST_LINKS:
            break
        key = _key(target)
        if key in shown or target.startswith(("dossier:", "tkzaak:")):
            continue
        shown.add(key)
        found = _cited(unit, target, key in follows)
        if found is not None:
            links.append(found)
    return tuple(links[:MOST_LINKS])


def in_thread(unit: Unit, publication_id: int) -> tuple[Publication, ...]:
    """The other papers of the cases to which a paper belongs, first seen first."""
    found: dict[int, Publication] = {}
    for case in unit.publications.links(publication_id, "case"):
        for other in unit.publications.by_link("case", case):
            if other.id != publication_id:
                found[other.id] = other
    return tuple(found[key] for key in sorted(found))


def answer_due(unit: Unit, publication: Publication, document: Document) -> date | None:
    """When an answer is due, for an open question (a notice of extension counts) or such a notice; None for other papers and for
    a question that was answered."""
    if document.kind not in (Kind.QUESTION, Kind.EXTENSION):
        return None
    others = copies_of(unit, [other.id for other in in_thread(unit, publication.id)])
    thread = [document, *(copy.document for copies in others.values() for copy in copies)]
    if any(one.kind is Kind.ANSWER for one in thread):
        return None
    asked = [one.submitted for one in thread if one.submitted and one.kind is Kind.QUESTION]
    submitted = next(iter(asked), document.submitted)
    return due_date(submitted, any(one.kind is Kind.EXTENSION for one in thread)) if submitted else None


def _versions(unit: Unit, publication: Publication, shown: set[str]) -> list[ChainLink]:
    """The paper whose place this one took, and the one that took its place: the nearest of each."""
    links = []
    for target in earlier(unit, publication)[:1]:
        found = _cited(unit, target, followed=False)
        shown.add(_key(target))
        if found is not None:
            links.append(replace(found, label="replaces"))
    for other in later(unit, publication)[:1]:
        copies = copies_of(unit, (other.id,))[other.id]
        shown.add(_key(other.canonical))
        if copies:
            links.append(replace(_thread_link(other, copies[0].document), label="replaced_by"))
    return links


def short_address(url: str) -> str:
    """An address of which no title is known, short enough to read: "rvo.nl, Procesinnovatie-Belastingvoordeel…pdf"."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = (parts.hostname or url).removeprefix("www.")
    name = next((unquote(piece) for piece in reversed(parts.path.split("/")) if piece), "")
    if not name:
        return host
    if len(name) > LONGEST_NAME:
        _, dot, ending = name.rpartition(".")
        name = f"{name[:LONGEST_NAME]}…{ending if dot and len(ending) <= 4 else ''}"
    return f"{host}, {name}"


def _thread_link(other: Publication, document: Document) -> ChainLink:
    label = _THREAD.get(document.kind, "part_of")
    title = f"{reference(other.canonical, document) or other.canonical}: {document.title}"
    return ChainLink(label, Link(title, document.url))


def _cited(unit: Unit, target: str, followed: bool) -> ChainLink | None:
    """A cited paper under its title where it is known, else by its citation or a short form of its address; None when there is
    nothing to go to and nobody follows it."""
    title = _title(unit, (target, _key(target)))
    address = _url(target)
    if not (title or followed or address):
        return None
    if target.startswith(_ADDRESSES):
        text = title or short_address(address)
    else:
        text = f"{_citation(target)}: {title}" if title else _citation(target)
    return ChainLink("cites", Link(text, address), followed)


def _title(unit: Unit, ids: Iterable[str]) -> str:
    for known in unit.publications.by_alias(tuple(dict.fromkeys(ids))):
        copies = copies_of(unit, (known.id,))[known.id]
        if copies:
            return heading(main_copy(copies, known.canonical), copies)
    return ""


def _key(identifier: str) -> str:
    """What two ids of one paper share; an id that no grammar knows stands for itself."""
    try:
        return link_key(identifier)
    except ValueError:
        return identifier


def _citation(identifier: str) -> str:
    try:
        return cite(identifier)
    except ValueError:
        return identifier


def _url(identifier: str) -> str:
    try:
        return url_of(identifier) or ""
    except ValueError:
        return ""
