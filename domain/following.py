"""Followed papers and dossiers: told whatever their words."""

from __future__ import annotations

from collections.abc import Sequence

from domain.assessments import Assessment, Level, Reason
from domain.changes import Change
from domain.citations import Citation
from domain.documents import Document
from domain.events import EventKind
from domain.sections import only_change_speaks
from domain.topic_pack import Levels

_DOSSIER = "dossier:"
_POINTS = Levels()


def follow_assessments(
    follows: Sequence[str], document: Document, kind: EventKind, changes: Sequence[Change], citations: Sequence[Citation]
) -> tuple[Assessment, ...]:
    """One assessment (topic `follow:<id>`) for each followed id that this event touches.

    must_read: something happened to the followed paper itself (rule `followed`), or a government paper cites it (rule
    `followed_cited`; for a changed paper only citations in the changed part). relevant: a paper in the followed dossier (rule
    `followed_dossier`).
    """
    ids = {name.casefold() for name in (document.id, *document.aliases, *document.cases)}
    dossiers = {f"{_DOSSIER}{number}".casefold() for number in document.dossiers}
    spoken = _spoken(kind, changes, citations)
    cited = {citation.id.casefold(): citation for citation in reversed(spoken)}
    found = []
    for followed in follows:
        key = followed.casefold()
        if key in ids:
            found.append(_assessment(followed, Level.MUST_READ, Reason("followed", _POINTS.must_read, followed)))
        elif key in cited:
            citation = cited[key]
            reason = Reason("followed_cited", _POINTS.must_read, followed, citation.raw, sentence=citation.sentence)
            found.append(_assessment(followed, Level.MUST_READ, reason))
        elif key in dossiers:
            found.append(_assessment(followed, Level.RELEVANT, Reason("followed_dossier", _POINTS.relevant, followed)))
    return tuple(found)


def _spoken(kind: EventKind, changes: Sequence[Change], citations: Sequence[Citation]) -> Sequence[Citation]:
    """The citations that count: all of a new paper, of a changed one those that stand in what was added."""
    if not only_change_speaks(kind, changes):
        return citations
    said = "\n".join(change.after for change in changes)
    before = "\n".join(change.before for change in changes)
    return [citation for citation in citations if citation.raw in said and citation.raw not in before]


def _assessment(followed: str, level: Level, reason: Reason) -> Assessment:
    return Assessment(f"follow:{followed}", level, reason.weight, (reason,))
