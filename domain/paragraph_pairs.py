"""Which old paragraph became which new one: equal ones in order, equal ones elsewhere, then those that are much alike."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from domain.alignment import equal_in_order, longest_in_order

CLOSE = 60  # rapidfuzz token_sort_ratio from which two paragraphs are one, rewritten
SHORT = 12  # words; two short paragraphs that stand alone in one place are one, however different
_SURE = 85  # from this closeness in the same place nobody looks elsewhere
_NEAR = 4  # how many old paragraphs in the same place are tried for a new one
_ALIKE = 3  # how many old paragraphs elsewhere are tried, those that share most words
_LONG = 25_000_000  # characters of old times characters of new: two pages of 5,000 each
_COMMON = 25  # a word in more paragraphs than this says nothing about which is meant


@dataclass(frozen=True, slots=True)
class Pairs:
    """Old place to new place, for every paragraph that is on both sides; `in_place` are those that kept their order."""

    all: Mapping[int, int]
    in_place: Mapping[int, int]


def pair(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """The paragraphs that belong together."""
    anchors = equal_in_order(old, new)
    rest_old = [i for i in range(len(old)) if i not in anchors]
    taken = set(anchors.values())
    rest_new = [j for j in range(len(new)) if j not in taken]
    pairs = _moved(old, new, rest_old, rest_new)
    rest_old = [i for i in rest_old if i not in pairs]
    gone = set(pairs.values())
    rest_new = [j for j in rest_new if j not in gone]
    gaps_old, gaps_new = _gaps(anchors.keys(), len(old)), _gaps(anchors.values(), len(new))
    pairs |= _Rewritten(old, new, rest_old, rest_new, gaps_old, gaps_new).pairs()
    here = {i: j for i, j in pairs.items() if gaps_old[i] == gaps_new[j]}
    in_place = anchors | longest_in_order(here)
    lonely = _lonely(old, new, anchors | pairs, in_place)
    return Pairs(anchors | pairs | lonely, in_place | lonely)


def _lonely(old: Sequence[str], new: Sequence[str], pairs: Mapping[int, int], in_place: Mapping[int, int]) -> dict[int, int]:
    """Short paragraphs that are the only ones left between two neighbours that kept their place: a heading with a new name."""
    taken = set(pairs.values())
    found = {}
    begin_old = begin_new = 0
    for i, j in [*sorted(in_place.items()), (len(old), len(new))]:
        gone = [k for k in range(begin_old, i) if k not in pairs and _is_short(old[k])]
        come = [k for k in range(begin_new, j) if k not in taken and _is_short(new[k])]
        if len(gone) == len(come) == 1:
            found[gone[0]] = come[0]
        begin_old, begin_new = i + 1, j + 1
    return found


def _moved(old: Sequence[str], new: Sequence[str], rest_old: Iterable[int], rest_new: Iterable[int]) -> dict[int, int]:
    """Equal paragraphs that stand elsewhere, first with first."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for i in rest_old:
        places[old[i]].append(i)
    return {places[new[j]].popleft(): j for j in rest_new if places[new[j]]}


def _gaps(anchors: Iterable[int], length: int) -> list[int]:
    """For every paragraph, how many anchors stand before it: equal numbers on both sides mean the same place in the text."""
    marks = set(anchors)
    out, seen = [], 0
    for place in range(length):
        out.append(seen)
        seen += place in marks
    return out


class _Rewritten:
    """The search for rewritten paragraphs among those that have no equal."""

    def __init__(
        self,
        old: Sequence[str],
        new: Sequence[str],
        rest_old: Sequence[int],
        rest_new: Sequence[int],
        gaps_old: Sequence[int],
        gaps_new: Sequence[int],
    ) -> None:
        self._old, self._new = old, new
        self._rest_new = rest_new
        self._gaps_old, self._gaps_new = gaps_old, gaps_new
        self._old_in, self._new_in = _by_gap(rest_old, gaps_old), _by_gap(rest_new, gaps_new)
        self._rest_old = rest_old

    def pairs(self) -> dict[int, int]:
        """Old place to new place: the closest pairs first, in the same place before elsewhere."""
        scored: list[tuple[bool, float, int, int, int]] = []
        ranks = {j: rank for gap in self._new_in.values() for rank, j in enumerate(gap)}
        for j in self._rest_new:
            scored += self._candidates(j, ranks[j])
        pairs: dict[int, int] = {}
        used: set[int] = set()
        for *_, i, j in sorted(scored):
            if i not in pairs and j not in used:
                pairs[i] = j
                used.add(j)
        return pairs

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[int]]:
        """Word to the old paragraphs that hold it, common words left out."""
        holders: dict[str, list[int]] = defaultdict(list)
        for i in self._rest_old:
            for word in set(self._old[i].split()):
                holders[word].append(i)
        return {word: places for word, places in holders.items() if len(places) <= _COMMON}

    def _candidates(self, j: int, rank: int) -> list[tuple[bool, float, int, int, int]]:
        here = self._old_in.get(self._gaps_new[j], [])
        if rank < len(here):
            score = _closeness(self._old[here[rank]], self._new[j])
            if score >= _SURE:
                return [(False, -score, abs(here[rank] - j), here[rank], j)]
        near = here[max(0, rank - _NEAR // 2) : rank + _NEAR // 2 + 1]
        found = []
        for i in sorted({*near, *_alike(self._new[j], self._holders)}):
            same_place = self._gaps_old[i] == self._gaps_new[j]
            score = _closeness(self._old[i], self._new[j])
            if score:
                found.append((not same_place, -score, abs(i - j), i, j))
        return found


def _by_gap(rest: Iterable[int], gaps: Sequence[int]) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = defaultdict(list)
    for place in rest:
        grouped[gaps[place]].append(place)
    return grouped


def _alike(text: str, holders: Mapping[str, Sequence[int]]) -> list[int]:
    """The few old paragraphs that share most words with the text."""
    shared: Counter[int] = Counter()
    for word in set(text.split()):
        if word in holders:
            shared.update(holders[word])
    return [i for i, _ in sorted(shared.items(), key=lambda one: (-one[1], one[0]))[:_ALIKE]]


def _closeness(old: str, new: str) -> float:
    """How much two paragraphs are alike, from CLOSE to 100; 0 below that. Very long ones are compared by the words they share."""
    if len(old) * len(new) <= _LONG:
        return fuzz.token_sort_ratio(old, new, score_cutoff=CLOSE)
    before, after = Counter(old.split()), Counter(new.split())
    score = 200 * (before & after).total() / (before.total() + after.total())
    return score if score >= CLOSE else 0


def _is_short(text: str) -> bool:
    return len(text.split()) <= SHORT
