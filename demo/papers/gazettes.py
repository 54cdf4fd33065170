"""Ordinary papers of the Staatscourant and the Staatsblad."""

from __future__ import annotations

from datetime import date

from demo.making.gazettes import decree, notice
from demo.making.offices import BZK, EZK, IENW, OCW, SZW, VWS
from demo.paper import Paper


def papers() -> tuple[Paper, ...]:
    """These papers, in order of time."""
    return (*_AUTUMN, *_WEEK)


_AUTUMN: tuple[Paper, ...] = (
    notice(
        "stcrt-2021-45102",
        "2021-10-29 09:00",
        EZK,
        "Regeling vaststelling tarieven metrologie 2022",
        ("Gelet op artikel 9 van de Metrologiewet;",),
        (
            "De tarieven voor de keuring van meetinstrumenten worden met 1,9 procent verhoogd.",
            "Deze regeling treedt in werking met ingang van 1 januari 2022.",
        ),
        rubric="Ministeriële regelingen",
        signed_on=date(2021, 10, 25),
        categories=("Economie | Organisatie en beleid",),
        explanation=("De tarieven volgen de ontwikkeling van lonen en prijzen.",),
    ),
    decree(
        "stb-2021-540",
        "2021-11-16 09:00",
        BZK,
        "Besluit van 8 november 2021 tot wijziging van het Bouwbesluit 2012 in verband met rookmelders in woningen",
        ("Gelet op artikel 2 van de Woningwet;",),
        (
            "In elke woning is op iedere bouwlaag met een verblijfsruimte een rookmelder aanwezig.",
            "Dit besluit treedt in werking met ingang van 1 juli 2022.",
        ),
        signed_on=date(2021, 11, 8),
        categories=("Huisvesting | Bouwen en verbouwen",),
        explanation=("Met dit besluit worden rookmelders ook in bestaande woningen verplicht.",),
    ),
    notice(
        "stcrt-2021-47511",
        "2021-11-26 09:00",
        VWS,
        "Benoeming van leden van de Gezondheidsraad",
        (
            "Met ingang van 1 januari 2022 zijn drie leden van de Gezondheidsraad voor een termijn van vier jaar benoemd.",
            "De benoeming geschiedt op voordracht van de raad.",
        ),
        rubric="Benoemingen en ontslagen",
        signed_on=date(2021, 11, 22),
        categories=("Zorg en gezondheid | Organisatie en beleid",),
    ),
    notice(
        "stcrt-2021-48230",
        "2021-12-03 09:00",
        OCW,
        "Regeling aanvullende bekostiging schoolbibliotheken 2022",
        ("Gelet op artikel 123 van de Wet op het primair onderwijs;",),
        (
            "Een schoolbestuur kan voor elke school eenmalig € 4.500 aanvragen voor de aanschaf van boeken.",
            "Aanvragen worden ingediend tussen 1 februari en 31 maart 2022.",
        ),
        rubric="Ministeriële regelingen",
        signed_on=date(2021, 11, 30),
        categories=("Onderwijs en wetenschap | Basisonderwijs",),
    ),
)


_WEEK: tuple[Paper, ...] = (
    notice(
        "stcrt-2021-48655",
        "2021-12-06 09:00",
        IENW,
        "Tijdelijke verkeersmaatregel Rijksweg A12 ter hoogte van Zoetermeer",
        (
            "In de nachten van 10 op 11 en 11 op 12 december 2021 is de hoofdrijbaan van de A12 afgesloten voor onderhoud.",
            "Het verkeer wordt omgeleid via de parallelbaan.",
        ),
        rubric="Verkeersbesluiten",
        signed_on=date(2021, 12, 1),
        categories=("Verkeer | Weg",),
    ),
    notice(
        "stcrt-2021-48790",
        "2021-12-07 09:00",
        SZW,
        "Algemeenverbindendverklaring van de cao voor het schildersbedrijf",
        ("Gelezen het verzoek van de partijen bij de collectieve arbeidsovereenkomst;",),
        (
            "De bepalingen over lonen en reiskosten worden algemeen verbindend verklaard tot en met 28 februari 2023.",
            "Dit besluit treedt in werking met ingang van de dag na de dagtekening van de Staatscourant.",
        ),
        rubric="Cao's",
        signed_on=date(2021, 12, 3),
        categories=("Werk | Arbeidsvoorwaarden",),
    ),
    decree(
        "stb-2021-601",
        "2021-12-08 09:00",
        VWS,
        "Besluit van 1 december 2021 tot wijziging van het Besluit zorgverzekering in verband met het pakket voor 2022",
        ("Gelet op artikel 11 van de Zorgverzekeringswet;",),
        (
            "Aan het basispakket wordt de behandeling van hoofdluis bij jonge kinderen niet toegevoegd.",
            "Dit besluit treedt in werking met ingang van 1 januari 2022.",
        ),
        signed_on=date(2021, 12, 1),
        categories=("Zorg en gezondheid | Verzekeringen",),
    ),
    notice(
        "stcrt-2021-49011",
        "2021-12-09 09:00",
        BZK,
        "Vaststelling van de huurprijsgrenzen 2022",
        ("Gelet op artikel 27 van de Wet op de huurtoeslag;",),
        (
            "De maximale huurgrens voor de huurtoeslag bedraagt met ingang van 1 januari 2022 € 763,47 per maand.",
            "Deze regeling wordt met de toelichting in de Staatscourant geplaatst.",
        ),
        rubric="Ministeriële regelingen",
        signed_on=date(2021, 12, 6),
        categories=("Huisvesting | Huren en verhuren",),
    ),
)
