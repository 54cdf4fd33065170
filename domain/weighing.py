"""Which hits of a topic count, and the reasons that they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.assessments import Level, Reason
from domain.documents import Document
from domain.hits import OWN_NAME, Hit, Scan, covering, has_context, hits
from domain.scoring import LONG_PAPER, best_stretch, concept_reasons, tier_caps, without_weight
from domain.topic_pack import Negative, TopicPack


class Sorted:
    """The hits of one pack, by what happens to them.

    `clean` count (those under a demotion to mention as well: `capped`); `held` are taken out again, by the negative that covers
    them; the rest is seen without counting: `lonely` context words, `bare` ones without context, `early` ones in a paper
    of a time in which the name did not mean this.
    """

    def __init__(self) -> None:
        self.clean: list[Hit] = []
        self.lonely: list[Hit] = []
        self.bare: list[Hit] = []
        self.early: list[Hit] = []
        self.held: dict[str, tuple[Negative, list[Hit]]] = {}
        self.capped: dict[str, tuple[Negative, list[Hit]]] = {}


def sort_hits(pack: TopicPack, index: int, scanned: Scan, document: Document) -> Sorted:
    """Every hit of a pack in this paper, sorted by what happens to it."""
    out = Sorted()
    for hit in hits(pack, index, scanned):
        too_old = document.dated is not None and document.dated.year < hit.concept.not_before
        if too_old or not hit.term.in_use(document.dated):
            out.early.append(hit)
        elif not has_context(pack, index, scanned, hit):
            out.bare.append(hit)
        elif (negative := covering(pack, index, scanned, hit)) is None:
            out.clean.append(hit)
        elif negative.action is Level.HELD:
            out.held.setdefault(negative.id, (negative, []))[1].append(hit)
        else:
            out.capped.setdefault(negative.id, (negative, []))[1].append(hit)
            out.clean.append(hit)
    if not any(stands_alone(hit) for hit in out.clean):
        out.lonely = [hit for hit in out.clean if hit.concept.tier.never_alone]
        out.clean = [hit for hit in out.clean if not hit.concept.tier.never_alone]
    return out


def stands_alone(hit: Hit) -> bool:
    """True when this hit can make a paper relevant by itself."""
    return not hit.concept.tier.never_alone or hit.slot in hit.concept.alone_in


def held(pack: TopicPack, index: int, scanned: Scan, hit: Hit) -> bool:
    """True when a negative that demotes to held covers this hit."""
    negative = covering(pack, index, scanned, hit)
    return negative is not None and negative.action is Level.HELD


def weigh(pack: TopicPack, found: Sorted, length: int) -> list[Reason]:
    """The reasons of every hit: what counts, what a negative takes away again, and what was seen without counting."""
    counted = found.clean
    reasons: list[Reason] = []
    if length > LONG_PAPER:
        counted, outside = best_stretch(pack, counted)
        reasons += without_weight("outside_best_stretch", outside)
    weighed = concept_reasons(pack, counted)
    reasons = [*weighed, *tier_caps(counted, weighed), *reasons]
    for negative, covered in found.held.values():
        taken = concept_reasons(pack, covered)
        first = covered[0]
        reasons += taken
        reasons.append(
            Reason(
                f"negative:{negative.id}",
                -sum(r.weight for r in taken),
                first.term.id,
                first.words,
                first.slot,
                sentence=first.sentence,
            )
        )
    reasons += without_weight("never_alone", found.lonely)
    reasons += without_weight("no_context", found.bare)
    return [*reasons, *without_weight("before_its_time", found.early)]


def own_reasons(pack: TopicPack, own: Sequence[Hit], found: Sorted) -> list[Reason]:
    """The points of the own name, by place; none where nothing else makes the paper one of this topic (the floor still holds)."""
    if not any(stands_alone(hit) for hit in found.clean):
        return without_weight(OWN_NAME, own)
    weighed = concept_reasons(pack, own)
    return [replace(reason, rule=OWN_NAME) if reason.rule == "term" else reason for reason in weighed]
