"""Discovery over SRU 2.0 at repository.overheid.nl, where the owner switched it on (sources, 0.2, 2.1 and 2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from domain.errors import ReadingError
from domain.listings import Answer, Ask, Entry, Listing, Scope, Window
from domain.text import repair
from sources import koop_search
from sources.dates import iso_day, iso_moment
from sources.decoding import Element, local_name, namespace, parse_xml, text_of
from sources.koop_ids import address_of, id_of, kind_of_id
from sources.koop_metadata import dossier

ENDPOINT = "https://repository.overheid.nl/sru"
PAGE = 1000  # the most records one answer may hold
DEEPEST = 5_000  # records; beyond this a window is split before it is paged further
_SRU = "http://docs.oasis-open.org/ns/search-ws/sruResponse"


@dataclass(frozen=True, slots=True)
class SruRoute:
    """One search over all configured kinds and a window of modification dates, page by page."""

    scope: Scope
    name: str = "sru"
    windowed: bool = True
    reach_hours: float = 0.0
    overlap_hours: float = 48.0

    def asks(self, window: Window) -> Sequence[Ask]:
        """The first page; the others follow from the answers."""
        kinds = " OR ".join(f"({koop_search.of_kind(kind)})" for kind in koop_search.checked(self.scope.kinds))
        query = f'c.product-area=="officielepublicaties" AND ({kinds}) AND {koop_search.modified(window)}'
        return (Ask(_address(query, 1), window),)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The records as entries, and the next page while the answer names one.

        Raises ReadingError for a diagnostic (a fault of the query, not an empty result), for HTML, and for an empty page past
        the first: the count is an estimate, so an empty page mid-way proves nothing.
        """
        root, surprises = parse_xml(answer.url, answer.body)
        _refuse_diagnostics(answer.url, root)
        if namespace(root) != _SRU or local_name(root) != "searchRetrieveResponse":
            raise ReadingError(answer.url, f"root element {local_name(root)} instead of an SRU 2.0 response")
        start = int(parse_qs(urlsplit(ask.url).query).get("startRecord", ["1"])[0])
        records = list(root.iter(f"{{{_SRU}}}recordData"))
        counted = (root.findtext(f"{{{_SRU}}}numberOfRecords") or "").strip()
        if not records and (start > 1 or counted != "0"):
            said = f"numberOfRecords is {counted}" if counted else "no numberOfRecords"
            raise ReadingError(answer.url, f"no records at position {start}, {said}")
        read = [_entry(record) for record in records]
        unnamed = sum(entry is None for entry in read)
        further = _next_page(ask, answer.url, root, start)
        # How deep one may page is not documented: what is longer is cut by date as long as that can be done.
        deep = bool(further) and start + PAGE > DEEPEST and ask.window is not None and len({*koop_search.days(ask.window)}) > 1
        return Listing(
            entries=tuple(entry for entry in read if entry is not None),
            ignored=(("record without a publication id", unnamed),) if unnamed else (),
            truncated=deep,
            surprises=surprises,
            further=() if deep else further,
        )


def _address(query: str, start: int) -> str:
    asked = f"operation=searchRetrieve&version=2.0&query={koop_search.encoded(query)}"
    return f"{ENDPOINT}?{asked}&maximumRecords={PAGE}&startRecord={start}&recordSchema=gzd"


def _refuse_diagnostics(url: str, root: Element) -> None:
    for element in root.iter():
        # Two namespaces are in use, and inside a record the word could mean anything: only faults of the answer itself count.
        if local_name(element) == "diagnostic" and not any(
            local_name(above) == "recordData" for above in element.iterancestors()
        ):
            said = [repair(text_of(child)) for child in element if local_name(child)]
            raise ReadingError(url, f"SRU diagnostic: {' '.join(filter(None, said))[:200]}")


def _next_page(ask: Ask, url: str, root: Element, start: int) -> tuple[Ask, ...]:
    text = root.findtext(f"{{{_SRU}}}nextRecordPosition")
    if text is None:
        return ()
    position = int(text) if text.strip().isdecimal() else 0
    if position <= start:
        raise ReadingError(url, f"next record position {text!r} after {start}")
    query = parse_qs(urlsplit(ask.url).query)["query"][0]
    return (Ask(_address(query, position), ask.window),)


def _entry(record: Element) -> Entry | None:
    """One record; the namespaced names are told apart by their last part, which is unique within a record's metadata."""
    said: dict[str, list[str]] = {}
    for element in record.iter():
        if local_name(element) and (text := repair(text_of(element))):
            said.setdefault(local_name(element), []).append(text)

    def first(name: str) -> str:
        return said.get(name, [""])[0]

    identifier = id_of(first("preferredUrl")) or id_of(first("identifier"))
    if identifier is None:
        return None
    mark = first("datumTijdstipWijzigingWork") or first("modified")
    return Entry(
        url=address_of(identifier),
        title=first("documenttitel") or first("title"),
        mark=f"sru:{mark}" if mark else "",
        kind=kind_of_id(identifier),
        raw_kind=first("subrubriek") or first("type"),
        dated=iso_day(first("date")),
        published=iso_day(first("available")),
        modified=iso_moment(mark),
        ids=(identifier,),
        dossiers=tuple(dict.fromkeys(dossier(value) for value in said.get("dossiernummer", ()))),
    )
