"""Ordinary parliamentary papers on other subjects: letters and motions, before and during the story."""

from __future__ import annotations

from datetime import date

from demo.making.offices import BZK, EZK, EZK_STATE, IENW, OCW, SZW, VWS
from demo.making.parliament import letter, motion
from demo.paper import Heading, Items, Paper, Table
from demo.papers.dossiers import (
    ARBEIDSMARKT,
    BEDRIJFSLEVEN,
    BEGROTING_EZK,
    BEGROTING_VWS,
    CORPORATIES,
    HOGER_ONDERWIJS,
    INDUSTRIE,
    INNOVATIE,
    KLIMAAT,
    LEZEN,
    OUDERENZORG,
    RUIMTEVAART,
    SPOOR,
    VERKEERSVEILIGHEID,
    WATER,
    WONEN,
    ZORGSTELSEL,
)

TIMETABLE = (
    "Op 12 december gaat de nieuwe dienstregeling van het spoor in. Door de lagere aantallen reizigers rijden op enkele "
    "trajecten "
    "voorlopig minder treinen.",
    "Vervoerders houden bij of de druk in de spits toeneemt. Zodra dat nodig is, worden treinen weer verlengd.",
)


def papers() -> tuple[Paper, ...]:
    """These papers, in order of time."""
    return (*_ECONOMY, *_AUTUMN, *_WEEK)


# baseline papers in the dossiers that a trade body follows
_ECONOMY: tuple[Paper, ...] = (
    letter(
        "kst-32637-469",
        "2021-09-21 15:15",
        (BEDRIJFSLEVEN,),
        "Parameters van de WBSO voor 2022",
        EZK,
        (
            "Met deze brief bericht ik u over de parameters van de WBSO voor 2022. Voor de regeling is volgend jaar € "
            "1.336 miljoen "
            "beschikbaar; in 2021 was dat € 1.438 miljoen.",
            Table(
                ("Onderdeel", "2021", "2022"),
                (
                    ("Tarief eerste schijf", "40%", "32%"),
                    ("Tarief eerste schijf starters", "50%", "40%"),
                    ("Tarief tweede schijf", "16%", "16%"),
                ),
            ),
            "De tarieven van 2021 waren tijdelijk verhoogd vanwege de coronacrisis. Met deze stap keren zij terug naar het "
            "niveau "
            "van 2020. De grens van de eerste schijf verandert niet.",
        ),
    ),
    letter(
        "kst-33009-104",
        "2021-10-26 10:40",
        (INNOVATIE,),
        "Voortgang missiegedreven innovatiebeleid",
        EZK,
        (
            "Hierbij ontvangt u de voortgangsrapportage over het missiegedreven innovatiebeleid. Kennisinstellingen, "
            "bedrijven en "
            "overheden werken daarin samen aan maatschappelijke opgaven.",
            "Het innovatieproces van vinding tot toepassing duurt in veel gevallen langer dan tien jaar. Daarom kijk ik "
            "bij de "
            "beoordeling van programma's ook naar tussentijdse resultaten.",
            "In het voorjaar volgt een externe evaluatie van de kennis- en innovatieagenda's.",
        ),
    ),
    letter(
        "kst-29826-133",
        "2021-11-02 11:10",
        (INDUSTRIE,),
        "Verduurzaming van de basisindustrie",
        EZK,
        (
            "In deze brief informeer ik u over de gesprekken met de twintig grootste uitstoters over hun plannen voor 2030. "
            "Raffinaderijen en chemiebedrijven hebben mij hun voorlopige routes toegestuurd.",
            "De meeste bedrijven wachten met een definitief besluit op zekerheid over de infrastructuur voor waterstof en de "
            "opslag van CO2.",
        ),
        categories=("Economie | Industrie",),
    ),
    letter(
        "kst-31288-930",
        "2021-11-05 14:00",
        (HOGER_ONDERWIJS,),
        "Instroom in technische opleidingen",
        OCW,
        (
            "Het aantal eerstejaars in technische bacheloropleidingen is dit studiejaar met drie procent gestegen. De "
            "stijging doet "
            "zich vooral voor in het hoger beroepsonderwijs.",
            "Universiteiten melden dat de grenzen van hun practica in zicht komen. Ik overleg met hen over een spreiding van "
            "studenten over de regio's.",
        ),
        categories=("Onderwijs en wetenschap | Hoger onderwijs",),
    ),
    motion(
        "kst-35925-XIII-42",
        "2021-11-18 18:05",
        (BEGROTING_EZK,),
        "Motie van een lid over kleine bedrijven en energielabels",
        ("constaterende dat kleine kantoorpanden vanaf 2023 een energielabel C moeten hebben;",),
        "verzoekt de regering kleine ondernemers met een adviesgesprek te ondersteunen,",
        dated=date(2021, 11, 17),
        categories=("Economie | Ondernemen",),
    ),
    letter(
        "kst-24446-77",
        "2021-11-23 09:45",
        (RUIMTEVAART,),
        "Nederlandse bijdrage aan de Europese robotarm voor het ruimtestation",
        EZK,
        (
            "Na een lange voorbereiding is de Europese robotarm dit jaar naar het internationale ruimtestation gebracht. "
            "De arm is "
            "onder Nederlandse leiding ontworpen en gebouwd.",
            "De komende maanden testen astronauten de arm in gebruik. Over de resultaten ontvangt uw Kamer volgend jaar bericht.",
        ),
        categories=("Economie | Overige economische sectoren",),
    ),
)


# baseline papers on quite other subjects
_AUTUMN: tuple[Paper, ...] = (
    letter(
        "kst-32847-812",
        "2021-09-30 12:00",
        (WONEN,),
        "Stand van zaken woningbouw derde kwartaal",
        BZK,
        (
            "In het derde kwartaal zijn ruim 18.000 woningen opgeleverd. Daarmee ligt het aantal opgeleverde woningen dit "
            "jaar iets "
            "boven dat van vorig jaar.",
            "De stijgende prijzen van hout en staal leiden bij een deel van de projecten tot vertraging. Met gemeenten en "
            "bouwers "
            "bespreek ik hoe vergunningen sneller kunnen worden verleend.",
        ),
        categories=("Huisvesting | Bouwen en verbouwen",),
    ),
    letter(
        "kst-29453-540",
        "2021-10-14 13:30",
        (CORPORATIES,),
        "Onderhoud van corporatiewoningen",
        BZK,
        (
            "Hierbij stuur ik u het overzicht van de uitgaven die woningcorporaties in 2020 voor onderhoud hebben gedaan. "
            "De uitgaven "
            "stegen tot gemiddeld € 2.310 per woning.",
            "Corporaties in krimpgebieden geven aan dat zij meer willen doen dan hun begroting toelaat. Ik onderzoek met "
            "de sector of "
            "collegiale leningen daarbij kunnen helpen.",
        ),
        categories=("Huisvesting | Huren en verhuren",),
    ),
    letter(
        "kst-29398-970",
        "2021-10-21 16:00",
        (VERKEERSVEILIGHEID,),
        "Veilige schoolomgeving",
        IENW,
        (
            "Veel ouders brengen hun kinderen met de auto naar school, ook over korte afstanden. Dat maakt de straat voor "
            "de school "
            "onoverzichtelijk.",
            "Gemeenten kunnen vanaf januari een bijdrage aanvragen voor de herinrichting van schoolzones. De bijdrage dekt "
            "de helft "
            "van de kosten.",
        ),
        categories=("Verkeer | Weg",),
    ),
    letter(
        "kst-29389-118",
        "2021-11-09 15:20",
        (OUDERENZORG,),
        "Capaciteit van verpleeghuizen",
        VWS,
        (
            "De vraag naar plaatsen in verpleeghuizen neemt door de vergrijzing toe. Deze brief beschrijft de verwachting "
            "per regio tot "
            "2040.",
            "Zorgkantoren maken met gemeenten afspraken over geschikte locaties. Ook worden vormen van wonen met zorg "
            "gestimuleerd, "
            "zodat ouderen langer in hun eigen wijk kunnen blijven.",
        ),
        categories=("Zorg en gezondheid | Ouderen",),
    ),
    motion(
        "kst-35925-XVI-61",
        "2021-11-24 19:10",
        (BEGROTING_VWS,),
        "Motie van een lid over wachttijden in de jeugdzorg",
        ("overwegende dat kinderen in de gespecialiseerde jeugdzorg lang op hulp wachten;",),
        "verzoekt de regering de wachttijden per regio elk kwartaal openbaar te maken,",
        dated=date(2021, 11, 24),
        categories=("Zorg en gezondheid | Jongeren",),
    ),
    letter(
        "kst-32813-935",
        "2021-11-29 10:00",
        (KLIMAAT,),
        "Uitkomsten van de klimaattop in Glasgow",
        EZK_STATE,
        (
            "Van 31 oktober tot en met 13 november vond in Glasgow de klimaattop plaats. In deze brief zet ik de "
            "belangrijkste "
            "uitkomsten op een rij.",
            Items(("nieuwe afspraken over het afbouwen van kolencentrales;", "regels voor de handel in emissierechten.")),
            "De gevolgen voor het nationale beleid betrek ik bij de volgende klimaat- en energieverkenning.",
        ),
        categories=("Natuur en milieu | Lucht",),
    ),
    letter(
        "kst-31293-601",
        "2021-12-02 13:15",
        (LEZEN,),
        "Leesvaardigheid in het basisonderwijs",
        OCW,
        (
            "Leerlingen lezen minder graag dan tien jaar geleden. Scholen die elke dag tijd maken voor lezen, zien dat hun "
            "leerlingen "
            "daar na een jaar merkbaar beter in worden.",
            "Ik stel in 2022 middelen beschikbaar waarmee scholen hun schoolbibliotheek kunnen vernieuwen.",
        ),
        categories=("Onderwijs en wetenschap | Basisonderwijs",),
    ),
)


# papers of the days of the story
_WEEK: tuple[Paper, ...] = (
    letter(
        "kst-29984-948",
        "2021-12-06 13:00",
        (SPOOR,),
        "Dienstregeling 2022",
        IENW,
        TIMETABLE,
        categories=("Verkeer | Spoor",),
    ),
    letter(
        "kst-29544-1085",
        "2021-12-07 15:40",
        (ARBEIDSMARKT,),
        "Werkgelegenheid in de horeca na de zomer",
        SZW,
        (
            "Het aantal vacatures in de horeca was in het derde kwartaal hoger dan ooit. Veel werknemers zijn in de "
            "coronatijd in een "
            "andere sector gaan werken.",
            "Met de sector heb ik afgesproken dat werkgevers meer vaste uren aanbieden. Het effect daarvan wordt volgend "
            "jaar gemeten.",
        ),
        categories=("Werk | Organisatie en beleid",),
    ),
    letter(
        "kst-27625-560",
        "2021-12-08 11:20",
        (WATER,),
        "Waterkwaliteit van zwemplassen",
        IENW,
        (
            "Afgelopen zomer moesten op 41 plekken zwemplassen tijdelijk dicht vanwege blauwalg. Dat is minder dan in "
            "eerdere jaren.",
            "Waterschappen onderzoeken of het verwijderen van slib op de bodem helpt. De eerste metingen worden in april "
            "verwacht.",
        ),
        categories=("Natuur en milieu | Water",),
    ),
    letter(
        "kst-29689-1128",
        "2021-12-09 12:30",
        (ZORGSTELSEL,),
        "Premie van de zorgverzekering 2022",
        VWS,
        (
            "Zorgverzekeraars hebben hun premies voor 2022 bekendgemaakt. De gemiddelde premie stijgt met iets meer dan "
            "twee euro per "
            "maand.",
            Heading("Overstappen"),
            "Verzekerden kunnen tot en met 31 december van verzekeraar wisselen. Op een onafhankelijke vergelijkingssite "
            "staan alle "
            "polissen bij elkaar.",
        ),
        categories=("Zorg en gezondheid | Verzekeringen",),
    ),
)
