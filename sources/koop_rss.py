"""Discovery over the feed of any search at zoek.officielebekendmakingen.nl (sources, 2.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from domain.listings import Answer, Ask, Entry, Listing, Scope, Window
from sources import koop_search
from sources.feed import Item, read_feed
from sources.koop_ids import address_of, id_of, kind_of_id
from sources.koop_xml import SITE

MOST_ITEMS = 150  # the feed never holds more and has no second page


@dataclass(frozen=True, slots=True)
class RssRoute:
    """One feed per configured kind over a window of modification dates."""

    scope: Scope
    name: str = "rss"
    windowed: bool = True
    reach_hours: float = 0.0
    # Records surface up to two days after their modification date (sources, 2.2).
    overlap_hours: float = 48.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """A search per kind."""
        return tuple(_ask(koop_search.query(kind, window), window) for kind in koop_search.checked(self.scope.kinds))

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The items as entries. No items is a normal answer for a quiet day.

        150 items mean that there may be more (`truncated`): a window of several days is to be split; of a single day the two
        halves of the question follow, as long as there is something to cut it by.
        """
        feed = read_feed(answer)
        full = len(feed.items) >= MOST_ITEMS
        further = _halves(ask) if full else ()
        entries: dict[str, Entry] = {}
        ignored: Counter[str] = Counter()
        surprises = list(feed.surprises)
        for item in feed.items:
            identifier = id_of(item.link)
            if identifier is None:
                ignored["not a publication address"] += 1
                continue
            named = item.title.partition(" : ")[0].strip()
            if named and named.lower() != identifier.lower():
                surprises.append(f"item {named} links to {identifier}")
            entries.setdefault(identifier, _entry(identifier, item))
        return Listing(
            entries=tuple(entries.values()),
            truncated=full,
            ignored=tuple(sorted(ignored.items())),
            surprises=tuple(surprises),
            further=further,
        )


def _ask(query: str, window: Window) -> Ask:
    return Ask(f"{SITE}/rss?q={koop_search.encoded(query)}", window)


def _halves(ask: Ask) -> tuple[Ask, ...]:
    """The question in two, where the window is one day."""
    if ask.window is None:
        return ()
    text = parse_qs(urlsplit(ask.url).query).get("q", [""])[0]
    return tuple(_ask(part, ask.window) for part in koop_search.cut(text, ask.window))


def _entry(identifier: str, item: Item) -> Entry:
    return Entry(
        url=address_of(identifier),
        title=item.description or item.title,
        mark=f"rss:{item.moment.isoformat()}" if item.moment else "",
        kind=kind_of_id(identifier),
        raw_kind=item.category,
        published=item.moment,
        ids=(identifier,),
    )
