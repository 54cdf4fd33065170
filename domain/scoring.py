"""From places to points: what every concept adds, in integer hundredths, each with its reason (`docs/relevance.md`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from domain.assessments import Reason
from domain.documents import Field
from domain.hits import Hit
from domain.topic_pack import TopicPack

LONG_PAPER = 15_000  # words; above this a paper is scored by its best stretch
WINDOW = 300  # words of that stretch
# Places where the same concept may be said often: more often counts for more, but never more than three times.
_DAMPED = frozenset((Field.BODY.value, Field.ATTACHMENT.value))
_DAMPING = (0, 100, 200, 258)  # 1 + log2(n) in hundredths; 300 from four on


def damping(count: int) -> int:
    """What `count` hits in running text are worth, in hundredths of one hit: 1 + log2(count), at most 3."""
    return _DAMPING[count] if count < len(_DAMPING) else 300


def concept_reasons(pack: TopicPack, hits: Sequence[Hit]) -> list[Reason]:
    """One reason per concept and place with what it adds, and one without weight for every other term of it that stands there."""
    groups: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        groups.setdefault((hit.concept.id, hit.slot), []).append(hit)
    best = _best_places(pack, groups)
    reasons: list[Reason] = []
    for (concept_id, slot), group in groups.items():
        concept = group[0].concept
        weight = pack.weights.get(slot, 0)
        if concept.tier.flat:
            points = concept.points * min(weight, 100) // 100 if best[concept_id] == slot else 0
        else:
            times = damping(len(group)) if slot in _DAMPED else 100
            points = concept.points * weight * times // 10_000
        reasons.extend(_named("term", group, points))
    return reasons


def without_weight(rule: str, hits: Iterable[Hit]) -> list[Reason]:
    """Reasons that only say that these hits were seen and why they do not count."""
    groups: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        groups.setdefault((hit.concept.id, hit.slot), []).append(hit)
    return [reason for group in groups.values() for reason in _named(rule, group, 0)]


def tier_caps(hits: Sequence[Hit], reasons: Sequence[Reason]) -> list[Reason]:
    """For every tier with a cap: the negative reason that brings what it added down to the cap."""
    tiers = {hit.concept.tier.name: hit.concept.tier for hit in hits if hit.concept.tier.most}
    tier_of = {hit.term.id: hit.concept.tier.name for hit in hits}
    caps = []
    for name, tier in tiers.items():
        total = sum(reason.weight for reason in reasons if tier_of.get(reason.term) == name)
        if total > tier.most:
            caps.append(Reason("tier_most", tier.most - total, term=name))
    return caps


def best_stretch(pack: TopicPack, hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """For a long paper: the hits that count and those that do not. In running text only the best 300 words speak."""
    running = sorted((hit for hit in hits if hit.slot in _DAMPED), key=lambda hit: hit.at)
    points = {hit.concept.id: hit.concept.points for hit in running}
    counts: Counter[str] = Counter()
    best: tuple[int, int] = (0, 0)
    start_best = 0
    last = 0
    for first, hit in enumerate(running):
        while last < len(running) and running[last].at < hit.at + WINDOW:
            counts[running[last].concept.id] += 1
            last += 1
        value = sum(points[name] * damping(count) for name, count in counts.items())
        if value > best[0]:
            best, start_best = (value, last), first
        counts[hit.concept.id] -= 1
    inside = set(map(id, running[start_best : best[1]]))
    counted = [hit for hit in hits if hit.slot not in _DAMPED or id(hit) in inside]
    return counted, [hit for hit in running if id(hit) not in inside]


def _best_places(pack: TopicPack, groups: Mapping[tuple[str, str], Sequence[Hit]]) -> dict[str, str]:
    best: dict[str, str] = {}
    for concept_id, slot in groups:
        if concept_id not in best or pack.weights.get(slot, 0) > pack.weights.get(best[concept_id], 0):
            best[concept_id] = slot
    return best


def _named(rule: str, group: Sequence[Hit], points: int) -> list[Reason]:
    """The reasons of one concept in one place: the most frequent term carries the points, the others are named beside it."""
    by_term: dict[str, list[Hit]] = {}
    for hit in group:
        by_term.setdefault(hit.term.id, []).append(hit)
    ordered = sorted(by_term.values(), key=len, reverse=True)
    return [
        Reason(
            rule=rule if at == 0 or rule != "term" else "same_concept",
            weight=points if at == 0 else 0,
            term=same[0].term.id,
            words=same[0].words,
            field=same[0].slot,
            count=len(same),
            sentence=same[0].sentence,
        )
        for at, same in enumerate(ordered)
    ]
