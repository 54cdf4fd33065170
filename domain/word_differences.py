"""What changed inside one paragraph, word by word; amounts, percentages and dates are one word each.

"€ 4,5 miljoen" that becomes "€ 4,8 miljoen" is shown as one amount for another, never as a 5 for an 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz.distance import Indel

from domain.dutch_numbers import amounts, moments, percentages
from domain.sentences import spans

MOST_PAIRS = 4_000_000  # words of old times words of new; beyond this whole sentences are compared first
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|\s+|.", re.DOTALL)


class WordSort(StrEnum):
    """What happened to a stretch of words."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text and what happened to it. What was deleted always comes before what was put in its place."""

    sort: WordSort
    text: str


def tokens(text: str) -> tuple[str, ...]:
    """The text in words, white space, single signs, and whole amounts, percentages and dates; joined, it is the text again."""
    if not _DIGIT.search(text):
        return tuple(_TOKEN.findall(text))
    found = [(one.start, one.end) for one in amounts(text)]
    found += [(one.start, one.end) for one in percentages(text)]
    found += [(one.start, one.end) for one in moments(text)]
    out: list[str] = []
    place = 0
    for start, end in sorted(found):
        if start >= place:
            out += _TOKEN.findall(text, place, start)
            out.append(text[start:end])
            place = end
    return (*out, *_TOKEN.findall(text, place))


def diff_words(old: str, new: str) -> tuple[Words, ...]:
    """How `old` became `new`: EQUAL and DELETE joined are `old`, EQUAL and INSERT joined are `new`."""
    if _is_small(old, new):
        return _tidy(_steps(tokens(old), tokens(new)))
    steps: list[tuple[str, str, bool]] = []
    for gone, come, equal in _runs(_steps(_pieces(old), _pieces(new))):
        if equal:
            steps.append((gone, come, True))
            continue
        steps += _steps(tokens(gone), tokens(come)) if _is_small(gone, come) else [(gone, come, False)]
    return _tidy(steps)


def before_of(words: Iterable[Words]) -> str:
    """The old text, from its word differences."""
    return "".join(part.text for part in words if part.sort is not WordSort.INSERT)


def after_of(words: Iterable[Words]) -> str:
    """The new text, from its word differences."""
    return "".join(part.text for part in words if part.sort is not WordSort.DELETE)


def _is_small(old: str, new: str) -> bool:
    return len(old.split()) * len(new.split()) <= MOST_PAIRS


def _steps(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str, bool]]:
    """The least edit from one list to the other: (old text, new text, equal) in order."""
    steps = []
    for code in Indel.opcodes(before, after):
        gone = "".join(before[code.src_start : code.src_end])
        come = "".join(after[code.dest_start : code.dest_end])
        steps.append((gone, come, code.tag == "equal"))
    return steps


def _runs(steps: Iterable[tuple[str, str, bool]]) -> Iterator[tuple[str, str, bool]]:
    """Neighbouring changes as one; white space between two changes counts as changed, so that phrases stay whole."""
    listed = list(steps)
    gone, come = "", ""
    for place, (old, new, equal) in enumerate(listed):
        between = equal and old.isspace() and (gone or come) and place + 1 < len(listed)
        if equal and not between:
            if gone or come:
                yield gone, come, False
                gone, come = "", ""
            yield old, new, True
        else:
            gone, come = gone + old, come + new
    if gone or come:
        yield gone, come, False


def _tidy(steps: Iterable[tuple[str, str, bool]]) -> tuple[Words, ...]:
    out: list[Words] = []
    for gone, come, equal in _runs(steps):
        if equal or gone == come:
            out.append(Words(WordSort.EQUAL, gone))
            continue
        if gone:
            out.append(Words(WordSort.DELETE, gone))
        if come:
            out.append(Words(WordSort.INSERT, come))
    return tuple(out)


def _pieces(text: str) -> tuple[str, ...]:
    """The text cut before every sentence; joined, it is the text again."""
    cuts = [0, *(start for start, _ in spans(text) if start), len(text)]
    return tuple(text[a:b] for a, b in pairwise(cuts) if a < b)
