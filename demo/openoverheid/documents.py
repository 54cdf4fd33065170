"""A document of open.overheid.nl as a search hit, as a detail answer and as a file."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demo import pdf
from demo.markup import lines
from demo.moments import instant
from demo.paper import OpenDocument
from demo.shelf import Shown

HOST = "https://open.overheid.nl"
_TOOI = "https://identifier.overheid.nl/tooi"

_CODES = {
    "kamerstuk": "056a75e1",
    "kamervraag met antwoord": "6d494ab6",
    "kamervraag zonder antwoord": "03c52ba0",
    "brief": "7652d853",
    "rapport": "3300f29a",
    "onderzoeksrapport": "6f49bf34",
    "evaluatierapport": "38ba44de",
    "voortgangsrapport": "cccba364",
    "inspectierapport": "4efe1293",
    "verantwoordingsrapport": "99d3e284",
    "jaarverslag": "3d782f30",
    "beleidsnota": "9376c730",
}


def concept(label: str, kind: str) -> dict[str, str]:
    """A label of a value list: its identifier where the publisher's list is known here, else a made-up but stable one."""
    code = _CODES.get(label.lower()) or hashlib.sha256(label.encode()).hexdigest()[:8]
    return {"type": kind, "id": f"{_TOOI}/def/thes/kern/c_{code}", "label": label}


def ministry(label: str) -> dict[str, str]:
    """The publisher, with a made-up but stable identifier."""
    code = int(hashlib.sha256(label.encode()).hexdigest()[:6], 16) % 900 + 1000
    return {"type": "overheid:Ministerie", "id": f"{_TOOI}/id/ministerie/mnre{code}", "label": label}


def file_bytes(content: OpenDocument) -> bytes:
    """The PDF of the document."""
    return pdf.build(content.title, lines(content.blocks))


def hit(shown: Shown[OpenDocument]) -> dict[str, Any]:
    """One element of `resultaten`."""
    content = shown.content
    document = {
        "id": f"{shown.id}_1",
        "pid": f"{HOST}/documenten/{shown.id}",
        "titel": content.title,
        "omschrijving": content.description,
        "openbaarmakingsdatum": content.disclosed.isoformat(),
        "publisher": content.ministry,
        "aanbieder": "rijksoverheid.nl" if content.web_page else "Aanleverloket",
        "mutatiedatumtijd": instant(shown.changed),
    }
    if content.web_page:
        document["weblocatie"] = content.web_page
    size = len(file_bytes(content)) / 1_000_000
    return {
        "document": document,
        "bestandsgrootte": f"{size:.2f} MB",
        "aantalPaginas": pdf.page_count(content.title, lines(content.blocks)),
        "bestandsType": "application/pdf",
    }


def detail(shown: Shown[OpenDocument]) -> dict[str, Any]:
    """The answer of `/zoek/<id>`."""
    content = shown.content
    publisher = ministry(content.ministry)
    subjects = [
        {"id": f"https://opendata.rijksoverheid.nl/v1/infotypes/subject/{uuid5(NAMESPACE_URL, t)}", "label": t}
        for t in content.topics
    ]
    return {
        "document": {
            "pid": f"{HOST}/documenten/{shown.id}",
            "identifiers": ["nvt"],
            "verantwoordelijke": publisher,
            "medeverantwoordelijken": [],
            "publisher": publisher,
            "opsteller": {"id": f"{_TOOI}/id/organisatie_onbekend", "label": "Onbekend"},
            "language": {
                "type": "eu:Taal",
                "id": "http://publications.europa.eu/resource/authority/language/NLD",
                "label": "Nederlands",
            },
            "onderwerpen": [],
            "omschrijvingen": [content.description],
            "titelcollectie": {"officieleTitel": content.title, "verkorteTitels": [], "alternatieveTitels": []},
            "classificatiecollectie": {
                "documentsoorten": [concept(content.kind, "overheid:Informatietype")],
                "themas": [{"id": f"{_TOOI}/id/thema_onbekend", "label": "Onbekend"}],
                "onderwerpenRonl": subjects,
                "informatiecategorieen": [concept(content.category, "woo:Informatiecategorie")],
                "trefwoorden": [],
                "wooinformatiecategorie": [],
            },
            "hasParts": [],
            "documenthandelingen": [],
            "extraMetadata": [],
            "publicatiebestemming": ["rijksoverheid.nl"] if content.web_page else [],
            **({"weblocatie": content.web_page} if content.web_page else {}),
        },
        "plooiIntern": {"dcnId": f"plooi-api-{shown.id}", "extId": [shown.id], "publicatiestatus": "gepubliceerd"},
        "documentrelaties": [],
        "versies": [_version(shown)],
    }


def _version(shown: Shown[OpenDocument]) -> dict[str, Any]:
    content, body = shown.content, file_bytes(shown.content)
    return {
        "nummer": 1,
        "oorzaak": "aanlevering",
        "openbaarmakingsdatum": content.disclosed.isoformat(),
        "mutatiedatumtijd": instant(shown.changed),
        "blokkades": [],
        "bestanden": [
            {
                "id": f"{HOST}/documenten/{shown.id}/file",
                "gepubliceerd": True,
                "label": "file",
                "mime-type": "application/pdf",
                "bestandsnaam": content.file_name,
                "mutatiedatumtijd": instant(shown.changed),
                "grootte": len(body),
                "paginas": pdf.page_count(content.title, lines(content.blocks)),
                "hash": hashlib.sha1(body, usedforsecurity=False).hexdigest(),
            }
        ],
    }
