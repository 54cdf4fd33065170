"""Ordinary news and documents of rijksoverheid.nl, with their files on open.overheid.nl."""

from __future__ import annotations

from datetime import date

from demo.making.offices import BZK, EZK, IENW, LNV, OCW, SZW, VWS
from demo.making.web import document, letter_file, news
from demo.moments import local
from demo.paper import Items, Paper, Version, WebPage
from demo.papers.parliament import TIMETABLE

CORONA = ("Coronavirus COVID-19",)


def papers() -> tuple[Paper, ...]:
    """These papers, in order of time."""
    return (*_standing(), *_AUTUMN, *_WEEKEND, *_WEEK, *_DOCUMENTS)


def _standing() -> tuple[Paper, ...]:
    """Pages that are neither news nor document."""
    pages = (
        ("/ministeries/ministerie-van-economische-zaken-en-klimaat", "Ministerie van Economische Zaken en Klimaat", EZK),
        ("/ministeries/ministerie-van-infrastructuur-en-waterstaat", "Ministerie van Infrastructuur en Waterstaat", IENW),
        ("/themas/economie/ondernemen-en-innovatie", "Ondernemen en innovatie", EZK),
        ("/themas/bouwen-en-wonen/huurwoning", "Huurwoning", BZK),
    )
    moment = local("2021-09-01 09:00")
    return tuple(
        Paper(path, (Version(moment, WebPage(title, f"Alles over {title}.", (), "", moment, office.department)),))
        for path, title, office in pages
    )


_AUTUMN: tuple[Paper, ...] = (
    news(
        "kabinet-trekt-geld-uit-voor-woningbouw",
        "2021-09-21 15:30",
        "Kabinet trekt geld uit voor woningbouw",
        "Het kabinet stelt volgend jaar 100 miljoen euro extra beschikbaar voor het bouwen van woningen.",
        (
            "Met het geld kunnen gemeenten wegen en bruggen aanleggen naar nieuwe wijken. Daardoor kan de bouw op twaalf "
            "plekken eerder "
            "beginnen.",
            "Gemeenten dienen hun plannen voor 1 maart in. Een onafhankelijke commissie beoordeelt welke plannen het meest "
            "opleveren.",
        ),
        BZK,
        ("Huurwoning", "Koopwoning"),
    ),
    news(
        "ondernemers-starten-vaker-vanuit-huis",
        "2021-10-19 10:15",
        "Ondernemers starten vaker vanuit huis",
        "Het aantal bedrijven dat vanuit een woning begint, is in een jaar tijd met zes procent gegroeid.",
        (
            "Vooral webwinkels en adviesbureaus beginnen aan de keukentafel. Na gemiddeld twee jaar zoekt een op de vijf "
            "een eigen "
            "bedrijfsruimte.",
            "Gemeenten letten bij nieuwe plannen vaker op kleine, betaalbare werkruimten.",
        ),
        EZK,
        ("Ondernemen en innovatie",),
    ),
    news(
        "nieuwe-intercity-rijdt-op-proef",
        "2021-11-12 12:00",
        "Nieuwe intercity rijdt op proef",
        "Reizigers tussen Amsterdam en Rotterdam kunnen vanaf vandaag kennismaken met een nieuw type trein.",
        (
            "De trein rijdt de eerste maanden zonder vaste dienstregeling.",
            "Na de proef besluit de vervoerder over de invoering.",
        ),
        IENW,
        ("Openbaar vervoer",),
    ),
    news(
        "meer-plekken-voor-vaccinatie-zonder-afspraak",
        "2021-12-02 14:45",
        "Meer plekken voor vaccinatie zonder afspraak",
        "Vanaf maandag kunt u op 50 extra plekken zonder afspraak een vaccinatie halen.",
        ("De plekken zijn verspreid over het land en ook in de avond open.", "Neem een geldig identiteitsbewijs mee."),
        VWS,
        CORONA,
    ),
    news(
        "scholen-krijgen-co2-meters",
        "2021-12-03 11:30",
        "Scholen krijgen CO2-meters",
        "Alle basisscholen krijgen voor het einde van het schooljaar in elk lokaal een CO2-meter.",
        ("Met een meter ziet de leerkracht wanneer het raam open moet.", "Schoolbesturen ontvangen het geld in januari."),
        OCW,
        ("Basisonderwijs",),
    ),
)


_WEEKEND: tuple[Paper, ...] = (
    news(
        "reisadvies-voor-zuidelijk-afrika-aangepast",
        "2021-12-04 18:20",
        "Reisadvies voor zuidelijk Afrika aangepast",
        "Reizigers uit acht landen in zuidelijk Afrika moeten bij aankomst in quarantaine.",
        ("De maatregel geldt ook voor wie al gevaccineerd is.", "Op de website staat per land welke regels gelden."),
        VWS,
        CORONA,
    ),
    news(
        "boosterprik-voor-zestigplussers-begonnen",
        "2021-12-05 13:10",
        "Boosterprik voor zestigplussers begonnen",
        "Mensen van 60 jaar en ouder kunnen vanaf morgen een afspraak maken voor een boosterprik.",
        ("De oudste groep is als eerste aan de beurt.", "Wie niet zelf kan komen, krijgt bezoek van de huisarts."),
        VWS,
        CORONA,
    ),
)


_WEEK: tuple[Paper, ...] = (
    news(
        "nieuwe-regels-voor-verhuur-aan-studenten",
        "2021-12-06 10:30",
        "Nieuwe regels voor verhuur aan studenten",
        "Verhuurders van studentenkamers moeten volgend jaar vooraf duidelijk maken hoe zij kandidaten kiezen.",
        (
            "Discriminatie bij het verhuren van kamers komt nog te vaak voor.",
            "Gemeenten kunnen bij overtreding een boete geven.",
        ),
        BZK,
        ("Huurwoning",),
    ),
    news(
        "twee-rijstroken-erbij-op-de-a27",
        "2021-12-07 11:15",
        "Twee rijstroken erbij op de A27",
        "Tussen Houten en Hooipolder krijgt de A27 in beide richtingen een extra rijstrook.",
        ("Het werk begint in het najaar van 2022.", "Tijdens de verbreding blijft in de spits altijd een rijbaan open."),
        IENW,
        ("Wegen",),
    ),
    news(
        "steunpakket-voor-ondernemers-verlengd",
        "2021-12-08 09:45",
        "Steunpakket voor ondernemers verlengd",
        "Ondernemers die door de avondsluiting omzet missen, kunnen ook in het eerste kwartaal van 2022 steun aanvragen.",
        (
            "De tegemoetkoming in de vaste lasten en de loonkosten loopt door tot en met maart. De voorwaarden blijven gelijk:",
            Items(("minstens dertig procent omzetverlies;", "een vestiging in Nederland.")),
            "Het loket gaat half december open.",
        ),
        EZK,
        ("Ondernemen en innovatie", *CORONA),
    ),
    news(
        "minder-stikstof-door-aangepast-veevoer",
        "2021-12-09 10:00",
        "Minder stikstof door aangepast veevoer",
        "Melkveehouders die mee hebben gedaan aan een proef, stoten gemiddeld acht procent minder ammoniak uit.",
        (
            "In het fieldlab op de Veluwe wordt de proef volgend jaar herhaald.",
            "Ook het effect op de melkprijs wordt dan gemeten.",
        ),
        LNV,
        ("Landbouw",),
    ),
    news(
        "jongeren-krijgen-hulp-bij-eerste-baan",
        "2021-12-09 14:30",
        "Jongeren krijgen hulp bij eerste baan",
        "Schoolverlaters zonder diploma krijgen een jaar lang een vaste begeleider bij het zoeken van werk.",
        ("De aanpak start in twaalf regio's.", "Scholen en gemeenten dragen samen de kosten."),
        SZW,
        ("Werkloosheid",),
    ),
)


_DOCUMENTS: tuple[Paper, ...] = (
    *document(
        "rapporten",
        "monitor-huurmarkt-2021",
        "2021-11-19 15:00",
        "Monitor huurmarkt 2021",
        "Cijfers over huurprijzen, verhuizingen en wachttijden in het afgelopen jaar.",
        ("De gemiddelde huur steeg met 0,8 procent.", "Nieuwe huurders wachten in de grote steden gemiddeld negen jaar."),
        BZK,
        ("Huurwoning",),
        label="Rapport",
        kind="rapport",
    ),
    *document(
        "publicaties",
        "jaarplan-toezicht-luchtvaart-2022",
        "2021-12-01 10:00",
        "Jaarplan toezicht luchtvaart 2022",
        "De inspectie legt vast waarop zij volgend jaar bij vliegvelden en luchtvaartmaatschappijen let.",
        ("De inspectie bezoekt alle nationale luchthavens.", "Extra aandacht gaat uit naar geluid in de nacht."),
        IENW,
        ("Luchtvaart",),
        label="Publicatie",
        kind="jaarplan",
    ),
    *document(
        "kamerstukken",
        "kamerbrief-over-dienstregeling-2022",
        "2021-12-06 13:10",
        "Kamerbrief over dienstregeling 2022",
        "De minister van Infrastructuur en Waterstaat informeert de Tweede Kamer over de nieuwe dienstregeling van het spoor.",
        letter_file("Dienstregeling 2022", date(2021, 12, 6), IENW, TIMETABLE),
        IENW,
        ("Openbaar vervoer",),
    ),
    *document(
        "rapporten",
        "evaluatie-veilige-schoolroutes",
        "2021-12-07 16:00",
        "Evaluatie veilige schoolroutes",
        "Onderzoek naar het effect van schoolzones op het gedrag van automobilisten.",
        (
            "In straten met een schoolzone rijden auto's gemiddeld zes kilometer per uur langzamer.",
            "Ouders fietsen er vaker.",
        ),
        IENW,
        ("Wegen",),
        label="Rapport",
        kind="rapport",
    ),
)
