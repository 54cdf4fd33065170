"""How rijksoverheid.nl says what exists: its addresses, the news sitemap and the sitemap (sources, 1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from domain.documents import Kind
from domain.identifiers import from_url
from domain.listings import Answer, Ask, Entry, Listing, Window
from sources.dates import iso_moment
from sources.sitemap import last_touch, read_sitemap
from sources.urls import split

SITE = "https://www.rijksoverheid.nl"
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
        """The news pages as entries, marked with their last modification; none when there was no news for two days."""
        sitemap = read_sitemap(answer, may_be_empty=True)
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
                    ids=ids_of(url),
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
            entries.append(Entry(url=url, mark=mark, kind=kind_of(url), modified=modified, recent=recent, ids=ids_of(url)))
        return Listing(tuple(entries), ignored=tuple(sorted(ignored.items())), surprises=sitemap.surprises, further=parts)


def kind_of(url: str) -> Kind | None:
    """NEWS where the address says so; a paper has to be read."""
    return Kind.NEWS if "/actueel/nieuws/" in url else None


def ids_of(url: str) -> tuple[str, ...]:
    """The id of an address, as a tuple of one or none."""
    found = from_url(url)
    return (found,) if found else ()
