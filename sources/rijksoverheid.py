"""rijksoverheid.nl (the platform since June 2026) with open.overheid.nl as its second source for documents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from domain.identifier_shapes import IdShape
from domain.listings import Answer, Part, Scope
from sources import open_overheid
from sources.adapter import Rate, Reading, Route
from sources.rijksoverheid_page import read_site_page
from sources.rijksoverheid_routes import SITE, NewsSitemap, SiteSitemap, site_url
from sources.rijksoverheid_rss import RssRoute


class Rijksoverheid:
    """The adapter. Pages of the site, and records of open.overheid.nl whose files hold the text that pages only offer."""

    name = "rijksoverheid"
    title = "rijksoverheid.nl"
    parser = 3
    kinds: Sequence[str] = ()
    takes_paths = False
    id_shapes: Sequence[IdShape] = ()
    rates: Sequence[Rate] = (Rate("www.rijksoverheid.nl", 1.0), Rate("open.overheid.nl", 1.0))

    def routes(self, scope: Scope) -> Sequence[Route]:
        """The news sitemap (two days), the sitemap (all), the feed and open.overheid.nl (any window)."""
        return (NewsSitemap(), SiteSitemap(), RssRoute(), open_overheid.SearchRoute())

    def resource_url(self, url: str) -> str | None:
        """See `Adapter.resource_url`."""
        return site_url(url) or open_overheid.record_url(url)

    def url_for(self, identifier: str) -> str | None:
        """See `Adapter.url_for`."""
        prefix, _, rest = identifier.partition(":")
        if prefix == "ro" and rest:
            return site_url(f"{SITE}/{rest.lstrip('/')}")
        if prefix == "oo" and re.fullmatch(r"[\w-]+", rest):
            return open_overheid.details(rest)
        return None

    def parts(self, url: str) -> Sequence[Part]:
        """The page; for a record of open.overheid.nl its description and its file."""
        if urlsplit(url).hostname == open_overheid.HOST:
            return open_overheid.parts(url)
        return (Part("page", url),)

    def read(self, url: str, answers: Mapping[str, Answer], scope: Scope) -> Reading:
        """See `Adapter.read`."""
        if urlsplit(url).hostname == open_overheid.HOST:
            return open_overheid.read_record(url, answers)
        return read_site_page(url, answers["page"])

    def always_recheck(self, url: str, scope: Scope) -> bool:
        """Never: the sitemap and the search tell what was changed."""
        return False
