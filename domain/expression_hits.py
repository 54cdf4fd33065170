"""Where a joined term stands: its words are looked for like all others, and what joins them decides which places count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from domain.term_expressions import Both, Either, Expression, Near, Within, Without, Words


class Place(NamedTuple):
    """A place of one word or phrase: its section, its first and last word there, and its characters."""

    section: int
    first: int
    last: int
    start: int
    end: int


def standing(expression: Expression, words: Mapping[int, Sequence[Place]], slot: Callable[[Place], str]) -> tuple[Place, ...]:
    """The places that make an expression true, in order; empty when it is not.

    `words` holds the places by the number of the leaf; `slot` says which part of the paper a place belongs to. AND and NEAR give
    the places of both sides, NOT those of its left side.
    """
    return tuple(sorted(set(_standing(expression, words, slot))))


def _standing(expression: Expression, words: Mapping[int, Sequence[Place]], slot: Callable[[Place], str]) -> Sequence[Place]:
    match expression:
        case Words():
            return words.get(expression.number, ())
        case Within():
            return [place for place in _standing(expression.what, words, slot) if slot(place) in expression.places]
        case _:
            left, right = _standing(expression.left, words, slot), _standing(expression.right, words, slot)
    match expression:
        case Near():
            return [*_near(left, right, expression.apart), *_near(right, left, expression.apart)]
        case Both():
            return [*left, *right] if left and right else ()
        case Either():
            return [*left, *right]
        case Without():
            return () if right else left


def _near(ones: Sequence[Place], others: Sequence[Place], apart: int) -> list[Place]:
    """Those of the places with another, not the same, at most so many words away in their section."""
    ordered = sorted(others)
    return [one for one in ones if any(_apart(one, other) <= apart for other in _neighbours(one, ordered))]


def _neighbours(one: Place, ordered: Sequence[Place]) -> Sequence[Place]:
    at = bisect_left(ordered, one)
    around = [*ordered[max(0, at - 2) : at], *[other for other in ordered[at : at + 3] if other != one][:2]]
    return [other for other in around if other.section == one.section]


def _apart(one: Place, other: Place) -> int:
    """Words from the one to the other; 1 for neighbours, 0 where they overlap."""
    return max(0, one.first - other.last, other.first - one.last)
