"""The host open.overheid.nl: search, detail and files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from urllib.parse import unquote

from demo.exchange import HTML, JSON, PDF, TEXT, Reply, Request, page, redirect
from demo.markup import lines
from demo.openoverheid.documents import HOST, concept, detail, file_bytes, hit, ministry
from demo.paper import OpenDocument, Paper
from demo.shelf import Shelf, Shown, latest

SEARCH = "/overheid/openbaarmakingen/api/v0/zoek"
ATTACHMENT = "/overheid/openbaarmakingen/api/v0/attachment/"
PAGE_SIZES = frozenset({10, 20, 50})
ROBOTS = "User-agent: *\nDisallow:\n"


class BadRequestError(Exception):
    """A parameter that the interface refuses with HTTP 400."""


class OpenOverheid:
    """open.overheid.nl."""

    host = "open.overheid.nl"

    def __init__(self, papers: Iterable[Paper]) -> None:
        """Show the open documents among these papers."""
        self._shelf: Shelf[OpenDocument] = Shelf(papers, OpenDocument)

    def is_list(self, path: str) -> bool:
        """True for the search."""
        return path == SEARCH

    def answer(self, request: Request, now: datetime) -> Reply:
        """What this host shows at this moment."""
        path = request.path
        if path == "/robots.txt":
            return page(ROBOTS, TEXT)
        if path == SEARCH:
            return self._search(request.query, now)
        if path.startswith(f"{SEARCH}/"):
            return self._one(path.rsplit("/", 1)[1], now, _detail_reply)
        if path.startswith(ATTACHMENT):
            return self._one(path.removeprefix(ATTACHMENT), now, _file_reply)
        if path.startswith("/documenten/") and path.endswith("/file"):
            return self._one(path.removeprefix("/documenten/").removesuffix("/file"), now, _file_reply)
        if path.startswith("/documenten/"):
            return redirect(f"{HOST}{path}/file")
        return _missing(404)

    def soft_error(self) -> Reply:
        """A missing page that comes with HTTP 200."""
        return _missing(200)

    def _one(self, identifier: str, now: datetime, reply: Callable[[Shown[OpenDocument]], Reply]) -> Reply:
        shown = self._shelf.find(identifier.removesuffix("_1"), now)
        return reply(shown) if shown else _problem(404, "Document niet gevonden")

    def _search(self, query: Mapping[str, str], now: datetime) -> Reply:
        everything = self._shelf.all(now)
        try:
            found = _select(everything, query)
            size, start = _page(query)
        except BadRequestError as error:
            return _problem(400, str(error))
        part = found[start : start + size]
        body = {"totaal": len(found), "resultaten": [hit(one) for one in part], "filters": []}
        return _json(body, latest(everything))


def _page(query: Mapping[str, str]) -> tuple[int, int]:
    size, start = _number(query, "aantalResultaten", 10), _number(query, "start", 0)
    if size not in PAGE_SIZES:
        raise BadRequestError("aantalResultaten moet 10, 20 of 50 zijn")
    if start < 0:
        raise BadRequestError("start mag niet negatief zijn")
    return size, start


def _number(query: Mapping[str, str], name: str, usual: int) -> int:
    try:
        return int(query.get(name) or usual)
    except ValueError as error:
        raise BadRequestError(f"{name} is geen getal") from error


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError as error:
        raise BadRequestError(f"{text} is geen datum in de vorm dd-mm-jjjj") from error


def _select(shown: list[Shown[OpenDocument]], query: Mapping[str, str]) -> list[Shown[OpenDocument]]:
    found = shown
    if term := query.get("zoektekst", "").casefold():
        found = [one for one in found if all(word in _text(one.content) for word in term.split())]
    if since := query.get("publicatiedatumVan"):
        found = [one for one in found if one.content.disclosed >= _day(since)]
    if until := query.get("publicatiedatumTot"):
        found = [one for one in found if one.content.disclosed <= _day(until)]
    for name in ("documentsoort", "informatiecategorie", "organisatie", "thema"):
        if name in query:
            wanted = unquote(query[name])  # these values arrive encoded twice
            found = [one for one in found if wanted in _facets(one.content, name)]
    return _sorted(found, query.get("sort", ""), query.get("order", "desc"))


def _sorted(found: list[Shown[OpenDocument]], sort: str, order: str) -> list[Shown[OpenDocument]]:
    down = order != "asc"
    match sort:
        case "publicatiedatum":
            return sorted(found, key=lambda one: (one.content.disclosed, one.changed, one.id), reverse=down)
        case "laatst-gewijzigd" | "":
            return sorted(found, key=lambda one: (one.changed, one.id), reverse=down)
        case _:
            raise BadRequestError(f"sort {sort} bestaat niet")


def _facets(content: OpenDocument, name: str) -> tuple[str, str]:
    made = {
        "documentsoort": concept(content.kind, "overheid:Informatietype"),
        "informatiecategorie": concept(content.category, "woo:Informatiecategorie"),
        "organisatie": ministry(content.ministry),
        "thema": {"id": "https://identifier.overheid.nl/tooi/id/thema_onbekend", "label": "Onbekend"},
    }[name]
    return made["id"], made["label"]


def _text(content: OpenDocument) -> str:
    return "\n".join([content.title, content.description, *lines(content.blocks)]).casefold()


def _json(body: object, changed: datetime | None, status: int = 200) -> Reply:
    return page(json.dumps(body, ensure_ascii=False), JSON, status=status, last_modified=changed)


def _problem(status: int, words: str) -> Reply:
    return _json({"type": "about:blank", "status": status, "detail": words}, None, status)


def _detail_reply(shown: Shown[OpenDocument]) -> Reply:
    return _json(detail(shown), shown.changed)


def _file_reply(shown: Shown[OpenDocument]) -> Reply:
    return Reply(file_bytes(shown.content), PDF, last_modified=shown.changed)


def _missing(status: int) -> Reply:
    return page(
        '<!DOCTYPE html><html lang="nl"><head><title>Pagina niet gevonden | Open Overheid</title></head>'
        "<body><h1>Pagina niet gevonden</h1></body></html>",
        HTML,
        status=status,
    )
