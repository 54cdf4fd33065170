"""What the mutes in force do to the assessments of a paper: in judging what is new, and in showing what would have been."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache

from domain import muting
from domain.assessments import Assessment
from domain.calendar import local
from domain.changes import Change
from domain.citations import Citation
from domain.documents import Document
from domain.events import EventKind
from domain.muting import Muting, Sort
from domain.relevance import Judge
from domain.topic_pack import Same
from services.judging import judge
from services.radar import Radar
from storage.mutes import Mute
from storage.unit_of_work import Unit


def in_force(unit: Unit, now: datetime) -> tuple[Muting, ...]:
    """The mutes in force now, as the rules want them. One that ran out is no longer among them: nobody has to end it."""
    return tuple(as_muting(mute) for mute in unit.mutes.in_force(now))


def as_muting(mute: Mute) -> Muting:
    """A stored mute as the rules want it."""
    said = f"{mute.who}, until {local(mute.until).date().isoformat()}: {mute.reason}"
    return Muting(Sort(mute.sort), mute.target, mute.topic, said)


def demote(
    radar: Radar,
    mutes: Sequence[Muting],
    assessments: Sequence[Assessment],
    document: Document,
    kind: EventKind,
    changes: Sequence[Change],
    citations: Sequence[Citation],
    ids: Collection[str],
) -> tuple[Assessment, ...]:
    """These assessments under the mutes in force. `ids` are all ids of the publication."""
    return tuple(_under(radar, mutes, found, document, kind, changes, citations, ids) for found in assessments)


def _under(
    radar: Radar,
    mutes: Sequence[Muting],
    found: Assessment,
    document: Document,
    kind: EventKind,
    changes: Sequence[Change],
    citations: Sequence[Citation],
    ids: Collection[str],
) -> Assessment:
    pack = radar.settings.topics.get(found.topic)
    if pack is None:  # a followed id: never muted
        return found
    gone: frozenset[str] = frozenset()
    for one in (mute for mute in mutes if mute.topic == found.topic):
        terms = muting.terms_of(one, pack)
        if terms & {reason.term for reason in found.reasons}:
            gone |= terms
            (judged,) = judge(radar, document, kind, changes, citations, _without(Same(pack), gone, radar.settings.organisation))
            found = muting.lowered(found, one, judged.score, pack.levels)
        if muting.covers(one, document, ids):
            found = muting.demoted(found, one, pack.levels, kind, document)
    return found


@lru_cache(maxsize=16)
def _without(key: Same, terms: frozenset[str], organisation: str) -> Judge:
    """A judge that does not know these terms; making one costs as much as reading a hundred titles."""
    return Judge((muting.without(key.pack, terms),), organisation)
