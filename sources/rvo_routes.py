"""How rvo.nl says what exists: its sitemap, and an open-data API that pages in ways nobody agrees on (sources, 3 and 6)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from domain.documents import Kind
from domain.errors import ReadingError
from domain.identifiers import from_url
from domain.listings import Answer, Ask, Entry, Listing, Scope, Window
from domain.text import repair
from sources.dates import iso_day, iso_moment
from sources.decoding import parse_json
from sources.rvo_file import is_file
from sources.sitemap import last_touch, read_sitemap
from sources.urls import join, split

SITE = "https://www.rvo.nl"
_HOSTS = frozenset({"www.rvo.nl", "rvo.nl"})
_API = f"{SITE}/api/v1/opendata"
_COLLECTIONS = ("subsidies", "articles")
_LAST_PAGE = 40  # no collection is near 2,000 objects; a server that never ends is cut off here
SCHEMES = "/subsidies-financiering/"
NEWS = "/nieuws/"
_DEFAULT_PATHS = ("/subsidies-financiering", "/nieuws")
# Thousands of decisions of a closed scheme of 2020-2022.
_NEVER = "/subsidies-financiering/tvl"


def path_of(url: str) -> str:
    """The path of an address, without final slash."""
    return unquote(split(url).path).rstrip("/")


def site_url(url: str) -> str | None:
    """The one shape of a scheme, news or brochure address: https, www, no query. None for any other page."""
    parts = split(url)
    path = path_of(url)
    if parts.scheme not in ("http", "https") or (parts.hostname or "") not in _HOSTS:
        return None
    return SITE + quote(path) if path.startswith((SCHEMES, NEWS)) or is_file(path) else None


def in_scope(path: str, scope: Scope) -> bool:
    """True when the path lies under a configured one (under schemes and news when none is configured).

    The decisions of the TVL count only where a path of theirs is configured itself.
    """
    if _under(path, _NEVER) and not any(_under(root, _NEVER) for root in scope.paths):
        return False
    return any(_under(path, root) for root in scope.paths or _DEFAULT_PATHS)


def _under(path: str, root: str) -> bool:
    return path == root.rstrip("/") or path.startswith(root.rstrip("/") + "/")


@dataclass(frozen=True, slots=True)
class SitemapRoute:
    """Every page of the site with its last modification: what stands here exists."""

    scope: Scope
    name: str = "sitemap"
    windowed: bool = False
    reach_hours: float = 0.0
    overlap_hours: float = 0.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """The one address."""
        return (Ask(f"{SITE}/sitemap.xml", window),)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The pages in scope as entries; the parts of an index are asked further, on this site only."""
        sitemap = read_sitemap(answer)
        entries: dict[str, Entry] = {}
        ignored: Counter[str] = Counter()
        for location in sitemap.locations:
            if entry := _entry(location.url, "", location.modified, self.name, self.scope, ask.window, ignored):
                entries.setdefault(entry.url, entry)
        own = tuple(Ask(part, ask.window) for part in sitemap.parts if split(part).hostname in _HOSTS)
        if len(own) < len(sitemap.parts):
            ignored["sitemap of another site"] += len(sitemap.parts) - len(own)
        return Listing(tuple(entries.values()), ignored=tuple(sorted(ignored.items())), surprises=sitemap.surprises, further=own)


@dataclass(frozen=True, slots=True)
class OpenData:
    """Schemes and news as JSON, page by page until a page is empty or says what the one before it said.

    The part of an address after "#" is never sent: it carries what the page before held, so that reading needs no memory.
    """

    scope: Scope
    name: str = "opendata"
    windowed: bool = False
    # It may show its newest 50 objects only (reports differ); the sitemap is what lists everything.
    reach_hours: float = 720.0
    overlap_hours: float = 0.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """The first page of each collection."""
        return tuple(Ask(f"{_API}/{collection}?page=0", window) for collection in _COLLECTIONS)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The objects in scope as entries, and the next page. Raises ReadingError for an empty first page."""
        objects = _objects(answer)
        address = urlsplit(ask.url)
        page = int(parse_qs(address.query).get("page", ["0"])[0])
        if not objects and page == 0:
            raise ReadingError(answer.url, "an empty collection")
        held = hashlib.sha256("\n".join(sorted(str(one.get("id") or one.get("url")) for one in objects)).encode()).hexdigest()[
            :16
        ]
        if not objects or held == address.fragment:
            return Listing(())
        entries: dict[str, Entry] = {}
        ignored: Counter[str] = Counter()
        for one in objects:
            url = join(SITE, str(one.get("url") or ""))
            changed, created = str(one.get("changed") or ""), str(one.get("created") or "")
            if entry := _entry(url, str(one.get("title") or ""), changed, self.name, self.scope, ask.window, ignored):
                entries.setdefault(entry.url, replace(entry, published=iso_moment(created) or iso_day(created)))
        further = Ask(f"{address.scheme}://{address.netloc}{address.path}?page={page + 1}#{held}", ask.window)
        surprises = (f"more than {_LAST_PAGE} pages",) if page >= _LAST_PAGE else ()
        return Listing(
            entries=tuple(entries.values()),
            truncated=bool(surprises),
            ignored=tuple(sorted(ignored.items())),
            surprises=surprises,
            further=() if surprises else (further,),
        )


def _objects(answer: Answer) -> list[dict[str, Any]]:
    said = parse_json(answer.url, answer.body)
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise ReadingError(answer.url, "JSON of another shape: an array of objects was expected")
    return said


def _entry(
    address: str, title: str, changed: str, route: str, scope: Scope, window: Window | None, ignored: Counter[str]
) -> Entry | None:
    """One page as an entry; None, counted, when it is not followed.

    News not modified within the window is not `recent`. Scheme pages always are: the baseline reads the state of every scheme.
    """
    url = site_url(address)
    if url is None or not in_scope(path_of(address), scope):
        ignored["outside the configured paths"] += 1
        return None
    identifier = from_url(url)
    kind = Kind.NEWS if path_of(url).startswith(NEWS) else Kind.SCHEME
    modified, touched = last_touch(changed, window)
    return Entry(
        url=url,
        title=repair(title),
        mark=f"{route}:{changed}" if changed else "",
        kind=kind,
        modified=modified,
        recent=touched or kind is Kind.SCHEME,
        ids=(identifier,) if identifier else (),
    )
