"""Scheme pages said in other words: a fact stays what it was or is not read any more, but it is never another one.

The first page of each scheme is the one of the miniature sites; the others are rewritten by hand, as an editor might.
"""

from __future__ import annotations

import pytest

from domain.errors import ReadingError
from domain.listings import Answer, Scope
from domain.scheme_reader import fact_label, fact_value
from sources import ADAPTERS


def facts(scheme: str, title: str, status: str, body: str) -> dict[str, str]:
    """The facts of a page of rvo.nl as a reader sees them."""
    url = f"https://www.rvo.nl/subsidies-financiering/{scheme}"
    page = (
        f"<!DOCTYPE html><html><head><title>{title} | RVO.nl</title></head><body><main><h1>{title}</h1>"
        f"<div class='rvo-status-indicator'>{status}</div>{body}</main></body></html>"
    )
    answer = Answer(url, url, 200, (("content-type", "text/html; charset=utf-8"),), page.encode())
    sheet = ADAPTERS["rvo"].read(url, {"page": answer}, Scope("rvo")).document.scheme
    assert sheet is not None
    found = [(fact_label(fact), fact_value(fact)) for fact in sheet.facts]
    assert len({label for label, _ in found}) == len(found)
    return dict(found)


def table(*rows: tuple[str, ...]) -> str:
    """A table whose first row is its head."""
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def text(heading: str, *paragraphs: str) -> str:
    """A heading with paragraphs under it."""
    return f"<h2>{heading}</h2>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def check(found: dict[str, str], true: dict[str, str], least: int) -> None:
    """Nothing but the truth, and at least so much of it."""
    assert {label: value for label, value in found.items() if true.get(label) != value} == {}
    assert len(found) >= least, sorted(true.keys() - found.keys())


WBSO_RATES = table(
    ("Onderdeel", "2022"),
    ("Tarief eerste schijf", "32%"),
    ("Tarief eerste schijf starters", "40%"),
    ("Tarief tweede schijf", "16%"),
    ("Grens eerste schijf", "€ 350.000"),
)
WBSO_BUDGET = text("Budget", "Het budget voor 2022 is € 1.336 miljoen.")
WBSO_FOR = text("Voor wie?", "De regeling is er voor ondernemers van elke omvang, ook voor zelfstandigen zonder personeel.")
WBSO_WHEN = text(
    "Aanvraagperiode",
    "Wilt u WBSO vanaf 1 januari 2022? Dien uw aanvraag dan uiterlijk 20 december 2021 in.",
    "Bent u zelfstandige zonder personeel? Dan kunt u nog tot en met 1 januari 2022 aanvragen.",
)
WBSO = {
    "status": "open voor aanvragen",
    "tarief eerste schijf": "32%",
    "tarief eerste schijf, starters": "40%",
    "tarief tweede schijf": "16%",
    "grens eerste schijf": "€ 350.000",
    "budget": "€ 1.336.000.000",
    "doelgroep": "De regeling is er voor ondernemers van elke omvang, ook voor zelfstandigen zonder personeel.",
    "uiterste datum (start 1 januari)": "ma 20 december 2021",
    "sluit (zelfstandigen)": "za 1 januari 2022",
}
"""What is true of the WBSO, in the words in which it is told."""

WBSO_PAGES = {
    "as it stood": (9, WBSO_RATES + WBSO_BUDGET + WBSO_FOR + WBSO_WHEN),
    "blocks in another order": (9, WBSO_WHEN + WBSO_FOR + WBSO_BUDGET + WBSO_RATES),
    "rows in another order, with other names": (
        9,
        table(
            ("Parameter", "Bedrag of percentage"),
            ("Grens van de eerste schijf", "€ 350.000"),
            ("Tarief 2e schijf", "16 procent"),
            ("Tarief 1e schijf voor starters", "40 procent"),
            ("Tarief 1e schijf", "32 procent"),
        )
        + WBSO_BUDGET
        + WBSO_FOR
        + WBSO_WHEN,
    ),
    "columns for who, rows for what": (
        9,
        table(("Schijf", "Tarief", "Tarief starters"), ("Eerste schijf", "32%", "40%"), ("Tweede schijf", "16%", "16%"))
        + WBSO_BUDGET
        + WBSO_FOR
        + WBSO_WHEN,
    ),
    "columns swapped": (
        9,
        table(
            ("2022", "Onderdeel"),
            ("32%", "Tarief eerste schijf"),
            ("40%", "Tarief eerste schijf starters"),
            ("16%", "Tarief tweede schijf"),
            ("€ 350.000", "Grens eerste schijf"),
        )
        + WBSO_BUDGET
        + WBSO_FOR
        + WBSO_WHEN,
    ),
    "in sentences": (
        9,
        text(
            "Hoeveel voordeel?",
            "Over de eerste schijf krijgt u per 1 januari 2022 een tarief van 32% (starters 40%) en over de tweede schijf 16%.",
            "De eerste schijf loopt tot € 350.000.",
        )
        + WBSO_BUDGET
        + WBSO_FOR
        + WBSO_WHEN,
    ),
    "last year beside it": (
        11,
        table(
            ("Onderdeel", "2021", "2022"),
            ("Tarief eerste schijf", "40%", "32%"),
            ("Tarief eerste schijf starters", "50%", "40%"),
            ("Tarief tweede schijf", "16%", "16%"),
            ("Grens eerste schijf", "€ 350.000", "€ 350.000"),
        )
        + WBSO_BUDGET
        + WBSO_FOR
        + WBSO_WHEN,
    ),
    "t/m, per and other words for the same days": (
        8,
        WBSO_RATES
        + text("Budget", "Per 2022 is er € 1.336 mln beschikbaar.")
        + text(
            "Wanneer aanvragen?",
            "Aanvragen per 1 januari 2022: uiterlijk 20 december 2021.",
            "Zelfstandigen kunnen aanvragen t/m 1 januari 2022.",
        ),
    ),
    "rows that were added": (
        9,
        table(
            ("Onderdeel", "2022"),
            ("Gemiddeld uurloon", "€ 29"),
            ("Tarief eerste schijf", "32%"),
            ("Tarief eerste schijf starters", "40%"),
            ("Tarief tweede schijf", "16%"),
            ("Grens eerste schijf", "€ 350.000"),
            ("Aftrek zelfstandigen", "€ 13.360"),
            ("Extra aftrek startende zelfstandigen", "€ 6.684"),
        )
        + WBSO_BUDGET
        + WBSO_FOR
        + WBSO_WHEN,
    ),
    "a look back and a condition around the facts": (
        9,
        text(
            "Terugblik",
            "In 2021 gaf de regeling ruim € 1,4 miljard aan ondernemers.",
            "Meer dan 20.000 bedrijven vroegen aan, van wie 97% uit het mkb.",
            "Als het budget is uitgeput, gaan de tarieven van volgend jaar omlaag.",
        )
        + WBSO_RATES
        + WBSO_BUDGET
        + WBSO_FOR
        + WBSO_WHEN,
    ),
    "as definitions": (
        8,
        "<dl><dt>Tarief eerste schijf</dt><dd>32%</dd><dt>Tarief eerste schijf starters</dt><dd>40%</dd>"
        "<dt>Tarief tweede schijf</dt><dd>16%</dd><dt>Grens eerste schijf</dt><dd>€ 350.000</dd>"
        "<dt>Budget</dt><dd>€ 1.336.000.000</dd></dl>" + WBSO_WHEN,
    ),
}

MIT_PARTS = table(
    ("Onderdeel", "Subsidiepercentage", "Maximum"),
    ("Haalbaarheidsproject", "40%", "€ 20.000"),
    ("R&amp;D-samenwerkingsproject", "35%", "€ 350.000"),
)
MIT_MORE = "<p>Bij een haalbaarheidsproject geldt voor experimentele ontwikkeling een percentage van 35%.</p>"
MIT_WHEN = text("Looptijd", "U kon aanvragen van 8 juni 2021, 09:00 uur tot 9 september 2021, 17:00 uur.")
MIT = {
    "status": "gesloten voor aanvragen",
    "subsidiepercentage (haalbaarheidsproject)": "40%",
    "maximum (haalbaarheidsproject)": "€ 20.000",
    "subsidiepercentage (R&D-samenwerkingsproject)": "35%",
    "maximum (R&D-samenwerkingsproject)": "€ 350.000",
    "subsidiepercentage (haalbaarheidsproject, experimentele ontwikkeling)": "35%",
    "opent": "di 8 juni 2021, 09.00 uur",
    "sluit": "do 9 september 2021, 17.00 uur",
}
"""What is true of the MIT."""

MIT_PAGES = {
    "as it stood": (8, MIT_PARTS + MIT_MORE + MIT_WHEN),
    "blocks in another order": (8, MIT_WHEN + MIT_MORE + MIT_PARTS),
    "columns swapped": (
        8,
        table(
            ("Maximum", "Onderdeel", "Subsidiepercentage"),
            ("€ 20.000", "Haalbaarheidsproject", "40%"),
            ("€ 350.000", "R&amp;D-samenwerkingsproject", "35%"),
        )
        + MIT_MORE
        + MIT_WHEN,
    ),
    "the two last columns swapped": (
        8,
        table(
            ("Onderdeel", "Maximum", "Subsidiepercentage"),
            ("Haalbaarheidsproject", "€ 20.000", "40%"),
            ("R&amp;D-samenwerkingsproject", "€ 350.000", "35%"),
        )
        + MIT_MORE
        + MIT_WHEN,
    ),
    "parts as columns": (
        8,
        table(
            ("", "Haalbaarheidsproject", "R&amp;D-samenwerkingsproject"),
            ("Subsidiepercentage", "40%", "35%"),
            ("Maximum", "€ 20.000", "€ 350.000"),
        )
        + MIT_MORE
        + MIT_WHEN,
    ),
    "in sentences": (
        8,
        text(
            "Subsidie",
            "Voor een haalbaarheidsproject krijgt u 40% van de subsidiabele kosten, met een maximum van € 20.000.",
            "Voor een R&amp;D-samenwerkingsproject krijgt u 35% van de subsidiabele kosten en maximaal € 350.000.",
        )
        + MIT_MORE
        + MIT_WHEN,
    ),
    "tot en met, and an hour in another dress": (
        8,
        MIT_PARTS
        + MIT_MORE
        + text("Looptijd", "U kon aanvragen van dinsdag 8 juni 2021 9.00 uur t/m donderdag 9 september 2021 17.00 uur."),
    ),
    "opening and closing in rows": (
        8,
        MIT_PARTS
        + MIT_MORE
        + table(("", ""), ("Opening", "8 juni 2021, 09:00 uur"), ("Sluiting", "9 september 2021, 17:00 uur")),
    ),
    "rows that were added": (
        10,
        table(
            ("Onderdeel", "Subsidiepercentage", "Maximum"),
            ("Kennisvoucher", "50%", "€ 3.750"),
            ("Haalbaarheidsproject", "40%", "€ 20.000"),
            ("R&amp;D-samenwerkingsproject", "35%", "€ 350.000"),
        )
        + MIT_MORE
        + MIT_WHEN,
    ),
    "regions under it": (
        8,
        MIT_PARTS
        + MIT_MORE
        + MIT_WHEN
        + "<h2>Plafond per regio</h2>"
        + table(
            ("Regio", "Haalbaarheid (€)", "Samenwerking (€)"),
            ("Noord", "1.000.000", "2.000.000"),
            ("Zuid", "1.500.000", "3.139.200"),
        ),
    ),
    "the next round announced": (
        8,
        MIT_PARTS + MIT_MORE + MIT_WHEN + "<p>In 2022 kunt u naar verwachting aanvragen van 7 juni tot en met 8 september.</p>",
    ),
}
MIT_ADDED = {
    "plafond (Noord, Haalbaarheid)": "€ 1.000.000",
    "plafond (Noord, Samenwerking)": "€ 2.000.000",
    "plafond (Zuid, Haalbaarheid)": "€ 1.500.000",
    "plafond (Zuid, Samenwerking)": "€ 3.139.200",
    "subsidiepercentage (kennisvoucher)": "50%",
    "maximum (kennisvoucher)": "€ 3.750",
}
# Other names for the same facts: by year where two stand side by side, for starters where a column says so.
WBSO_OTHERWISE = {
    "tarief tweede schijf, starters": "16%",
    "uiterste datum": "ma 20 december 2021",
    "tarief eerste schijf, 2022": "32%",
    "tarief eerste schijf, starters, 2022": "40%",
    "tarief eerste schijf, 2021": "40%",
    "tarief eerste schijf, starters, 2021": "50%",
}


@pytest.mark.parametrize("name", WBSO_PAGES)
def test_the_wbso_in_other_words(name: str) -> None:
    least, body = WBSO_PAGES[name]
    check(facts("wbso", "WBSO", "Open voor aanvragen", body), {**WBSO, **WBSO_OTHERWISE}, least)


@pytest.mark.parametrize("name", MIT_PAGES)
def test_the_mit_in_other_words(name: str) -> None:
    least, body = MIT_PAGES[name]
    check(facts("mit", "MIT", "Gesloten voor aanvragen", body), {**MIT, **MIT_ADDED}, least)


# What an editor may write beside the facts, and the most that may be read from it (less is never wrong).
RATE, STARTERS, SECOND = "tarief eerste schijf", "tarief eerste schijf, starters", "tarief tweede schijf"
SAID: list[tuple[str, dict[str, str]]] = [
    ("Het tarief in de eerste schijf was 40% en is nu 32%.", {RATE: "32%"}),
    ("Het tarief in de eerste schijf is niet langer 40%, maar 32%.", {RATE: "32%"}),
    ("De eerste schijf: 32% (was 40%).", {RATE: "32%"}),
    ("Het tarief voor starters is 40% in plaats van 32% in de eerste schijf.", {STARTERS: "40%"}),
    ("Het tarief in de eerste schijf daalt met 8 procentpunt naar 32%, voor starters naar 40%.", {RATE: "32%", STARTERS: "40%"}),
    ("Vanaf 2023 geldt in de eerste schijf 30%, tot die tijd 32%.", {}),
    ("Het kabinet stelt voor om het tarief in de eerste schijf te verhogen naar 36%.", {}),
    ("De minister wil het budget verhogen tot € 1.500 miljoen.", {}),
    ("Naar verwachting is het budget voor 2023 € 1.400 miljoen.", {}),
    ("Het budget is € 1.336 miljoen, waarvan € 100 miljoen voor starters.", {"budget": "€ 1.336.000.000"}),
    ("Het budget was € 1.438 miljoen en is nu € 1.336 miljoen.", {"budget": "€ 1.336.000.000"}),
    ("Het budget daalt van € 1.438 miljoen naar € 1.336 miljoen.", {"budget": "€ 1.336.000.000"}),
    ("Voor 2022 is € 102 miljoen minder beschikbaar.", {}),
    ("Het budget voor 2022 is met € 102 miljoen verlaagd.", {}),
    ("Er is nog € 1,2 miljoen van het budget beschikbaar.", {}),
    ("U krijgt 32% over de eerste € 350.000 en 16% over het meerdere.", {"grens eerste schijf": "€ 350.000"}),
    ("U kunt niet meer aanvragen vanaf 20 december 2021.", {}),
    ("Aanvragen die na 20 december 2021 binnenkomen, tellen voor een periode vanaf 1 februari 2022.", {}),
    ("De regeling is verlengd tot en met 31 december 2026.", {}),
    ("Projecten lopen van 1 januari 2022 tot en met 31 december 2023.", {}),
    ("Uw project moet uiterlijk 31 december 2023 klaar zijn.", {}),
    ("Regio Noord sluit op 1 juli 2021, regio Zuid op 9 september 2021.", {}),
    ("Regio Noord sluit op 1 juli 2021.", {"sluit (Noord)": "do 1 juli 2021"}),
    ("Van 8 juni tot 9 september 2021 kon u aanvragen.", {"opent": "di 8 juni 2021", "sluit": "do 9 september 2021"}),
    (
        "8 juni 2021 09:00 - 9 september 2021 17:00",
        {"opent": "di 8 juni 2021, 09.00 uur", "sluit": "do 9 september 2021, 17.00 uur"},
    ),
]


OPENS, CLOSES = "di 7 april 2026, 09.00 uur", "do 10 september 2026, 17.00 uur"
WINDOW = {"opent": OPENS, "sluit": CLOSES}
DAYS = {"opent": "di 7 april 2026", "sluit": "do 10 september 2026"}
CEILING = {"plafond": "€ 8.350.000"}
BUDGET = {"budget": "€ 8.350.000"}
LIMITS = {"minimum": "€ 25.000", "maximum": "€ 200.000"}
# Every fact in other words, under a heading or none. As a civil servant may write it.
REWORDED: list[tuple[str, str, dict[str, str]]] = [
    ("", "Het loket gaat open op 7 april 2026 om 9.00 uur en sluit op 10 september 2026 om 17.00 uur.", WINDOW),
    ("", "U dient uw aanvraag in van 7 april 2026, 09:00 tot en met 10 september 2026, 17:00.", WINDOW),
    ("", "Aanvragen kan vanaf dinsdag 7 april 2026 (09.00 uur) tot donderdag 10 september 2026 (17.00 uur).", WINDOW),
    ("", "De aanvraagperiode start op 7 april 2026 om 09:00 uur en eindigt op 10 september 2026 om 17:00 uur.", WINDOW),
    ("Wanneer kunt u aanvragen?", "7 april 2026 09:00 uur tot 10 september 2026 17:00 uur", WINDOW),
    ("", "Indienen kan tussen 7 april 2026 en 10 september 2026.", DAYS),
    ("", "De regeling is open van 7 april t/m 10 september 2026.", DAYS),
    ("", "Vanaf 7 april 2026 om 9:00 uur kunt u een aanvraag indienen.", {"opent": OPENS}),
    ("", "De sluitingsdatum is 10 september 2026, 17:00 uur.", {"sluit": CLOSES}),
    ("", "U heeft tot uiterlijk 10 september 2026, 17:00 uur de tijd om aan te vragen.", {"uiterste datum": CLOSES}),
    ("", "Dien uw aanvraag in voor 10 september 2026, 17:00 uur.", {"uiterste datum (vóór)": CLOSES}),
    ("", "Voor 2026 geldt een plafond van EUR 8.350.000,-.", CEILING),
    ("", "Het subsidieplafond is vastgesteld op € 8,35 miljoen.", CEILING),
    ("", "Het plafond gaat met € 1,2 miljoen omhoog naar € 8,35 miljoen.", CEILING),
    ("", "Het subsidieplafond van € 8.350.000 is op de eerste dag bereikt.", {**CEILING, "status": "budget uitgeput"}),
    ("", "Er is in 2026 in totaal 8,35 miljoen euro beschikbaar voor deze regeling.", BUDGET),
    ("", "In 2025 was het budget € 7.150.000, in 2026 is dat € 8.350.000.", BUDGET),
    ("", "Het budget voor 2026 is € 8.350.000 (2025: € 7.150.000).", BUDGET),
    ("", "Het beschikbare budget: € 8.350.000", BUDGET),
    ("Budget per regio", "Regio Noord: € 1.200.000", {"budget (Noord)": "€ 1.200.000"}),
    ("Budget per provincie", "Noord-Brabant: € 1,2 mln", {"budget (Noord-Brabant)": "€ 1.200.000"}),
    ("", "De subsidie is 35 procent van uw projectkosten.", {"subsidiepercentage": "35%"}),
    ("", "U krijgt 35 pct van de kosten vergoed.", {"subsidiepercentage": "35%"}),
    ("", "De minimale subsidie is € 25.000 en de maximale subsidie € 200.000 per project.", LIMITS),
    ("", "U krijgt tussen € 25.000 en € 200.000 subsidie.", LIMITS),
    ("", "Maximaal subsidiebedrag: € 200.000", {"maximum": "€ 200.000"}),
    ("", "Per aanvrager ontvangt u ten hoogste € 200.000.", {"maximum (per aanvrager)": "€ 200.000"}),
    ("", "De schijfgrens is € 391.020.", {"grens eerste schijf": "€ 391.020"}),
    ("", "Aanvragen worden gerangschikt op basis van de beoordelingscriteria.", {"verdeling": "rangschikking (tender)"}),
    ("", "Het geld wordt verdeeld door middel van loting.", {"verdeling": "loting"}),
    ("", "Voor de verdeling geldt: wie het eerst komt.", {"verdeling": "volgorde van binnenkomst"}),
    ("", "De regeling is bedoeld voor de maakindustrie.", {"doelgroep": "De regeling is bedoeld voor de maakindustrie."}),
    ("Wie komt in aanmerking?", "Mkb-ondernemers.", {"doelgroep": "Mkb-ondernemers."}),
    # Nothing but what is said: rests, costs, fractions and steps are no facts of the scheme.
    ("", "De subsidiabele kosten liggen tussen € 25.000 en € 200.000.", {}),
    ("", "Het subsidieplafond is opgehoogd met € 1,2 miljoen.", {}),
    ("", "Het budget is € 2½ miljoen.", {}),
    ("", "Het budget is € 3 ton.", {}),
]


@pytest.mark.parametrize(("heading", "said", "true"), REWORDED)
def test_every_fact_in_other_words(heading: str, said: str, true: dict[str, str]) -> None:
    body = f"<h2>{heading or 'Over de regeling'}</h2><p>{said}</p><p>Een gewone regel die nergens over gaat.</p>"
    assert facts("mit", "MIT", "Open voor aanvragen", body) == {"status": "open voor aanvragen", **true}


def test_tables_per_region_and_what_is_left_of_a_budget() -> None:
    rows = table(
        ("Regio", "Beschikbaar budget", "Resterend budget"), ("Oost (Gelderland en Overijssel)", "€ 2.150.000", "€ 50.000")
    )
    assert facts("mit", "MIT", "Open voor aanvragen", rows + "<p>Een gewone regel die nergens over gaat.</p>") == {
        "status": "open voor aanvragen",
        "budget (Oost)": "€ 2.150.000",
    }


def test_a_page_of_20_mb_is_named_and_not_read() -> None:
    with pytest.raises(ReadingError, match="more than any page of this site"):
        facts("mit", "MIT", "Open voor aanvragen", "<p>Het budget is € 5.</p>" * 900_000)


def test_two_regions_that_are_closed_leave_the_scheme_as_it_is() -> None:
    """Without a label on the page a sentence about parts would be taken for the whole."""
    body = text(
        "Stand van zaken", "De openstelling voor regio Noord en regio Zuid is gesloten.", "Een regel die nergens over gaat."
    )
    assert facts("mit", "MIT", "Over deze regeling", body) == {}


@pytest.mark.parametrize(("said", "true"), SAID)
def test_what_is_said_beside_the_facts(said: str, true: dict[str, str]) -> None:
    """What was, what may come, parts, steps and rests are not the value that holds; other dates are not those of the counter."""
    body = text("Aanvraagperiode", said) + "<p>Een gewone regel die nergens over gaat.</p>"
    assert facts("wbso", "WBSO", "Open voor aanvragen", body) == {"status": "open voor aanvragen", **true}


@pytest.mark.parametrize(
    ("rows", "true"),
    [
        ((("Onderdeel", "Was", "Wordt"), ("Tarief eerste schijf", "40%", "32%")), {}),
        ((("Onderdeel", "Oud tarief", "Nieuw tarief"), ("Eerste schijf", "40%", "32%")), {}),
        (
            (("Onderdeel", "2022"), ("Tarief eerste schijf", "32% (starters: 40%)"), ("Tarief tweede schijf", "16%")),
            {SECOND: "16%"},
        ),
        (
            (("Jaar", "Budget (x € 1 miljoen)", "Aanvragen"), ("2021", "1.438", "22.210"), ("2022", "1.336", "20.000")),
            {"budget (2021)": "€ 1.438.000.000", "budget (2022)": "€ 1.336.000.000"},
        ),
        (
            (("Jaar", "Tarief eerste schijf", "Tarief tweede schijf"), ("2021", "40%", "16%"), ("2022", "32%", "16%")),
            {f"{RATE}, 2021": "40%", f"{RATE}, 2022": "32%", SECOND: "16%"},
        ),
        ((("Start project", "Aanvragen tot en met"), ("1 januari 2022", "20 december 2021")), {}),
        (
            (
                ("Opent", "Sluit", "Regio"),
                ("8 juni 2021", "1 juli 2021", "Regio Noord"),
                ("8 juni 2021", "9 juli 2021", "Regio Zuid"),
            ),
            {
                "opent (Noord)": "di 8 juni 2021",
                "sluit (Noord)": "do 1 juli 2021",
                "opent (Zuid)": "di 8 juni 2021",
                "sluit (Zuid)": "vr 9 juli 2021",
            },
        ),
    ],
)
def test_tables_in_other_shapes(rows: tuple[tuple[str, ...], ...], true: dict[str, str]) -> None:
    """Old beside new is not read; which of the two holds today is not said."""
    body = "<h2>Cijfers</h2>" + table(*rows) + "<p>Een gewone regel die nergens over gaat.</p>"
    assert facts("wbso", "WBSO", "Open voor aanvragen", body) == {"status": "open voor aanvragen", **true}
