"""The words of a document as `search` knows them: stems with how prominently they stand.

The same forms are used for queries. A word is in exactly one tier of a document, so that the index needs no counts and results
come in the same order from every database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import simplemma
import Stemmer

from domain.documents import Document, Field
from domain.schemes import Unit
from domain.word_forms import read, stem

EDITION = f"1 {simplemma.__version__} {Stemmer.version()}"
"""Changes whenever the same text may give other words: an index of another edition has to be made anew."""

OFTEN = 5
"""A word that stands in a document so often is what it is about, wherever it stands."""

_LONGEST = 80
_PROMINENT = frozenset((Field.SUBJECT, Field.SUMMARY, Field.LEAD, Field.DICTUM, Field.QUESTION))


class Tier(IntEnum):
    """How prominently a word stands in a document; GONE says in the index that a later version no longer has it."""

    GONE = 0
    TITLE = 1
    PROMINENT = 2
    TEXT = 3


class Piece(NamedTuple):
    """A stretch of a document in which a phrase can stand."""

    tier: Tier
    text: str


def pieces(document: Document) -> Iterator[Piece]:
    """Everything of a document that can be found, in its order: title, text under its headings, attachments, scheme facts.

    Facts are found by what they are of and by their words; their sentences stand in the text.
    """
    yield Piece(Tier.TITLE, document.title)
    heading = ""
    for passage in document.passages:
        if passage.heading and passage.heading != heading:
            yield Piece(Tier.PROMINENT, passage.heading)
        heading = passage.heading
        yield Piece(Tier.PROMINENT if passage.field in _PROMINENT else Tier.TEXT, passage.text)
    for attachment in document.attachments:
        yield Piece(Tier.PROMINENT, attachment.title)
    if document.scheme is not None:
        yield Piece(Tier.PROMINENT, document.scheme.name)
        for fact in document.scheme.facts:
            yield Piece(Tier.TEXT, fact.part)
            if fact.unit is Unit.LABEL:
                yield Piece(Tier.TEXT, fact.value)


def words_of(document: Document) -> dict[str, Tier]:
    """The words of a document, each in its best tier."""
    found: dict[str, Tier] = {}
    counted: Counter[str] = Counter()
    for piece in dict.fromkeys(pieces(document)):
        words = _words(piece.text)
        counted.update(words)
        for word in words:
            if found.get(word, Tier.TEXT) >= piece.tier:
                found[word] = piece.tier
    return {word: min(tier, Tier.PROMINENT) if counted[word] >= OFTEN else tier for word, tier in found.items()}


def difference(before: Mapping[str, Tier], after: Mapping[str, Tier]) -> dict[str, Tier]:
    """What the index has to learn when a document becomes another: words in a new tier, and words that are GONE."""
    learned = {word: tier for word, tier in after.items() if before.get(word) is not tier}
    learned.update((word, Tier.GONE) for word in before if word not in after)
    return learned


@lru_cache(maxsize=200_000)
def key(form: str) -> str:
    """What a canonical word is found by: its stem, in letters, digits and `.,+&_` only and of bounded length."""
    return "".join(sign if sign.isalnum() or sign in ".,+&" else "_" for sign in stem(form)[:_LONGEST])


@lru_cache(maxsize=1_000)  # versions of a page share most of their paragraphs
def _words(text: str) -> tuple[str, ...]:
    reading = read(text)
    return (*(key(word.form) for word in reading.words), *(key(other.form) for other in reading.alternatives))
