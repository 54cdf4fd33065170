"""From a footnote to the sentence that it belongs to, by its number in print ("fieldlabs»2", "jl.1")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.sentences import sentences

_NOTE = re.compile(r"(\d{1,3})\s+\S")


def number_of(note: str) -> int | None:
    """The number that a footnote opens with, as printed at the foot of a page; None for other texts."""
    match = _NOTE.match(note)
    return int(match[1]) if match else None


def sentence_with_mark(number: int, texts: Iterable[str]) -> str:
    """The one sentence in which this footnote number is glued to a word or closing mark; "" when there is none or more than one:
    then nobody can tell which."""
    mark = re.compile(rf"(?:[^\W\d_]|[»”’)\]]|(?<!\bnr)(?<!\bnrs)(?<=[^\W\d_])[.,;]){number}(?=[\s.,;:)»]|$)")
    found = [sentence for text in texts if mark.search(text) for sentence in sentences(text) if mark.search(sentence)]
    return found[0] if len(found) == 1 else ""
