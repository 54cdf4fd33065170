"""The two hosts of officielebekendmakingen.nl: zoek (feed and papers) and repository (SRU and the file tree)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from demo import pdf
from demo.exchange import HTML, PDF, RSS, TEXT, XML, Reply, Request, page, redirect
from demo.koop.cql import CqlError, Query, parse
from demo.koop.document_html import document_html
from demo.koop.document_text import paragraphs
from demo.koop.document_xml import document_xml
from demo.koop.feed import feed_xml
from demo.koop.metadata import metadata_xml
from demo.koop.record import INDEXES, Indexed, index
from demo.koop.sru import diagnostic_xml, manifestations, response_xml
from demo.paper import Official, Paper
from demo.shelf import Shelf, Shown, latest

ZOEK_ROBOTS = """User-agent: *
Disallow: /resultaten
Disallow: /uitgebreidzoeken
Crawl-delay: 3
Request-rate: 10/30s
"""
REPOSITORY_ROBOTS = "User-agent: *\nDisallow: /"
NOT_FOUND_PAGE = "/fout404.html"


def _error_page(status: int, words: str) -> Reply:
    return page(
        f"<!DOCTYPE html><html lang='nl'><head><title>{words}</title></head><body><h1>{words}</h1></body></html>",
        HTML,
        status=status,
    )


class Zoek:
    """zoek.officielebekendmakingen.nl."""

    host = "zoek.officielebekendmakingen.nl"

    def __init__(self, papers: Iterable[Paper]) -> None:
        """Show the official papers among these."""
        self._shelf: Shelf[Official] = Shelf(papers, Official)

    def is_list(self, path: str) -> bool:
        """True for the feed."""
        return path == "/rss" or path.startswith("/rss/")

    def answer(self, request: Request, now: datetime) -> Reply:
        """What this host shows at this moment."""
        path = request.path
        if path == "/robots.txt":
            return page(ZOEK_ROBOTS, TEXT)
        if path == NOT_FOUND_PAGE:
            return _error_page(200, "Pagina niet gevonden")
        if path == "/rss":
            return self._feed(request.query.get("q", ""), now)
        if path.startswith("/rss/dossier/"):
            return self._feed(f'w.dossiernummer=="{path.rsplit("/", 1)[1]}"', now)
        if path.endswith("/metadata.xml"):
            return self._file(path[1:].removesuffix("/metadata.xml"), "metadata", now)
        stem, _, ending = path[1:].rpartition(".")
        if not stem and (self._shelf.find(path[1:], now)):
            return redirect(f"https://{self.host}{path}.html")
        return self._file(stem, ending, now)

    def soft_error(self) -> Reply:
        """A missing page as this host hides it: a redirect to a page that comes with HTTP 200."""
        return redirect(f"https://{self.host}{NOT_FOUND_PAGE}")

    def _feed(self, query: str, now: datetime) -> Reply:
        shown = self._shelf.all(now)
        try:
            found = search(shown, query)
        except CqlError:
            return _error_page(500, "Er is een fout opgetreden")
        return page(feed_xml(found[1], query), RSS, last_modified=latest(shown))

    def _file(self, identifier: str, form: str, now: datetime) -> Reply:
        shown = self._shelf.find(identifier, now)
        return (_manifestation(shown, form) if shown else None) or _error_page(404, "Pagina niet gevonden")


class Repository:
    """repository.overheid.nl, whose robots.txt forbids everything."""

    host = "repository.overheid.nl"

    def __init__(self, papers: Iterable[Paper]) -> None:
        """Show the official papers among these."""
        self._shelf: Shelf[Official] = Shelf(papers, Official)

    def is_list(self, path: str) -> bool:
        """True for the search."""
        return path == "/sru"

    def answer(self, request: Request, now: datetime) -> Reply:
        """What this host shows at this moment."""
        if request.path == "/robots.txt":
            return page(REPOSITORY_ROBOTS, TEXT)
        if request.path == "/sru":
            return self._search(request.query, now)
        parts = request.path.removeprefix("/frbr/").split("/")
        shown = self._shelf.find(parts[3], now) if len(parts) == 7 else None
        if shown and f"https://{self.host}{request.path}" in manifestations(index(shown)).values():
            return _manifestation(shown, parts[5]) or _error_page(404, "Not Found")
        return _error_page(404, "Not Found")

    def soft_error(self) -> Reply:
        """A missing page as this host hides it: a redirect to a page that comes with HTTP 200."""
        return redirect(f"https://{Zoek.host}{NOT_FOUND_PAGE}")

    def _search(self, query: dict[str, str], now: datetime) -> Reply:
        shown = self._shelf.all(now)
        text = query.get("query", "")
        try:
            start = max(1, int(query.get("startRecord", "1")))
            maximum = int(query.get("maximumRecords", "10"))
            if not 0 < maximum <= 1000:
                raise CqlError(6, f"Unsupported parameter value: maximumRecords {maximum}")
            plan, found = search(shown, text)
        except CqlError as error:
            return page(diagnostic_xml(error.code, str(error)), XML)
        except ValueError as error:
            return page(diagnostic_xml(6, str(error)), XML)
        if plan.sort:
            found = sorted(found, key=lambda one: one.first(plan.sort), reverse=plan.descending)
        return page(response_xml(found, text, start, maximum), XML, last_modified=latest(shown))


def search(shown: Sequence[Shown[Official]], query: str) -> tuple[Query, list[Indexed]]:
    """The publications that match. Raises CqlError when the query cannot be run."""
    plan = parse(query, INDEXES)
    return plan, [one for one in map(index, shown) if plan.matches(one.values)]


def _manifestation(shown: Shown[Official], form: str) -> Reply | None:
    official = shown.content
    if form == "html":
        return page(document_html(shown.id, official), HTML, last_modified=shown.changed)
    if form == "metadata":
        return page(metadata_xml(official), XML, last_modified=shown.changed)
    if form == "pdf":
        return Reply(pdf.build(official.title, paragraphs(official)), PDF, last_modified=shown.changed)
    text = document_xml(shown.id, official) if form == "xml" else None
    return page(text, XML, last_modified=shown.changed) if text else None
