"""Scheme pages of rvo.nl: the WBSO with its change of 7 December, the MIT, and some others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from demo.making.offices import BZK, EZK
from demo.making.web import checked, rvo_page
from demo.moments import local
from demo.paper import Heading, Items, Paper, RvoFile, RvoPage, Table, Version

ROOT = "/subsidies-financiering"
CHECK = "2021-12-06 12:00"
CHECK_DAY = date(2021, 12, 6)
_START = "2021-09-01 10:00"
_INNOVATION = ("Innovatie", "Onderzoek en ontwikkeling")


def _wbso(year: int, rate: str, starters: str, budget: str, day: date) -> RvoPage:
    """The WBSO page as it stands with the parameters of a year."""
    return RvoPage(
        title="WBSO: fiscale regeling voor research en development",
        intro="Doet uw bedrijf speur- en ontwikkelingswerk? Met de WBSO betaalt u minder loonbelasting of krijgt u een vaste "
        "aftrek.",
        blocks=(
            Heading(f"WBSO-parameters {year}"),
            Table(
                ("Onderdeel", str(year)),
                (
                    ("Tarief eerste schijf", rate),
                    ("Tarief eerste schijf starters", starters),
                    ("Tarief tweede schijf", "16%"),
                    ("Grens eerste schijf", "€ 350.000"),
                ),
            ),
            Heading("Budget"),
            f"Het budget voor {year} is € {budget} miljoen.",
            Heading("Voor wie?"),
            "De regeling is er voor ondernemers van elke omvang, ook voor zelfstandigen zonder personeel.",
            Items(
                (
                    "ontwikkeling van een technisch nieuw product, productieproces of programmatuur;",
                    "technisch-wetenschappelijk onderzoek.",
                )
            ),
            Heading("Aanvraagperiode"),
            "Wilt u WBSO vanaf 1 januari 2022? Dien uw aanvraag dan uiterlijk 20 december 2021 in.",
            "Bent u zelfstandige zonder personeel? Dan kunt u nog tot en met 1 januari 2022 aanvragen.",
        ),
        created=date(2014, 3, 13),
        status="Open voor aanvragen",
        checked=day,
        principal=EZK.department,
        api="subsidies",
        subjects=_INNOVATION,
    )


def _wbso_papers() -> tuple[Paper, ...]:
    before = _wbso(2021, "40%", "50%", "1.438", date(2021, 11, 1))
    after = _wbso(2022, "32%", "40%", "1.336", date(2021, 12, 7))
    applying = RvoPage(
        title="WBSO aanvragen",
        intro="Hoe vraagt u de WBSO aan en wat hebt u daarvoor nodig?",
        blocks=(
            "U dient uw aanvraag in via eLoket. Daarvoor hebt u eHerkenning niveau 3 nodig.",
            Heading("Projectomschrijving"),
            "Beschrijf per project welk technisch probleem u oplost en welke stappen u zet.",
            Items(("Geef per maand aan hoeveel uren u verwacht te maken.", "Houd de gemaakte uren bij in een administratie.")),
        ),
        created=date(2014, 3, 13),
        status="Open voor aanvragen",
        checked=date(2021, 10, 12),
        principal=EZK.department,
    )
    return (
        rvo_page(f"{ROOT}/wbso", _START, before, (CHECK, checked(before, CHECK_DAY)), ("2021-12-07 14:00", after)),
        rvo_page(f"{ROOT}/wbso/aanvragen", _START, applying, (CHECK, checked(applying, CHECK_DAY))),
        Paper(
            "/sites/default/files/2021/07/Procesinnovatie-Belastingvoordeel-voor-innovatieve-ondernemers-2021.pdf",
            (
                Version(
                    local("2021-07-15 09:00"),
                    RvoFile(
                        "Procesinnovatie: belastingvoordeel voor ondernemers die hun productie vernieuwen",
                        (
                            "Ontwikkelt u zelf een nieuw productieproces? Dan kunt u daarvoor misschien WBSO krijgen.",
                            "Voorbeeld: een plaatwerker ontwikkelde een meetmethode waarmee de kantbank zichzelf bijstelt.",
                        ),
                    ),
                ),
            ),
        ),
    )


def _mit_papers() -> tuple[Paper, ...]:
    mit = RvoPage(
        title="Mkb-innovatiestimulering Regio en Topsectoren (MIT)",
        intro="De MIT-regeling stimuleert innovatie bij het midden- en kleinbedrijf over regiogrenzen heen.",
        blocks=(
            Heading("Onderdelen"),
            Table(
                ("Onderdeel", "Subsidiepercentage", "Maximum"),
                (
                    ("Haalbaarheidsproject", "40%", "€ 20.000"),
                    ("R&D-samenwerkingsproject", "35%", "€ 350.000"),
                ),
            ),
            "Bij een haalbaarheidsproject geldt voor experimentele ontwikkeling een percentage van 35%.",
            Heading("Looptijd"),
            "U kon aanvragen van 8 juni 2021, 09:00 uur tot 9 september 2021, 17:00 uur.",
        ),
        created=date(2014, 3, 13),
        status="Gesloten voor aanvragen",
        checked=date(2021, 9, 10),
        principal=EZK.department,
        api="subsidies",
        subjects=_INNOVATION,
    )
    projects = RvoPage(
        title="MIT: R&D-samenwerkingsprojecten",
        intro="Ontwikkelt u met andere mkb-ondernemers een nieuw product, proces of dienst? Dan kon u subsidie krijgen.",
        blocks=(
            Heading("Subsidiebedrag"),
            Table(
                ("Soort project", "Subsidiepercentage", "Minimum", "Maximum"),
                (("Klein project", "35%", "€ 50.000", "€ 200.000"), ("Groot project", "35%", "€ 200.000", "€ 350.000")),
            ),
            "Per deelnemer is de subsidie niet hoger dan € 175.000.",
            Heading("Budget"),
            "Het landelijke budget voor 2021 was € 9,2 miljoen.",
        ),
        created=date(2014, 3, 13),
        status="Gesloten voor aanvragen",
        checked=date(2021, 9, 10),
        principal=EZK.department,
    )
    return (
        rvo_page(f"{ROOT}/mit", _START, mit, (CHECK, checked(mit, CHECK_DAY))),
        rvo_page(f"{ROOT}/mit/rd-samenwerkingsprojecten", _START, projects, (CHECK, checked(projects, CHECK_DAY))),
    )


def _innovation_and_homes() -> tuple[Paper, ...]:
    credit = RvoPage(
        title="Innovatiekrediet",
        intro="Met het Innovatiekrediet leent u geld voor de ontwikkeling van een veelbelovende vernieuwing met technische "
        "risico's.",
        blocks=(
            Heading("Budget"),
            "Voor technische ontwikkelingsprojecten is in 2021 € 30 miljoen beschikbaar.",
            Heading("Looptijd"),
            "Aanvragen kan van 1 januari 2021 tot en met 31 december 2021, 17:00 uur.",
        ),
        created=date(2013, 1, 7),
        status="Open voor aanvragen",
        checked=date(2021, 8, 20),
        principal=EZK.department,
        api="subsidies",
        subjects=_INNOVATION,
    )
    insulation = RvoPage(
        title="ISDE: woningeigenaren",
        intro="Isoleert u uw woning of koopt u een warmtepomp? Dan kunt u een deel van de kosten terugkrijgen.",
        blocks=(
            Table(
                ("Maatregel", "Bedrag per m²"), (("Spouwmuurisolatie", "€ 5"), ("Dakisolatie", "€ 20"), ("HR++-glas", "€ 35,50"))
            ),
            "U vraagt de subsidie aan nadat de maatregel is uitgevoerd.",
        ),
        created=date(2019, 11, 4),
        status="Open voor aanvragen",
        checked=date(2021, 11, 22),
        principal=BZK.department,
        api="subsidies",
        subjects=("Wonen",),
    )
    return (
        rvo_page(f"{ROOT}/innovatiekrediet", _START, credit, (CHECK, checked(credit, CHECK_DAY))),
        rvo_page(f"{ROOT}/isde/woningeigenaren", _START, insulation, (CHECK, checked(insulation, CHECK_DAY))),
    )


def _industry() -> tuple[Paper, ...]:
    savings = RvoPage(
        title="Versnelde klimaatinvesteringen industrie (VEKI)",
        intro="Subsidie voor bewezen technieken waarmee de industrie minder CO2 uitstoot.",
        blocks=(
            Heading("Looptijd"),
            "U kunt aanvragen vanaf 17 januari 2022, 09:00 uur.",
            Heading("Budget"),
            "Het budget is € 138 miljoen.",
        ),
        status="Bijna open voor aanvragen",
        created=date(2013, 1, 7),
        checked=date(2021, 8, 20),
        principal=EZK.department,
        api="subsidies",
        subjects=("Energie",),
    )
    research = replace(
        savings,
        title="TSE Industrie studies",
        intro="Subsidie voor studies naar minder uitstoot in de industrie.",
        blocks=("De regeling opent opnieuw zodra het budget voor 2022 bekend is.",),
        status="Tijdelijk gesloten voor aanvragen",
    )
    support = replace(
        savings,
        title="Tegemoetkoming Vaste Lasten vierde kwartaal 2021",
        intro="Steun voor ondernemers met omzetverlies door de coronamaatregelen.",
        blocks=("Het loket voor het vierde kwartaal gaat half december open.",),
        subjects=("Corona",),
    )
    return (
        rvo_page(f"{ROOT}/veki", _START, savings),
        rvo_page(f"{ROOT}/tse-industrie-studies", _START, research),
        rvo_page(f"{ROOT}/tvl/q4-2021", _START, support),
    )


def papers() -> tuple[Paper, ...]:
    """All scheme pages, and the brochure that the letter cites."""
    return (*_wbso_papers(), *_mit_papers(), *_innovation_and_homes(), *_industry())
