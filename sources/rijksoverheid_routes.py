"""How rijksoverheid.nl says what exists: the news sitemap and the feed of its search (sources, 1)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from domain.documents import Kind
from domain.identifiers import from_url
from domain.listings import Answer, Ask, Entry, Listing, Window
from sources.dates import iso_moment, local_day
from sources.feed import read_feed
from sources.sitemap import read_sitemap
from sources.urls import split

SITE = "https://www.rijksoverheid.nl"
MOST_ITEMS = 20  # the feed never holds more and has no second page
_HOSTS = frozenset({"www.rijksoverheid.nl", "rijksoverheid.nl"})
_FOLLOWED = re.compile(r"/(?:documenten|actueel/nieuws)/(?:[\w-]+/)*[\w.-]+")


def site_url(url: str) -> str | None:
    """The one shape of a document or news address: https, www, no query, no final slash. None for any other page."""
    parts = split(url)
    path = unquote(parts.path).rstrip("/")
    if parts.scheme not in ("http", "https") or (parts.hostname or "") not in _HOSTS or not _FOLLOWED.fullmatch(path):
        return None
    return SITE + quote(path)


@dataclass(frozen=True, slots=True)
class NewsSitemap:
    """The news of the last two days; the publisher's own moments of change are in it."""

    name: str = "news-sitemap"
    windowed: bool = False
    reach_hours: float = 48.0
    overlap_hours: float = 0.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """The one address."""
        return (Ask(f"{SITE}/news/sitemap.xml"),)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The news pages as entries, marked with their last modification."""
        sitemap = read_sitemap(answer)
        entries = []
        ignored: Counter[str] = Counter()
        for location in sitemap.locations:
            url = site_url(location.url)
            if url is None:
                ignored["not a document or news page"] += 1
                continue
            entries.append(
                Entry(
                    url=url,
                    title=location.title,
                    mark=f"{self.name}:{location.modified}" if location.modified else "",
                    kind=Kind.NEWS,
                    published=iso_moment(location.published),
                    ids=_ids(url),
                )
            )
        return Listing(tuple(entries), ignored=tuple(sorted(ignored.items())), surprises=sitemap.surprises)


@dataclass(frozen=True, slots=True)
class SiteSitemap:
    """Every page of the site with its last modification: finds papers that no feed shows, filed as they are under an old date.

    Pages not modified within the window are counted and left out; what they were at the baseline is written down there.
    """

    name: str = "sitemap"
    windowed: bool = False
    reach_hours: float = 0.0
    overlap_hours: float = 24.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """The index; its parts are asked as it names them."""
        return (Ask(f"{SITE}/sitemap.xml", window),)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The document and news pages modified since the window began; the news sitemap has a route of its own."""
        sitemap = read_sitemap(answer)
        parts = tuple(Ask(url, ask.window) for url in sitemap.parts if not url.endswith("/news/sitemap.xml"))
        entries = []
        ignored: Counter[str] = Counter()
        for location in sitemap.locations:
            url = site_url(location.url)
            modified = iso_moment(location.modified)
            if url is None:
                ignored["not a document or news page"] += 1
            elif not isinstance(modified, datetime):
                ignored["no moment of modification"] += 1
            elif ask.window is not None and modified < ask.window.since:
                ignored["not modified since the window began"] += 1
            else:
                entries.append(Entry(url=url, mark=f"{self.name}:{location.modified}", ids=_ids(url)))
        return Listing(tuple(entries), ignored=tuple(sorted(ignored.items())), surprises=sitemap.surprises, further=parts)


@dataclass(frozen=True, slots=True)
class RssRoute:
    """The feed of a search without words over a window of document dates; everything that is no document or news is counted."""

    name: str = "rss"
    windowed: bool = True
    reach_hours: float = 0.0
    # A paper is filed under its own date, which can lie a week before the day it goes online (sources, 1).
    overlap_hours: float = 168.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """One search: full instants, because a date alone gives an error, and no content_type: that of papers is not known."""
        period = {"from": _instant(window.since), "to": _instant(window.until), "name": "specificPeriod"}
        query = {
            "filters": [{"field": "sort_date", "values": [period], "type": "all"}],
            "resultSearchTerm": "",
            "pageTitle": "Zoeken",
        }
        text = json.dumps(query, ensure_ascii=False, separators=(",", ":"))
        return (Ask(f"{SITE}/api/rss?query={quote(text, safe='')}", window),)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The documents and news as entries; 20 items mean that there may be more."""
        feed = read_feed(answer)
        entries: dict[str, Entry] = {}
        ignored: Counter[str] = Counter()
        for item in feed.items:
            url = site_url(item.link)
            if url is None:
                ignored["not a document or news page"] += 1
                continue
            entries.setdefault(
                url,
                Entry(
                    url=url,
                    title=item.title,
                    mark=f"{self.name}:{item.moment.isoformat()}" if item.moment else "",
                    kind=Kind.NEWS if "/actueel/nieuws/" in url else None,
                    raw_kind=item.category,
                    dated=local_day(item.moment) if item.moment else None,
                    ids=_ids(url),
                ),
            )
        return Listing(
            entries=tuple(entries.values()),
            truncated=len(feed.items) >= MOST_ITEMS,
            ignored=tuple(sorted(ignored.items())),
            surprises=feed.surprises,
        )


def _ids(url: str) -> tuple[str, ...]:
    found = from_url(url)
    return (found,) if found else ()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
