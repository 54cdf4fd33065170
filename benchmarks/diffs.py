"""Comparing two versions: pages of 5,000 words and papers of 50,000, with one paragraph in twelve or every one rewritten.

The floor is rapidfuzz's own least edit (`Indel.opcodes`) over the words of both texts as one list each, without cutting them into
words: what any exact word difference by that library costs that does not look at paragraphs first.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from rapidfuzz.distance import Indel

from domain.changes import compare
from domain.comparison import comparison
from domain.documents import Document, Field, Kind, Passage
from domain.version_difference import Side, VersionDifference
from domain.word_differences import tokens
from notifications.difference_composing import compose_difference
from notifications.difference_html import render_difference_page

RUNS = 3
SEEN = datetime(2026, 9, 17, 12, 0, tzinfo=UTC)
CASES = ((5_000, 12), (5_000, 1), (50_000, 12), (50_000, 1))


def main() -> None:
    """Print a row a case: the best of three runs in milliseconds, the floor, and how many times the floor we take."""
    print(f"{'case':<58} {'ms':>8} {'floor ms':>9} {'ratio':>6}")
    for words, every in CASES:
        taken = min(_taken(words, every, seed) for seed in range(RUNS))
        old, new = texts(words, every)
        lists = tokens(" ".join(old)), tokens(" ".join(new))
        floor = best(partial(Indel.opcodes, *lists), 1 if words > 10_000 else RUNS)
        rewritten = f"one paragraph in {every} rewritten" if every > 1 else "every sentence rewritten"
        case = f"compare two texts of {words} words, {rewritten}"
        print(f"{case:<58} {1000 * taken:>8.1f} {1000 * floor:>9.1f} {taken / floor:>6.2f}")
    old, new = texts(50_000, 12)
    print(f"{'page side by side, 50000 words, made from the documents':<58} {1000 * best(partial(_page, old, new)):>8.1f}")


def _taken(words: int, every: int, seed: int) -> float:
    """How long comparing two texts takes that nobody saw before."""
    old, new = texts(words, every, seed)
    return best(partial(compare, _document(old), _document(new)), 1)


def texts(words: int, every: int, seed: int = 0) -> tuple[list[str], list[str]]:
    """Two texts of paragraphs of four sentences; of every so many paragraphs one has an amount and each sentence changed."""
    dice = random.Random(words + seed)
    vocabulary = ["".join(dice.choices("abdegiklmnoprstuv", k=dice.randint(2, 10))) for _ in range(3_000)]
    old = []
    for number in range(words // 50):
        sentences = [f"De {' '.join(dice.choices(vocabulary, k=11))}." for _ in range(4)]
        sentences[1] = f"{sentences[1][:-1]} € {number}.000 tot 17 september 2026."
        old.append(" ".join(sentences))
    new = [line.replace(".000", ".500").replace("De ", "Het ") if n % every == 0 else line for n, line in enumerate(old)]
    return old, new


def best(run: Callable[[], object], times: int = RUNS) -> float:
    """The shortest of so many runs, in seconds of CPU: what a busy machine adds is not ours."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        run()
        taken.append(time.process_time() - began)
    return min(taken)


def _document(lines: list[str]) -> Document:
    return Document("x", "https://example.org/x", Kind.OTHER, "T", tuple(Passage(Field.BODY, line) for line in lines))


def _page(old: list[str], new: list[str]) -> str:
    sides = [Side("x", "T", "https://example.org/x", seq, SEEN, (), 1) for seq in (1, 2)]
    found = VersionDifference(sides[0], sides[1], comparison(_document(old), _document(new)))
    return render_difference_page(compose_difference(found, "nl"))


if __name__ == "__main__":
    main()
