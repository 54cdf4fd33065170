"""RSS as values. The bytes are ours already: feedparser is never given an address (dependencies, section 5)."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from datetime import datetime

import feedparser

from domain.errors import ReadingError
from domain.listings import Answer
from domain.text import repair, sound
from sources.dates import mail_moment
from sources.decoding import looks_like_html

_TAG = re.compile(r"<[^>]+>")
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed. `moment` is its `pubDate` in UTC, None when absent or unreadable."""

    link: str
    title: str
    description: str
    category: str
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """The items of a feed in its own order; `surprises` are remarks about a feed that was not quite well-formed."""

    items: tuple[Item, ...]
    surprises: tuple[str, ...]


def read_feed(answer: Answer) -> Feed:
    """The feed. Raises ReadingError for HTML, for anything else that is no feed, and for a broken one without items."""
    if not answer.body.strip():
        raise ReadingError(answer.url, "empty answer")
    if looks_like_html(answer.body):
        raise ReadingError(answer.url, "an HTML page instead of a feed")
    try:
        parsed = feedparser.parse(io.BytesIO(_REFERENCE.sub(_to_a_character, answer.body)), sanitize_html=False)
    except (ValueError, OverflowError, RecursionError) as error:
        raise ReadingError(answer.url, f"broken feed: {type(error).__name__}") from error
    broken = repair(str(parsed.get("bozo_exception", "")))[:200] if parsed.bozo else ""
    if not parsed.version:
        raise ReadingError(answer.url, f"not a feed: {broken or 'no known feed element'}")
    if broken and not parsed.entries:
        raise ReadingError(answer.url, f"broken feed: {broken}")
    items = []
    for entry in parsed.entries:
        tags = entry.get("tags") or [{}]
        items.append(
            Item(
                link=sound(entry.get("link") or "").strip(),
                title=repair(_plain(entry.get("title") or "")),
                description=repair(_plain(entry.get("summary") or "")),
                category=repair(tags[0].get("term") or ""),
                moment=mail_moment(entry.get("published") or ""),
            )
        )
    return Feed(tuple(items), (f"feed is not well-formed: {broken}",) if broken else ())


def _to_a_character(reference: re.Match[bytes]) -> bytes:
    """The reference, unless it names half a character or none at all: feedparser fails on those."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    code = int(digits, base) if len(digits) < 10 else -1
    return reference[0] if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else b"&#65533;"


def _plain(text: str) -> str:
    # Descriptions are HTML inside XML: what is left after the tags may still hold references.
    return html.unescape(_TAG.sub(" ", text))
