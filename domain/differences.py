"""What changed between two texts, paragraph by paragraph and then word by word.

Equal paragraphs are found first; of the rest, what stands elsewhere unchanged has moved, what resembles another closely was
rewritten, and only what is left was added or dropped. A moved paragraph is so never mistaken for a deletion that hides a change
inside it. The model is exact: `apply(diff(old, new), old)` is `new`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from domain.word_differences import Words, after_of, before_of, diff_words

CLOSE = 60  # rapidfuzz token_sort_ratio from which two paragraphs are one, rewritten
SHORT = 12  # words; two short paragraphs that stand alone in one place are one, however different
_NEAR = 4  # how many old paragraphs in the same place are tried for a new one
_ALIKE = 3  # how many old paragraphs elsewhere are tried, those that share most words
_LONG = 25_000_000  # characters of old times characters of new: two pages of 5,000 each
_COMMON = 25  # a word in more paragraphs than this says nothing about which is meant


class BlockSort(StrEnum):
    """What happened to a paragraph."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: its text and place (from 0) before and after; "" and None where it does not exist.

    `words` say what changed inside it: for REPLACE always, for MOVE when it was rewritten on the way.
    """

    sort: BlockSort
    old: str = ""
    new: str = ""
    old_index: int | None = None
    new_index: int | None = None
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All paragraphs, in the order of the new text; what was dropped stands where it stood."""

    blocks: tuple[Block, ...]

    @property
    def changed(self) -> tuple[Block, ...]:
        """The blocks that are not as they were."""
        return tuple(block for block in self.blocks if block.sort is not BlockSort.EQUAL)


def diff(old: Sequence[str], new: Sequence[str]) -> Difference:
    """How the paragraphs of `old` became those of `new`."""
    anchors = _equal_in_order(old, new)
    rest_old = [i for i in range(len(old)) if i not in anchors]
    taken = set(anchors.values())
    rest_new = [j for j in range(len(new)) if j not in taken]
    pairs = _moved(old, new, rest_old, rest_new)
    rest_old = [i for i in rest_old if i not in pairs]
    gone = set(pairs.values())
    rest_new = [j for j in rest_new if j not in gone]
    gaps_old, gaps_new = _gaps(anchors.keys(), len(old)), _gaps(anchors.values(), len(new))
    pairs |= _rewritten(old, new, rest_old, rest_new, gaps_old, gaps_new)
    in_place = anchors | _in_order({i: j for i, j in pairs.items() if gaps_old[i] == gaps_new[j]})
    return Difference(tuple(_blocks(old, new, anchors | pairs, in_place)))


def apply(difference: Difference, old: Sequence[str]) -> tuple[str, ...]:
    """The new paragraphs, from the old ones. Raises ValueError when the difference was made from another text."""
    out: list[str] = []
    for block in difference.blocks:
        if block.old_index is not None:
            before = old[block.old_index] if block.old_index < len(old) else None
            if before != (before_of(block.words) if block.words else block.old):
                raise ValueError(f"the difference does not fit paragraph {block.old_index}")
        if block.new_index is not None:
            out.append(after_of(block.words) if block.words else block.new or block.old)
    return tuple(out)


def _equal_in_order(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """The most equal paragraphs that stand in the same order, old index to new index."""
    found: dict[int, int] = {}
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            pairs = zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True)
            # rapidfuzz takes "" and a NUL for the same: it compares one-character texts by their code.
            found |= {i: j for i, j in pairs if old[i] == new[j]}
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


def _rewritten(
    old: Sequence[str],
    new: Sequence[str],
    rest_old: Sequence[int],
    rest_new: Sequence[int],
    gaps_old: Sequence[int],
    gaps_new: Sequence[int],
) -> dict[int, int]:
    """Which old paragraph became which new one: the closest pairs first, in the same place before elsewhere."""
    old_in, new_in = _by_gap(rest_old, gaps_old), _by_gap(rest_new, gaps_new)
    holders = _holders(old, rest_old)
    scored: list[tuple[bool, float, int, int, int]] = []
    for j in rest_new:
        here = old_in.get(gaps_new[j], [])
        rank = new_in[gaps_new[j]].index(j)
        near = here[max(0, rank - _NEAR // 2) : rank + _NEAR // 2 + 1]
        for i in {*near, *_alike(new[j], holders)}:
            same_place = gaps_old[i] == gaps_new[j]
            score = _closeness(old[i], new[j])
            alone = same_place and len(here) == len(new_in[gaps_new[j]]) == 1
            if score or (alone and _is_short(old[i]) and _is_short(new[j])):
                scored.append((not same_place, -score, abs(i - j), i, j))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for *_, i, j in sorted(scored):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def _by_gap(rest: Iterable[int], gaps: Sequence[int]) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = defaultdict(list)
    for place in rest:
        grouped[gaps[place]].append(place)
    return grouped


def _holders(old: Sequence[str], rest: Iterable[int]) -> dict[str, list[int]]:
    """Word to the old paragraphs that hold it, common words left out."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i in rest:
        for word in set(old[i].split()):
            holders[word].append(i)
    return {word: places for word, places in holders.items() if len(places) <= _COMMON}


def _alike(text: str, holders: Mapping[str, list[int]]) -> list[int]:
    """The few old paragraphs that share most words with the text."""
    shared = Counter(i for word in sorted(set(text.split())) for i in holders.get(word, ()))
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


def _in_order(pairs: Mapping[int, int]) -> dict[int, int]:
    """The longest part of the pairs that stands in the same order on both sides (longest increasing subsequence)."""
    ends: list[int] = []  # ends[n]: the smallest new place that ends an ordered row of n + 1
    at: list[int] = []
    before: dict[int, int | None] = {}
    ordered = sorted(pairs.items())
    for place, (_, j) in enumerate(ordered):
        n = bisect_left(ends, j)
        before[place] = at[n - 1] if n else None
        ends[n : n + 1] = [j]
        at[n : n + 1] = [place]
    found = {}
    step = at[-1] if at else None
    while step is not None:
        i, j = ordered[step]
        found[i] = j
        step = before[step]
    return found


def _blocks(old: Sequence[str], new: Sequence[str], pairs: Mapping[int, int], in_place: Mapping[int, int]) -> list[Block]:
    out: list[Block] = []
    from_old = {j: i for i, j in pairs.items()}
    next_old = 0
    for j, text in enumerate(new):
        i = from_old.get(j)
        if i is None:
            out.append(Block(BlockSort.INSERT, "", text, None, j))
            continue
        words = diff_words(old[i], text) if old[i] != text else ()
        if in_place.get(i) != j:
            out.append(Block(BlockSort.MOVE, old[i], text, i, j, words))
            continue
        # What was dropped stood before the paragraphs that were added in the same place.
        dropped = [Block(BlockSort.DELETE, old[k], "", k) for k in range(next_old, i) if k not in pairs]
        out[_before_insertions(out) :] = [*dropped, *out[_before_insertions(out) :]]
        next_old = i + 1
        out.append(Block(BlockSort.REPLACE if words else BlockSort.EQUAL, old[i], text, i, j, words))
    dropped = [Block(BlockSort.DELETE, old[k], "", k) for k in range(next_old, len(old)) if k not in pairs]
    out[_before_insertions(out) :] = [*dropped, *out[_before_insertions(out) :]]
    return out


def _before_insertions(blocks: Sequence[Block]) -> int:
    """Where the run of additions and moves at the end of the blocks begins."""
    place = len(blocks)
    while place and blocks[place - 1].sort in (BlockSort.INSERT, BlockSort.MOVE):
        place -= 1
    return place
