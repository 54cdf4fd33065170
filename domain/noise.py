"""What a publisher writes that is never news: the notation of the `ignore:` rules of sources.yaml, and how they are applied.

A rule is the beginning of a sentence, in its own words. Every sentence that begins with it is left out of the comparison, on both
sides; what else stands in the same paragraph stays, so that a rule never hides more than its author saw. Three marks stand for
what differs from day to day: {getal} a number, {datum} a date, {tijd} a time. They are the only pattern there is, because each
of them ends after a fixed number of characters: no rule can make a comparison slow. A rule touches the text alone: scheme facts
are read before it and stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from domain.calendar import MONTHS
from domain.sentences import spans

FEWEST_LETTERS = 4
"""A rule with fewer letters of its own would hide sentences that nobody meant."""

_MARKS = {
    "{getal}": r"\d{1,12}(?:[.,]\d{1,3}){0,4}",
    "{datum}": rf"(?:\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})",
    "{tijd}": r"\d{1,2}[.:]\d{2}(?: uur)?",
}
_MARK = re.compile(r"\{[^{}]*\}?")


def fault(rule: str) -> str:
    """What is wrong with a rule, in words for its author; "" when it can be used."""
    for mark in _MARK.findall(rule):
        if mark.casefold() not in _MARKS:
            return f"{mark} is no mark; there are {', '.join(_MARKS)}"
    if sum(char.isalpha() for char in _MARK.sub("", rule)) < FEWEST_LETTERS:
        return f"it has fewer than {FEWEST_LETTERS} letters of its own and would hide sentences that nobody meant"
    return ""


def strip(text: str, rules: Sequence[str]) -> tuple[str, Counter[str]]:
    """The text without the sentences that begin with a rule, and how many each rule took out; case does not matter."""
    hidden: Counter[str] = Counter()
    if not rules or not _any_of(tuple(rules)).search(text):
        return text, hidden
    kept: list[str] = []
    place = 0
    for start, end in spans(text):
        found = next((rule for rule in rules if _compiled(rule).match(text, start, end)), None)
        if found is None:
            kept.append(text[place:end])
        else:
            hidden[found] += 1
        place = end
    return ("".join(kept) + text[place:]).strip() if hidden else text, hidden


@lru_cache(maxsize=1000)
def _any_of(rules: tuple[str, ...]) -> re.Pattern[str]:
    """A quick look whether any rule stands anywhere in a text: nearly every paragraph of a paper has none."""
    return re.compile("|".join(_compiled(rule).pattern for rule in rules), re.IGNORECASE)


@lru_cache(maxsize=1000)
def _compiled(rule: str) -> re.Pattern[str]:
    pieces: list[str] = []
    place = 0
    for match in _MARK.finditer(rule):
        pieces += [re.escape(rule[place : match.start()]), _MARKS.get(match.group().casefold(), re.escape(match.group()))]
        place = match.end()
    return re.compile("".join((*pieces, re.escape(rule[place:]))), re.IGNORECASE)
