"""Dutch sentences: where one ends and the next begins, in running official prose."""

from __future__ import annotations

import re
from functools import lru_cache

# Never the end of a sentence, whatever follows.
_ABBREVIATIONS = frozenset(
    (
        *("nr", "nrs", "art", "artt", "bijv", "bv", "blz", "p", "pag", "pagg", "vgl", "jo", "hfst", "bijl", "sub", "nos"),
        *("dhr", "mevr", "mw", "drs", "ir", "ing", "mr", "dr", "prof", "jhr", "vz", "plv", "secr", "gem", "afd", "cie"),
        *("kamerst", "stcrt", "stb", "aanh", "trb", "ca", "plm", "max", "incl", "excl", "tel", "zgn", "resp", "vs", "mln", "mld"),
        *("jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sept", "sep", "okt", "nov", "dec"),
    )
)
# Dotted abbreviations that do close a sentence when a capital follows; all other dotted ones ("o.a.", "S.A.") never do.
_MAY_CLOSE = frozenset(("e.d", "c.s", "e.a", "n.v.t", "a.s", "j.l", "m.m", "d.d"))
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{0,2}")
_INITIAL = re.compile(r"[A-Z]")
_END = re.compile(r"[.!?…]+[\"'»”’)\]]*(?:(?<=[^\W\d_][.!?»”’)])\d{1,2})?(?=\s+[\"'«“„‘’(\[–—•-]*\s?[^\W_])")
_AHEAD = 64  # characters in which the next sentence begins
_LONGEST = 400  # characters; no word before a full stop is longer
_OPENERS = "\"'«“„‘’([–—•- "
_REMEMBERED = 4_000  # characters; what compares two versions asks for the sentences of each changed paragraph more than once


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a text as (start, end) offsets, in order, without the white space between; a line end ends one."""
    return _remembered(text) if len(text) <= _REMEMBERED else _cut(text)


def _cut(text: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        begin = start
        for match in _END.finditer(text, start, start + len(line)):
            if _closes(text, begin, match):
                found.append((begin, match.end()))
                begin = match.end()
        found.append((begin, start + len(line)))
        start += len(line) + 1
    return tuple(trimmed for a, b in found for trimmed in (_trim(text, a, b),) if trimmed[0] < trimmed[1])


_remembered = lru_cache(maxsize=1_024)(_cut)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a repaired text, in order, exactly as they stand. Abbreviations ("nr. 473", "jl.", "S.A."), numbers
    ("1.438") and addresses never end one."""
    return tuple(text[a:b] for a, b in spans(text))


def _closes(text: str, begin: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + _AHEAD].lstrip().lstrip(_OPENERS)[:1]
    if not (following.isupper() or following.isdigit()):
        return False
    if match.group()[0] != ".":
        return True
    words = text[max(begin, match.start() - _LONGEST) : match.start()].rsplit(None, 1)
    token = words[-1].lstrip(_OPENERS) if words else ""
    bare = token.casefold()
    if not token or bare in _ABBREVIATIONS or (token.isdigit() and len(words) == 1):
        return False  # a lone number at the start is the number of a list item
    if bare in _MAY_CLOSE:
        return following.isupper()
    return not (_DOTTED.fullmatch(token) or _INITIAL.fullmatch(token))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
