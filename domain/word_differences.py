"""What changed inside a stretch of text, word by word; amounts, percentages, dates, articles and ids are one word each.

"€ 4,5 miljoen" that becomes "€ 4,8 miljoen" is shown as one amount for another, never as a 5 for an 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import Indel

from domain.dutch_numbers import amounts, moments, percentages

MOST_PAIRS = 4_000_000  # words of old times words of new; beyond this one stands for the other as a whole
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|\s+|.", re.DOTALL)
# Without one of these a text holds no amount or percentage: most sentences need not be searched for them.
_AMOUNT_HINTS = ("€", "eur", "mln", "mil", "mld", "mrd")
_RATE_HINTS = ("%", "procent")
_SIGNS_BEHIND = re.compile(r",[-–=]{1,2}(?!\w)")
# Ids ("kst-32637-480", "2021Z14507") are words already. What has signs or spaces inside is named here: articles and other parts
# with their number, dossiers ("36 600 XIII"), case law, and figures ("3.115.000", "09:00", "2021/22", "1.2.3").
_COMPOUND = re.compile(
    r"\b(?:art(?:ikel(?:en)?)?|lid|leden|onderdeel|bijlage|hoofdstuk|paragraaf|nr|vraag)\.?[ \u00a0]\d[\w.:]*(?<![.:])"
    r"|(?<![\w.,])\d{1,3}(?:[ \u00a0]\d{3})+(?!\w)(?:[ -][IVXLC]{1,6}\b)?"
    r"|\bECLI(?::\w{1,30}){4}"
    r"|(?<![\w.,:/])(?<!\w-)\d{1,12}(?:[.,:/-]\d{1,12})+\w?(?!\w)",
    re.IGNORECASE,
)
_WORD_BEFORE = len("paragraaf. ")  # what stands before the figures of all of these but case law


class WordSort(StrEnum):
    """What happened to a stretch of words."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text and what happened to it. What was deleted always comes before what was put in its place.

    `moved` marks whole sentences that were taken away here and stand elsewhere, or stood elsewhere and came here.
    """

    sort: WordSort
    text: str
    moved: bool = False


class Moved(NamedTuple):
    """A whole sentence as one token: `sort` says whether it left or came, so that it equals nothing on the other side."""

    text: str
    sort: WordSort


Token = str | Moved
"""One word, sign or stretch of white space, or a sentence that moved."""


def tokens(text: str) -> tuple[str, ...]:
    """The text in words, white space, single signs, and whole amounts, percentages, dates and numbers; joined, it is the text
    again."""
    if (first := _DIGIT.search(text)) is None:
        return tuple(_TOKEN.findall(text))
    out: list[str] = []
    place = 0
    for start, end in _atoms(text, first.start()):
        if start >= place:
            out += _TOKEN.findall(text, place, start)
            out.append(text[start:end])
            place = end
    return (*out, *_TOKEN.findall(text, place))


def diff_tokens(before: Sequence[Token], after: Sequence[Token]) -> tuple[Words, ...]:
    """How the tokens of `before` became those of `after`, as few words as possible."""
    return _tidy(before, after)


def diff_words(old: str, new: str) -> tuple[Words, ...]:
    """How `old` became `new`: EQUAL and DELETE joined are `old`, EQUAL and INSERT joined are `new`."""
    return diff_tokens(tokens(old), tokens(new))


def before_of(parts: Iterable[Words]) -> str:
    """The old text, from its word differences."""
    return "".join(part.text for part in parts if part.sort is not WordSort.INSERT)


def after_of(parts: Iterable[Words]) -> str:
    """The new text, from its word differences."""
    return "".join(part.text for part in parts if part.sort is not WordSort.DELETE)


def _atoms(text: str, digit: int) -> list[tuple[int, int]]:
    """What may not be cut, from left to right; of two that overlap the one that begins first, then the longest. `digit` is the
    place of the first digit."""
    lowered = text.casefold()
    begin = 0 if "ecli" in lowered else max(0, digit - _WORD_BEFORE)
    found = [match.span() for match in _COMPOUND.finditer(text, begin)]
    found += [(one.start, one.end) for one in moments(text)]
    if any(hint in lowered for hint in _RATE_HINTS):
        found += [(one.start, one.end) for one in percentages(text)]
    if any(hint in lowered for hint in _AMOUNT_HINTS):
        for one in amounts(text):
            dash = _SIGNS_BEHIND.match(text, one.end)
            found.append((one.start, dash.end() if dash else one.end))
    # The point behind "miljoen." or "dec." may as well end the sentence: it is a sign of its own.
    ends = ((start, end - 1 if text[end - 1] == "." else end) for start, end in found)
    return sorted(ends, key=lambda span: (span[0], -span[1]))


class _Step(NamedTuple):
    """A stretch of the old tokens and the stretch of the new ones that stands for it, each from one place up to another."""

    gone: int
    gone_end: int
    come: int
    come_end: int
    equal: bool


def _steps(before: Sequence[Token], after: Sequence[Token]) -> list[_Step]:
    """The least edit from one list to the other, in order."""
    if len(before) * len(after) > 4 * MOST_PAIRS:  # every word has white space behind it
        return [_Step(0, len(before), 0, len(after), False)]
    return [_Step(a, b, c, d, tag == "equal" and before[a:b] == after[c:d]) for tag, a, b, c, d in _opcodes(before, after)]


def _opcodes(before: Sequence[Token], after: Sequence[Token]) -> Iterator[tuple[str, int, int, int, int]]:
    """rapidfuzz's steps; what it calls equal has equal hashes and need not be the same words."""
    for code in Indel.opcodes(before, after):
        yield code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end


def _runs(steps: Sequence[_Step], before: Sequence[Token]) -> Iterator[_Step]:
    """Neighbouring changes as one; white space between two changes counts as changed, so that phrases stay whole."""
    gone = come = 0  # where the change begins that is not told yet
    for place, step in enumerate(steps):
        if not step.equal:
            continue
        changed = step.gone > gone or step.come > come
        if changed and place + 1 < len(steps) and step.gone_end - step.gone == 1 and _text((before[step.gone],)).isspace():
            continue
        if changed:
            yield _Step(gone, step.gone, come, step.come, False)
        yield step
        gone, come = step.gone_end, step.come_end
    if steps and (steps[-1].gone_end > gone or steps[-1].come_end > come):
        yield _Step(gone, steps[-1].gone_end, come, steps[-1].come_end, False)


def _tidy(before: Sequence[Token], after: Sequence[Token]) -> tuple[Words, ...]:
    out: list[Words] = []
    for step in _runs(_steps(before, after), before):
        gone, come = before[step.gone : step.gone_end], after[step.come : step.come_end]
        if step.equal or gone == come:
            out.append(Words(WordSort.EQUAL, _text(gone)))
            continue
        out += _marked(WordSort.DELETE, gone)
        out += _marked(WordSort.INSERT, come)
    return tuple(out)


def _marked(sort: WordSort, listed: Iterable[Token]) -> Iterator[Words]:
    """The tokens as stretches of one sort, those that moved apart from the others."""
    pending: list[str] = []
    for token in listed:
        if isinstance(token, str):
            pending.append(token)
            continue
        if pending:
            yield Words(sort, "".join(pending))
            pending = []
        yield Words(sort, token.text, True)
    if pending:
        yield Words(sort, "".join(pending))


def _text(listed: Sequence[Token]) -> str:
    return "".join([token if isinstance(token, str) else token.text for token in listed])
