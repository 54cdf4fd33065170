"""A small CQL: comparisons, AND, OR, NOT, parentheses and a trailing sortBy, as the SRU host understands them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(==|>=|<=|<>|[=<>()])|([^\s"=<>()]+))')
_RELATIONS = frozenset({"==", "=", ">=", "<=", "<>", "<", ">", "any", "all", "within"})
FULL_TEXT = frozenset({"cql.textAndIndexes", "cql.allIndexes", "cql.serverChoice"})

Record = Mapping[str, tuple[str, ...]]
Test = Callable[[Record], bool]


class CqlError(Exception):
    """The query cannot be read; `code` is the number of the SRU diagnostic."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read: the test for a record, and the index to sort by ("" for the site's own order)."""

    matches: Test
    sort: str = ""
    descending: bool = False


def parse(text: str, indexes: frozenset[str]) -> Query:
    """Read a query over these indexes. Raises CqlError: 10 for syntax, 16 for an unknown index."""
    return _Parser(_tokens(text), indexes).query()


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise CqlError(10, f"line 1:{at} token recognition error at: '{text[at:].strip()[:20]}'")
        if match[1] is not None:
            found.append(("text", re.sub(r"\\(.)", r"\1", match[1])))
        else:
            found.append(("sign", match[2]) if match[2] else ("word", match[3]))
        at = match.end()
    return found


class _Parser:
    """Recursive descent over the tokens; AND and OR bind alike from the left, as in CQL."""

    def __init__(self, tokens: list[tuple[str, str]], indexes: frozenset[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._indexes = indexes

    def query(self) -> Query:
        """The whole query, up to its last token."""
        matches = self._boolean()
        sort, descending = "", False
        if self._keyword("sortby"):
            name, *modifiers = self._value().split("/")
            sort, descending = self._index(name), "sort.descending" in modifiers
        if self._at < len(self._tokens):
            raise self._unexpected("{<EOF>, AND, OR, NOT, PROX, SORTBY}")
        return Query(matches, sort, descending)

    def _boolean(self) -> Test:
        left = self._operand()
        while True:
            if self._keyword("and"):
                left = _both(left, self._operand())
            elif self._keyword("or"):
                left = _either(left, self._operand())
            elif self._keyword("not"):
                left = _both(left, _negated(self._operand()))
            else:
                return left

    def _operand(self) -> Test:
        if self._keyword("not"):
            return _negated(self._operand())
        if self._peek() == ("sign", "("):
            self._at += 1
            inner = self._boolean()
            if self._peek() != ("sign", ")"):
                raise self._unexpected("')'")
            self._at += 1
            return inner
        return self._clause()

    def _clause(self) -> Test:
        left = self._value()
        kind, relation = self._peek()
        if kind == "text" or relation.lower() not in _RELATIONS:
            return _compare("cql.serverChoice", "=", left)
        self._at += 1
        return _compare(self._index(left), relation.lower(), self._value())

    def _value(self) -> str:
        kind, value = self._peek()
        if kind not in ("text", "word"):
            raise self._unexpected("a term")
        self._at += 1
        return value

    def _index(self, name: str) -> str:
        if name not in self._indexes and name not in FULL_TEXT and name != "cql.allRecords":
            raise CqlError(16, f"Unsupported index: {name}")
        return name

    def _keyword(self, word: str) -> bool:
        kind, value = self._peek()
        if kind == "word" and value.lower() == word:
            self._at += 1
            return True
        return False

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _unexpected(self, wanted: str) -> CqlError:
        return CqlError(10, f"line 1:{self._at} mismatched input '{self._peek()[1] or '<EOF>'}' expecting {wanted}")


def _both(left: Test, right: Test) -> Test:
    return lambda record: left(record) and right(record)


def _either(left: Test, right: Test) -> Test:
    return lambda record: left(record) or right(record)


def _negated(inner: Test) -> Test:
    return lambda record: not inner(record)


def _compare(index: str, relation: str, value: str) -> Test:
    if index == "cql.allRecords":
        return lambda record: True
    field = "text" if index in FULL_TEXT else index
    holds = _relation(relation, value)
    if relation == "<>":
        return lambda record: all(holds(found) for found in record.get(field, ()))
    return lambda record: any(holds(found) for found in record.get(field, ()))


def _relation(relation: str, value: str) -> Callable[[str], bool]:
    wanted = value.casefold()
    words = _words(wanted)
    span = wanted.split()
    tests: dict[str, Callable[[str], bool]] = {
        "==": lambda found: found.casefold() == wanted,
        "=": lambda found: f" {' '.join(words)} " in f" {' '.join(_words(found.casefold()))} ",
        "<>": lambda found: found.casefold() != wanted,
        ">=": lambda found: found.casefold() >= wanted,
        "<=": lambda found: found.casefold() <= wanted,
        ">": lambda found: found.casefold() > wanted,
        "<": lambda found: found.casefold() < wanted,
        "any": lambda found: bool(set(words) & set(_words(found.casefold()))),
        "all": lambda found: set(words) <= set(_words(found.casefold())),
        "within": lambda found: bool(span) and span[0] <= found.casefold() <= span[-1],
    }
    return tests[relation]


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.\-]*\w", text)
