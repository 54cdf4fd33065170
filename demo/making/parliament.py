"""Parliamentary papers: letters, motions, reports of debates, questions, answers, notices of delay and attachments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from demo.making.offices import EZK, Office
from demo.moments import dutch_date, local, local_day, parliamentary_year
from demo.paper import Block, Kamerstuk, Kamervragen, Meta, Official, Paper, Scan, Version

Dossier = tuple[str, str]
CHAMBER = "Tweede Kamer der Staten-Generaal"
DOCTYPE = "Officiële Publicaties, versie 1.1"
A_MEMBER = "een lid van de Tweede Kamer"


def common_meta(identifier: str, scheme: str, *, available: date, issued: date) -> list[Meta]:
    """The lines that every publication has."""
    return [
        Meta("OVERHEIDop.doctype", "", DOCTYPE),
        Meta("DCTERMS.language", "DCTERMS.RFC4646", "nl"),
        Meta("DCTERMS.available", "DCTERMS.W3CDTF", available.isoformat()),
        Meta("DCTERMS.issued", "DCTERMS.W3CDTF", issued.isoformat()),
        Meta("DC.type", "OVERHEID.Informatietype", "officiële publicatie"),
        Meta("DC.identifier", scheme, identifier),
    ]


def _parliamentary(identifier: str, seen: datetime, issued: date, title: str, kind: str) -> list[Meta]:
    return [
        Meta("OVERHEIDop.documentStatus", "", "Opgemaakt"),
        Meta("DC.title", "", title),
        *common_meta(identifier, "OVERHEIDop.ParlID", available=local_day(seen), issued=issued),
        Meta("OVERHEIDop.vergaderjaar", "", parliamentary_year(issued)),
        Meta("OVERHEID.organisationType", "OVERHEID.Organisatietype", "staten generaal"),
        Meta("DC.creator", "OVERHEID.StatenGeneraal", CHAMBER),
        Meta("DC.type", "OVERHEIDop.Parlementair", kind),
    ]


def _kamerstuk(
    identifier: str,
    seen: str,
    dossiers: Sequence[Dossier],
    subject: str,
    sort: tuple[str, str],
    body: Kamerstuk,
    categories: Sequence[str],
    more: Sequence[Meta],
) -> Paper:
    moment = local(seen)
    word, subtype = sort
    meta = [
        *_parliamentary(identifier, moment, body.dated, f"{dossiers[0][1]}; {word}; {subject}", "Kamerstuk"),
        Meta("OVERHEIDop.documenttitel", "", subject),
        *(Meta("OVERHEIDop.dossiernummer", "", number) for number, _ in dossiers),
        Meta("OVERHEIDop.dossiertitel", "", dossiers[0][1]),
        Meta("OVERHEIDop.ondernummer", "", body.number),
        Meta("OVERHEIDop.publicationName", "", "Kamerstuk"),
        *(Meta("OVERHEID.category", "OVERHEID.TaxonomieBeleidsagenda", category) for category in categories),
        Meta("DC.type", "OVERHEIDop.KamerstukTypen", subtype),
        *more,
    ]
    return Paper(identifier, (Version(moment, Official(meta[1].content, CHAMBER, tuple(meta), body)),))


def letter(
    identifier: str,
    seen: str,
    dossiers: Sequence[Dossier],
    subject: str,
    office: Office,
    blocks: Sequence[Block],
    *,
    dated: date | None = None,
    notes: Sequence[str] = (),
    categories: Sequence[str] = ("Economie | Ondernemen",),
    attachments: Sequence[str] = (),
) -> Paper:
    """A letter of a minister to the House, dated on the day it appears unless told otherwise."""
    day = dated or local_day(local(seen))
    opening = (f"Aan de Voorzitter van de {CHAMBER}", f"Den Haag, {dutch_date(day)}")
    body = Kamerstuk(
        dossiers=tuple(dossiers),
        number=identifier.rsplit("-", 1)[1],
        heading=f"BRIEF VAN DE {office.title.upper()}",
        dated=day,
        blocks=(*opening, *blocks),
        notes=tuple(notes),
        signed=office.signed,
    )
    more = [
        Meta("OVERHEIDop.indiener", "", office.signed),
        Meta("OVERHEIDop.datumBrief", "DCTERMS.W3CDTF", day.isoformat()),
        *(Meta("OVERHEIDop.bijlage", "", attachment) for attachment in attachments),
    ]
    return _kamerstuk(identifier, seen, dossiers, subject, ("Brief regering", "Brief"), body, categories, more)


def motion(
    identifier: str,
    seen: str,
    dossiers: Sequence[Dossier],
    subject: str,
    observing: Sequence[str],
    request: str,
    *,
    dated: date,
    categories: Sequence[str],
) -> Paper:
    """A motion of one member; `observing` and `request` are whole clauses."""
    blocks = ("De Kamer,", "gehoord de beraadslaging,", *observing, request, "en gaat over tot de orde van de dag.")
    body = Kamerstuk(
        dossiers=tuple(dossiers),
        number=identifier.rsplit("-", 1)[1],
        heading="MOTIE VAN EEN LID VAN DE TWEEDE KAMER",
        dated=dated,
        blocks=blocks,
        date_lead="Voorgesteld",
    )
    more = [Meta("OVERHEIDop.indiener", "", "Een lid van de Tweede Kamer")]
    return _kamerstuk(identifier, seen, dossiers, subject, ("Motie", "Motie"), body, categories, more)


def debate_report(
    identifier: str,
    seen: str,
    dossiers: Sequence[Dossier],
    subject: str,
    blocks: Sequence[Block],
    *,
    held: date,
    categories: Sequence[str],
) -> Paper:
    """The report of a committee debate, adopted on the day it appears."""
    body = Kamerstuk(
        dossiers=tuple(dossiers),
        number=identifier.rsplit("-", 1)[1],
        heading="VERSLAG VAN EEN COMMISSIEDEBAT",
        dated=local_day(local(seen)),
        blocks=tuple(blocks),
        date_lead="Vastgesteld",
    )
    more = [Meta("OVERHEIDop.datumVergadering", "DCTERMS.W3CDTF", held.isoformat())]
    return _kamerstuk(identifier, seen, dossiers, subject, ("Verslag van een commissiedebat", "Verslag"), body, categories, more)


def question(
    number: str,
    seen: str,
    subject: str,
    office: Office,
    questions: Sequence[str],
    *,
    submitted: date | None = None,
    answered: tuple[str, str] | None = None,
    categories: Sequence[str] = ("Economie | Ondernemen",),
) -> Paper:
    """Written questions; `answered` is when the answer came and its id, which from then on stands in the metadata."""
    moment = local(seen)
    day = submitted or local_day(moment)
    identifier = f"kv-tk-{number}"
    body = Kamervragen(number, subject, office.addressed, day, tuple((text, "") for text in questions))
    meta = [
        *_parliamentary(identifier, moment, day, subject, "Kamervragen zonder Antwoord"),
        Meta("OVERHEIDop.publicationName", "", "Kamervragen zonder antwoord"),
        Meta("OVERHEIDop.vraagnummer", "", number),
        Meta("OVERHEIDop.indiener", "", "Een lid van de Tweede Kamer"),
        Meta("OVERHEIDop.ontvanger", "", office.signed),
        Meta("OVERHEIDop.datumIndiening", "DCTERMS.W3CDTF", day.isoformat()),
        *(Meta("OVERHEID.category", "OVERHEID.TaxonomieBeleidsagenda", category) for category in categories),
        Meta("DC.type", "OVERHEIDop.KamervraagTypen", "Schriftelijke vragen"),
    ]
    versions = [Version(moment, Official(subject, CHAMBER, tuple(meta), body))]
    if answered:
        linked = (*meta, Meta("OVERHEIDop.aanhangsel", "", answered[1]))
        versions.append(Version(local(answered[0]), Official(subject, CHAMBER, linked, body)))
    return Paper(identifier, tuple(versions))


def _appendix(identifier: str, seen: str, title: str, body: Kamervragen, case: str, office: Office, kind: str) -> Paper:
    moment = local(seen)
    received = body.received or local_day(moment)
    meta = [
        *_parliamentary(identifier, moment, received, title, "Aanhangsel van de Handelingen"),
        Meta("OVERHEIDop.publicationName", "", "Kamervragen (Aanhangsel)"),
        Meta("OVERHEIDop.aanhangselNummer", "", body.number),
        Meta("OVERHEIDop.vraagnummer", "", case),
        Meta("OVERHEIDop.indiener", "", "Een lid van de Tweede Kamer"),
        Meta("OVERHEIDop.ontvanger", "", office.signed),
        Meta("OVERHEIDop.datumOntvangst", "DCTERMS.W3CDTF", received.isoformat()),
        Meta("OVERHEID.category", "OVERHEID.TaxonomieBeleidsagenda", "Economie | Ondernemen"),
        Meta("DC.type", "OVERHEIDop.AanhangselTypen", kind),
    ]
    return Paper(identifier, (Version(moment, Official(title, CHAMBER, tuple(meta), body)),))


def answer(
    identifier: str,
    seen: str,
    case: str,
    subject: str,
    pairs: Sequence[tuple[str, str]],
    *,
    submitted: date,
    office: Office = EZK,
    notes: Sequence[str] = (),
) -> Paper:
    """The answer to written questions, received on the day it appears; a line break in an answer begins a new paragraph."""
    received = local_day(local(seen))
    body = Kamervragen(
        number=identifier.rsplit("-", 1)[1],
        subject=subject,
        asked_to=office.addressed,
        submitted=submitted,
        pairs=tuple(pairs),
        answered_by=office.title,
        ministry=(office.short, office.ministry),
        received=received,
        notes=tuple(notes),
    )
    title = f"Antwoord op vragen van {A_MEMBER} over {subject}"
    return _appendix(identifier, seen, title, body, case, office, "Antwoord")


def extension(
    identifier: str,
    seen: str,
    case: str,
    subject: str,
    questions: Sequence[str],
    notice: str,
    *,
    submitted: date,
    office: Office = EZK,
) -> Paper:
    """The notice that an answer will be late; it repeats the questions."""
    received = local_day(local(seen))
    body = Kamervragen(
        number=identifier.rsplit("-", 1)[1],
        subject=subject,
        asked_to=office.addressed,
        submitted=submitted,
        pairs=tuple((text, "") for text in questions),
        answered_by=office.title,
        ministry=(office.short, office.ministry),
        received=received,
        notice=notice,
    )
    title = f"Uitstel beantwoording vragen van {A_MEMBER} over {subject}"
    return _appendix(identifier, seen, title, body, case, office, "Mededeling")


def attachment(identifier: str, seen: str, main: str, dossier: str, title: str, blocks: Sequence[Block]) -> Paper:
    """An attachment to a letter: a PDF with a record of its own."""
    moment = local(seen)
    day = local_day(moment)
    meta = [
        *_parliamentary(identifier, moment, day, title, "Bijlage"),
        Meta("OVERHEIDop.publicationName", "", "Kamerstuk"),
        Meta("OVERHEIDop.dossiernummer", "", dossier),
        Meta("OVERHEIDop.hoofddocument", "", main),
    ]
    return Paper(identifier, (Version(moment, Official(title, CHAMBER, tuple(meta), Scan(tuple(blocks)))),))
