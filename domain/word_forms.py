"""Words as they are compared: spellings, inflections, compounds and suspended hyphens (rules R2 to R5).

A compound is about its left part: `procesinnovatieregeling` is about procesinnovatie, `innovatieproces` and
`zorgprocesinnovatie` are other things. Nothing here compares by likeness: `productinnovatie` and `productieinnovatie` differ by
two letters and mean the opposite in this field.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import simplemma
import Stemmer

from domain.dutch_dictionary import entries, lemmatize

_PORTER = Stemmer.Stemmer("dutch_porter")
_URL = r"(?:https?://|www\.)[^\s<>«»\"]+"
_PIECE = r"\d+(?:[.,]\d+)+|(?:\([^\W\d_]{1,12}\)(?=[^\W\d_]))?[^\W_]+(?:['’&][^\W_]+)*(?:\([^\W\d_]{1,12}\)(?![^\W_]))?\+?"
_TOKEN = re.compile(rf"(?P<url>{_URL})|(?P<word>{_PIECE})|(?P<stop>[.,;:!?()\[\]{{}}|•…/–—=])")
_ADDRESS = re.compile(_URL)
_AFTER_URL = ".,;:)"
_FOOTNOTE = re.compile(r"([^\W\d_]{4,})\d{1,2}|([A-Z]{3})\d")
_DROPPED = str.maketrans("", "", "()'’\u00ad\u200b\u200c\u200d\ufeff")
_LINKS = frozenset(("en", "of", "dan", "wel", "noch", "alsmede"))
_SHORTEST_TAIL = 4
_LONGEST = 80  # letters; whatever is longer is no word, and is not taken apart


class Word(NamedTuple):
    """One word: its canonical form and where it stands in the text. Parts of a hyphenated word are words of their own."""

    form: str
    start: int
    end: int


class Alternative(NamedTuple):
    """Another reading of the words `first` to `last` (inclusive): joined over a hyphen, or a suspended hyphen written out."""

    form: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as words. `stops` holds the indices of words after which a phrase cannot run on, `suspended` those of words with a
    suspended hyphen; `urls` are the addresses, apart."""

    words: tuple[Word, ...]
    stops: frozenset[int]
    alternatives: tuple[Alternative, ...]
    urls: tuple[str, ...]
    suspended: tuple[int, ...] = ()


def read(text: str) -> Reading:
    """The words of a repaired text, with their other readings."""
    words: list[Word] = []
    stops: set[int] = set()
    urls: list[str] = []
    suspended: list[int] = []
    runs: list[int] = []  # first word of the hyphenated word that each word belongs to
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "word":
            stops.add(len(words) - 1)
            if match.lastgroup == "url":
                urls.append(match.group().rstrip(_AFTER_URL))
            continue
        start, end = match.span()
        linked = bool(words) and words[-1].end == start - 1 and text[start - 1] == "-"
        runs.append(runs[-1] if linked else len(words))
        words.append(Word(canonical_word(match.group()), start, end))
        if text[end : end + 1] == "-" and not text[end + 1 : end + 2].isalnum() and text[end + 1 : end + 2] != "(":
            suspended.append(len(words) - 1)
    joined = [
        Alternative("".join(words[i].form for i in range(first, last + 1)), first, last)
        for last, first in enumerate(runs)
        if first < last and (last + 1 == len(runs) or runs[last + 1] != first)
    ]
    written = [Alternative(form, i, i) for i in suspended for form in _write_out(words, suspended, i)]
    return Reading(tuple(words), frozenset(stops), (*joined, *written), tuple(urls), tuple(suspended))


def addresses_in(text: str) -> tuple[str, ...]:
    """The web addresses that stand in a repaired text, without the punctuation after them."""
    return tuple(match.group().rstrip(_AFTER_URL) for match in _ADDRESS.finditer(text))


def url_text(url: str) -> str:
    """The words of an address, fit for `read`: its path with spaces for everything that parts words."""
    return re.sub(r"[\W_]+", " ", re.sub(r"^\w+://[^/]*|^www\.[^/]*", "", url)).strip()


@lru_cache(maxsize=200_000)
def canonical_word(word: str) -> str:
    """The form in which a word is compared: folded, without brackets, apostrophes and a glued footnote number."""
    if word.isascii() and word.isalpha():
        return word.lower()
    glued = _FOOTNOTE.fullmatch(unicodedata.normalize("NFKC", word))
    plain = (glued.group(1) or glued.group(2)) if glued else word
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain.translate(_DROPPED)).casefold())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What the inflections of a canonical word share. Short words and words with digits have no inflection here.

    Dictionary form first, then the Dutch Porter stemmer: together they join 69 of 83 inflection pairs without a false one. A
    compound that the dictionary lacks is inflected by its last known part.
    """
    if not 4 <= len(word) <= _LONGEST or not word.isalpha():
        return word
    lemma = _listed(word)
    if lemma is None:
        lemma = lemmatize(word)
        if lemma == word:
            cuts = (at for at in range(2, len(word) - 4) if known(word[at:]))
            lemma = next((word[:at] + lemmatize(word[at:]) for at in cuts), word)
    return str(_PORTER.stemWord(lemma.casefold()))


def known(word: str) -> bool:
    """True when the Dutch dictionary has this word or form."""
    return _listed(word) is not None if word.isalpha() else bool(simplemma.is_known(word, "nl", low_memory=True))


@lru_cache(maxsize=50_000)
def _listed(word: str) -> str | None:
    """What the Dutch dictionary gives for a word of letters only, None when it does not have it: what simplemma answers, without
    the detours for signs, which cost five times as much."""
    known_words = entries()
    found = known_words.get(word)
    return found if found is not None else known_words.get(word.lower() if word[0].isupper() else word.capitalize())


def same(one: str, other: str) -> bool:
    """True when two words or short phrases are the same term: spelling and inflection aside, never by likeness."""
    return bool(_keys(one) & _keys(other))


def tails(word: str) -> tuple[str, ...]:
    """The second halves of a compound whose halves are both words ("productinnovatie" -> "innovatie"), longest first."""
    if len(word) > _LONGEST:
        return ()
    return tuple(
        word[i:]
        for i in range(3, len(word) - _SHORTEST_TAIL + 1)
        if known(word[i:]) and (known(word[:i]) or (word[i - 1] == "s" and known(word[: i - 1])))
    )


def _keys(phrase: str) -> set[str]:
    """What a phrase is compared by: written as one word, inflected as a whole or in its last part."""
    forms = [word.form for word in read(phrase).words]
    return {stem("".join(forms)), "".join((*forms[:-1], *map(stem, forms[-1:])))}


def _write_out(words: list[Word], suspended: list[int], index: int) -> tuple[str, ...]:
    """The words that a suspended hyphen stands for: "proces-" before "en productinnovatie" gives "procesinnovatie"."""
    for at in range(index + 1, min(index + 8, len(words))):
        if at in suspended or words[at].form in _LINKS:
            continue
        return tuple(words[index].form + tail for tail in tails(words[at].form))
    return ()
