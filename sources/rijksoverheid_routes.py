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
from sources.sitemap import last_touch, read_sitemap
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
    shape = SITE + quote(path)
    return url if shape == url else shape  # of a long sitemap, one copy of each address is enough


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
                    modified=iso_moment(location.modified),
                    ids=_ids(url),
                )
            )
        return Listing(tuple(entries), ignored=tuple(sorted(ignored.items())), surprises=sitemap.surprises)


@dataclass(frozen=True, slots=True)
class SiteSitemap:
    """Every page of the site with its last modification: finds papers that no feed shows, filed as they are under an old date.

    Pages not modified within the window are entries as well (`Entry.recent` is False): a page that was listed before is never
    new, however late it is saved again.
    """

    name: str = "sitemap"
    windowed: bool = False
    reach_hours: float = 0.0
    overlap_hours: float = 24.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """The index; its parts are asked as it names them."""
        return (Ask(f"{SITE}/sitemap.xml", window),)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """All document and news pages of one part; the news sitemap has a route of its own."""
        sitemap = read_sitemap(answer)
        parts = tuple(Ask(url, ask.window) for url in sitemap.parts if not url.endswith("/news/sitemap.xml"))
        entries = []
        ignored: Counter[str] = Counter()
        for location in sitemap.locations:
            url = site_url(location.url)
            if url is None:
                ignored["not a document or news page"] += 1
                continue
            modified, recent = last_touch(location.modified, ask.window)
            mark = f"{self.name}:{location.modified}" if location.modified else ""
            entries.append(Entry(url=url, mark=mark, kind=_kind(url), modified=modified, recent=recent, ids=_ids(url)))
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
                    kind=_kind(url),
                    raw_kind=item.category,
                    dated=local_day(item.moment) if item.moment else None,
                    # Of a paper the moment is midnight of its own date; of news it is when it went online.
                    published=item.moment if _kind(url) is Kind.NEWS else None,
                    ids=_ids(url),
                ),
            )
        return Listing(
            entries=tuple(entries.values()),
            truncated=len(feed.items) >= MOST_ITEMS,
            ignored=tuple(sorted(ignored.items())),
            surprises=feed.surprises,
        )


def _kind(url: str) -> Kind | None:
    return Kind.NEWS if "/actueel/nieuws/" in url else None


def _ids(url: str) -> tuple[str, ...]:
    found = from_url(url)
    return (found,) if found else ()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
