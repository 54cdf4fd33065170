"""Whether a document answers a query, and where: read in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.documents import Document
from domain.search_query import Either, Group, Query, Term, wanted_terms
from domain.search_words import Piece, key, pieces
from domain.word_forms import Reading, read

SNIPPET = 240
"""Characters of a snippet, at most so many; a word is never cut."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a document, letter for letter, with the places (start, end) in it that answer the query."""

    text: str
    hits: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False


class Text:
    """A document with its words, read once."""

    def __init__(self, document: Document) -> None:
        self._pieces = [_Read(piece) for piece in dict.fromkeys(pieces(document))]

    def answers(self, query: Query) -> bool:
        """True when the document holds what is asked."""
        match query:
            case Term():
                return any(next(piece.places(query), None) is not None for piece in self._pieces)
            case Either(some):
                return any(self.answers(one) for one in some)
            case Group(every, none):
                return all(self.answers(one) for one in every) and not any(self.answers(one) for one in none)

    def snippet(self, query: Query) -> Snippet:
        """The stretch that answers most of the query, text before title; the title when nothing does."""
        terms = tuple(dict.fromkeys(wanted_terms(query)))
        best, most = self._pieces[0], (0, 0)
        for piece in (*self._pieces[1:], self._pieces[0]):
            answered = sum(next(piece.places(term), None) is not None for term in terms)
            if (answered, len(piece.text) > SNIPPET // 4) > most:
                best, most = piece, (answered, len(piece.text) > SNIPPET // 4)
        return _cut(best.text, _merged(place for term in terms for place in best.places(term)))


class _Read:
    """One piece of a document with its words."""

    def __init__(self, piece: Piece) -> None:
        self.text = piece.text
        self._reading: Reading = read(piece.text)
        self._keys = [key(word.form) for word in self._reading.words]
        self._others = [(key(other.form), other.first, other.last) for other in self._reading.alternatives]

    def places(self, term: Term) -> Iterator[tuple[int, int]]:
        """Where a term stands, as character offsets."""
        words = self._reading.words
        for reading in term.readings:
            for first in self._starts(reading, term.loose):
                yield words[first].start, words[first + len(reading) - 1].end
            if len(reading) == 1:
                yield from ((words[a].start, words[b].end) for form, a, b in self._others if form == reading[0])

    def _starts(self, reading: tuple[str, ...], loose: bool) -> Iterator[int]:
        length = len(reading)
        for first, form in enumerate(self._keys):
            if form != reading[0] or tuple(self._keys[first : first + length]) != reading:
                continue
            if loose or not any(at in self._reading.stops for at in range(first, first + length - 1)):
                yield first


def _merged(places: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cut(text: str, hits: list[tuple[int, int]]) -> Snippet:
    """The stretch around the first hits, cut between words."""
    if len(text) <= SNIPPET:
        return Snippet(text, tuple(hits))
    at = hits[0][0] if hits else 0
    begin = max(0, min(at - SNIPPET // 3, len(text) - SNIPPET))
    if begin:
        space = text.find(" ", begin, at)
        begin = space + 1 if space >= 0 else at
    end = min(len(text), begin + SNIPPET)
    if end < len(text):
        space = text.rfind(" ", begin, end)
        end = space if space > at else end
    inside = tuple((a - begin, b - begin) for a, b in hits if a >= begin and b <= end)
    return Snippet(text[begin:end], inside, begin > 0, end < len(text))
