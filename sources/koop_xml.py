"""One publication of officielebekendmakingen.nl, from its XML and metadata, as a document (sources, 2.4 to 2.7)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from domain.documents import AttachmentRef, Document, Kind
from domain.errors import ReadingError
from domain.listings import Answer
from domain.scheme_acts import read_act
from domain.text import repair
from sources.adapter import Reading
from sources.dates import iso_day
from sources.decoding import Element, local_name, parse_xml
from sources.koop_metadata import Metadata, dossier, read_metadata
from sources.koop_papers import BODIES, own_title, raw_label, read_paper
from sources.koop_questions import read_questions
from sources.koop_text import inline

SITE = "https://zoek.officielebekendmakingen.nl"

_NAME = re.compile(r"^[a-z]+-[\w.-]+$")


def read_publication(identifier: str, url: str, xml: Answer, about: Answer) -> Reading:
    """The paper at `url`, which was asked for as `identifier`.

    The metadata's own identifier is the paper's id; another one that was asked for becomes an alias. Raises ReadingError.
    """
    metadata, surprises = read_metadata(about.url, about.body)
    root, remarks = parse_xml(xml.url, xml.body)
    body = _body(xml.url, root)
    remarks = tuple(dict.fromkeys((*surprises, *remarks)))
    document = described(identifier, url, metadata)
    if local_name(body) == "kamervragen":
        asked = read_questions(body, metadata)
        document = replace(
            document, kind=asked.kind, passages=asked.passages, authors=asked.authors, addressees=asked.addressees,
            submitted=asked.submitted, received=asked.received,
        )  # fmt: skip
        remarks = (*remarks, *asked.surprises)
    else:
        paper = read_paper(body, metadata)
        document = replace(
            document, kind=paper.kind, raw_kind=raw_label(metadata, own_title(body)), passages=paper.passages,
            authors=paper.authors, addressees=paper.addressees,
            title=document.title or own_title(body), dated=document.dated or _printed_day(body),
            dossiers=document.dossiers or _printed_dossiers(body), dossier_title=document.dossier_title or _printed_title(body),
        )  # fmt: skip
        remarks = (*remarks, *paper.surprises)
    if not document.passages:
        raise ReadingError(xml.url, "a publication without text")
    if not document.title:
        raise ReadingError(xml.url, "a publication without title")
    if document.kind is Kind.REGULATION:
        document = replace(document, scheme=read_act(document.title, document.passages))
    if document.id != identifier:
        remarks = (*remarks, f"asked for {identifier}, got {document.id}")
    return Reading(document, remarks)


def described(identifier: str, url: str, metadata: Metadata) -> Document:
    """Everything that the metadata alone says; kind and passages are still to come."""
    hung = (*metadata.all("OVERHEIDop.bijlage"), *metadata.all("OVERHEIDop.externeBijlage"))
    return Document(
        id=metadata.id,
        url=url,
        kind=Kind.OTHER,
        title=metadata.title,
        passages=(),
        raw_kind=metadata.label,
        aliases=(identifier,) if identifier != metadata.id else (),
        cases=tuple(f"tkzaak:{number.upper()}" for number in metadata.all("OVERHEIDop.vraagnummer")),
        dated=metadata.day("DCTERMS.issued", "OVERHEIDop.datumBrief", "OVERHEIDop.datumIndiening", "OVERHEIDop.datumVergadering"),
        published=metadata.day("DCTERMS.available"),
        dossiers=metadata.dossiers,
        dossier_title=metadata.one("OVERHEIDop.dossiertitel"),
        number=next(
            filter(
                None, map(metadata.one, ("OVERHEIDop.ondernummer", "OVERHEIDop.aanhangselNummer", "OVERHEIDop.publicationIssue"))
            ),
            "",
        ),
        parliamentary_year=metadata.one("OVERHEIDop.vergaderjaar"),
        received=metadata.day("OVERHEIDop.datumOntvangst"),
        submitted=metadata.day("OVERHEIDop.datumIndiening"),
        main_paper=metadata.one("OVERHEIDop.hoofddocument"),
        replaces=metadata.papers("DCTERMS.replaces"),
        replaced_by=metadata.papers("DCTERMS.isReplacedBy"),
        attachments=tuple(map(_attachment, hung)),
    )


def _attachment(name: str) -> AttachmentRef:
    # `exb-*` has no record, page or title (sources, 2.8): it is only named. The id keeps two of them apart.
    if name.startswith("exb-"):
        return AttachmentRef(name, f"bijlage niet beschikbaar ({name})", "")
    return AttachmentRef(name, "", f"{SITE}/{name}.html" if _NAME.match(name) else "")


def _body(url: str, root: Element) -> Element:
    """The element that holds the paper. Raises ReadingError when the file is another kind of XML."""
    if local_name(root) != "officiele-publicatie":
        raise ReadingError(url, f"root element {local_name(root)} instead of officiele-publicatie")
    for child in root:
        if local_name(child) in BODIES:
            return child
    named = ", ".join(filter(None, (local_name(child) for child in root))) or "nothing"
    raise ReadingError(url, f"officiele-publicatie without a paper that is known here: it holds {named[:80]}")


def _printed_day(body: Element) -> date | None:
    for element in body.iter():
        if local_name(element) == "datum" and local_name(element.getparent()) == "datumtekst":
            return iso_day(element.get("isodatum") or "")
    return None


def _printed_dossiers(body: Element) -> tuple[str, ...]:
    found = []
    for element in body.iter():
        if local_name(element) == "dossiernummer":
            parts = [inline(child) for child in element if local_name(child) in ("dossiernr", "begrotingshoofdstuk")]
            found.append(dossier(repair(" ".join(parts))))
    return tuple(dict.fromkeys(filter(None, found)))


def _printed_title(body: Element) -> str:
    for element in body.iter():
        if local_name(element) == "titel" and local_name(element.getparent()) == "dossier":
            return repair(inline(element))
    return ""
