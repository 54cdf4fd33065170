"""What a mute does to an assessment: it demotes to held, says who asked for it and why, and never outranks what must be told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.assessments import Assessment, Reason
from domain.documents import Document
from domain.events import EventKind
from domain.text import canonical
from domain.topic_pack import Levels, TopicPack

MUTED = "muted"
OUTRANKED = "mute_outranked"
_OWN_NAME = "own_name"


class Sort(StrEnum):
    """What can be muted."""

    PAPER = "paper"
    DOSSIER = "dossier"
    TERM = "term"
    ORGANISATION = "organisation"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Muting:
    """One mute in force: what, of which topic, and `said`, who asked for it, until when and why, as a reader sees it."""

    sort: Sort
    target: str
    topic: str
    said: str


def covers(muting: Muting, document: Document, ids: Collection[str]) -> bool:
    """True when the paper itself is muted: by one of its ids, its dossier, its address, or who wrote it. Muted terms are another
    matter: they only take away what they brought."""
    if muting.sort is Sort.PAPER:
        return muting.target in ids or muting.target in (document.id, *document.aliases)
    if muting.sort is Sort.DOSSIER:
        return muting.target.removeprefix("dossier:").casefold() in {dossier.casefold() for dossier in document.dossiers}
    if muting.sort is Sort.ADDRESS:
        return document.url == muting.target or document.url.startswith(muting.target.rstrip("/") + "/")
    return muting.sort is Sort.ORGANISATION and wrote(muting.target, document)


def wrote(organisation: str, document: Document) -> bool:
    """True when an organisation signed the paper or answered it."""
    name = f" {canonical(organisation)} "
    return any(name in f" {canonical(office)} " for office in (*document.authors, document.answered_by))


def terms_of(muting: Muting, pack: TopicPack) -> frozenset[str]:
    """The ids of the terms that a mute takes out of a pack: one term, or all of a concept or organisation."""
    if muting.sort not in (Sort.TERM, Sort.ORGANISATION):
        return frozenset()
    wanted = muting.target.casefold()
    found: set[str] = set()
    for concept in pack.concepts:
        if muting.sort is Sort.ORGANISATION and not concept.tier.never_alone:
            continue
        for term in concept.terms:
            if wanted in (concept.id.casefold(), term.id.casefold(), term.text.casefold()):
                found.add(term.id)
    return frozenset(found)


def without(pack: TopicPack, terms: Collection[str]) -> TopicPack:
    """The pack less these terms; a concept that loses all of them goes too."""
    kept = (replace(one, terms=tuple(term for term in one.terms if term.id not in terms)) for one in pack.concepts)
    return replace(pack, concepts=tuple(concept for concept in kept if concept.terms))


def outranks(assessment: Assessment, kind: EventKind, document: Document) -> bool:
    """True for what no mute may hide: a change of a watched scheme, a scheme's date that comes near, the own name.

    Followed papers need no rule: a follow is an assessment of its own, which no mute touches.
    """
    if kind is EventKind.MOMENT and document.scheme is not None:
        return True
    return any(reason.rule == "scheme_changed" or reason.rule.startswith(_OWN_NAME) for reason in assessment.reasons)


def demoted(assessment: Assessment, muting: Muting, levels: Levels, kind: EventKind, document: Document) -> Assessment:
    """The assessment under a mute that covers the whole paper: just below a mention, with a reason that says so."""
    if outranks(assessment, kind, document):
        return _with(assessment, Reason(OUTRANKED, 0, muting.target, muting.said), levels)
    over = max(0, assessment.score - (levels.mention - 1))
    return _with(assessment, Reason(MUTED, -over, muting.target, muting.said), levels)


def lowered(assessment: Assessment, muting: Muting, score_without: int, levels: Levels) -> Assessment:
    """The assessment under a mute of terms: what they brought is taken away again; what else speaks stays."""
    if score_without >= assessment.score:
        return assessment
    return _with(assessment, Reason(MUTED, score_without - assessment.score, muting.target, muting.said), levels)


def _with(assessment: Assessment, reason: Reason, levels: Levels) -> Assessment:
    score = assessment.score + reason.weight
    return Assessment(assessment.topic, levels.of(score), score, (*assessment.reasons, reason))
