"""Ordinary written questions and answers on other subjects."""

from __future__ import annotations

from datetime import date

from demo.making.offices import BZK, IENW, JENV, LNV, VWS
from demo.making.parliament import answer, extension, question
from demo.paper import Paper

_PAPERS: tuple[Paper, ...] = (
    question(
        "2021Z18812",
        "2021-10-25 14:30",
        "Leegstaande overheidsgebouwen",
        BZK,
        ("Hoeveel gebouwen van het Rijk staan leeg?", "Kunnen deze gebouwen tijdelijk voor wonen worden gebruikt?"),
        answered=("2021-11-17 12:10", "ah-tk-20212022-671"),
        categories=("Huisvesting | Organisatie en beleid",),
    ),
    answer(
        "ah-tk-20212022-671",
        "2021-11-17 12:10",
        "2021Z18812",
        "leegstaande overheidsgebouwen",
        (
            ("Hoeveel gebouwen van het Rijk staan leeg?", "Op dit moment staan 37 gebouwen van het Rijk geheel leeg."),
            (
                "Kunnen deze gebouwen tijdelijk voor wonen worden gebruikt?",
                "Dat kan bij elf gebouwen. Met de betrokken gemeenten zijn daarover gesprekken begonnen.",
            ),
        ),
        submitted=date(2021, 10, 25),
        office=BZK,
    ),
    question(
        "2021Z19877",
        "2021-11-04 10:50",
        "Bromfietsen op het fietspad",
        IENW,
        (
            "Klopt het dat het aantal ongevallen met snorfietsen toeneemt?",
            "Welke steden verplaatsen de snorfiets naar de rijbaan?",
        ),
        categories=("Verkeer | Weg",),
    ),
    extension(
        "ah-tk-20212022-744",
        "2021-11-25 16:20",
        "2021Z19877",
        "bromfietsen op het fietspad",
        (
            "Klopt het dat het aantal ongevallen met snorfietsen toeneemt?",
            "Welke steden verplaatsen de snorfiets naar de rijbaan?",
        ),
        "Voor de beantwoording van deze vragen is overleg met de vier grote steden nodig. Uw Kamer ontvangt de antwoorden later.",
        submitted=date(2021, 11, 4),
        office=IENW,
    ),
    question(
        "2021Z22301",
        "2021-12-02 16:45",
        "De sluiting van een huisartsenpost in Zeeland",
        VWS,
        ("Kent u het bericht dat een huisartsenpost in Zeeland 's nachts dichtgaat?", "Waar kunnen patiënten dan terecht?"),
        categories=("Zorg en gezondheid | Organisatie en beleid",),
    ),
    question(
        "2021Z22640",
        "2021-12-06 16:10",
        "Vuurwerkverbod tijdens de jaarwisseling",
        JENV,
        ("Hoe wordt toegezien op het vuurwerkverbod?", "Zijn er genoeg handhavers beschikbaar?"),
        categories=("Openbare orde en veiligheid | Organisatie en beleid",),
    ),
    answer(
        "ah-tk-20212022-838",
        "2021-12-09 11:05",
        "2021Z19440",
        "de opvang van wilde ganzen",
        (
            (
                "Hoeveel schade veroorzaken ganzen aan grasland?",
                "In 2020 is voor ruim € 24 miljoen aan schade vergoed, vooral in Friesland en Noord-Holland.",
            ),
        ),
        submitted=date(2021, 11, 1),
        office=LNV,
    ),
)


def papers() -> tuple[Paper, ...]:
    """These papers, in order of time."""
    return _PAPERS
