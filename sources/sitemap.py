"""Sitemaps (sitemaps.org 0.9, with Google's news extension) as values, matched on namespace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.errors import ReadingError
from domain.listings import Answer, Window
from domain.text import repair, sound
from sources.dates import iso_day, iso_moment, local_day
from sources.decoding import Element, local_name, parse_xml, text_of


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


def read_sitemap(answer: Answer, *, may_be_empty: bool = False) -> Sitemap:
    """The sitemap. Raises ReadingError for anything else, and for an empty one: a site without pages does not exist; a list of
    the last days alone (`may_be_empty`) may have nothing to say."""
    root, surprises = parse_xml(answer.url, answer.body)
    kind = local_name(root)
    if kind not in ("urlset", "sitemapindex"):
        raise ReadingError(answer.url, f"root element {kind} instead of urlset")
    found = tuple(_locations(root))
    if not found and not (may_be_empty and kind == "urlset"):
        raise ReadingError(answer.url, "a sitemap without addresses")
    if kind == "sitemapindex":
        return Sitemap((), tuple(location.url for location in found), surprises)
    return Sitemap(found, (), surprises)


def last_touch(modified: str, window: Window | None) -> tuple[datetime | None, bool]:
    """The moment that a lastmod says (None for a bare date, or nothing), and whether it lies in the window or later.

    What has no readable lastmod may have been touched at any time, so it counts as touched; so does everything without a window.
    """
    moment = iso_moment(modified)
    if window is None:
        return moment, True
    if moment is not None:
        return moment, moment >= window.since
    day = iso_day(modified)
    return None, day is None or day >= local_day(window.since)


def _locations(root: Element) -> Iterator[Location]:
    """The addresses in order; each element is emptied once it is read, because a sitemap may hold 50,000 of them."""
    for element in root:
        if local_name(element) in ("url", "sitemap"):
            location = _location(element)
            element.clear()
            yield location


def _location(element: Element) -> Location:
    said = {local_name(inner): sound(text_of(inner)).strip() for inner in element.iter() if local_name(inner)}
    return Location(
        url=said.get("loc", ""),
        modified=said.get("lastmod", ""),
        published=said.get("publication_date", ""),
        title=repair(said.get("title", "")),
    )
