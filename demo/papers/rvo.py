"""News of RVO, and the many other pages that fill its sitemap."""

from __future__ import annotations

from datetime import date

from demo.making.offices import BZK
from demo.making.web import rvo_news, rvo_page
from demo.paper import Paper, RvoPage

_TOPICS = (
    "Aardgasvrije wijken",
    "Belastingvoordeel voor duurzame auto's",
    "Circulair ondernemen",
    "Dierenwelzijn in de stal",
    "Energielabel woningen",
    "Exporteren naar Duitsland",
    "Gecombineerde opgave",
    "Handelsmissies",
    "Laadpalen voor bedrijven",
    "Mestbeleid",
    "Octrooi aanvragen",
    "Tropisch hout",
    "Visserij",
    "Warmtenetten",
    "Zonnepanelen op scholen",
)
_HEAT_PUMPS = range(22301, 22319)


def papers() -> tuple[Paper, ...]:
    """News in order of time, then the other pages."""
    return (*_NEWS, *_others())


_NEWS: tuple[Paper, ...] = (
    rvo_news(
        "spreekuur-voor-starters-in-de-regio",
        "2021-09-14 11:00",
        "Spreekuur voor starters in de regio",
        "Hebt u een plan voor een eigen bedrijf? Bespreek het met een adviseur bij u in de buurt.",
        ("De spreekuren zijn op dinsdag en donderdag.", "Aanmelden kan via onze website."),
    ),
    rvo_news(
        "aanvragen-wbso-voor-2022-kan-nu",
        "2021-11-02 09:30",
        "Aanvragen WBSO voor 2022 kan nu",
        "U kunt de WBSO voor 2022 aanvragen. Wilt u starten op 1 januari, vraag dan uiterlijk 20 december aan.",
        (
            "Zelfstandigen zonder personeel hebben tot en met 1 januari 2022 de tijd.",
            "De tarieven voor 2022 volgen in december.",
        ),
        ("Innovatie",),
    ),
    rvo_news(
        "vernieuwde-kaart-met-laadpalen",
        "2021-11-23 14:00",
        "Vernieuwde kaart met laadpalen",
        "Op de nieuwe kaart ziet u per gemeente hoeveel openbare laadpalen er zijn.",
        ("De gegevens worden elke maand bijgewerkt.", "Gemeenten kunnen de cijfers downloaden."),
    ),
    rvo_news(
        "handelsmissie-naar-scandinavie",
        "2021-12-02 10:20",
        "Handelsmissie naar Scandinavië",
        "In maart reist een groep ondernemers in de houtbouw naar Zweden en Finland.",
        ("Deelname kost € 450 per persoon.", "Inschrijven kan tot 15 januari."),
        ("Internationaal ondernemen",),
    ),
    rvo_news(
        "uitbetaling-aan-boeren-begonnen",
        "2021-12-06 09:00",
        "Uitbetaling aan boeren begonnen",
        "De eerste 40.000 landbouwers hebben hun Europese betaling ontvangen.",
        ("De overige betalingen volgen voor het einde van het jaar.", "In Mijn dossier ziet u de stand van uw aanvraag."),
        ("Landbouw",),
    ),
    rvo_news(
        "wijziging-in-regels-voor-biologisch-zaaizaad",
        "2021-12-07 11:40",
        "Wijziging in regels voor biologisch zaaizaad",
        "Vanaf 1 januari gelden strengere regels voor wie geen biologisch zaaizaad gebruikt.",
        ("U vraagt vooraf ontheffing aan.", "De databank laat zien welke rassen verkrijgbaar zijn."),
        ("Landbouw",),
    ),
    rvo_news(
        "webinar-over-energie-besparen-in-de-bakkerij",
        "2021-12-08 13:30",
        "Webinar over energie besparen in de bakkerij",
        "Bakkers die hun oven anders instellen, besparen tot vijftien procent gas.",
        ("Het webinar is op 20 januari.", "Deelname is gratis."),
        ("Energie",),
    ),
    rvo_news(
        "eerste-windmolens-hollandse-kust-zuid-leveren-stroom",
        "2021-12-09 15:15",
        "Eerste windmolens Hollandse Kust Zuid geplaatst",
        "Voor de kust van Zuid-Holland staan de eerste fundamenten van een nieuw windpark.",
        ("Het park is in 2023 klaar.", "Het levert dan stroom voor anderhalf miljoen huishoudens."),
        ("Energie",),
    ),
)


def _others() -> tuple[Paper, ...]:
    pages: list[Paper] = []
    for number, title in enumerate(_TOPICS, start=1):
        slug = title.lower().replace("'", "").replace(" ", "-")
        content = RvoPage(title, f"Informatie over {title.lower()}.", ("Lees hier welke regels gelden.",), date(2020, 1, number))
        pages.append(rvo_page(f"/onderwerpen/{slug}", f"2021-10-{number:02d} 08:00", content))
    for code in _HEAT_PUMPS:
        content = RvoPage(
            f"Meldcode KA{code}",
            "Warmtepomp op de meldcodelijst van de ISDE.",
            ("Subsidiebedrag: € 1.900.",),
            date(2021, 1, 4),
            principal=BZK.department,
        )
        pages.append(rvo_page(f"/meldcodes-warmtepompen/ka{code}", "2021-11-30 02:00", content))
    return tuple(pages)
