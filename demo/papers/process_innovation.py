"""The thread about process innovation before the story begins: the report, the questions of August, those of 15 November."""

from __future__ import annotations

from datetime import date

from demo.making.offices import EZK
from demo.making.parliament import answer, attachment, letter, question
from demo.making.web import document, letter_file
from demo.paper import Heading, Items, Paper
from demo.papers.dossiers import BEDRIJFSLEVEN

CASE = "2021Z20611"
CASE_SUBJECT = "ondersteuning van automatisering bij kleine metaalbedrijven"
CASE_DAY = date(2021, 11, 15)
CASE_QUESTIONS = (
    "Weet u hoeveel kleine metaalbedrijven het afgelopen jaar steun hebben gekregen voor de automatisering van hun productie?",
    "Herkent u het beeld dat een lasrobot of een cobot voor een bedrijf met minder dan vijftig werknemers vaak niet te betalen "
    "is?",
    "Bent u bereid te onderzoeken of bestaande regelingen beter kunnen aansluiten op de robotisering van kleine maakbedrijven?",
)
CASE_ANSWERED = ("2021-12-08 15:00", "ah-tk-20212022-829")

_REPORT_SUBJECT = "Aanbieding Eindrapportage Verkenning procesinnovatie"
_REPORT_LETTER = (
    "Met deze brief ontvangt u de «Eindrapportage Verkenning procesinnovatie». Onderzoeksbureau Technopolis ging daarin na of "
    "het "
    "mkb in de maakindustrie genoeg mogelijkheden heeft om zijn productie te vernieuwen.",
    "De onderzoekers spraken met ondernemers, brancheorganisaties en uitvoerders. Zij zien dat procesinnovatie vaak stap voor "
    "stap "
    "gaat en dat gebrek aan tijd en kennis zwaarder weegt dan gebrek aan geld. Een acuut knelpunt dat om ingrijpen vraagt, "
    "vonden "
    "zij niet.",
    Heading("Hoe nu verder"),
    "De verkenning schetst enkele richtingen voor beleid, van betere voorlichting tot een afzonderlijke regeling. Ik laat de "
    "keuze "
    "daarover aan een volgend kabinet. Wel vraag ik de Rijksdienst voor Ondernemend Nederland de bestaande mogelijkheden beter "
    "zichtbaar te maken.",
)
_REPORT = (
    Heading("Samenvatting"),
    "In opdracht van het Ministerie van Economische Zaken en Klimaat is verkend waar mkb-bedrijven in de maakindustrie "
    "tegenaan lopen "
    "als zij hun productieproces willen vernieuwen.",
    "Ongeveer de helft van de ondervraagde bedrijven investeerde de afgelopen drie jaar in procesinnovatie. De WBSO en de "
    "MIT-regeling zijn bekend, maar ondernemers weten niet altijd dat die ook voor technisch nieuwe productieprocessen gelden.",
    Heading("Richtingen"),
    Items(
        (
            "gerichter voorlichten over de regelingen die er zijn;",
            "kennis uit fieldlabs beter laten landen bij bedrijven die de techniek volgen;",
            "een afzonderlijke stimulans, mits gekoppeld aan een duidelijk beleidsdoel.",
        )
    ),
)
_AUGUST_PAIRS = (
    (
        "Kent u het opinieartikel «Kost het banen?» over automatisering in de industrie?",
        "Ja.",
    ),
    (
        "Deelt u de mening dat hogere arbeidsproductiviteit nodig is nu veel bedrijven moeilijk personeel vinden?",
        "Ja. Bedrijven die hun werk slimmer inrichten, kunnen met dezelfde mensen meer maken. Dat geldt zeker in de "
        "maakindustrie, "
        "waar de krapte aan vakmensen groot is.",
    ),
    (
        "Welke nationale regelingen kan een mkb-bedrijf gebruiken om zijn productieproces te vernieuwen?",
        "Voor procesinnovatie staan verschillende regelingen open. De WBSO verlaagt de loonkosten van speur- en "
        "ontwikkelingswerk, ook "
        "als dat een technisch nieuw productieproces betreft. De MIT-regeling steunt haalbaarheidsprojecten en samenwerking in "
        "onderzoek en ontwikkeling.\nBeide regelingen worden vooral door het mkb gebruikt.{{1}}",
    ),
    (
        "Vindt u dat subsidies aan voorwaarden over werkgelegenheid gebonden moeten zijn?",
        "Nee. Zulke voorwaarden maken regelingen ingewikkeld en remmen juist de vernieuwing die banen op langere termijn "
        "behoudt.",
    ),
)


_PAPERS: tuple[Paper, ...] = (
    letter(
        "kst-32637-473",
        "2021-10-08 16:20",
        (BEDRIJFSLEVEN,),
        _REPORT_SUBJECT,
        EZK,
        _REPORT_LETTER,
        categories=("Economie | Ondernemen", "Economie | Industrie"),
        attachments=("blg-1004473",),
    ),
    attachment("blg-1004473", "2021-10-08 16:20", "kst-32637-473", "32637", "Eindrapportage Verkenning procesinnovatie", _REPORT),
    *document(
        "kamerstukken",
        "kamerbrief-bij-eindrapportage-verkenning-procesinnovatie",
        "2021-10-08 16:30",
        "Kamerbrief bij Eindrapportage Verkenning procesinnovatie",
        "De minister van Economische Zaken en Klimaat biedt de Tweede Kamer het rapport van Technopolis over "
        "procesinnovatie aan.",
        letter_file(_REPORT_SUBJECT, date(2021, 10, 8), EZK, _REPORT_LETTER),
        EZK,
        ("Ondernemen en innovatie",),
    ),
    *document(
        "rapporten",
        "verkenning-ezk-perspectief-benutting-fieldlabs",
        "2021-10-15 11:00",
        "Verkenning EZK-perspectief benutting fieldlabs",
        "Dialogic onderzocht hoe ondernemers fieldlabs weten te vinden en wat zij eraan hebben.",
        (
            "Fieldlabs zijn plekken waar bedrijven nieuwe productietechnologie kunnen uitproberen. Dit rapport gaat na hoe "
            "goed "
            "het mkb die plekken benut.",
            "Ondernemers die met een concrete vraag komen, vinden meestal een passend fieldlab. Bedrijven zonder eigen "
            "ontwikkelafdeling komen er minder vaak.",
        ),
        EZK,
        ("Ondernemen en innovatie",),
        label="Rapport",
        kind="rapport",
    ),
    question(
        "2021Z14507",
        "2021-08-24 14:00",
        "De opinie «Kost het banen?»",
        EZK,
        tuple(asked for asked, _ in _AUGUST_PAIRS),
        answered=("2021-11-10 15:30", "ah-tk-20212022-622"),
        categories=("Economie | Ondernemen", "Werk | Organisatie en beleid"),
    ),
    answer(
        "ah-tk-20212022-622",
        "2021-11-10 15:30",
        "2021Z14507",
        "de opinie «Kost het banen?»",
        _AUGUST_PAIRS,
        submitted=date(2021, 8, 24),
        notes=("Zie ook [[ah-tk-20202021-4008|Aanhangsel Handelingen II 2020/21, nr. 4008]]",),
    ),
    question(CASE, "2021-11-15 16:00", CASE_SUBJECT[0].upper() + CASE_SUBJECT[1:], EZK, CASE_QUESTIONS, answered=CASE_ANSWERED),
)


def papers() -> tuple[Paper, ...]:
    """The papers of this thread that stand before the story begins."""
    return _PAPERS
