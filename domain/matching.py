"""One pass over a text for the words of all topics at once.

The lexicon (`domain.lexicon`) turns the text into a line of symbols, one a word, and one automaton finds every sequence of stems
in that line. What is left is work per place found, not per word: where it stands, whether punctuation parts its words, whether
capitals are asked for. The cost of a text grows with its length and hardly with the number of topics.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from domain.lexicon import MARK, STOP, WORD, Lexicon, Special, Vocabulary, written_out
from domain.term_notation import spellings
from domain.topic_pack import Case
from domain.word_forms import read

K = TypeVar("K")
Run = tuple[int, int, Sequence[int]]

_MARKS = re.compile(f"[{MARK}-\U0010ffff]")
_NO_TERM = WORD + STOP
_RUN = 12  # pieces of text in which a suspended hyphen finds the word that it is short for


@dataclass(frozen=True, slots=True)
class Sought(Generic[K]):
    """A term to look for, in the notation of `domain.term_notation`; `key` comes back with every place where it stands.

    `literal` asks for the words as they are written: no inflection, no longer compound, no other spelling.
    """

    key: K
    term: str
    case: Case = Case.ANY
    literal: bool = False


class Found(NamedTuple, Generic[K]):
    """One place where a term stands: word indices (inclusive) and character offsets in the text that was searched."""

    key: K
    first: int
    last: int
    start: int
    end: int


class Spot(NamedTuple, Generic[K]):
    """One place where a term stands: word indices (inclusive), and where in the line these words begin."""

    key: K
    first: int
    last: int
    begins: int
    ends: int


class Searched(Generic[K]):
    """A text that was searched: how many words it has, and where terms stand.

    `runs` are the places as the automaton gives them: where in the line the first and the last word begin, and the numbers of the
    terms. What they are in the text (`spots`, `found`) is worked out when it is asked for.
    """

    __slots__ = ("_line", "_places", "_sought", "runs", "words")

    def __init__(self, sought: Sequence[Sought[K]], line: str, places: _Places | None, runs: Sequence[Run]) -> None:
        self._sought = sought
        self._line = line
        self._places = places
        self.runs = runs
        self.words = line.count(WORD)

    def spots(self) -> Iterator[Spot[K]]:
        """Every place of every term once, in the order of the text, the longer of those that begin together first."""
        count = self._line.count
        number = inside = counted = 0  # how many words begin before a place, counted once from left to right
        at = (-1, -1)
        once: set[int] = set()
        for first, last, entries in sorted(self.runs, key=_in_line):
            if (first, last) != at:
                number += count(WORD, counted, first)
                inside = count(WORD, first, last)
                at, counted = (first, last), first
                once.clear()
            for entry in entries:
                if entry not in once:
                    once.add(entry)
                    yield Spot(self._sought[entry].key, number, number + inside, first, last)

    def span(self, spot: Spot[K]) -> tuple[int, int]:
        """The characters of a place in the text that was searched."""
        assert self._places is not None  # only a text with places has spots
        return self._places.span(spot.begins)[0], self._places.span(spot.ends)[1]

    @property
    def found(self) -> tuple[Found[K], ...]:
        """Every place of every term once, in the order of the text."""
        return tuple(Found(spot.key, spot.first, spot.last, *self.span(spot)) for spot in self.spots())


class Matcher(Generic[K]):
    """Looks for many terms in one pass."""

    def __init__(self, sought: Iterable[Sought[K]]) -> None:
        """Raises ValueError for a term that cannot be used."""
        self._sought = tuple(sought)
        self._vocabulary = Vocabulary(
            (index, spelling) for index, one in enumerate(self._sought) for spelling in spellings(one.term)
        )
        self._strict = frozenset(index for index, one in enumerate(self._sought) if one.literal or one.case is not Case.ANY)
        self._automaton = _automaton(self._vocabulary.patterns)
        self._lexicon = Lexicon(self._vocabulary)

    def find(self, text: str) -> tuple[Found[K], ...]:
        """Every place of every term in a repaired text, in the order of the text; addresses inside it are left alone."""
        return self.search(text).found

    def search(self, text: str) -> Searched[K]:
        """One pass over a repaired text."""
        if self._lexicon.full:
            self._lexicon = Lexicon(self._vocabulary)
        lexicon = self._lexicon
        pieces = text.split(" ")
        symbols = list(map(lexicon.__getitem__, pieces))
        line = "".join(symbols)
        if self._automaton is None or not line.strip(_NO_TERM):
            return Searched(self._sought, line, None, ())
        marks = list(_MARKS.finditer(line))
        if marks:
            line = _MARKS.sub("", line)
        places = _Places(text, pieces, symbols, line, lexicon, bool(marks))
        runs: list[Run] = [(end - before, end - width, entries) for end, (before, width, entries) in self._automaton.iter(line)]
        for number, mark in enumerate(marks):
            runs += self._special(mark.start() - number, lexicon.specials[mark.group()], places)
        if self._strict and any(not self._strict.isdisjoint(entries) for _, _, entries in runs):
            runs = [(first, last, self._as_asked(places, first, last, entries)) for first, last, entries in runs]
        return Searched(self._sought, line, places, runs)

    def _special(self, at: int, special: Special, places: _Places) -> Iterator[Run]:
        """What rests on a piece with more to say; `at` is where its symbols begin."""
        for reading in special.readings:
            yield at + reading.first, at + reading.last, reading.entries
        for opening in special.openings:
            last = at + opening.at
            first = places.back(last, len(opening.before))
            if first == last or (first >= 0 and places.forms(first, last)[:-1] == opening.before):
                yield first, last, opening.entries
        for symbol, word in special.suspended:
            if entries := written_out(self._vocabulary, places.run(at), word):
                yield at + symbol, at + symbol, entries

    def _as_asked(self, places: _Places, first: int, last: int, entries: Sequence[int]) -> tuple[int, ...]:
        """Those of the terms whose capitals and spelling are as they ask."""
        return tuple(
            entry for entry in entries if entry not in self._strict or _is_as_asked(self._sought[entry], places, first, last)
        )


def _is_as_asked(one: Sought[K], places: _Places, first: int, last: int) -> bool:
    if one.case is Case.UPPER and not all(said.isupper() for said in places.said(first, last)):
        return False
    return not one.literal or places.forms(first, last) == tuple(word.form for word in read(one.term).words)


class _Places:
    """Where the words of a text stand, worked out only for those that are asked for; a word is named by its place in the line."""

    __slots__ = ("_begins", "_counts", "_lexicon", "_line", "_marked", "_pieces", "_symbols", "_text")

    def __init__(self, text: str, pieces: list[str], symbols: list[str], line: str, lexicon: Lexicon, marked: bool) -> None:
        self._text = text
        self._pieces = pieces
        self._symbols = symbols
        self._line = line
        self._lexicon = lexicon
        self._marked = marked
        self._counts = self._begins = array("q")

    def _piece(self, place: int) -> int:
        if not self._counts:
            lengths = (len(one) - (one >= MARK) for one in self._symbols) if self._marked else map(len, self._symbols)
            self._counts = array("q", accumulate(lengths))
            self._begins = array("q", accumulate(map(len, self._pieces), initial=0))
        return bisect_right(self._counts, place)

    def span(self, place: int) -> tuple[int, int]:
        """Character offsets of a word."""
        number = self._piece(place)
        begin = self._begins[number] + number  # a space after every piece before it
        word = self._line.count(WORD, self._counts[number - 1] if number else 0, place)
        start, end = self._lexicon.span(self._pieces[number], word)
        return begin + start, begin + end

    def said(self, first: int, last: int) -> list[str]:
        """Some words as they stand in the text."""
        places = [first + at for at, one in enumerate(self._line[first : last + 1]) if one == WORD]
        return [self._text[start:end] for start, end in map(self.span, places)]

    def forms(self, first: int, last: int) -> tuple[str, ...]:
        """The canonical forms of some words."""
        start, end = self.span(first)[0], self.span(last)[1]
        return tuple(word.form for word in read(self._text[start:end]).words)

    def back(self, place: int, words: int) -> int:
        """The place so many words earlier; -1 when there are none, or not without a stop between."""
        begin = place
        for _ in range(words):
            begin = self._line.rfind(WORD, 0, max(begin, 0))
        return begin if STOP not in self._line[max(begin, 0) : place] else -1

    def run(self, place: int) -> str:
        """The text from the piece that begins here on, as far as a suspended hyphen reaches."""
        number = self._piece(place)
        return " ".join(self._pieces[number : number + _RUN])


def longest(found: Iterable[Found[K]]) -> tuple[Found[K], ...]:
    """These places less every one that lies inside another: "mkb-procesinnovatie" is one place, not two."""
    kept: list[Found[K]] = []
    for one in sorted(found, key=_in_order):
        if not kept or one.last > kept[-1].last:
            kept.append(one)
    return tuple(kept)


def _in_order(place: Found[K]) -> tuple[int, int]:
    return place.first, -place.last


def _in_line(run: Run) -> tuple[int, int]:
    return run[0], -run[1]


def _automaton(patterns: dict[str, list[int]]) -> ahocorasick.Automaton | None:
    if not patterns:
        return None
    automaton = ahocorasick.Automaton()
    for pattern, entries in patterns.items():
        width = len(pattern) - pattern.rfind(WORD) - 1
        automaton.add_word(pattern, (len(pattern) - 1, width, tuple(dict.fromkeys(entries))))
    automaton.make_automaton()
    return automaton
