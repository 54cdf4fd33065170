"""Papers of the Staatscourant and the Staatsblad."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from demo.making.offices import Office
from demo.making.parliament import common_meta
from demo.moments import local, local_day
from demo.paper import Meta, Official, Paper, Regulation, Version


def _paper(
    identifier: str, seen: str, office: Office, body: Regulation, rubric: str, signed_on: date, categories: Sequence[str]
) -> Paper:
    moment = local(seen)
    family, year, number = identifier.split("-")
    scheme = f"OVERHEIDop.{family.capitalize()}ID"
    day = local_day(moment)
    meta = [
        Meta("DC.title", "", body.heading),
        *common_meta(identifier, scheme, available=day, issued=day),
        Meta("OVERHEIDop.publicationName", "", body.gazette),
        Meta("OVERHEIDop.publicationIssue", "", number),
        Meta("OVERHEIDop.jaargang", "DCTERMS.W3CDTF", year),
        Meta("OVERHEIDop.datumOndertekening", "DCTERMS.W3CDTF", signed_on.isoformat()),
        Meta("OVERHEID.organisationType", "OVERHEID.Organisatietype", "ministerie"),
        Meta("DC.creator", "OVERHEID.Ministerie", office.department),
        Meta("DCTERMS.publisher", "OVERHEID.Ministerie", office.department),
        *(Meta("OVERHEID.category", "OVERHEID.TaxonomieBeleidsagenda", category) for category in categories),
        Meta("DC.type", f"OVERHEIDop.{body.gazette}", rubric),
    ]
    return Paper(identifier, (Version(moment, Official(body.heading, office.department, tuple(meta), body)),))


def notice(
    identifier: str,
    seen: str,
    office: Office,
    title: str,
    recitals: Sequence[str],
    articles: Sequence[str] = (),
    *,
    rubric: str,
    signed_on: date,
    categories: Sequence[str],
    explanation: Sequence[str] = (),
) -> Paper:
    """A notice or regulation in the Staatscourant; articles are numbered from 1."""
    numbered = tuple((str(n), text) for n, text in enumerate(articles, start=1))
    body = Regulation("Staatscourant", title, tuple(recitals), numbered, office.signed, tuple(explanation))
    return _paper(identifier, seen, office, body, rubric, signed_on, categories)


def decree(
    identifier: str,
    seen: str,
    office: Office,
    title: str,
    recitals: Sequence[str],
    articles: Sequence[str],
    *,
    signed_on: date,
    categories: Sequence[str],
    explanation: Sequence[str] = (),
) -> Paper:
    """A decree in the Staatsblad; articles are numbered from 1."""
    numbered = tuple((str(n), text) for n, text in enumerate(articles, start=1))
    body = Regulation("Staatsblad", title, tuple(recitals), numbered, office.signed, tuple(explanation))
    return _paper(identifier, seen, office, body, "Algemene Maatregel van Bestuur", signed_on, categories)
