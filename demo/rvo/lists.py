"""The sitemap and the open-data lists of www.rvo.nl."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from uuid import NAMESPACE_URL, uuid5

from demo.moments import midnight, offset_time
from demo.paper import RvoFile, RvoPage
from demo.shelf import Shown

HOST = "https://www.rvo.nl"


def sitemap_xml(shown: Sequence[Shown[RvoPage | RvoFile]]) -> str:
    """One flat urlset; every page has a lastmod. Files are not in it."""
    rows = "\n".join(
        f"<url><loc>{HOST}{one.id}</loc><lastmod>{offset_time(one.changed)}</lastmod></url>"
        for one in shown
        if isinstance(one.content, RvoPage)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + rows
        + "\n</urlset>\n"
    )


def api_json(shown: Sequence[Shown[RvoPage | RvoFile]], name: str) -> str:
    """A bare array of the pages that stand in this list; no status, deadline or budget, as on the real site."""
    found = [(one, one.content) for one in shown if isinstance(one.content, RvoPage) and one.content.api == name]
    items = [
        {
            "id": str(uuid5(NAMESPACE_URL, HOST + one.id)),
            "title": content.title,
            "created": offset_time(midnight(content.created)),
            "changed": offset_time(one.changed),
            "intro": f"<p>{escape(content.intro)}</p>",
            "countries": [],
            "sectors": [],
            "subjects": list(content.subjects),
            "subsidies": [],
            "tags": [],
            "targets": ["Ondernemers"],
            "type": "subsidy" if name == "subsidies" else "article",
            "url": one.id,
        }
        for one, content in found
    ]
    return json.dumps(items, ensure_ascii=False)
