"""rvo.nl: subsidy schemes and news (sources, 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.identifier_shapes import IdShape
from domain.identifiers import from_url, normalise, url_of
from domain.listings import Answer, Part, Scope
from sources.adapter import Rate, Reading, Route
from sources.rvo_file import is_file, read_file
from sources.rvo_page import read_scheme_or_news
from sources.rvo_routes import OpenData, SitemapRoute, in_scope, path_of, site_url


class Rvo:
    """The adapter. The sitemap tells what changed; facts about a scheme stand on its page only."""

    name = "rvo"
    title = "rvo.nl"
    parser = 3
    kinds: Sequence[str] = ()
    takes_paths = True
    id_shapes: Sequence[IdShape] = ()
    rates: Sequence[Rate] = (Rate("www.rvo.nl", 1.0),)

    def routes(self, scope: Scope) -> Sequence[Route]:
        """The sitemap and the open-data API; each may know of a change that the other missed."""
        return (SitemapRoute(scope), OpenData(scope))

    def resource_url(self, url: str) -> str | None:
        """See `Adapter.resource_url`."""
        return site_url(url)

    def url_for(self, identifier: str) -> str | None:
        """See `Adapter.url_for`."""
        try:
            name = normalise(identifier)
        except ValueError:
            return None
        if name.startswith("url:"):
            found = site_url(name.removeprefix("url:"))
            return found if found and is_file(path_of(found)) else None
        return url_of(name) if name.startswith("rvo:") else None

    def parts(self, url: str) -> Sequence[Part]:
        """The page, or the PDF of a brochure."""
        return (Part("pdf" if is_file(path_of(url)) else "page", url),)

    def read(self, url: str, answers: Mapping[str, Answer], scope: Scope) -> Reading:
        """See `Adapter.read`."""
        if "pdf" in answers:
            return read_file(url, answers["pdf"])
        return read_scheme_or_news(from_url(url) or f"url:{url}", url, answers["page"])

    def always_recheck(self, url: str, scope: Scope) -> bool:
        """True for scheme pages under the configured paths: an opening must not wait for a listing."""
        path = path_of(url)
        return bool(scope.paths) and in_scope(path, scope) and path.startswith("/subsidies-financiering/")
