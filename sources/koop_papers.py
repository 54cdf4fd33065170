"""Papers that are no question: letters, motions, debates, gazettes, and everything else (sources, 2.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from domain.documents import Field, Kind, Passage
from domain.text import repair
from sources import koop_offices
from sources.decoding import Element, local_name
from sources.koop_metadata import Metadata
from sources.koop_text import inline, walk
from sources.passages import Collector, with_lead

BODIES = (
    "kamerstuk",
    "kamervragen",
    "handelingen",
    "staatscourant",
    "staatsblad",
    "tractatenblad",
    "niet-dossier-stuk",
    "agenda",
)
_FAMILIES = {"staatsblad": "stb", "staatscourant": "stcrt", "handelingen": "h"}
_HEADS = frozenset({"kamerstukkop", "dossier", "stuknr", "datumtekst", "handelingenkop"})
_DEBATE = re.compile(
    r"^(?:geannoteerd\s+)?verslag\s+van\s+een\s+\w*\s*\w*(?:debat|overleg|gesprek|hoorzitting|bijeenkomst)", re.IGNORECASE
)
_REGULATION = re.compile(r"^(?:regeling|besluit|beleidsregel|wijziging|wet|aanwijzing|mandaat)", re.IGNORECASE)
# The labels of KamerstukTypen that were seen so far; the vocabulary is open (sources, 6).
_LABELS = frozenset(
    {
        "advies", "amendement", "bijlage", "brief", "jaarverslag", "kamerstuk", "lijst van vragen",
        "lijst van vragen en antwoorden", "memorie van toelichting", "motie", "nota van wijziging",
        "overig", "rapport", "verslag", "voorstel van wet",
    }
)  # fmt: skip
_EMPTY_LABELS = frozenset({"", "overig", "kamerstuk"})
_SORT_IN_TITLE = re.compile(
    r"lijst\s+van\s+vragen(?:\s+en\s+antwoorden)?|(?:gewijzigd\s+)?amendement|(?:(?:tweede|derde|vierde)\s+)?nota\s+van\s+wijziging"
    r"|memorie\s+van\s+(?:toelichting|antwoord)|nota\s+naar\s+aanleiding\s+van\s+het\s+(?:nader\s+)?verslag|(?:gewijzigd\s+)?voorstel\s+van\s+wet"
    r"|koninklijke\s+boodschap|advies\s+afdeling\s+advisering\s+raad\s+van\s+state",
    re.IGNORECASE,
)
_DICTUM = re.compile(r"^(?:verzoekt|roept|spreekt\s+(?:als\s+haar\s+mening\s+)?uit|nodigt|draagt|vraagt)\b", re.IGNORECASE)
_DICTUM_ENDS = re.compile(r"^en\s+gaat\s+over\s+tot\s+de\s+orde", re.IGNORECASE)
_TO = re.compile(r"^aan\s+de\s+(voorzitter\s+van\s+de\s+.{5,80})$", re.IGNORECASE)
_PLACED = re.compile(r"^(?:'s-gravenhage|’s-gravenhage|den\s+haag),?\s+\d{1,2}\s+\w+\s+\d{4}\.?$", re.IGNORECASE)


class Paper(NamedTuple):
    """What the body of a paper that is no question says."""

    kind: Kind
    passages: tuple[Passage, ...]
    authors: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    surprises: tuple[str, ...] = ()


def read_paper(body: Element, metadata: Metadata) -> Paper:
    """The kind and text of a paper, and who speaks to whom."""
    own = own_title(body)
    into = Collector()
    for child in body:
        _visit(child, into)
    kind = _kind(body, metadata, own)
    odd = unknown_label(metadata)
    offices = koop_offices.from_signatures(body) or koop_offices.from_title(own)
    authors = offices or metadata.all("OVERHEIDop.indiener")
    if kind is Kind.MOTION:
        return Paper(kind, with_lead(dictum(into.all())), metadata.all("OVERHEIDop.indiener") or authors, surprises=odd)
    if kind is Kind.LETTER:
        passages, addressees = letterhead(into.all())
        return Paper(kind, with_lead(passages), authors, addressees, odd)
    if not authors and kind is Kind.REGULATION:
        authors = metadata.all("DC.creator")
    return Paper(kind, with_lead(into.all()), authors, surprises=odd)


def _visit(element: Element, into: Collector) -> None:
    """The text of a paper without the heads that the metadata repeats and without the title above it."""
    name = local_name(element)
    if not name or name in _HEADS or (name in ("titel", "intitule") and local_name(element.getparent()) != "divisie"):
        return
    if name in ("stuk", "staatscourant", "staatsblad", "kamerstuk"):
        for child in element:
            _visit(child, into)
    elif not (name == "kop" and local_name(element.getparent()) in BODIES):
        holder = Collector(heading="" if name.endswith("sluiting") else into.heading)
        walk(element, holder)
        into.passages += holder.passages
        into.footnotes += holder.footnotes
        into.heading = holder.heading


def _kind(body: Element, metadata: Metadata, own: str) -> Kind:
    if local_name(body) == "staatscourant":
        notice = any(local_name(child).startswith("zakelijke-mededeling") for child in body)
        if any(local_name(child) in ("regeling", "wet-besluit", "circulaire") for child in body):
            return Kind.REGULATION
        if notice:
            return Kind.OTHER
    return kind_of_label(_FAMILIES.get(local_name(body), ""), metadata, own)


def kind_of_label(family: str, metadata: Metadata, own: str = "") -> Kind:
    """The kind of a paper that is no question, from its family, its label and the titles that it and its metadata carry."""
    label, name = metadata.label.lower(), own or metadata.title
    if family == "stb":
        return Kind.REGULATION
    if family == "stcrt":
        return Kind.REGULATION if "algemene strekking" in label or _REGULATION.match(name) else Kind.OTHER
    if family == "h" or _DEBATE.match(name) or _DEBATE.match(metadata.title):
        return Kind.DEBATE
    if "motie" in label:
        return Kind.MOTION
    if label.startswith("brief") or koop_offices.from_title(name):
        return Kind.LETTER
    return Kind.REPORT if label in ("rapport", "jaarverslag") else Kind.OTHER


def unknown_label(metadata: Metadata) -> tuple[str, ...]:
    """A remark when a parliamentary paper carries a label that was never seen: its kind is then read from its title or OTHER."""
    label = metadata.one("DC.type", "OVERHEIDop.KamerstukTypen")
    return (f"unknown KamerstukTypen: {label}",) if label and label.lower() not in _LABELS else ()


def raw_label(metadata: Metadata, own: str = "") -> str:
    """The publisher's label; where that says nothing ("Overig"), the sort of paper with which the title begins."""
    if metadata.label.lower() in _EMPTY_LABELS:
        for title in (own, metadata.title):
            if found := _SORT_IN_TITLE.match(title):
                return found[0][:1].upper() + found[0][1:].lower()
    return metadata.label


def dictum(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages of a motion with its request marked, from the first operative verb up to the closing formula."""
    out = []
    asking = False
    for passage in passages:
        if passage.field is Field.BODY:
            asking = not _DICTUM_ENDS.match(passage.text) and (asking or bool(_DICTUM.match(passage.text)))
        out.append(replace(passage, field=Field.DICTUM) if asking and passage.field is Field.BODY else passage)
    return tuple(out)


def letterhead(passages: tuple[Passage, ...]) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """The passages with addressee and date line set apart, and the addressee."""
    out = []
    addressees: tuple[str, ...] = ()
    for place, passage in enumerate(passages):
        to = _TO.match(passage.text) if place < 3 else None
        if to:
            addressees = (to[1][:1].upper() + to[1][1:],)
        set_apart = to or (place < 4 and _PLACED.match(passage.text))
        out.append(replace(passage, field=Field.BOILERPLATE) if set_apart else passage)
    return tuple(out), addressees


def own_title(body: Element) -> str:
    """The title that the paper itself carries."""
    for element in body.iter():
        if local_name(element) in ("titel", "intitule") and local_name(element.getparent()) in (
            "stuk",
            "kop",
            "staatsblad",
            "staatscourant",
        ):
            return repair(inline(element))
    return ""
