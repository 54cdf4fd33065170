"""`/api/rss?query=<JSON>`: 20 items and no more; a search term changes the order from newest to best match."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from demo.markup import lines
from demo.moments import http_date
from demo.paper import WebPage
from demo.shelf import Shown

LIMIT = 20
HOST = "https://www.rijksoverheid.nl"


class BadQueryError(Exception):
    """The query cannot be run; `status` is what the site answers."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def feed_xml(shown: Sequence[Shown[WebPage]], text: str) -> str:
    """The feed for a query as it stands in the address, decoded. Raises BadQueryError (400 or 500) as the site does."""
    query = _read(text)
    term = str(query.get("resultSearchTerm", "")).strip()
    found = list(shown)
    for wanted in query.get("filters", []):
        found = [one for one in found if _passes(one.content, wanted)]
    found.sort(key=lambda one: (one.content.sort, one.first, one.id), reverse=True)
    if term:
        scores = {one.id: _score(one.content, term) for one in found}
        found = sorted((one for one in found if scores[one.id]), key=lambda one: -scores[one.id])
    items = "\n".join(_item(one) for one in found[:LIMIT])
    title = escape(str(query.get("pageTitle", "Zoeken")))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>{title} | Rijksoverheid.nl</title>\n<link>{HOST}</link>\n<description>{title}</description>\n"
        f"<language>nl-NL</language>\n{items}\n</channel></rss>\n"
    )


def _read(text: str) -> Mapping[str, Any]:
    try:
        query = json.loads(text)
    except ValueError as error:
        raise BadQueryError(400, "query is not JSON") from error
    if not isinstance(query, dict) or not isinstance(query.get("filters", []), list):
        raise BadQueryError(400, "query has no filters")
    return query


def _passes(content: WebPage, wanted: object) -> bool:
    if not isinstance(wanted, dict) or not isinstance(wanted.get("values"), list):
        raise BadQueryError(400, "a filter needs a field and values")
    values = wanted["values"]
    match wanted.get("field"):
        case "content_type":
            return content.is_news and "pro:newsDocument" in values
        case "topic":
            return any(topic in values for topic in content.topics)
        case "ministry":
            return content.ministry in values
        case "information_type":
            return content.label in values
        case "sort_date":
            return all(_within(content.sort, value) for value in values)
        case other:
            raise BadQueryError(400, f"unknown filter {other}")


def _within(moment: datetime, span: object) -> bool:
    if not isinstance(span, dict):
        raise BadQueryError(400, "sort_date needs from and to")
    after = "from" not in span or moment >= _instant(span["from"])
    return after and ("to" not in span or moment < _instant(span["to"]))


def _instant(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise BadQueryError(500, "Internal Server Error") from error
    if moment.tzinfo is None:
        raise BadQueryError(500, "Internal Server Error")
    return moment


def _score(content: WebPage, term: str) -> int:
    body = "\n".join([content.intro, *lines(content.blocks)]).casefold()
    return 10 * content.title.casefold().count(term.casefold()) + body.count(term.casefold())


def _item(one: Shown[WebPage]) -> str:
    content = one.content
    opaque = hashlib.sha256(one.id.encode()).hexdigest()[:24]
    return (
        f"<item><title>{escape(content.title)}</title><link>{HOST}{one.id}</link>"
        f"<description>{escape(content.intro)}</description><pubDate>{http_date(content.sort)}</pubDate>"
        f'<guid isPermaLink="false">{opaque}</guid></item>'
    )
