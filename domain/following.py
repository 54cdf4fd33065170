"""What a digest follows by name (papers, dossiers, schemes, addresses, organisations): told whatever the words of the topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.assessments import Assessment, Level, Reason
from domain.changes import Change
from domain.citations import Citation
from domain.documents import Document
from domain.events import EventKind
from domain.identifiers import link_key
from domain.sections import only_change_speaks
from domain.sentences import sentences
from domain.topic_pack import Levels

_DOSSIER = "dossier:"
_ORGANISATION = "org:"
_POINTS = Levels()
MOST_SENTENCES = 10
"""A paper that cites what is followed on every page is quoted this often; the count says how often in all."""


def follow_assessments(
    follows: Sequence[str], document: Document, kind: EventKind, changes: Sequence[Change], citations: Sequence[Citation]
) -> tuple[Assessment, ...]:
    """One assessment (topic `follow:<id>`) for each followed id that this event touches.

    must_read: something happened to the followed paper itself (rule `followed`), or a paper cites it (rule `followed_cited`, a
    reason per sentence; for a changed paper only citations in the changed part). relevant: a paper in the followed dossier (rule
    `followed_dossier`), or one by, to or about the followed organisation (rule `followed_organisation`).
    """
    ids = {_key(name) for name in (document.id, *document.aliases, *document.cases)}
    dossiers = {f"{_DOSSIER}{number}".casefold() for number in document.dossiers}
    spoken = _spoken(kind, changes, citations)
    found = []
    for followed in follows:
        key = _key(followed)
        citing = [citation for citation in spoken if _key(citation.id) == key]
        if key in ids:
            found.append(_assessment(followed, Level.MUST_READ, [Reason("followed", _POINTS.must_read, followed)]))
        elif citing:
            found.append(_assessment(followed, Level.MUST_READ, _cited(followed, citing)))
        elif key in dossiers:
            found.append(_assessment(followed, Level.RELEVANT, [Reason("followed_dossier", _POINTS.relevant, followed)]))
        elif followed.casefold().startswith(_ORGANISATION) and (said := _named(followed, document, kind, changes)) is not None:
            reason = Reason("followed_organisation", _POINTS.relevant, followed, followed.partition(":")[2], sentence=said)
            found.append(_assessment(followed, Level.RELEVANT, [reason]))
    return tuple(found)


def _cited(followed: str, citing: Sequence[Citation]) -> list[Reason]:
    """One reason per sentence; the first carries the points."""
    by_sentence: dict[str, Citation] = {}
    for citation in citing:
        by_sentence.setdefault(citation.sentence, citation)
    shown = list(by_sentence.values())[:MOST_SENTENCES]
    return [
        Reason(
            "followed_cited",
            _POINTS.must_read if place == 0 else 0,
            followed,
            citation.raw,
            count=len(citing) if place == 0 else 1,
            sentence=citation.sentence,
        )
        for place, citation in enumerate(shown)
    ]


def _named(followed: str, document: Document, kind: EventKind, changes: Sequence[Change]) -> str | None:
    """The first sentence that names the organisation, "" when only the head of the paper does; None when nothing does."""
    name = re.compile(rf"(?<![\w-]){re.escape(followed.partition(':')[2])}(?![\w-])", re.IGNORECASE)
    if only_change_speaks(kind, changes):
        texts: Iterable[str] = (change.after for change in changes)
    else:
        texts = (document.title, *(passage.text for passage in document.passages))
    sentence = next((one for text in texts if name.search(text) for one in sentences(text) if name.search(one)), None)
    if sentence is None and not changes and any(map(name.search, (*document.authors, *document.addressees))):
        return ""
    return sentence


def _spoken(kind: EventKind, changes: Sequence[Change], citations: Sequence[Citation]) -> Sequence[Citation]:
    """The citations that count: all of a new paper, of a changed one those that stand in what was added."""
    if not only_change_speaks(kind, changes):
        return citations
    said = "\n".join(change.after for change in changes)
    before = "\n".join(change.before for change in changes)
    return [citation for citation in citations if citation.raw in said and citation.raw not in before]


def _key(identifier: str) -> str:
    """What two ids of one paper share: a page and its address, upper and lower case."""
    try:
        return link_key(identifier).casefold()
    except ValueError:
        return identifier.casefold()


def _assessment(followed: str, level: Level, reasons: Sequence[Reason]) -> Assessment:
    return Assessment(f"follow:{followed}", level, sum(reason.weight for reason in reasons), tuple(reasons))
