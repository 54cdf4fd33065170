"""simplemma's Dutch dictionary, small in memory and quick to say that it does not have a word.

Read from its packed form a lookup costs some nine microseconds, and most words that are looked up are parts of compounds that no
dictionary has. One bit per hash of a word answers nearly all of those: 9 MB in all instead of 52. Setting the bits takes half a
second, which a process that asks for a few words (a command that only reads the topic packs) never spends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from zlib import crc32

import simplemma
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

_BITS = 24
_MASK = (1 << _BITS) - 1
"""One of 45 words that are not there is looked up for nothing."""
_WORTH = 20_000
"""Lookups after which the bits are set: what they cost is then about to be won back."""


class Entries(Mapping[str, str]):
    """Word forms with their lemma."""

    def __init__(self) -> None:
        self._packed: Mapping[str, str] = LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary("nl")
        self._asked = 0
        self._may_hold: bytearray | None = None

    def __getitem__(self, word: str) -> str:
        found = self.get(word)
        if found is None:
            raise KeyError(word)
        return found

    def get(self, word: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The lemma of a word form; `default` when the dictionary does not have it."""
        if self._may_hold is None:
            self._asked += 1
            if self._asked <= _WORTH:
                return self._packed.get(word, default) if _writable(word) else default
            self._may_hold = self._bits()
        place = crc32(word.encode("utf-8", "surrogatepass")) & _MASK
        if not self._may_hold[place >> 3] & (1 << (place & 7)):
            return default
        return self._packed.get(word, default)

    def _bits(self) -> bytearray:
        bits = bytearray(1 << (_BITS - 3))
        for word in self._packed:
            place = crc32(word.encode()) & _MASK
            bits[place >> 3] |= 1 << (place & 7)
        return bits

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _writable(word: str) -> bool:
    """False for half a character (a lone surrogate), which no dictionary holds and the packed form cannot look up."""
    return word.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in word)


@cache
def entries() -> Entries:
    """The dictionary, loaded at its first use."""
    return Entries()


class _Factory:
    """What simplemma asks for its dictionary; there is one language."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """The entries, whatever the language."""
        return entries()


_LEMMATIZER = simplemma.Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_Factory()))


def lemmatize(word: str) -> str:
    """What simplemma makes of a word by its dictionary and its Dutch rules; the word itself when it knows nothing."""
    return str(_LEMMATIZER.lemmatize(word, "nl"))
