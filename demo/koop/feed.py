"""RSS of a search on the zoek host: newest first, at most 150 items, no paging."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from demo.koop.record import Indexed
from demo.moments import feed_date, midnight

LIMIT = 150


def feed_xml(found: Sequence[Indexed], query: str) -> str:
    """The feed of these publications, newest first; what lies beyond the limit is not shown and not announced."""
    newest = sorted(found, key=lambda one: (one.first("dt.available"), one.shown.first, one.shown.id), reverse=True)
    items = "\n".join(_item(one) for one in newest[:LIMIT])
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
<channel>
<title>Officiële bekendmakingen</title>
<link>https://zoek.officielebekendmakingen.nl/</link>
<description>Zoekresultaat voor {escape(query)}</description>
<language>nl</language>
{items}
</channel>
</rss>
"""


def _item(one: Indexed) -> str:
    official = one.shown.content
    link = f"https://zoek.officielebekendmakingen.nl/{one.shown.id}.html"
    kind = one.first("dt.type")
    available = date.fromisoformat(one.first("dt.available"))
    return (
        f"<item><title>{one.shown.id} : {escape(official.organisation)}</title><link>{link}</link>"
        f"<description>{escape(official.title)}</description>"
        f'<category domain="{escape(kind)}">{escape(kind)}</category>'
        f'<guid isPermaLink="true">{link}</guid><pubDate>{feed_date(midnight(available))}</pubDate></item>'
    )
