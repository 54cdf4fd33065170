"""RSS as values. The bytes are ours already: feedparser is never given an address (dependencies, section 5)."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feedparser

from domain.errors import ReadingError
from domain.listings import Answer, Window
from domain.text import repair, sound
from sources.dates import local_day, mail_moment
from sources.decoding import looks_like_html, really_utf8

_TAG = re.compile(r"<[^>]+>")
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_END = re.compile(rb"</(?:rss|(?:\w+:)?RDF|(?:\w+:)?feed)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL)
_BEGIN_OF_ITEM = re.compile(rb"<(?:item|entry)[\s>/]")

# What feedparser objects to (`bozo`) and why the feed can be used all the same; anything else is refused.
TOLERATED = {"CharacterEncodingOverride": "not in the encoding it declares"}
# A feed that is not well-formed is used only when it is whole: a transfer that broke off looks like a short list.
WHOLE_BUT = "SAXParseException"


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
    """The feed. Raises ReadingError for HTML, for anything else that is no feed, and for a broken one that is not whole."""
    if not answer.body.strip():
        raise ReadingError(answer.url, "empty answer")
    if looks_like_html(answer.body):
        raise ReadingError(answer.url, "an HTML page instead of a feed")
    if _ENTITY.search(answer.body):
        raise ReadingError(answer.url, "the file defines entities of its own")
    whole = really_utf8(answer.body)
    body = answer.body if whole is None else whole
    try:
        parsed = feedparser.parse(io.BytesIO(_REFERENCE.sub(_to_a_character, body)), sanitize_html=False)
    except (ValueError, OverflowError, RecursionError) as error:
        raise ReadingError(answer.url, f"broken feed: {type(error).__name__}") from error
    if not parsed.version:
        raise ReadingError(answer.url, f"not a feed: {_complaint(parsed) or 'no known feed element'}")
    remarks = _objections(answer, parsed)
    if whole is not None:
        remarks = (*remarks, f"feed: {TOLERATED['CharacterEncodingOverride']}")
    items = tuple(map(_item, parsed.entries))
    undated = sum(item.moment is None for item in items)
    return Feed(items, (*remarks, f"{undated} items without a readable date") if undated else remarks)


def outside(items: tuple[Item, ...], window: Window | None) -> tuple[str, ...]:
    """A remark when a feed that was asked about a window shows items dated outside it: server and question disagree.

    A day to either side is allowed, because papers are filed under local midnight.
    """
    if window is None:
        return ()
    first, last = local_day(window.since), local_day(window.until)
    days = [local_day(item.moment) for item in items if item.moment is not None]
    wrong = sum((first - day).days > 1 or (day - last).days > 1 for day in days)
    return (f"{wrong} of {len(items)} items are dated outside the window that was asked",) if wrong else ()


def _item(entry: Any) -> Item:
    tags = entry.get("tags") or [{}]
    return Item(
        link=sound(entry.get("link") or "").strip(),
        title=repair(_plain(entry.get("title") or "")),
        description=repair(_plain(entry.get("summary") or "")),
        category=repair(tags[0].get("term") or ""),
        moment=mail_moment(entry.get("published") or ""),
    )


def _complaint(parsed: Any) -> str:
    return repair(str(parsed.get("bozo_exception", "")))[:200] if parsed.bozo else ""


def _objections(answer: Answer, parsed: Any) -> tuple[str, ...]:
    """Remarks about a feed that feedparser objects to. Raises ReadingError unless the objection is a tolerated one."""
    if not parsed.bozo:
        return ()
    name = type(parsed.get("bozo_exception")).__name__
    if name in TOLERATED:
        return (f"feed: {TOLERATED[name]}",)
    whole = _END.search(answer.body) is not None and len(_BEGIN_OF_ITEM.findall(answer.body)) == len(parsed.entries)
    if name == WHOLE_BUT and whole and parsed.entries:
        return (f"feed is not well-formed: {_complaint(parsed)}",)
    raise ReadingError(answer.url, f"broken feed: {_complaint(parsed)}")


def _to_a_character(reference: re.Match[bytes]) -> bytes:
    """The reference, unless it names half a character or none at all: feedparser fails on those."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    code = int(digits, base) if len(digits) < 10 else -1
    return reference[0] if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else b"&#65533;"


def _plain(text: str) -> str:
    # Descriptions are HTML inside XML: what is left after the tags may still hold references.
    return html.unescape(_TAG.sub(" ", text))
