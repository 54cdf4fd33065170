"""open.overheid.nl: the Woo index, where ministries' documents stand with their files (sources, 4.1). Every field is optional."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from domain.calendar import local
from domain.errors import ReadingError
from domain.identifiers import from_url
from domain.listings import Answer, Ask, Entry, Listing, Part, Window
from domain.text import repair
from sources.adapter import Reading
from sources.dates import iso_day, iso_moment
from sources.decoding import parse_json
from sources.open_overheid_record import as_list, as_map, as_text, read_description
from sources.rijksoverheid_routes import site_url
from sources.urls import split

HOST = "open.overheid.nl"
SITE = f"https://{HOST}"
_SEARCH = f"{SITE}/overheid/openbaarmakingen/api/v0/zoek"
PAGE = 50  # 10, 20 and 50 are the sizes that exist
# The page of a document on rijksoverheid.nl names its record, and visits follow that at once; this finds what has no page.
_PAUSE = timedelta(hours=1)
DEEPEST = 10_000  # searching deeper is not known to work: cut the window instead
_LIST = "https://identifier.overheid.nl/tooi/def/thes/kern"
# The sorts of documents that are followed here, by the publisher's list of values (ccw_plooi_documentsoorten 3).
SORTS = {
    "Kamerstuk": f"{_LIST}/c_056a75e1",
    "Kamervraag met antwoord": f"{_LIST}/c_6d494ab6",
    "brief": f"{_LIST}/c_7652d853",
    "rapport": f"{_LIST}/c_3300f29a",
    "onderzoeksrapport": f"{_LIST}/c_6f49bf34",
    "evaluatierapport": f"{_LIST}/c_38ba44de",
    "voortgangsrapport": f"{_LIST}/c_cccba364",
    "inspectierapport": f"{_LIST}/c_4efe1293",
    "verantwoordingsrapport": f"{_LIST}/c_99d3e284",
    "jaarverslag": f"{_LIST}/c_3d782f30",
    "beleidsnota": f"{_LIST}/c_9376c730",
}
_ID = re.compile(
    r"^/(?:details|documenten)/((?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?:ronl|oep)-[\w-]+?)(?:_\d+)?(?:/file)?/?$"
)
_VERSION = re.compile(r"_\d+$")


def details(record: str) -> str:
    """The page of a record, whatever version was named: the address under which it is followed."""
    return f"{SITE}/details/{_VERSION.sub('', record)}"


def record_url(url: str) -> str | None:
    """The one shape of a record's address (page, document or file); None for anything else."""
    parts = split(url)
    found = _ID.match(parts.path.lower()) if parts.hostname == HOST and parts.scheme in ("http", "https") else None
    return details(found[1]) if found else None


def parts(url: str) -> Sequence[Part]:
    """The description of a record and its file. A record may have no file, or one that is no PDF."""
    record = url.rpartition("/")[2]
    return (Part("detail", f"{_SEARCH}/{record}"), Part("file", f"{SITE}/documenten/{record}/file", required=False))


def read_record(url: str, answers: Mapping[str, Answer]) -> Reading:
    """The record as a document. Raises ReadingError, also when a PDF that the record names did not come with it."""
    answer = answers["detail"]
    return read_description(url, _json(answer), answers.get("file"))


@dataclass(frozen=True, slots=True)
class SearchRoute:
    """The letters, answers and reports published in a window, 50 at a time; only those of ministries are kept.

    Asked for everything, the index would give tens of thousands of records a quarter, most of them of other bodies.
    """

    name: str = "open-overheid"
    windowed: bool = True
    reach_hours: float = 0.0
    overlap_hours: float = 48.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """The first page for each sort of document; the days of publication are Dutch days, the last included."""
        last = local(max(window.since, window.until - timedelta(microseconds=1)))
        days = [moment.strftime("%d-%m-%Y") for moment in (local(window.since), last)]
        dated = f"publicatiedatumVan={days[0]}&publicatiedatumTot={days[1]}&sort=publicatiedatum&order=asc"
        return tuple(Ask(_page(f"zoektekst=&documentsoort={_twice(sort)}&{dated}", 0), window, _PAUSE) for sort in SORTS.values())

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The records as entries, and the next page while there is one."""
        said = _json(answer)
        hits = said.get("resultaten")
        if not isinstance(hits, list):
            raise ReadingError(answer.url, "an answer without resultaten")
        entries: dict[str, Entry] = {}
        ignored: Counter[str] = Counter()
        for hit in hits:
            document = as_map(as_map(hit).get("document"))
            entry = _entry(document)
            if entry is None:
                ignored["record without id"] += 1
            elif not as_text(document.get("publisher")).lower().startswith("ministerie"):
                ignored["not published by a ministry"] += 1
            else:
                entries.setdefault(entry.url, entry)
        asked = parse_qs(urlsplit(ask.url).query, keep_blank_values=True)
        start = int(asked.get("start", ["0"])[0])
        total = said.get("totaal")
        more = bool(hits) and isinstance(total, int) and start + PAGE < total
        if not hits and isinstance(total, int) and start < total:
            raise ReadingError(answer.url, f"no results at {start} of {total}")
        deep = more and start + PAGE >= DEEPEST
        # `parse_qs` took one of the two layers off a value that is encoded twice; quoting puts it back.
        query = "&".join(
            f"{name}={quote(values[0], safe='')}" for name, values in asked.items() if name not in ("start", "aantalResultaten")
        )
        return Listing(
            entries=tuple(entries.values()),
            truncated=deep,
            ignored=tuple(sorted(ignored.items())),
            surprises=() if isinstance(total, int) else ("an answer without totaal",),
            further=(Ask(_page(query, start + PAGE), ask.window, _PAUSE),) if more and not deep else (),
        )


def _twice(value: str) -> str:
    """A value of a filter: this interface wants it encoded twice (sources, 4.1)."""
    return quote(quote(value, safe=""), safe="")


def _page(query: str, start: int) -> str:
    return f"{_SEARCH}?{query}&start={start}&aantalResultaten={PAGE}"


def _entry(document: Mapping[str, Any]) -> Entry | None:
    record = as_text(document.get("id")) or as_text(document.get("pid")).rpartition("/")[2]
    url = record_url(f"{SITE}/details/{record}") if record else None
    if url is None:
        return None
    changed = as_text(document.get("mutatiedatumtijd"))
    disclosed = as_text(document.get("openbaarmakingsdatum"))
    elsewhere = as_text(document.get("weblocatie"))
    own = from_url(site_url(elsewhere) or elsewhere) if elsewhere else None
    return Entry(
        url=url,
        title=repair(as_text(document.get("titel"))),
        mark=f"open-overheid:{changed}" if changed else "",
        raw_kind=", ".join(filter(None, (repair(as_text(sort)) for sort in as_list(document.get("documentsoorten"))))),
        dated=iso_day(as_text(document.get("creatiedatum"))),
        published=iso_moment(disclosed) or iso_day(disclosed),
        modified=iso_moment(changed),
        ids=tuple(dict.fromkeys(name for name in (from_url(url), own) if name)),
    )


def _json(answer: Answer) -> Mapping[str, Any]:
    said = parse_json(answer.url, answer.body)
    if not isinstance(said, dict):
        raise ReadingError(answer.url, "JSON of another shape")
    return said
