"""What changed between two texts: paragraph by paragraph, sentence by sentence, and then word by word.

Equal paragraphs are found first; of the rest, what stands elsewhere unchanged has moved, what resembles another closely was
rewritten, and only what is left was added or dropped. A moved paragraph is so never mistaken for a deletion that hides a change
inside it. The model is exact: `apply(diff(old, new), old)` is `new`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.paragraph_pairs import Pairs, pair
from domain.sentence_differences import NOWHERE, Elsewhere, Paragraph, all_moved, diff_paragraph, left_over, says_enough
from domain.word_differences import Words, WordSort, after_of, before_of


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

    `words` say what changed inside it: for REPLACE always, for MOVE when it was rewritten on the way, for INSERT and DELETE when
    some of its sentences came from or went to another paragraph.
    """

    sort: BlockSort
    old: str = ""
    new: str = ""
    old_index: int | None = None
    new_index: int | None = None
    words: tuple[Words, ...] = ()

    @property
    def runs(self) -> tuple[Words, ...]:
        """The paragraph in words, whatever its sort; joined over one side they are its text on that side."""
        if self.words:
            return self.words
        sort = {BlockSort.INSERT: WordSort.INSERT, BlockSort.DELETE: WordSort.DELETE}.get(self.sort, WordSort.EQUAL)
        return (Words(sort, self.new or self.old),)


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
    return Difference(tuple(_blocks(old, new, pair(old, new))))


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


class _Changed:
    """The paragraphs that are not on both sides as they were, cut into sentences, and which of these stand elsewhere."""

    def __init__(self, old: Sequence[str], new: Sequence[str], pairs: Pairs) -> None:
        came = {j: i for i, j in pairs.all.items()}
        changed = {i: j for i, j in pairs.all.items() if old[i] != new[j]}
        self.old = {i: Paragraph.of(text) for i, text in enumerate(old) if i in changed or i not in pairs.all}
        self.new = {j: Paragraph.of(text) for j, text in enumerate(new) if j not in came or came[j] in changed}
        self._gone: dict[int, Counter[str]] = {}
        self._come: dict[int, Counter[str]] = {}
        for i, paragraph in self.old.items():
            partner = self.new[changed[i]] if i in changed else None
            self._gone[i], come = left_over(paragraph, partner)
            if i in changed:
                self._come[changed[i]] = come
        for j in self.new.keys() - self._come.keys():
            self._come[j] = left_over(None, self.new[j])[1]
        elsewhere = _total(self._gone.values()) & _total(self._come.values())
        self._share(self._gone, elsewhere)
        self._share(self._come, elsewhere)

    @staticmethod
    def _share(sides: dict[int, Counter[str]], elsewhere: Counter[str]) -> None:
        """What is on both sides goes to the paragraphs in order, the first that has it first."""
        left = Counter(elsewhere)
        for place in sorted(sides):
            sides[place] &= left
            left -= sides[place]

    def words(self, i: int | None, j: int | None) -> tuple[Words, ...]:
        """What changed inside a paragraph; None for a side on which it does not stand."""
        gone = self._gone[i] if i is not None else Counter[str]()
        come = self._come[j] if j is not None else Counter[str]()
        if i is None and j is not None:
            return all_moved(self.new[j], come, WordSort.INSERT)
        if j is None and i is not None:
            return all_moved(self.old[i], gone, WordSort.DELETE)
        assert i is not None
        assert j is not None
        return diff_paragraph(self.old[i], self.new[j], Elsewhere(gone, come) if gone or come else NOWHERE)


def _total(listed: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counted in listed:
        total.update({sentence: times for sentence, times in counted.items() if says_enough(sentence)})
    return total


def _blocks(old: Sequence[str], new: Sequence[str], pairs: Pairs) -> list[Block]:
    out: list[Block] = []
    inside = _Changed(old, new, pairs)
    from_old = {j: i for i, j in pairs.all.items()}

    def dropped(until: int) -> None:
        """What was dropped stood before the paragraphs that were added in the same place."""
        gone = [k for k in range(next_old, until) if k not in pairs.all]
        out[_before_insertions(out) :] = [
            *(Block(BlockSort.DELETE, old[k], "", k, None, inside.words(k, None)) for k in gone),
            *out[_before_insertions(out) :],
        ]

    next_old = 0
    for j, text in enumerate(new):
        i = from_old.get(j)
        if i is None:
            out.append(Block(BlockSort.INSERT, "", text, None, j, inside.words(None, j)))
            continue
        words = inside.words(i, j) if old[i] != text else ()
        if pairs.in_place.get(i) != j:
            out.append(Block(BlockSort.MOVE, old[i], text, i, j, words))
            continue
        dropped(i)
        next_old = i + 1
        out.append(Block(BlockSort.REPLACE if words else BlockSort.EQUAL, old[i], text, i, j, words))
    dropped(len(old))
    return out


def _before_insertions(blocks: Sequence[Block]) -> int:
    """Where the run of additions and moves at the end of the blocks begins."""
    place = len(blocks)
    while place and blocks[place - 1].sort in (BlockSort.INSERT, BlockSort.MOVE):
        place -= 1
    return place
