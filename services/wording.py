"""From stored reasons, offices and deliveries to the values that a digest shows; the renderings put them into words."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import datetime

from domain.assessments import Reason
from domain.digests import Ground, Told, Why
from domain.documents import Document, Kind
from domain.identifiers import cite
from domain.muting import MUTED
from storage.unit_of_work import Unit

COUNTED = frozenset({"term", "same_concept", "own_name"})
"""Rules that rest on words in the text; their counts are shown."""

GROUNDS = {
    "own_name_floor": Ground.OWN_NAME,
    "own_name_in_title": Ground.OWN_NAME_IN_TITLE,
    "scheme_changed": Ground.SCHEME_CHANGED,
    "scheme_named": Ground.SCHEME_NAMED,
    "dossier": Ground.DOSSIER,
}
"""What a rule that rests on no word is called; rules that only move points are not shown. `docs/relevance.md` has them all."""

_ARTICLE = re.compile(r"(?:De|Het|Een)(?= )")


def speakers(document: Document) -> tuple[str, str]:
    """Who speaks: the offices of the paper, joined; and for questions to whom, else ""."""
    who = _joined(document.authors)
    if document.kind is Kind.QUESTION and document.addressees and who:
        return who, _inside(_joined(document.addressees))
    return who, ""


def _joined(offices: Sequence[str]) -> str:
    return ", ".join(office if place == 0 else _inside(office) for place, office in enumerate(offices))


def _inside(office: str) -> str:
    """An office as it stands inside a sentence: "de Minister van ..."."""
    return _ARTICLE.sub(lambda article: article[0].lower(), office, count=1) if _ARTICLE.match(office) else office


def reasons_shown(reasons: Sequence[Reason]) -> tuple[Why, ...]:
    """The reasons that mean something to a reader, strongest first, each concept once with all its places counted."""
    shown: dict[str, Why] = {}
    counts: dict[str, int] = {}
    weights: dict[str, int] = {}
    by_term: dict[str, str] = {}
    for reason in sorted(reasons, key=lambda found: -found.weight):
        why = _why(reason)
        if why is None:
            continue
        # Two concepts may rest on the same words; a reader sees the words.
        key = why.said.casefold() if reason.rule in COUNTED else f"{why.ground.value} {why.said}"
        if reason.rule in COUNTED:
            key = by_term.setdefault(reason.term, key)
        shown.setdefault(key, why)
        counts[key] = counts.get(key, 0) + why.count
        weights[key] = weights.get(key, 0) + abs(reason.weight)
    order = sorted(shown, key=lambda key: (-weights[key], shown[key].said, shown[key].ground.value))
    return tuple(Why(shown[key].ground, shown[key].said, counts[key]) for key in order)


def _why(reason: Reason) -> Why | None:
    if reason.rule in COUNTED:
        return Why(Ground.TERM, reason.words, reason.count) if reason.words else None
    if reason.rule.startswith("followed"):
        return Why(Ground.FOLLOWED, _cited(reason.term.removeprefix("follow:")))
    if reason.rule.startswith("negative:"):
        return Why(Ground.OTHER_SUBJECT, reason.rule.partition(":")[2].replace("-", " "))
    if reason.rule == MUTED:
        return Why(Ground.MUTED, reason.term.removeprefix("dossier:"))
    ground = GROUNDS.get(reason.rule)
    return Why(ground) if ground is not None and reason.weight else None


def _cited(identifier: str) -> str:
    try:
        return cite(identifier)
    except ValueError:
        return identifier


def told_before(unit: Unit, keys: Sequence[str], digests: Container[str]) -> tuple[Told, ...]:
    """Through which channels this news went out before by these digests, each once with its first time, in order of time."""
    first: dict[str, datetime] = {}
    for key in keys:
        for _, channel, digest, at in unit.outbox.told(key):
            if digest in digests and (channel not in first or at < first[channel]):
                first[channel] = at
    return tuple(Told(channel, at) for channel, at in sorted(first.items(), key=lambda pair: (pair[1], pair[0])))
