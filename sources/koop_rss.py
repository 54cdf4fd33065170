"""Discovery over the feed of any search at zoek.officielebekendmakingen.nl (sources, 2.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
        """A search per kind; within one day the long kinds in parts."""
        found = koop_search.queries(koop_search.checked(self.scope.kinds), window)
        return tuple(Ask(f"{SITE}/rss?q={koop_search.encoded(query)}", window) for query in found)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The items as entries; 150 items mean that there may be more. No items is a normal answer for a quiet day."""
        feed = read_feed(answer)
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
            truncated=len(feed.items) >= MOST_ITEMS,
            ignored=tuple(sorted(ignored.items())),
            surprises=tuple(surprises),
        )


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
