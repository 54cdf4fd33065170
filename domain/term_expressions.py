"""Terms joined by AND, OR, NOT and NEAR/n, with fields: the notation of `docs/relevance.md`, read strictly.

    robot* NEAR/10 fabriek               both within ten words of each other, in one passage
    titel:innovatie AND (mkb OR metaal)  both in the paper, the first in its title
    fieldlab NOT corona                  the first, in a paper without the second
    "slim produceren"                    these words as they are written, not inflected

Words in a row are a phrase. NEAR binds closest, then AND and NOT (words between brackets first), then OR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from domain.documents import Field
from domain.term_notation import BracketError, spellings
from domain.topic_pack import ATTACHMENT_TITLE, CHANGED, URL

# What a field is called in a term -> the places in a paper that it stands for.
FIELDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "titel": frozenset((Field.TITLE, Field.SUBJECT)),
        "onderwerp": frozenset((Field.SUBJECT,)),
        "vraag": frozenset((Field.QUESTION,)),
        "samenvatting": frozenset((Field.SUMMARY,)),
        "aanhef": frozenset((Field.LEAD,)),
        "tekst": frozenset((Field.LEAD, Field.BODY, Field.SUMMARY)),
        "dictum": frozenset((Field.DICTUM,)),
        "bijlage": frozenset((Field.ATTACHMENT, ATTACHMENT_TITLE)),
        "agenda": frozenset((Field.AGENDA,)),
        "voetnoot": frozenset((Field.FOOTNOTE,)),
        "wijziging": frozenset((CHANGED,)),
        "adres": frozenset((URL,)),
    }
)
_MOST_APART = 1000
_TOKEN = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))|(?P<quoted>\"[^\"]*\"?)|(?P<near>NEAR(?:/\w*)?(?![^\s()]))|(?P<operator>(?:AND|OR|NOT)(?![^\s()]))"
    r"|(?P<field>[^\W\d_]+:)(?=[^\s/])|(?P<word>[^\s()\"]+(?:\([^\s()]*\)[^\s()\"]*)*))"
)
_SIGNS = re.compile(r"(?:^|[\s(])(?:AND|OR|NOT|NEAR(?:/\w*)?)(?=[\s()]|$)|\"|(?:^|\s)\(|(?:^|[\s(])[a-z]+:[^\s/]")


class ExpressionError(ValueError):
    """A term that cannot be read; `column` is the character that is wrong, counted from 1."""

    def __init__(self, column: int, what: str) -> None:
        self.column = column
        super().__init__(f"{what} (character {column})")


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase in the notation of `domain.term_notation`; `literal` for words in quotes. `number` tells leaves apart."""

    text: str
    literal: bool
    number: int


@dataclass(frozen=True, slots=True)
class Within:
    """An expression that counts in some places of a paper only."""

    places: frozenset[str]
    what: Expression


@dataclass(frozen=True, slots=True)
class Near:
    """Two expressions at most `apart` words from each other in one passage."""

    left: Expression
    right: Expression
    apart: int


@dataclass(frozen=True, slots=True)
class Both:
    """Two expressions that stand in one paper."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Either:
    """Two expressions of which one is enough."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Without:
    """An expression in a paper that does not hold the other."""

    left: Expression
    right: Expression


Expression = Words | Within | Near | Both | Either | Without


def is_expression(term: str) -> bool:
    """True for a term that joins others, quotes words or names a field; all others are in the plain notation."""
    return _SIGNS.search(term) is not None


def leaves(expression: Expression) -> Iterator[Words]:
    """The words and phrases of an expression, in the order in which they are written."""
    match expression:
        case Words():
            yield expression
        case Within():
            yield from leaves(expression.what)
        case _:
            yield from leaves(expression.left)
            yield from leaves(expression.right)


@lru_cache(maxsize=4096)
def read_expression(term: str) -> Expression:
    """The expression that a term is. Raises ExpressionError with the character where it goes wrong."""
    return _Parser(term).whole()


class _Parser:
    """Reads an expression from left to right, one token ahead."""

    def __init__(self, term: str) -> None:
        self._term = term
        self._tokens = list(_tokens(term))
        self._at = 0
        self._leaves = 0

    def whole(self) -> Expression:
        """All of it, to its end."""
        found = self._either()
        kind, _, column = self._token()
        if kind == "close":
            raise ExpressionError(column, "closes a bracket that was never opened")
        if kind != "end":
            raise ExpressionError(column, "follows without AND, OR, NOT or NEAR before it")
        return found

    def _token(self) -> tuple[str, str, int]:
        return self._tokens[self._at]

    def _take(self) -> tuple[str, str, int]:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _either(self) -> Expression:
        found = self._both()
        while self._token()[:2] == ("operator", "OR"):
            self._take()
            found = Either(found, self._both())
        return found

    def _both(self) -> Expression:
        found = self._near()
        while self._token()[0] == "operator" and self._token()[1] != "OR":
            said = self._take()[1]
            if said == "AND" and self._token()[:2] == ("operator", "NOT"):
                said = self._take()[1]
            found = Without(found, self._near()) if said == "NOT" else Both(found, self._near())
        return found

    def _near(self) -> Expression:
        found = self._part()
        while self._token()[0] == "near":
            _, said, column = self._take()
            _, _, number = said.partition("/")
            if not number.isdecimal() or not 1 <= int(number) <= _MOST_APART:
                raise ExpressionError(column + len("NEAR"), f"NEAR needs a number of words, as in NEAR/10, 1 to {_MOST_APART}")
            found = Near(found, self._part(), int(number))
        return found

    def _part(self) -> Expression:
        kind, said, column = self._take()
        match kind:
            case "open":
                found = self._either()
                if self._token()[0] != "close":
                    raise ExpressionError(column, "opens a bracket that is never closed")
                self._take()
                return found
            case "field":
                name = said[:-1].casefold()
                if name not in FIELDS:
                    raise ExpressionError(column, f"unknown field {name!r}; one of {', '.join(FIELDS)}")
                return Within(FIELDS[name], self._part())
            case "quoted":
                if len(said) < 2 or not said.endswith('"'):
                    raise ExpressionError(column, "opens a quote that is never closed")
                return self._words(said[1:-1], column + 1, literal=True)
            case "word":
                return self._words(self._phrase(said), column, literal=False)
            case "operator" if said == "NOT":
                raise ExpressionError(column, "NOT needs something to look for before it")
            case "end":
                raise ExpressionError(column, "ends where a word should follow")
            case _:
                raise ExpressionError(column, f"{said or kind} stands where a word should")

    def _phrase(self, first: str) -> str:
        words = [first]
        while self._token()[0] == "word":
            words.append(self._take()[1])
        return " ".join(words)

    def _words(self, text: str, column: int, *, literal: bool) -> Words:
        try:
            spellings(text)
        except BracketError as error:
            raise ExpressionError(column, f"{text!r} {str(error).partition(' (character')[0]}") from None
        except ValueError as error:
            raise ExpressionError(column, f"{text!r} {error}") from None
        self._leaves += 1
        return Words(text, literal, self._leaves - 1)


def _tokens(term: str) -> Iterator[tuple[str, str, int]]:
    """The tokens with the character at which each begins, counted from 1; an "end" closes them."""
    at = 0
    while match := _TOKEN.match(term, at):
        kind = match.lastgroup or ""
        yield kind, match.group(kind), match.start(kind) + 1
        at = match.end()
    if term[at:].strip():
        raise ExpressionError(at + 1, "cannot be read")
    yield "end", "", len(term) + 1
