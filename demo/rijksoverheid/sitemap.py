"""The sitemaps: everything with its lastmod, and the news of about the last two days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from demo.moments import instant
from demo.paper import WebPage
from demo.shelf import Shown

HOST = "https://www.rijksoverheid.nl"
ROLLING = timedelta(days=2)
_URLSET = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index_xml() -> str:
    """`/sitemap.xml`: an index of the one part and the news sitemap."""
    rows = "".join(f"<sitemap><loc>{HOST}{path}</loc></sitemap>" for path in ("/sitemap/1.xml", "/news/sitemap.xml"))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{rows}</sitemapindex>"
    )


def urls_xml(shown: Sequence[Shown[WebPage]]) -> str:
    """`/sitemap/1.xml`: every page with the moment of its last change."""
    rows = "".join(f"<url><loc>{HOST}{one.id}</loc><lastmod>{instant(one.changed)}</lastmod></url>" for one in shown)
    return f"{_URLSET}>{rows}</urlset>"


def recent(shown: Sequence[Shown[WebPage]], now: datetime) -> list[Shown[WebPage]]:
    """The news messages that are young enough for the news sitemap, newest first."""
    young = [one for one in shown if one.content.is_news and now - one.first < ROLLING]
    return sorted(young, key=lambda one: (one.first, one.id), reverse=True)


def last_turnover(shown: Sequence[Shown[WebPage]], now: datetime) -> datetime | None:
    """When a message last entered, changed in or left the news sitemap."""
    news = [one for one in shown if one.content.is_news]
    moments = [moment for one in news for moment in (one.first, one.changed, one.first + ROLLING) if moment <= now]
    return max(moments, default=None)


def news_xml(shown: Sequence[Shown[WebPage]], now: datetime) -> str:
    """`/news/sitemap.xml`; the publication date lies some seconds after lastmod, as on the real site."""
    rows = "".join(
        f"<url><loc>{HOST}{one.id}</loc><lastmod>{instant(one.changed)}</lastmod><news:news><news:publication>"
        "<news:language>nl</news:language><news:name>Rijksoverheid.nl</news:name></news:publication>"
        f"<news:publication_date>{instant(one.changed + timedelta(seconds=6))}</news:publication_date>"
        f"<news:title>{escape(one.content.title)}</news:title></news:news></url>"
        for one in recent(shown, now)
    )
    return f'{_URLSET} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{rows}</urlset>'
