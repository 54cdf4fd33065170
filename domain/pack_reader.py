"""Strict reading of a topic pack's mapping: every key is handled or named as a fault, and every fault says where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from domain.errors import RadarError
from domain.term_expressions import ExpressionError, is_expression, read_expression
from domain.term_notation import BracketError, spellings

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class PackFault:
    """One thing wrong in a pack: the keys and indices that lead to it, what it is and how to mend it."""

    path: Path
    what: str
    hint: str


class PackError(RadarError):
    """A topic pack cannot be used; holds every fault found, not just the first."""

    def __init__(self, faults: tuple[PackFault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{'.'.join(map(str, f.path)) or 'pack'}: {f.what} ({f.hint})" for f in faults))


def slug(text: str) -> str:
    """An id made from a term or name: lower case words with hyphens between them."""
    return re.sub(r"[^\w&+]+", "-", text.casefold()).strip("-")


class Reader:
    """Reads values out of nested mappings and gathers faults; a faulty value reads as its empty default."""

    def __init__(self) -> None:
        self.faults: list[PackFault] = []
        self._seen: set[tuple[str, str]] = set()

    def fault(self, path: Path, what: str, hint: str) -> None:
        """Write one fault down."""
        self.faults.append(PackFault(path, what, hint))

    def mapping(self, value: object, path: Path, keys: Sequence[str]) -> Mapping[str, object]:
        """A mapping with these keys only; any other key is a fault with the likeliest meant key as its hint."""
        if not isinstance(value, Mapping):
            self.fault(path, "must be a list of keys with values", f"use one or more of: {', '.join(keys)}")
            return {}
        for key in value:
            if key not in keys:
                near = get_close_matches(str(key), keys, 1)
                hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(keys)}"
                self.fault((*path, str(key)), f"unknown key {key!r}", hint)
        return {str(key): item for key, item in value.items() if key in keys}

    def items(self, value: object, path: Path) -> Iterator[tuple[object, Path]]:
        """The items of a list with their paths; nothing for an absent list."""
        if value is None:
            return
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.fault(path, "must be a list", "begin every item with '- '")
            return
        for index, item in enumerate(value):
            yield item, (*path, index)

    def text(self, data: Mapping[str, object], key: str, path: Path, *, required: bool = False) -> str:
        """A line of text; numbers are read as text ("32637")."""
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if key in data:
            self.fault((*path, key), f"{key}: must be a text", "write it as one line")
        elif required:
            self.fault(path, f"{key}: is missing", f"add {key}:")
        return ""

    def hundredths(self, value: object, path: Path) -> int:
        """Points or a weight as integer hundredths: 2.5 is 250. At most two decimals, 0 to 1000."""
        try:
            number = Decimal(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or not 0 <= number <= 1000 or number * 100 != int(number * 100):
            self.fault(path, "must be a number of points", "0 to 1000, with at most two decimals")
            return 0
        return int(number * 100)

    def flag(self, data: Mapping[str, object], key: str, path: Path, default: bool = False) -> bool:
        """A yes or no."""
        value = data.get(key, default)
        if not isinstance(value, bool):
            self.fault((*path, key), f"{key}: must be true or false", "write true or false")
            return default
        return value

    def term(self, value: object, path: Path, *, joined: bool = False) -> str:
        """A term in the notation of `domain.term_notation` that can be used; "" after a fault. `joined` allows the notation of
        `domain.term_expressions` as well, whose faults name the character."""
        if not isinstance(value, str) or not value.strip():
            self.fault(path, "is an empty term", "write the word to look for, or remove the line")
            return ""
        plain = " ".join(value.split())
        try:
            if is_expression(plain):
                read_expression(plain)
            else:
                spellings(plain)
        except ExpressionError as error:
            self.fault(path, f"the term {plain!r}: {error}", "mend the term at that character (docs/relevance.md)")
            return ""
        except BracketError as error:
            self.fault(path, f"the term {plain!r} {error}", "mend the term at that character (docs/relevance.md)")
            return ""
        except ValueError as error:
            self.fault(path, f"the term {plain!r} {error}", "use a longer or more telling term")
            return ""
        if is_expression(plain) and not joined:
            self.fault(
                path, f"the term {plain!r} joins words", "only a term of a concept may; here write single words or phrases"
            )
            return ""
        return plain

    def words(self, value: object, path: Path) -> tuple[str, ...]:
        """A list of terms."""
        return tuple(term for item, at in self.items(value, path) if (term := self.term(item, at)))

    def names(self, value: object, path: Path) -> tuple[str, ...]:
        """A list of short names."""
        found = []
        for item, at in self.items(value, path):
            if isinstance(item, str) and item.strip():
                found.append(item.strip())
            else:
                self.fault(at, "must be a name", "write one word")
        return tuple(found)

    def choice(self, name: str, known: Collection[str], path: Path, what: str) -> bool:
        """Whether a name is one of the known ones; a fault when it is not."""
        if name not in known:
            hint = f"one of: {', '.join(known)}" if known else f"this pack has no {what}s"
            self.fault(path, f"unknown {what} {name!r}", hint)
        return name in known

    def choices(self, value: object, known: Collection[str], path: Path, what: str) -> tuple[str, ...]:
        """A list of names that must all be known."""
        return tuple(name for at, name in enumerate(self.names(value, path)) if self.choice(name, known, (*path, at), what))

    def unique(self, what: str, name: str, path: Path) -> None:
        """Write down that a name is taken; a fault when it was taken before."""
        if name and (what, name) in self._seen:
            self.fault(
                path, f"the {what} {name!r} stands in this pack twice", "keep one; in an extending pack, remove: the other first"
            )
        self._seen.add((what, name))


def names_of(value: object) -> list[str]:
    """The keys of a mapping whose keys are free; nothing for anything else."""
    return [str(key) for key in value] if isinstance(value, Mapping) else []
