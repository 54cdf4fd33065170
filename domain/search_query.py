"""What a person looks for: words, "quoted phrases", OR, minus and brackets, and which documents that may mean.

    query  = group { "OR" group }
    group  = item { item }            every item of a group has to be there
    item   = [ "-" ] ( word | "phrase" | "(" query ")" )

A compound is found however it is written: `productie-innovatie`, `productieinnovatie` and `productie innovatie` are the same
question. The index knows no order of words, so what rests on neighbours is "possible" until the document itself was read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from domain.search_words import key
from domain.word_forms import known, read, tails

OR = "OR"
_TOKEN = re.compile(r'\s*(?:(?P<minus>-(?=\S))|(?P<open>\()|(?P<close>\))|(?P<quote>")|(?P<word>[^\s()"]+))')
_MOST_READINGS = 12  # of one phrase; each is another way to write its compounds
_SHORTEST_PART = 3  # letters of a word that may be half of a compound


class QueryError(ValueError):
    """A query that cannot be asked; `at` is the character (from 1) where it goes wrong."""

    def __init__(self, query: str, at: int, what: str) -> None:
        self.at = at + 1
        where = f"at {query[at : at + 20]!r}" if query[at:] else "its end"
        super().__init__(f"the query, character {self.at}, {where}: {what}")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase: it stands where the words of any of its readings stand next to each other.

    `loose` lets punctuation stand between them, as in a phrase that a person quoted.
    """

    readings: tuple[tuple[str, ...], ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """All of these, and none of those."""

    every: tuple[Query, ...]
    none: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    some: tuple[Query, ...]


Query = Term | Group | Either


class Answer(NamedTuple):
    """Documents: those that hold for certain, and all that possibly do (a superset)."""

    certain: Set[int]
    possible: Set[int]


def parse(text: str) -> Query:
    """The query that a text asks. Raises QueryError, which says at which character it goes wrong."""
    reader = _Reader(text)
    query = reader.query()
    if reader.kind:
        raise QueryError(text, reader.at, "this bracket closes nothing")
    return query


def answer(query: Query, holders: Callable[[str], Set[int]]) -> Answer:
    """Which documents answer, given which hold a word."""
    match query:
        case Term(readings):
            alone = [holders(words[0]) for words in readings if len(words) == 1]
            together = [set.intersection(*(set(holders(word)) for word in words)) for words in readings if len(words) > 1]
            certain = set[int]().union(*alone)
            return Answer(certain, certain.union(*together))
        case Either(some):
            answers = [answer(one, holders) for one in some]
            return Answer(set[int]().union(*(a.certain for a in answers)), set[int]().union(*(a.possible for a in answers)))
        case Group(every, none):
            wanted = [answer(one, holders) for one in every]
            unwanted = [answer(one, holders) for one in none]
            certain = set(wanted[0].certain).intersection(*(a.certain for a in wanted))
            possible = set(wanted[0].possible).intersection(*(a.possible for a in wanted))
            return Answer(
                certain.difference(*(a.possible for a in unwanted)), possible.difference(*(a.certain for a in unwanted))
            )


def wanted_terms(query: Query) -> Iterator[Term]:
    """The terms that a document may answer with, in the order of the query."""
    match query:
        case Term():
            yield query
        case Either(some):
            for one in some:
                yield from wanted_terms(one)
        case Group(every):
            for one in every:
                yield from wanted_terms(one)


class _Reader:
    """Reads a query from left to right; `kind`, `text` and `at` are the token it stands at ("" at the end)."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._next = 0
        self.kind, self.text, self.at = "", "", 0
        self._advance()

    def query(self) -> Query:
        groups = [self._group()]
        while self.kind == "or":
            at = self.at
            self._advance()
            if self.kind in ("", "or", "close"):
                raise QueryError(self._query, at, "OR needs something on both sides")
            groups.append(self._group())
        return groups[0] if len(groups) == 1 else Either(tuple(groups))

    def _group(self) -> Query:
        start = self.at
        every: list[Query] = []
        none: list[Query] = []
        words: list[tuple[int, str]] = []  # place in `every` and form of bare words: neighbours may be one compound
        while self.kind in ("minus", "open", "quote", "word"):
            unwanted = self.kind == "minus"
            if unwanted:
                self._advance()
            bare, item = self._item()
            if bare and not unwanted:
                words.append((len(every), bare))
            (none if unwanted else every).append(item)
        if self.kind == "or" and not every and not none:
            raise QueryError(self._query, self.at, "OR needs something on both sides")
        if not every:
            what = "only says what must not be there; add a word without minus" if none else "there is nothing to look for"
            raise QueryError(self._query, start, what)
        _join(every, words)
        return every[0] if len(every) == 1 and not none else Group(tuple(every), tuple(none))

    def _item(self) -> tuple[str, Query]:
        """The bare word, if it is one, and what is asked."""
        at, kind, text = self.at, self.kind, self.text
        self._advance()
        if kind == "open":
            inner = self.query()
            if self.kind != "close":
                raise QueryError(self._query, at, "this bracket is not closed")
            self._advance()
            return "", inner
        if kind not in ("quote", "word"):
            raise QueryError(self._query, at, "a minus stands before a word, a phrase or a bracket")
        forms = tuple(word.form for word in read(text).words)
        if not forms:
            raise QueryError(self._query, at, "there is no word in this")
        if len(forms) == 1:
            return (forms[0] if kind == "word" else ""), Term(_readings(forms))
        return "", Term(_readings(forms), loose=kind == "quote")

    def _advance(self) -> None:
        found = _TOKEN.match(self._query, self._next)
        if found is None:
            self.kind, self.text, self.at = "", "", len(self._query)
            return
        self.kind = str(found.lastgroup)
        self.text, self.at, self._next = found[self.kind], found.start(self.kind), found.end()
        if self.kind == "word" and self.text == OR:
            self.kind = "or"
        elif self.kind == "quote":
            end = self._query.find('"', self._next)
            if end < 0:
                raise QueryError(self._query, self.at, "this quotation mark is not closed")
            self.text, self._next = self._query[self._next : end], end + 1


def _readings(forms: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The ways to write these words: as they are, with two neighbours as one, with a compound taken apart."""
    found = [forms]
    found += [
        (*forms[:i], forms[i] + forms[i + 1], *forms[i + 2 :]) for i in range(len(forms) - 1) if _may_join(*forms[i : i + 2])
    ]
    found += [(*forms[:i], *halves, *forms[i + 1 :]) for i, form in enumerate(forms) for halves in _halves(form)]
    return tuple(dict.fromkeys(tuple(map(key, words)) for words in found))[:_MOST_READINGS]


def _halves(form: str) -> Iterator[tuple[str, str]]:
    """A compound as two words; the linking s of the first may be left out."""
    for tail in tails(form):
        head = form[: -len(tail)]
        yield head, tail
        if head.endswith("s") and known(head[:-1]):
            yield head[:-1], tail


def _may_join(one: str, other: str) -> bool:
    return len(one) >= _SHORTEST_PART <= len(other) and one.isalpha() and other.isalpha()


def _join(every: list[Query], words: list[tuple[int, str]]) -> None:
    """Let each bare word also be found as a part of the compound that it makes with the bare word beside it."""
    for (at, one), (beside, other) in itertools.pairwise(words):
        if beside == at + 1 and _may_join(one, other):
            for place in (at, beside):
                term = every[place]
                if isinstance(term, Term):
                    every[place] = Term((*term.readings, (key(one + other),)))
