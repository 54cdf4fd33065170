"""Making text of others harmless before it goes anywhere: one clean line, safe addresses, nothing secret in a report.

Titles and sentences come from pages we do not control. Here they lose line breaks, control characters and the marks that turn
the direction of text; each rendering adds the escaping of its own notation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

_SPACE = re.compile(r"\s+")
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_KEPT = {"\u200c", "\u200d"}  # joiners: part of the spelling in some scripts and in emoji
_ADDRESS = re.compile(r"[\w.+%'-]+@[\w.-]+")
_URL = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_SCHEMES = ("http", "https", "mailto")
_UNQUOTED = "!#$%&'()*+,/:;=?@[]~"


def clean(text: str) -> str:
    """The text as one line: white space collapsed, control, bidirectional and other invisible characters gone. Idempotent."""
    shown = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in _KEPT or unicodedata.category(char) not in _INVISIBLE
    )
    return _SPACE.sub(" ", shown).strip()


def clip(text: str, most: int) -> str:
    """The text, cut to at most `most` characters at a word when that is near, with an ellipsis to show the cut."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most * 2 // 3 else cut).rstrip() + "…"


def safe_url(url: str) -> str:
    """The address fit for a link, or "" when it is not http, https or mailto. Characters that end a link are percent-encoded."""
    line = clean(url)
    try:
        scheme = urlsplit(line).scheme.lower()
    except ValueError:  # e.g. an unfinished IPv6 host
        return ""
    return quote(line, safe=_UNQUOTED) if scheme in _SCHEMES else ""


def mailto(address: str, subject: str) -> str:
    """A mailto address with a subject, or "" when `address` is no mail address (an owner may be a team's name)."""
    if not is_address(address):
        return ""
    return f"mailto:{quote(address, safe='@+.-_')}?subject={quote(subject, safe='')}"


def is_address(text: str) -> bool:
    """True for one plain mail address."""
    return _ADDRESS.fullmatch(text) is not None


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text on one line without addresses of people, URLs and the given secrets; for receipts and errors. At most 200 long."""
    line = clean(text)
    for secret in sorted({s for s in secrets if s}, key=len, reverse=True):
        line = line.replace(secret, "***")
    return clip(_ADDRESS.sub("***", _URL.sub("***", line)), 200)
