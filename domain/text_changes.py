"""From what changed in the text to what a reader is told of it: one change a paragraph, with the sentences that differ.

A sentence that only moved is told as that, once; it is left out of what was added and dropped, so that old words never pass for
new ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from domain.change import Change, ChangeSort
from domain.differences import Block, BlockSort, Difference
from domain.documents import Passage
from domain.dutch_numbers import parse_amount, parse_percentage, percentage_points, relative_step
from domain.sentences import sentences
from domain.word_differences import Words, WordSort, after_of, before_of

LABELS = {
    BlockSort.INSERT: "alinea toegevoegd",
    BlockSort.DELETE: "alinea vervallen",
    BlockSort.REPLACE: "alinea gewijzigd",
    BlockSort.MOVE: "alinea verplaatst",
}
SENTENCE_MOVED = "zin verplaatst"


def text_changes(difference: Difference, old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    """The changed paragraphs in the order of the new text, each named by the heading that it stands under."""
    left = _departures(difference)
    for block in difference.changed:
        passage = new[block.new_index] if block.new_index is not None else old[block.old_index or 0]
        under = f" onder «{passage.heading}»" if passage.heading and passage.heading != passage.text else ""
        if not _only_sentences_moved(block):
            yield _paragraph(block, LABELS[block.sort] + under)
        for part in block.words:
            if part.moved and part.sort is WordSort.INSERT and left[part.text]:
                was, now = left[part.text].popleft(), block.new_index or 0
                yield Change(ChangeSort.TEXT, SENTENCE_MOVED + under, *_places(was, now), "", part.text)


def _departures(difference: Difference) -> dict[str, deque[int]]:
    """Every sentence that moved, with the places of the paragraphs that it left."""
    left: dict[str, deque[int]] = defaultdict(deque)
    for block in difference.changed:
        for part in block.words:
            if part.moved and part.sort is WordSort.DELETE:
                left[part.text].append(block.old_index or 0)
    return left


def _only_sentences_moved(block: Block) -> bool:
    """True when nothing else happened to the paragraph: what is left of its changes is white space."""
    changed = [part for part in block.words if part.sort is not WordSort.EQUAL]
    return (
        block.sort is not BlockSort.MOVE
        and any(part.moved for part in changed)
        and all(part.moved or part.text.isspace() for part in changed)
    )


def _paragraph(block: Block, label: str) -> Change:
    if block.sort in (BlockSort.REPLACE, BlockSort.MOVE) and block.words:
        if block.sort is BlockSort.MOVE:
            label = label.replace("verplaatst", "verplaatst en gewijzigd")
        before, after = _said_differently(block)
        return Change(ChangeSort.TEXT, label, before, after, step(block.words), after or before)
    if block.sort is BlockSort.MOVE:
        return Change(ChangeSort.TEXT, label, *_places(block.old_index or 0, block.new_index or 0), "", block.new)
    if block.old == block.new:  # an empty paragraph added or dropped
        return Change(ChangeSort.TEXT, label, *(("", "lege alinea") if block.sort is BlockSort.INSERT else ("lege alinea", "")))
    said = _less(sentences(block.new or block.old), _moved(block.words)) if block.words else block.new or block.old
    return Change(ChangeSort.TEXT, label, *(("", said) if block.sort is BlockSort.INSERT else (said, "")), "", said)


def _places(was: int, now: int) -> tuple[str, str]:
    said = f"alinea {now + 1}"
    return f"alinea {was + 1}", said if now != was else f"{said}, in andere volgorde"


def _said_differently(block: Block) -> tuple[str, str]:
    """The sentences that only one of the two paragraphs has, less those that only moved; the whole paragraphs when they hold the
    same sentences."""
    before, after = sentences(block.old), sentences(block.new)
    same = (Counter(before) & Counter(after)) + _moved(block.words)
    gone, come = _less(before, same), _less(after, same)
    return (gone, come) if gone != come else (before_of(block.words), after_of(block.words))


def _moved(words: Sequence[Words]) -> Counter[str]:
    return Counter(part.text for part in words if part.moved)


def _less(listed: Sequence[str], kept: Counter[str]) -> str:
    left = Counter(kept)
    out = []
    for sentence in listed:
        if left[sentence]:
            left[sentence] -= 1
        else:
            out.append(sentence)
    return " ".join(out)


def step(words: Sequence[Words]) -> str:
    """The size of the step when a paragraph changed in one amount or one percentage; "" when it changed in more or in others."""
    steps = []
    for first, last in pairwise(words):
        if first.sort is WordSort.DELETE and last.sort is WordSort.INSERT:
            if (rate := parse_percentage(first.text)) is not None and (now := parse_percentage(last.text)) is not None:
                steps.append(percentage_points(rate, now))
            elif first.text.isdigit() or (was := parse_amount(first.text)) is None:
                continue
            elif (sum_now := parse_amount(last.text)) is not None:
                steps.append(relative_step(was, sum_now))
    return steps[0] if len(steps) == 1 else ""
