"""Sitemaps (sitemaps.org 0.9, with Google's news extension) as values, matched on namespace."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import ReadingError
from domain.listings import Answer
from domain.text import repair
from sources.decoding import Element, local_name, parse_xml


@dataclass(frozen=True, slots=True)
class Location:
    """One address of a sitemap, with the dates as they stand there ("" when absent)."""

    url: str
    modified: str = ""
    published: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of a sitemap, and the further sitemaps that an index names."""

    locations: tuple[Location, ...]
    parts: tuple[str, ...]
    surprises: tuple[str, ...]


def read_sitemap(answer: Answer) -> Sitemap:
    """The sitemap. Raises ReadingError for anything else, and for an empty one: a site without pages does not exist."""
    root, surprises = parse_xml(answer.url, answer.body)
    kind = local_name(root)
    if kind not in ("urlset", "sitemapindex"):
        raise ReadingError(answer.url, f"root element {kind} instead of urlset")
    found = tuple(_location(element) for element in root if local_name(element) in ("url", "sitemap"))
    if not found:
        raise ReadingError(answer.url, "a sitemap without addresses")
    if kind == "sitemapindex":
        return Sitemap((), tuple(location.url for location in found), surprises)
    return Sitemap(found, (), surprises)


def _location(element: Element) -> Location:
    said = {local_name(inner): (inner.text or "").strip() for inner in element.iter() if local_name(inner)}
    return Location(
        url=said.get("loc", ""),
        modified=said.get("lastmod", ""),
        published=said.get("publication_date", ""),
        title=repair(said.get("title", "")),
    )
