"""Which parts of two lists belong together: the rules that paragraphs and sentences share."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Indel

MOST_CELLS = 100_000_000
"""Length of one list times the other up to which the exact answer is computed: 12 MB of memory, a tenth of a second."""


def equal_in_order(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """The most equal parts that stand in the same order, old index to new index.

    Lists too long for the exact answer are cut at the parts that stand once in each; a stretch that has none and is still too
    long gives nothing, and its equal parts are found as moved.
    """
    if len(old) * len(new) <= MOST_CELLS:
        return dict(_least_edit(old, new, 0, 0))
    found = longest_in_order(_once_in_both(old, new))
    begin_old = begin_new = 0
    for i, j in [*sorted(found.items()), (len(old), len(new))]:
        if (i - begin_old) * (j - begin_new) <= MOST_CELLS:
            found.update(_least_edit(old[begin_old:i], new[begin_new:j], begin_old, begin_new))
        begin_old, begin_new = i + 1, j + 1
    return found


def longest_in_order(pairs: Mapping[int, int]) -> dict[int, int]:
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


def _least_edit(old: Sequence[str], new: Sequence[str], first: int, second: int) -> Iterator[tuple[int, int]]:
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            for i, j in zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True):
                # rapidfuzz takes "" and a NUL for the same: it compares one-character texts by their code.
                if old[i] == new[j]:
                    yield first + i, second + j


def _once_in_both(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    many_old, many_new = Counter(old), Counter(new)
    places = {text: j for j, text in enumerate(new) if many_new[text] == 1}
    return {i: places[text] for i, text in enumerate(old) if many_old[text] == 1 and text in places}
