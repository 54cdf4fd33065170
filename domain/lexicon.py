"""What every word of a text means to a set of terms, looked up once a spelling and kept.

A text is read as the pieces between its spaces. Each spelling of a piece is taken apart once (`domain.word_forms.read`) and from
then on costs one look in a table: a space a word, and behind it the code of its stem when a term uses that stem. So the automaton
reads a line that is little longer than the text has words, whatever the number of topics.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, product
from typing import NamedTuple

from domain.term_notation import Spelling
from domain.word_forms import Reading as Words
from domain.word_forms import canonical_word, known, read, stem

WORD = " "  # begins every word; alone it is a word that no term uses
STOP = "\x01"  # stands between two words where no phrase runs on: punctuation, an address
MARK = "\U00080000"  # characters from here on mark pieces with more to say than the stems of their words
MOST_PIECES = 200_000  # spellings kept; a lexicon that holds more is begun anew
_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEF"
_SHORTEST = 4  # letters; shorter words have no inflection
_SHORT = 6  # letters; what the stemmer does to words up to here is not worth foreseeing
_OFF = 2  # letters that a stem may differ in at its end from the word that it is the stem of
_AROUND = ".,;:!?()[]{}«»\"'’‘“”„…"
_STOPPING = frozenset(".,;:!?()[]{}…")


Opened = tuple[tuple[str, ...], tuple[int, ...]]  # the earlier words of open terms, and the numbers of the terms


class Reading(NamedTuple):
    """Another way to read words `first` to `last` (inclusive, places in the symbols of a piece): terms that stand there whole."""

    first: int
    last: int
    entries: tuple[int, ...]


class Opening(NamedTuple):
    """A word that goes on into a longer compound: the last word of a term, whose earlier words are `before`."""

    at: int
    before: tuple[str, ...]
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Special:
    """A piece with more to say: terms in other readings, words that go on into compounds, and words with a suspended hyphen
    (their place in the symbols of the piece, and which word of it they are)."""

    readings: tuple[Reading, ...]
    openings: tuple[Opening, ...]
    suspended: tuple[tuple[int, int], ...]


class Vocabulary:
    """The words that a set of terms uses: a code for each stem, and the beginnings of words that terms leave open."""

    def __init__(self, spellings: Iterable[tuple[int, Spelling]]) -> None:
        """`spellings` are the sequences of every term with the number of the term."""
        self._single: dict[str, list[int]] = {}
        self._open: dict[str, dict[tuple[str, ...], list[int]]] = {}
        sequences: dict[tuple[str, ...], list[int]] = {}
        for entry, spelling in spellings:
            stems = tuple(map(stem, spelling.words))
            sequences.setdefault(stems, []).append(entry)
            if len(stems) == 1:
                self._single.setdefault(stems[0], []).append(entry)
            if spelling.open:
                *before, last = spelling.words
                self._open.setdefault(last, {}).setdefault(tuple(before), []).append(entry)
        self._symbols = _coded({word for stems in sequences for word in stems})
        self._stems = sorted(self._symbols)
        self._nearly = frozenset(word[: max(_SHORTEST - 1, len(word) - _OFF)] for word in self._stems)
        self._lengths = sorted(set(map(len, self._open)))
        self._heads = frozenset(word[: self._lengths[0]] for word in self._open)
        self._beginnings = sorted({*self._single, *self._open})
        self.patterns = {"".join(self._symbols[word] for word in stems): entries for stems, entries in sequences.items()}

    def symbol(self, form: str) -> str:
        """The symbol of a canonical word."""
        return self._symbols.get(stem(form), WORD) if self._may_count(form) else WORD

    def _may_count(self, form: str) -> bool:
        """False when the stem of this word is certainly none of ours; spares most rare words the search for their stem."""
        if len(form) <= _SHORT or not (form.isascii() and form.isalpha()) or known(form):
            return True
        at = bisect_left(self._stems, form)
        shared = max(_shared(form, word) for word in self._stems[max(0, at - 1) : at + 1])
        for length in range(_SHORTEST - 1, shared + 1):
            if form[:length] in self._nearly:
                return True
        return any(known(form[length:]) for length in range(2, min(shared, len(form) - _SHORTEST - 1) + 1))

    def openings(self, form: str) -> Iterable[Opened]:
        """The open terms that this word ends: their earlier words, and the numbers of the terms."""
        if not self._heads or form[: self._lengths[0]] not in self._heads:
            return
        for length in self._lengths:
            for before, entries in self._open.get(form[:length], {}).items() if length <= len(form) else ():
                yield before, tuple(entries)

    def whole(self, form: str) -> tuple[int, ...]:
        """The terms that are this one word, inflected or open."""
        opened = [entry for before, entries in self.openings(form) if not before for entry in entries]
        return tuple(dict.fromkeys((*self._single.get(stem(form), ()), *opened)))

    def begins(self, part: str) -> bool:
        """True when a term of one word begins with this part: a suspended hyphen after it may be written out to that term."""
        at = bisect_left(self._beginnings, part)
        return at < len(self._beginnings) and self._beginnings[at].startswith(part)


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    most = min(len(one), len(other))
    at = 0
    while at < most and one[at] == other[at]:
        at += 1
    return at


def _coded(words: Collection[str]) -> dict[str, str]:
    """A symbol for each word: as few characters each as tell them all apart, from an alphabet so small that every step of the
    automaton has few ways to go."""
    width = 1
    while len(_DIGITS) ** width < len(words):
        width += 1
    return {word: WORD + "".join(code) for word, code in zip(sorted(words), product(_DIGITS, repeat=width), strict=False)}


class Lexicon(dict[str, str]):
    """Spelling of a piece -> its symbols, one a word and `STOP` where no phrase runs on, after a mark of its own when there is
    more to say. Filled as pieces are met."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._marks = count(ord(MARK))
        self._forms: dict[str, tuple[str, tuple[Opened, ...]]] = {}
        self._spans: dict[str, tuple[tuple[int, int], ...]] = {}
        self.specials: dict[str, Special] = {}

    @property
    def full(self) -> bool:
        """True when it is time to begin anew."""
        return len(self) > MOST_PIECES

    def span(self, piece: str, word: int) -> tuple[int, int]:
        """Where a word stands in a piece; `word` counts the words of the piece."""
        spans = self._spans.get(piece)
        if spans is None:
            spans = self._spans[piece] = tuple((one.start, one.end) for one in read(piece).words)
        return spans[word]

    def __missing__(self, piece: str) -> str:
        core = piece.strip(_AROUND)
        symbols = self._of_word(piece, core) if core.isalpha() else self._of_piece(piece)
        self[piece] = symbols
        return symbols

    def _of_word(self, piece: str, word: str) -> str:
        form = word.lower() if word.isascii() else canonical_word(word)
        said = self._forms.get(form)
        if said is None:
            said = self._forms[form] = (self._vocabulary.symbol(form), tuple(self._vocabulary.openings(form)))
        symbol, opened = said
        before, after = ("", "") if piece == word else _stops_around(piece, word)
        if not opened:
            return before + symbol + after
        openings = tuple(Opening(len(before), earlier, entries) for earlier, entries in opened)
        return self._special(before + symbol + after, openings=openings)

    def _of_piece(self, piece: str) -> str:
        ours = self._vocabulary
        found = read(piece)
        symbols = _laid_out(found, [ours.symbol(word.form) for word in found.words])
        places = [at for at, symbol in enumerate(symbols) if symbol == WORD]
        openings = tuple(
            Opening(places[at], before, entries)
            for at, word in enumerate(found.words)
            for before, entries in ours.openings(word.form)
        )
        readings = tuple(
            Reading(places[other.first], places[other.last], entries)
            for other in found.alternatives
            if (entries := ours.whole(other.form))
        )
        suspended = tuple((places[at], at) for at in found.suspended if ours.begins(found.words[at].form))
        if not (openings or readings or suspended):
            return symbols
        return self._special(symbols, readings, openings, suspended)

    def _special(
        self,
        symbols: str,
        readings: tuple[Reading, ...] = (),
        openings: tuple[Opening, ...] = (),
        suspended: tuple[tuple[int, int], ...] = (),
    ) -> str:
        mark = chr(next(self._marks))
        self.specials[mark] = Special(readings, openings, suspended)
        return mark + symbols


def _laid_out(found: Words, symbols: Sequence[str]) -> str:
    """The symbols of a piece with the stops between them."""
    after = [symbol + STOP if at in found.stops else symbol for at, symbol in enumerate(symbols)]
    return (STOP if -1 in found.stops else "") + "".join(after)


def _stops_around(piece: str, word: str) -> tuple[str, str]:
    """The stops before and after a word that stands alone in its piece."""
    before, _, after = piece.partition(word)
    return _stop(before), _stop(after)


def _stop(signs: str) -> str:
    return STOP if signs and not _STOPPING.isdisjoint(signs) else ""


def written_out(vocabulary: Vocabulary, text: str, at: int) -> tuple[int, ...]:
    """The terms that word `at` of a text stands for when its suspended hyphen is written out."""
    forms = [other.form for other in read(text).alternatives if other.first == other.last == at]
    return tuple(dict.fromkeys(entry for form in forms for entry in vocabulary.whole(form)))
