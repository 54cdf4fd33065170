"""What the readers of each site lean on although nobody has confirmed it (sources, section 6), as named assumptions.

`beleidsradar doctor` compares them with one answer per route and per kind of page. Each says what it is about (a route, or the
pages of a host), whether a reader depends on it, and how it shows in an answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.listings import Answer


class Verdict(StrEnum):
    """What one look says about an assumption."""

    HOLDS = "holds"
    FAILS = "does not hold"
    UNSEEN = "could not be seen"


@dataclass(frozen=True, slots=True)
class Sight:
    """What an assumption shows: the verdict, and what was seen in a few words."""

    verdict: Verdict
    seen: str = ""


Look = Callable[[Answer], Sight]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing that is taken for granted. `about` is the name of a route, or "page HOST" for pages of a host; `needed` says that
    a reader depends on it: without it papers would be missed or misread."""

    name: str
    about: str
    needed: bool
    look: Look


def _count(pattern: str, most: int, what: str) -> Look:
    def look(answer: Answer) -> Sight:
        found = len(re.findall(pattern.encode(), answer.body))
        return Sight(Verdict.HOLDS if found <= most else Verdict.FAILS, f"{found} {what}")

    return look


def _has(pattern: str, *, missing: Verdict = Verdict.FAILS) -> Look:
    wanted = re.compile(pattern.encode(), re.IGNORECASE)

    def look(answer: Answer) -> Sight:
        found = wanted.search(answer.body)
        if found:
            return Sight(Verdict.HOLDS, " ".join(found[0].decode("utf-8", "replace").split())[:80])
        return Sight(missing, "not in the answer")

    return look


def _array(answer: Answer) -> Sight:
    try:
        said = json.loads(answer.body)
    except ValueError:
        return Sight(Verdict.FAILS, "not JSON")
    return Sight(Verdict.HOLDS, f"{len(said)} objects") if isinstance(said, list) else Sight(Verdict.FAILS, type(said).__name__)


_KOOP = (
    Assumption("a feed holds 150 items at most", "rss", True, _count("<item[ >]", 150, "items")),
    Assumption("an item's title is the id and the organisation", "rss", False, _has(r"<title>[a-z]+-[\w.-]+ : [^<]+</title>")),
    Assumption(
        "an item links to the page of the paper", "rss", True, _has(r"<link>https://zoek\.officielebekendmakingen\.nl/[^<]+")
    ),
    Assumption("an item names its type", "rss", False, _has(r"<category[^>]*>[^<]+")),
    Assumption("the answer has the namespace of SRU 2.0", "sru", True, _has("docs.oasis-open.org/ns/search-ws/sruResponse")),
    Assumption("the count of records is an estimate", "sru", False, _has("resultCountPrecision[^<]*estimate")),
    Assumption(
        "metadata stands in metadata_gegevens", "page zoek.officielebekendmakingen.nl metadata", True, _has("<metadata_gegevens")
    ),
    Assumption(
        "metadata names the paper's id", "page zoek.officielebekendmakingen.nl metadata", True, _has('name="DC.identifier"')
    ),
    Assumption(
        "the text is an officiele-publicatie", "page zoek.officielebekendmakingen.nl xml", True, _has("<officiele-publicatie")
    ),
)
_GOVERNMENT = (
    Assumption("a feed holds 20 items at most", "rss", True, _count("<item[ >]", 20, "items")),
    Assumption("full instants are taken as a window", "rss", True, _has("<rss[ >]")),
    Assumption("items carry a pubDate in RFC 822", "rss", True, _has(r"<pubDate>\w{3}, \d\d? \w{3} \d{4} [^<]+")),
    Assumption("an item's guid is not its address", "rss", False, _has(r"<guid[^>]*>(?!https?:)[^<]+")),
    Assumption("the index names its parts", "sitemap", True, _has(r"<sitemapindex|<urlset")),
    Assumption("news carries a publication date", "news-sitemap", False, _has(r"publication_date>[^<]+")),
    Assumption("the search answers with resultaten", "open-overheid", True, _has(r'"resultaten"\s*:\s*\[')),
    Assumption("the search says how many there are", "open-overheid", False, _has(r'"totaal"\s*:\s*\d+')),
    Assumption(
        "a line under the title gives sort and date",
        "page www.rijksoverheid.nl page",
        True,
        _has(r"[A-Z][\w :]{2,60}\s*\|?\s*\d\d-\d\d-\d{4}"),
    ),
    Assumption("facts stand in JSON-LD", "page www.rijksoverheid.nl page", False, _has("application/ld\\+json")),
)
_AGENCY = (
    Assumption("the sitemap is one flat list", "sitemap", False, _has("<urlset")),
    Assumption("every page has a lastmod", "sitemap", True, _has(r"<lastmod>\d{4}-\d\d-\d\d")),
    Assumption("the API answers with a bare array", "opendata", True, _array),
    Assumption("objects carry the moment of their change", "opendata", True, _has(r'"changed"\s*:\s*"\d{4}-')),
    Assumption(
        "the status stands in words on a scheme's page",
        "page www.rvo.nl scheme",
        True,
        _has(r"(?:tijdelijk gesloten|binnenkort open|bijna open|gesloten|open) voor aanvragen"),
    ),
    Assumption(
        "the status is one of the four labels of the site's own filter",
        "page www.rvo.nl scheme",
        False,
        _has(r"(?:tijdelijk gesloten|bijna open|gesloten|open) voor aanvragen"),
    ),
    Assumption(
        "a page says when it was last checked",
        "page www.rvo.nl scheme",
        False,
        _has("laatst gecontroleerd op", missing=Verdict.UNSEEN),
    ),
)

ASSUMPTIONS: Mapping[str, tuple[Assumption, ...]] = {
    "officielebekendmakingen": _KOOP,
    "rijksoverheid": _GOVERNMENT,
    "rvo": _AGENCY,
}
"""By source; one that is not named here is held to what every reader leans on."""
