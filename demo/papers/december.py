"""What happens about process innovation from Friday 3 to Friday 10 December 2021."""

from __future__ import annotations

from datetime import date

from demo.making.offices import EZK, VWS
from demo.making.parliament import answer, debate_report, extension, letter, question
from demo.making.web import document, letter_file
from demo.paper import Heading, Items, Paper
from demo.papers.dossiers import BEDRIJFSLEVEN, ICT_ZORG, INNOVATIE
from demo.papers.process_innovation import CASE, CASE_DAY, CASE_QUESTIONS, CASE_SUBJECT

BROCHURE = (
    "https://www.rvo.nl/sites/default/files/2021/07/Procesinnovatie-Belastingvoordeel-voor-innovatieve-ondernemers-2021.pdf"
)
FIELDLABS = "https://www.rijksoverheid.nl/documenten/rapporten/2021/10/15/verkenning-ezk-perspectief-benutting-fieldlabs"

_LETTER_SUBJECT = "Reactie op brief Koninklijke Metaalunie over Eindrapportage Verkenning procesinnovatie"
_LETTER = (
    "Uw vaste commissie voor Economische Zaken en Klimaat verzocht mij te reageren op een brief van Koninklijke Metaalunie. Die "
    "brief gaat over de «Eindrapportage Verkenning procesinnovatie», het onderzoek van Technopolis dat ik dit najaar aan uw "
    "Kamer "
    "aanbood ([[kst-32637-473|Kamerstuk 32 637, nr. 473]]). Hierbij ontvangt u mijn reactie.",
    "Volgens Koninklijke Metaalunie komen kleine metaalbedrijven moeilijk binnen bij de bestaande innovatieregelingen; de "
    "cijfers "
    "over het gebruik geven mij een ander beeld. Van de aanvragers van de WBSO en de MIT-regeling behoort de grote meerderheid "
    "tot het "
    "mkb. In mijn beantwoording van schriftelijke vragen van 10 november jl.{{1}} ben ik daar nader op ingegaan.",
    "De verkenning wijst niet op een knelpunt in de maakindustrie dat nu om ingrijpen vraagt. Het rapport over fieldlabs van "
    "15 oktober jl.{{2}} bevestigt dat ondernemers die gericht zoeken, doorgaans goed terechtkomen. Alles afwegend voer ik geen "
    "nieuw procesinnovatie-instrument in; voor een demissionair kabinet ligt zo'n stap ook niet voor de hand.",
    Heading("Afspraken"),
    "Metaalunie bepleit een eigen regeling voor productie-innovatie bij kleine maakbedrijven. Op ambtelijk niveau is daarover "
    "gesproken. Daarbij is afgesproken dat de Metaalunie voorbeelden van procesinnovatie zal aanleveren waarvoor ondernemers nu "
    "nergens terechtkunnen.",
    "De Rijksdienst voor Ondernemend Nederland (RVO) zet daar voorbeelden naast die wel steun hebben gekregen. Een deel daarvan "
    "staat al in de brochure Procesinnovatie.{{3}} Mijn ministerie en Metaalunie bekijken daarna samen of het huidige "
    "instrumentarium tekortschiet of dat mogelijkheden onbenut blijven.",
    "De uitkomst daarvan vult het rapport van Technopolis (Kamerstuk 32 637, nr. 473) aan. Een volgend kabinet kan beide "
    "betrekken "
    "bij zijn keuzes over procesinnovatie.",
)
_LETTER_NOTES = (
    "[[ah-tk-20212022-622|Aanhangsel Handelingen II 2021/22, nr. 622]]",
    f"[[{FIELDLABS}|{FIELDLABS}]]",
    f"[[{BROCHURE}|{BROCHURE}]]",
)
_SMART_REPORT = (
    Heading("Samenvatting"),
    "Dit rapport beschrijft hoe ver mkb-maakbedrijven zijn met smart manufacturing: het koppelen van machines, gegevens en "
    "mensen in "
    "de fabriek. Voor het onderzoek zijn 214 bedrijven ondervraagd, waarvan een derde in de metaal.",
    "Vier op de tien bedrijven hebben de afgelopen twee jaar een vorm van procesinnovatie doorgevoerd. De meeste stappen zijn "
    "klein: "
    "een machine die zelf meldt wanneer onderhoud nodig is, of een werkplek met een cobot.",
    Heading("Belemmeringen"),
    Items(
        (
            "te weinig tijd van vakmensen om nieuwe techniek in te voeren;",
            "onzekerheid over de opbrengst van robotisering bij kleine series;",
            "onbekendheid met regelingen zoals de WBSO.",
        )
    ),
    Heading("Aanbeveling"),
    "De onderzoekers bevelen aan om bedrijven die techniek volgen gericht te begeleiden, en om resultaten van fieldlabs in "
    "gewone taal "
    "te verspreiden onder maakbedrijven.",
)
_HOSPITALS = (
    "Hierbij informeer ik uw Kamer over procesinnovatie in ziekenhuizen. Met slimmere planning van operatiekamers en "
    "poliklinieken "
    "wachten patiënten korter en houden verpleegkundigen meer tijd over voor zorg aan het bed.",
    "Twaalf ziekenhuizen hebben het afgelopen jaar geoefend met een nieuwe manier van plannen. De eerste ervaringen zijn goed: "
    "het "
    "aantal afspraken dat op het laatste moment wordt verzet, is gedaald. Wel vraagt de invoering veel van de medewerkers.",
    "In het voorjaar bespreek ik met de koepels van zorgaanbieders hoe andere instellingen van deze procesinnovatie kunnen "
    "leren. "
    "Over de uitkomsten bericht ik uw Kamer voor de zomer.",
)
_ANSWER_PAIRS = (
    (
        CASE_QUESTIONS[0],
        "In 2020 hebben ruim 1.900 bedrijven in de metaalsector gebruikgemaakt van de WBSO. In ongeveer een derde van hun "
        "projecten gaat "
        "het om procesinnovatie, zoals de automatisering van een productielijn.",
    ),
    (
        CASE_QUESTIONS[1],
        "Ik begrijp dat de aanschaf van een lasrobot voor een klein metaalbedrijf een grote stap is. De prijs van cobots is de "
        "afgelopen "
        "jaren wel gedaald, en bij verschillende fieldlabs kan een ondernemer robotisering eerst uitproberen.\nGebrek aan "
        "kennis blijkt "
        "in de praktijk een even grote drempel als de prijs.",
    ),
    (
        CASE_QUESTIONS[2],
        "De MIT-regeling en de WBSO staan al open voor procesinnovatie en robotisering in maakbedrijven. Ik zie daarom geen "
        "reden de "
        "voorwaarden te wijzigen, maar vraag RVO om kleine metaalbedrijven daar gerichter op te wijzen.{{1}}",
    ),
)
_DEBATE = (
    "De vaste commissie voor Economische Zaken en Klimaat heeft op 24 november 2021 overleg gevoerd met de Minister van "
    "Economische "
    "Zaken en Klimaat over:",
    Items(
        (
            "de brief over de voortgang van de aanpak van regeldruk;",
            "de brief over de toegang tot financiering voor startende bedrijven;",
            "de brief over het gebruik van de WBSO in 2020;",
            "de brief over Nederlandse deelname aan het Europese onderzoeksprogramma Horizon Europe;",
            "de reactie op het advies over open wetenschap.",
        )
    ),
    "Van dit overleg brengt de commissie bijgaand geredigeerd woordelijk verslag uit.",
    Heading("Vragen en opmerkingen vanuit de commissie"),
    "De leden vragen welke regels het komende jaar verdwijnen. Zij vragen ook of starters sneller een zakelijke rekening kunnen "
    "openen, nu banken strenger controleren.",
    Heading("Antwoord van de Minister"),
    "De Minister zegt toe de Kamer voor het kerstreces te informeren over de uitkomst van het overleg met de banken. Een "
    "overzicht "
    "van vervallen regels volgt in het voorjaar.",
)


def papers() -> tuple[Paper, ...]:
    """The papers of the story, in order of time."""
    return (*_EARLY, *_LATE)


_EARLY: tuple[Paper, ...] = (
    question(
        "2021Z22416",
        "2021-12-03 17:10",
        "Procesinnovatie in de mkb-maakindustrie",
        EZK,
        (
            "Kent u de uitkomst dat minder dan de helft van de mkb-maakbedrijven de laatste jaren heeft geïnvesteerd in "
            "procesinnovatie?",
            "Hoe beoordeelt u de positie van Nederlandse maakbedrijven ten opzichte van landen waar de overheid slimme "
            "productie "
            "wel met een eigen regeling ondersteunt?",
            "Bent u bereid met de sector te bezien of een tijdelijke stimulans voor procesinnovatie mogelijk is?",
        ),
    ),
    *document(
        "rapporten",
        "slimme-productie-in-de-mkb-maakindustrie",
        "2021-12-06 11:00",
        "Slimme productie in de mkb-maakindustrie: stand van zaken 2021",
        "Onderzoek naar smart manufacturing en procesinnovatie bij kleine en middelgrote maakbedrijven.",
        _SMART_REPORT,
        EZK,
        ("Ondernemen en innovatie",),
        label="Rapport",
        kind="rapport",
        dated=date(2021, 11, 15),
    ),
    extension(
        "ah-tk-20212022-803",
        "2021-12-07 10:00",
        CASE,
        CASE_SUBJECT,
        CASE_QUESTIONS,
        "De vragen van een lid van de Tweede Kamer over ondersteuning van automatisering bij kleine metaalbedrijven "
        "(ingezonden "
        "15 november 2021) kunnen niet binnen de gebruikelijke termijn worden beantwoord, omdat nog gegevens van "
        "uitvoerders nodig "
        "zijn. Ik zal de vragen zo spoedig mogelijk beantwoorden.",
        submitted=CASE_DAY,
    ),
)


_LATE: tuple[Paper, ...] = (
    letter(
        "kst-27529-275",
        "2021-12-08 10:00",
        (ICT_ZORG,),
        "Procesinnovatie in ziekenhuizen",
        VWS,
        _HOSPITALS,
        categories=("Zorg en gezondheid | Organisatie en beleid",),
    ),
    *document(
        "kamerstukken",
        "kamerbrief-over-procesinnovatie-in-ziekenhuizen",
        "2021-12-08 10:10",
        "Kamerbrief over procesinnovatie in ziekenhuizen",
        "De minister van Volksgezondheid, Welzijn en Sport informeert de Tweede Kamer over slimmere planning in ziekenhuizen.",
        letter_file("Procesinnovatie in ziekenhuizen", date(2021, 12, 8), VWS, _HOSPITALS),
        VWS,
        ("Ziekenhuizen",),
    ),
    answer(
        "ah-tk-20212022-829",
        "2021-12-08 15:00",
        CASE,
        CASE_SUBJECT,
        _ANSWER_PAIRS,
        submitted=CASE_DAY,
        notes=("Zie ook [[ah-tk-20212022-803|Aanhangsel Handelingen II 2021/22, nr. 803]]",),
    ),
    debate_report(
        "kst-33009-106",
        "2021-12-09 09:30",
        (INNOVATIE,),
        "Verslag van een commissiedebat, gehouden op 24 november 2021, over ondernemen en financiering",
        _DEBATE,
        held=date(2021, 11, 24),
        categories=("Economie | Ondernemen",),
    ),
    letter(
        "kst-32637-480",
        "2021-12-09 16:45",
        (BEDRIJFSLEVEN,),
        _LETTER_SUBJECT,
        EZK,
        _LETTER,
        notes=_LETTER_NOTES,
        categories=("Economie | Ondernemen", "Economie | Industrie"),
    ),
    *document(
        "kamerstukken",
        "kamerbrief-met-reactie-op-brief-metaalunie-over-procesinnovatie",
        "2021-12-09 16:50",
        "Kamerbrief met reactie op brief Koninklijke Metaalunie over Eindrapportage Verkenning procesinnovatie",
        "De minister van Economische Zaken en Klimaat reageert op een brief van Koninklijke Metaalunie over procesinnovatie.",
        letter_file(_LETTER_SUBJECT, date(2021, 12, 9), EZK, _LETTER, _LETTER_NOTES),
        EZK,
        ("Ondernemen en innovatie",),
        seen_open="2021-12-09 17:05",
    ),
)
