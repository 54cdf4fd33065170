"""One record of open.overheid.nl as a document: its description in JSON, its text from the file (sources, 4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.documents import AttachmentRef, Document, Field, Kind
from domain.errors import ReadingError
from domain.identifiers import from_url
from domain.listings import Answer
from domain.text import paragraphs, repair
from sources.adapter import Reading
from sources.dates import iso_day
from sources.passages import Collector, with_lead
from sources.pdf import NoTextLayerError, read_pdf
from sources.rijksoverheid_routes import site_url

# The publisher's list of sorts of documents; what is not here keeps its own label.
_KINDS = {
    "kamerbrief": Kind.LETTER,
    "kamerstuk": Kind.LETTER,
    "brief": Kind.LETTER,
    "rapport": Kind.REPORT,
    "onderzoeksrapport": Kind.REPORT,
    "evaluatierapport": Kind.REPORT,
    "voortgangsrapport": Kind.REPORT,
    "inspectierapport": Kind.REPORT,
    "verantwoordingsrapport": Kind.REPORT,
    "jaarverslag": Kind.REPORT,
    "kamervraag met antwoord": Kind.ANSWER,
    "kamervraag zonder antwoord": Kind.QUESTION,
    "ministeriële regeling": Kind.REGULATION,
    "regeling": Kind.REGULATION,
    "beleidsregel": Kind.REGULATION,
    "staatsblad": Kind.REGULATION,
    "nieuwsbericht": Kind.NEWS,
    "persbericht": Kind.NEWS,
}
_PARENT = "c_4d1ea9ba"  # the role of a relation that names the paper this one hangs under
_PUBLISHED = ("", "gepubliceerd")
_SIGNED = ("ondertekening", "vaststelling")


def as_map(value: object) -> Mapping[str, Any]:
    """A JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """A JSON array, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """A JSON string, or "" for anything else."""
    return value if isinstance(value, str) else ""


def read_description(url: str, said: Mapping[str, Any], file: Answer | None) -> Reading:
    """The document of a record. Raises ReadingError for a record without title, one withdrawn, or one whose PDF is missing."""
    about = as_map(said.get("document"))
    title = repair(as_text(as_map(about.get("titelcollectie")).get("officieleTitel")))
    if not title:
        raise ReadingError(url, "a record without title")
    state = as_text(as_map(said.get("plooiIntern")).get("publicatiestatus"))
    if state not in _PUBLISHED:
        raise ReadingError(url, f"publicatiestatus is {state}")
    version = _last_version(said)
    into = Collector()
    for text in as_list(about.get("omschrijvingen")):
        into.add(as_text(text), Field.SUMMARY)
    surprises = _file_text(url, version, file, into)
    if not into.passages and not surprises:
        surprises = ("a record with neither description nor file",)
    label = _label(about)
    document = Document(
        id=from_url(url) or f"url:{url}",
        url=url,
        kind=_KINDS.get(label.lower(), Kind.OTHER),
        title=title,
        passages=with_lead(into.all()),
        raw_kind=label,
        aliases=_aliases(about),
        dated=iso_day(as_text(about.get("creatiedatum"))) or _signed(about),
        published=iso_day(as_text(version.get("openbaarmakingsdatum"))),
        authors=_authors(about),
        main_paper=_main_paper(said),
        attachments=_attachments(about),
    )
    return Reading(replace(document, main_paper="" if document.main_paper == document.id else document.main_paper), surprises)


def _last_version(said: Mapping[str, Any]) -> Mapping[str, Any]:
    versions = [as_map(version) for version in as_list(said.get("versies"))]
    return max(versions, key=_version_number, default={})


def _version_number(version: Mapping[str, Any]) -> int:
    number = version.get("nummer")
    return number if isinstance(number, int) else 0


def _file_text(url: str, version: Mapping[str, Any], file: Answer | None, into: Collector) -> tuple[str, ...]:
    """Put the text of the record's PDF into the collector; remarks about a file that has none to give."""
    types = {as_text(as_map(one).get("mime-type")) for one in as_list(version.get("bestanden"))}
    if file is None:
        if "application/pdf" in types:
            # Without its text the record would look like a shorter version of itself.
            raise ReadingError(url, "the record names a PDF that did not come")
        return (f"no PDF: {', '.join(sorted(filter(None, types)))}",) if types else ()
    if not file.body.lstrip()[:5].startswith(b"%PDF-"):
        return ("the file is no PDF; its text is not read",)
    try:
        for paragraph in paragraphs(read_pdf(file.body, file.url)):
            into.add(paragraph)
    except NoTextLayerError as error:
        return (error.reason,)
    return ()


def _label(about: Mapping[str, Any]) -> str:
    sorts = as_list(as_map(about.get("classificatiecollectie")).get("documentsoorten"))
    return next((repair(as_text(as_map(sort).get("label"))) for sort in sorts), "")


def _aliases(about: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the same paper elsewhere, from the addresses that the record gives for itself."""
    named = [as_text(about.get("weblocatie")), *map(as_text, as_list(about.get("identifiers")))]
    found = (from_url(site_url(text) or text) for text in named if text.startswith(("http://", "https://")))
    return tuple(dict.fromkeys(name for name in found if name and not name.startswith(("url:", "oo:"))))


def _authors(about: Mapping[str, Any]) -> tuple[str, ...]:
    first = as_map(about.get("verantwoordelijke")) or as_map(about.get("publisher"))
    others = [as_map(one) for one in as_list(about.get("medeverantwoordelijken"))]
    labels = (repair(as_text(one.get("label"))) for one in (first, *others))
    return tuple(dict.fromkeys(filter(None, labels)))


def _signed(about: Mapping[str, Any]) -> date | None:
    for act in map(as_map, as_list(about.get("documenthandelingen"))):
        if as_text(as_map(act.get("soortHandeling")).get("label")) in _SIGNED:
            return iso_day(as_text(act.get("atTime")))
    return None


def _main_paper(said: Mapping[str, Any]) -> str:
    for relation in map(as_map, as_list(said.get("documentrelaties"))):
        if as_text(relation.get("role")).endswith(_PARENT):
            return from_url(as_text(relation.get("relation"))) or ""
    return ""


def _attachments(about: Mapping[str, Any]) -> tuple[AttachmentRef, ...]:
    found = []
    for part in map(as_map, as_list(about.get("hasParts"))):
        address = as_text(part.get("id"))
        if name := from_url(address):
            found.append(AttachmentRef(name, repair(as_text(part.get("label"))), address))
    return tuple(found)
