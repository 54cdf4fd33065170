"""How a term is written in a topic pack, and the word sequences that it stands for.

`word word` matches these words in a row in any inflection; `-` matches joined, hyphenated and apart ("productie-innovatie");
`word*` at the end also matches longer compounds that begin with it; `[a|b|]` stands for one of these, or for nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from domain.word_forms import read

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_OPENS = {"]": "[", ")": "("}
_SHORTEST_OPEN = 5
_MOST_SPELLINGS = 200
# Words that stand in nearly every paper: alone they would match everything.
_EVERYWHERE = frozenset(
    (
        *(
            "de",
            "het",
            "een",
            "en",
            "of",
            "van",
            "in",
            "op",
            "te",
            "voor",
            "met",
            "aan",
            "bij",
            "door",
            "om",
            "uit",
            "over",
            "als",
        ),
        *(
            "is",
            "zijn",
            "was",
            "wordt",
            "worden",
            "heeft",
            "hebben",
            "kan",
            "zal",
            "niet",
            "geen",
            "ook",
            "dat",
            "die",
            "dit",
            "deze",
        ),
        *("ik", "wij", "u", "uw", "kamer", "minister", "brief", "regering", "kabinet", "nederland", "jaar", "vraag", "antwoord"),
    )
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """One sequence of canonical words; `open` when the last may go on into a longer compound."""

    words: tuple[str, ...]
    open: bool


class BracketError(ValueError):
    """A term whose brackets do not pair; the message names the character, counted from 1."""


def spellings(term: str) -> tuple[Spelling, ...]:
    """Every sequence that a term stands for, each once. Raises ValueError, saying what is wrong, for an unusable term."""
    _check_brackets(term)
    found: dict[Spelling, None] = {}
    pieces = _CHOICE.split(term)
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    for picked in product(*choices):
        for spelling in _joined_and_apart(" ".join("".join(picked).split())):
            found[spelling] = None
        if len(found) > _MOST_SPELLINGS:
            raise ValueError("stands for too many spellings")
    return tuple(found)


def _check_brackets(term: str) -> None:
    """Raises BracketError: read loosely, half a choice would be a word that no paper holds."""
    opened: list[tuple[str, int]] = []
    for column, sign in enumerate(term, 1):
        if sign in "[(":
            if sign == "[" and opened:
                raise BracketError(f"opens a [ inside other brackets (character {column})")
            opened.append((sign, column))
        elif sign in "])":
            if not opened or opened[-1][0] != _OPENS[sign]:
                raise BracketError(f"closes a {sign} that was never opened (character {column})")
            opened.pop()
        elif sign == "|" and not (opened and opened[-1][0] == "["):
            raise BracketError(f"has a | outside [ ] (character {column})")
    if opened:
        sign, column = opened[-1]
        raise BracketError(f"opens a {sign} that is never closed (character {column})")


def _joined_and_apart(plain: str) -> tuple[Spelling, ...]:
    opened = plain.endswith("*")
    body = plain[:-1] if opened else plain
    if "*" in body:
        raise ValueError("may hold * only at its end")
    reading = read(body)
    words = tuple(word.form for word in reading.words)
    if not words:
        raise ValueError("would match everything" if opened else "is empty")
    if opened and len(words[-1]) < _SHORTEST_OPEN and len(words) == 1:
        raise ValueError(f"would match far too much: at least {_SHORTEST_OPEN} letters before *")
    if all(word in _EVERYWHERE for word in words) or (len(words) == 1 and len(words[0]) < 2):
        raise ValueError("would match nearly everything")
    out = [Spelling(words, opened)]
    shift = 0
    for joined in reading.alternatives:  # from left to right; each joins its words into one
        first, last = joined.first - shift, joined.last - shift
        words = (*words[:first], joined.form, *words[last + 1 :])
        shift += joined.last - joined.first
    if words != out[0].words:
        out.append(Spelling(words, opened))
    return tuple(out)
