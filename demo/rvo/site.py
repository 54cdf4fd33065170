"""The host www.rvo.nl."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from demo import pdf
from demo.exchange import HTML, JSON, PDF, TEXT, XML, Reply, Request, page
from demo.markup import lines
from demo.paper import Paper, RvoFile, RvoPage
from demo.rvo.lists import api_json, sitemap_xml
from demo.rvo.page import page_html
from demo.shelf import Shelf, Shown, latest

ROBOTS = """User-agent: *
Allow: /core/*.css$
Disallow: /admin/
Disallow: /search/
Disallow: /user/login
"""
API = "/api/v1/opendata/"
API_LISTS = frozenset({"subsidies", "articles"})


class Rvo:
    """www.rvo.nl."""

    host = "www.rvo.nl"

    def __init__(self, papers: Iterable[Paper]) -> None:
        """Show the pages and files of RVO among these papers."""
        self._shelf: Shelf[RvoPage | RvoFile] = Shelf(papers, RvoPage, RvoFile)

    def is_list(self, path: str) -> bool:
        """True for the sitemap and the open-data lists."""
        return path == "/sitemap.xml" or path.startswith(API)

    def answer(self, request: Request, now: datetime) -> Reply:
        """What this host shows at this moment."""
        path = request.path
        if path == "/robots.txt":
            return page(ROBOTS, TEXT)
        if path == "/sitemap.xml":
            shown = self._shelf.all(now)
            return page(sitemap_xml(shown), XML, last_modified=latest(shown))
        if path.startswith(API):
            return self._api(path.removeprefix(API), now)
        found = self._shelf.find(path, now)
        return _page_reply(found) if found else _missing(404)

    def soft_error(self) -> Reply:
        """A missing page that comes with HTTP 200."""
        return _missing(200)

    def _api(self, name: str, now: datetime) -> Reply:
        if name not in API_LISTS:
            return _missing(404)
        shown = self._shelf.all(now)
        return page(api_json(shown, name), JSON, last_modified=latest(shown))


def _page_reply(found: Shown[RvoPage | RvoFile]) -> Reply:
    content = found.content
    if isinstance(content, RvoFile):
        return Reply(pdf.build(content.title, lines(content.blocks)), PDF, last_modified=found.changed)
    return page(page_html(Shown(found.id, content, found.first, found.changed)), HTML, last_modified=found.changed)


def _missing(status: int) -> Reply:
    return page(
        '<!DOCTYPE html><html lang="nl"><head><title>Pagina niet gevonden | RVO.nl</title></head><body><main role="main">'
        "<h1>Pagina niet gevonden</h1><p>Deze pagina bestaat niet (meer). Gebruik de zoekfunctie.</p></main></body></html>",
        HTML,
        status=status,
    )
