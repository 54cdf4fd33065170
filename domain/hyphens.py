"""Hyphens at line ends: which of them belong to the word and which only to the page.

Three ways (rule R1): a broken word loses its hyphen, a real compound or a suspended hyphen keeps it, and an address keeps it and
runs on, even over a blank line. In doubt the word was broken: that is what most hyphens at line ends are.
"""

from __future__ import annotations

from domain.word_forms import known

_CONJUNCTIONS = frozenset(
    ("en", "of", "en/of", "tot", "dan", "noch", "als", "alsmede", "alsook", "respectievelijk", "resp", "cq", "maar", "&")
)
# Parts that Dutch spelling always writes with a hyphen before a whole word.
_HYPHENATED = frozenset(
    ("ex", "niet", "non", "oud", "vice", "interim", "publiek", "sociaal", "mkb", "btw", "ict", "wbso", "mit", "rvo")
)
# Pairs of vowels that may not meet inside a compound ("productie-innovatie", "zee-egel").
_CLASHES = frozenset(("aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij", "oe", "oi", "oo", "ou", "ui", "uu"))
_VOWELS = frozenset("aeiouyàáâäèéêëìíîïòóôöùúûü")
_OPENING = "([{<«‹“”„\"'‘’"
_CLOSING = ")]}>»›“”\"'‘’.,;:!?"
_AROUND = _OPENING + _CLOSING


def is_address(token: str) -> bool:
    """True for a token that holds the beginning of a web address."""
    return "://" in token or token.lstrip(_OPENING).casefold().startswith("www.")


def join(left: str, right: str) -> str:
    """Two neighbouring lines of one paragraph as one line. `left` may end in a line-end hyphen; neither is empty."""
    if not left.endswith("-"):
        return f"{left} {right}"
    last = left[left.rfind(" ") + 1 :]
    if is_address(last):
        return left + right
    part = last[:-1].lstrip(_OPENING)
    word = first_word(right)
    if not part or not part[-1].isalnum() or word.casefold() in _CONJUNCTIONS:
        return f"{left} {right}"
    if not right[0].isalnum():
        return left + right if right[0] == "(" else f"{left} {right}"
    return left + right if _is_compound(part, word, right[0]) else left[:-1] + right


def first_word(line: str) -> str:
    """The first word of a line without the punctuation around it ("" for an empty line)."""
    end = line.find(" ")
    return (line if end < 0 else line[:end]).strip(_AROUND)


def _is_compound(part: str, word: str, first: str) -> bool:
    """True when the hyphen between these two halves is part of the spelling; `first` is the first character of the next line."""
    half = part.rsplit("-", 1)[-1].casefold()
    if not first.islower() or part[-1].isdigit() or part[-1].isupper():
        return True
    if len(half) == 1 or _VOWELS.isdisjoint(half):
        return True
    if half not in _HYPHENATED and (half[-1] + word[:1].casefold() not in _CLASHES or len(half) < 3 or not known(half)):
        return False
    return len(word) >= 4 and known(word.casefold())
