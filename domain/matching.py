"""One pass over a text for the words of all topics at once.

Two automata: one over canonical words for compounds that begin with a term, one over stems for inflections. Both see whole words
only. The cost of a text grows with its length and hardly with the number of topics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from domain.term_notation import spellings
from domain.topic_pack import Case
from domain.word_forms import Reading, Word, read, stem

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Sought(Generic[K]):
    """A term to look for, in the notation of `domain.term_notation`; `key` comes back with every place where it stands."""

    key: K
    term: str
    case: Case = Case.ANY


class Found(NamedTuple, Generic[K]):
    """One place where a term stands: word indices (inclusive) and character offsets in the text that was searched."""

    key: K
    first: int
    last: int
    start: int
    end: int


class _Target(NamedTuple):
    """What an automaton gives back at the end of a pattern."""

    words: int
    length: int
    entries: tuple[int, ...]


class Matcher(Generic[K]):
    """Looks for many terms in one pass."""

    def __init__(self, sought: Iterable[Sought[K]]) -> None:
        """Raises ValueError for a term that cannot be used."""
        self._sought = tuple(sought)
        compounds: dict[str, list[int]] = {}
        inflected: dict[str, list[int]] = {}
        for index, one in enumerate(self._sought):
            for spelling in spellings(one.term):
                if spelling.open:
                    compounds.setdefault(" " + " ".join(spelling.words), []).append(index)
                inflected.setdefault(f" {' '.join(map(stem, spelling.words))} ", []).append(index)
        self._compounds = _automaton(compounds)
        self._inflected = _automaton(inflected)

    def find(self, text: str) -> tuple[Found[K], ...]:
        """Every place of every term in a repaired text, in the order of the text; addresses inside it are left alone."""
        return self.find_in(text, read(text))

    def find_in(self, text: str, reading: Reading) -> tuple[Found[K], ...]:
        """As `find`, for a text that was read before."""
        words = reading.words
        if not words:
            return ()
        places: dict[tuple[int, int, int], None] = {}
        for entry, first, last in self._runs([word.form for word in words], reading.stops):
            places[(entry, first, last)] = None
        for other in reading.alternatives:
            for entry, _, _ in self._runs([other.form], frozenset()):
                places[(entry, other.first, other.last)] = None
        found = [
            Found(self._sought[entry].key, first, last, words[first].start, words[last].end)
            for entry, first, last in places
            if self._sought[entry].case is Case.ANY or _in_capitals(text, words[first : last + 1])
        ]
        return tuple(sorted(found, key=lambda one: (one.first, -one.last)))

    def _runs(self, forms: Sequence[str], stops: frozenset[int]) -> Iterator[tuple[int, int, int]]:
        for automaton, shown in ((self._compounds, forms), (self._inflected, [stem(form) for form in forms])):
            if automaton is None:
                continue
            line, index_at = _line(shown, stops)
            for end, target in automaton.iter(line):
                first = index_at[end - target.length + 1]
                for entry in target.entries:
                    yield entry, first, first + target.words - 1


def longest(found: Iterable[Found[K]]) -> tuple[Found[K], ...]:
    """These places less every one that lies inside another: "mkb-procesinnovatie" is one place, not two."""
    kept: list[Found[K]] = []
    for one in sorted(found, key=lambda place: (place.first, -place.last)):
        if not kept or one.last > kept[-1].last:
            kept.append(one)
    return tuple(kept)


def _automaton(patterns: dict[str, list[int]]) -> ahocorasick.Automaton | None:
    if not patterns:
        return None
    automaton = ahocorasick.Automaton()
    for pattern, entries in patterns.items():
        automaton.add_word(pattern, _Target(len(pattern.split()), len(pattern), tuple(dict.fromkeys(entries))))
    automaton.make_automaton()
    return automaton


def _line(forms: Sequence[str], stops: frozenset[int]) -> tuple[str, dict[int, int]]:
    """The words as one line with a space at both ends of each, a bar where no phrase runs on, and the word after each space."""
    pieces: list[str] = []
    index_at: dict[int, int] = {}
    at = 0
    for index, form in enumerate(forms):
        index_at[at] = index
        piece = f" {form} |" if index in stops else f" {form}"
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces) + " ", index_at


def _in_capitals(text: str, words: Sequence[Word]) -> bool:
    return all(text[word.start : word.end].isupper() for word in words)
