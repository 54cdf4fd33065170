"""The feed of rijksoverheid.nl's search (sources, 1 and 6): 20 items at most, any window of document dates."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from domain.documents import Kind
from domain.listings import Answer, Ask, Entry, Listing, Window
from sources.dates import local_day
from sources.feed import Item, outside, read_feed
from sources.rijksoverheid_routes import SITE, ids_of, kind_of, site_url

MOST_ITEMS = 20  # the feed never holds more and has no second page
_DAY = timedelta(hours=25)  # the longest Dutch day
_SHORTEST = timedelta(minutes=1)
# The newest twenty and the sitemap are asked on every visit; what a busy day holds besides, by ministry, every hour.
_BESIDE = timedelta(hours=1)
# The names under which the site files its pages. A page of none of them is left to the sitemap, which lists everything.
MINISTRIES = tuple(
    f"Ministerie van {name}"
    for name in (
        "Algemene Zaken",
        "Asiel en Migratie",
        "Binnenlandse Zaken en Koninkrijksrelaties",
        "Buitenlandse Zaken",
        "Defensie",
        "Economische Zaken",
        "Economische Zaken en Klimaat",
        "Financiën",
        "Infrastructuur en Waterstaat",
        "Justitie en Veiligheid",
        "Klimaat en Groene Groei",
        "Landbouw, Visserij, Voedselzekerheid en Natuur",
        "Onderwijs, Cultuur en Wetenschap",
        "Sociale Zaken en Werkgelegenheid",
        "Volksgezondheid, Welzijn en Sport",
        "Volkshuisvesting en Ruimtelijke Ordening",
    )
)


@dataclass(frozen=True, slots=True)
class RssRoute:
    """The feed of a search without words over a window of document dates; everything that is no document or news is counted.

    Papers are filed under midnight of their own date, so a busy day cannot be cut by time: it is asked per ministry as well.
    """

    name: str = "rss"
    windowed: bool = True
    reach_hours: float = 0.0
    # A paper is filed under its own date, which can lie a week before the day it goes online (sources, 1).
    overlap_hours: float = 168.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """One search: full instants, because a date alone gives an error, and no content_type: that of papers is not known."""
        return (_ask(window),)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The documents and news as entries; 20 items mean that there may be more, and then narrower questions follow."""
        feed = read_feed(answer)
        entries: dict[str, Entry] = {}
        ignored: Counter[str] = Counter()
        for item in feed.items:
            entry = _entry(self.name, item)
            if entry is None:
                ignored["not a document or news page"] += 1
            else:
                entries.setdefault(entry.url, entry)
        full = len(feed.items) >= MOST_ITEMS
        further = _narrower(ask) if full else ()
        return Listing(
            entries=tuple(entries.values()),
            truncated=full and not further,
            ignored=tuple(sorted(ignored.items())),
            surprises=(*feed.surprises, *outside(feed.items, ask.window)),
            further=further,
        )


def _ask(window: Window, ministry: str = "") -> Ask:
    period = {"from": _instant(window.since), "to": _instant(window.until), "name": "specificPeriod"}
    filters: list[dict[str, Any]] = [{"field": "sort_date", "values": [period], "type": "all"}]
    if ministry:
        filters.append({"field": "ministry", "values": [ministry], "type": "all"})
    query = {"filters": filters, "resultSearchTerm": "", "pageTitle": "Zoeken"}
    text = json.dumps(query, ensure_ascii=False, separators=(",", ":"))
    return Ask(f"{SITE}/api/rss?query={quote(text, safe='')}", window, _BESIDE if ministry else timedelta(0))


def _narrower(ask: Ask) -> tuple[Ask, ...]:
    """What to ask where a day is full: every ministry, then halves of the day for a ministry; () where nothing is left to cut."""
    window = ask.window
    if window is None or window.until - window.since > _DAY:
        return ()
    asked = parse_qs(urlsplit(ask.url).query).get("query", [""])[0]
    ministry = next((name for name in MINISTRIES if f'["{name}"]' in asked), "")
    if not ministry:
        return tuple(_ask(window, name) for name in MINISTRIES)
    if window.until - window.since <= _SHORTEST:
        return ()
    return tuple(_ask(half, ministry) for half in window.halves())


def _entry(route: str, item: Item) -> Entry | None:
    url = site_url(item.link)
    if url is None:
        return None
    kind = kind_of(url)
    return Entry(
        url=url,
        title=item.title,
        mark=f"{route}:{item.moment.isoformat()}" if item.moment else "",
        kind=kind,
        raw_kind=item.category,
        dated=local_day(item.moment) if item.moment else None,
        # Of a paper the moment is midnight of its own date; of news it is when it went online.
        published=item.moment if kind is Kind.NEWS else None,
        ids=ids_of(url),
    )


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
