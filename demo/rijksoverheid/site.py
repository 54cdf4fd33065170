"""The host www.rijksoverheid.nl."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from demo.exchange import HTML, RSS, TEXT, XML, Reply, Request, page
from demo.paper import Paper, WebPage
from demo.rijksoverheid.page import page_html
from demo.rijksoverheid.rss import BadQueryError, feed_xml
from demo.rijksoverheid.sitemap import index_xml, last_turnover, news_xml, urls_xml
from demo.shelf import Shelf, latest

ROBOTS = """User-agent: *
Allow: /
Disallow: /zoeken
Sitemap: https://www.rijksoverheid.nl/sitemap.xml
Sitemap: https://www.rijksoverheid.nl/news/sitemap.xml
"""
LISTS = frozenset({"/api/rss", "/sitemap.xml", "/sitemap/1.xml", "/news/sitemap.xml"})


class Rijksoverheid:
    """www.rijksoverheid.nl."""

    host = "www.rijksoverheid.nl"

    def __init__(self, papers: Iterable[Paper]) -> None:
        """Show the web pages among these papers."""
        self._shelf: Shelf[WebPage] = Shelf(papers, WebPage)

    def is_list(self, path: str) -> bool:
        """True for the feed and the sitemaps."""
        return path in LISTS

    def answer(self, request: Request, now: datetime) -> Reply:
        """What this host shows at this moment."""
        path = request.path
        if path == "/robots.txt":
            return page(ROBOTS, TEXT)
        if path in LISTS:
            return self._list(request, now)
        shown = self._shelf.find(path.rstrip("/"), now)
        return page(page_html(shown), HTML, last_modified=shown.changed) if shown else _missing(404)

    def soft_error(self) -> Reply:
        """A missing page that comes with HTTP 200."""
        return _missing(200)

    def _list(self, request: Request, now: datetime) -> Reply:
        shown = self._shelf.all(now)
        match request.path:
            case "/sitemap.xml":
                return page(index_xml(), XML)
            case "/sitemap/1.xml":
                return page(urls_xml(shown), XML, last_modified=latest(shown))
            case "/news/sitemap.xml":
                return page(news_xml(shown, now), XML, last_modified=last_turnover(shown, now))
        try:
            text = feed_xml(shown, request.query.get("query", ""))
        except BadQueryError as error:
            return page(str(error), TEXT, status=error.status)
        return page(text, RSS, last_modified=latest(shown))


def _missing(status: int) -> Reply:
    return page(
        '<!DOCTYPE html><html lang="nl"><head><title>Pagina niet gevonden | Rijksoverheid.nl</title></head><body><main>'
        "<h1>Pagina niet gevonden</h1><p>De pagina die u zoekt bestaat niet of staat ergens anders.</p></main></body></html>",
        HTML,
        status=status,
    )
