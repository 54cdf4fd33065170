"""Whether a scheme page is still the page that it was: an address may come to show another page with status 200.

The sheet of another page would tell readers that every fact of the scheme is gone. So a page counts as the same only when its
title, its address or a good part of its text says so; otherwise the old sheet stands and an operator is told.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from domain.documents import Document, Field, Kind

_WORD = re.compile(r"[^\W_]+(?:[&-][^\W_]+)*")
# Words that any page of the site may have in its title.
_COMMON = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "of",
        "van",
        "voor",
        "in",
        "op",
        "aan",
        "bij",
        "met",
        "naar",
        "om",
        "per",
        "te",
        "tot",
        "uit",
        "uw",
        "is",
        "zijn",
        "wat",
        "wie",
        "hoe",
        "regeling",
        "regelingen",
        "subsidie",
        "subsidies",
        "subsidieregeling",
        "financiering",
        "aanvragen",
        "aanvraag",
        "ondernemers",
        "ondernemer",
        "bedrijven",
        "bedrijf",
        "rvo",
        "nl",
        "alle",
        "overzicht",
        "nieuws",
    ]
)
_SHORTEST_LINE = 30  # characters; shorter lines (labels, heads of columns) stand on many pages
_SHARED_PART = 5  # one line in so many


def other_page(before: Document, now: Document) -> str:
    """Why `now` is another page than `before`, in one line; "" when it is the same scheme or no scheme page at all."""
    if before.kind is not Kind.SCHEME or now.kind is not Kind.SCHEME or before.scheme is None or not before.scheme.facts:
        return ""
    if _words(before.title) & _words(now.title) or _slug(before.url) & _words(now.title):
        return ""
    old, new = _lines(before), _lines(now)
    if old and len(old & new) * _SHARED_PART >= len(old):
        return ""
    return f"the page turned into another page: “{now.title}” stands where “{before.title}” was; its facts stand as last read"


def _words(text: str) -> set[str]:
    found = {word for word in _WORD.findall(text.casefold()) if word not in _COMMON}
    return found | {piece for word in found for piece in re.split(r"[&-]", word) if len(piece) > 2 and piece not in _COMMON}


def _slug(url: str) -> set[str]:
    return _words(urlsplit(url).path.rstrip("/").rpartition("/")[2].replace("-", " "))


def _lines(document: Document) -> set[str]:
    return {p.text for p in document.passages if p.field is not Field.BOILERPLATE and len(p.text) >= _SHORTEST_LINE}
