"""Scheme sheets: every fact with its sentence, from rows and from running text, and nothing where the page is not plain."""

import pytest

from domain.documents import Field, Passage
from domain.dutch_numbers import parse_amount, parse_percentage
from domain.scheme_reader import fact_label, fact_value, read_sheet
from domain.schemes import SchemeField, SchemeStatus


def sheet(*lines, heading=""):
    return read_sheet("wbso", "WBSO", [Passage(Field.BODY, line, heading) for line in lines])


def facts(*lines, heading=""):
    return {fact_label(fact): fact_value(fact) for fact in sheet(*lines, heading=heading).facts}


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Open voor aanvragen", SchemeStatus.OPEN),
        ("Bijna open voor aanvragen", SchemeStatus.OPENING_SOON),
        ("Binnenkort open", SchemeStatus.OPENING_SOON),
        ("Tijdelijk gesloten voor aanvragen", SchemeStatus.CLOSED_TEMPORARILY),
        ("Gesloten voor aanvragen", SchemeStatus.CLOSED),
        ("Status: Gesloten", SchemeStatus.CLOSED),
        ("Gesloten voor aanvragen, budget uitgeput", SchemeStatus.EXHAUSTED),
        ("Het subsidieplafond is bereikt.", SchemeStatus.EXHAUSTED),
        ("Het budget voor dit jaar is volledig uitgeput.", SchemeStatus.EXHAUSTED),
        ("De regeling is tijdelijk gesloten.", SchemeStatus.CLOSED_TEMPORARILY),
    ],
)
def test_status_longest_label_first(label, status):
    fact = sheet(label).get(SchemeField.STATUS)
    assert fact is not None
    assert fact.value == status.value
    assert fact.sentence == label


@pytest.mark.parametrize(
    "line",
    [
        "Als het budget is uitgeput, sluit het loket.",
        "Het plafond is nog niet bereikt.",
        "Zodra het plafond is bereikt, hoort u dat van ons.",
        "Is het budget uitgeput?",
    ],
)
def test_conditions_and_questions_are_no_status(line):
    assert sheet(line).get(SchemeField.STATUS) is None


def test_money_that_is_gone_outranks_the_label():
    assert facts("Open voor aanvragen", "Het subsidieplafond is op de eerste dag bereikt.")["status"] == "budget uitgeput"


def test_a_region_that_ran_out_leaves_the_scheme_open():
    found = facts("Open voor aanvragen", "Het plafond voor regio Zuid is bereikt.")
    assert found == {"status": "open voor aanvragen", "status (Zuid)": "budget uitgeput"}


def test_brackets_in_a_table_of_one_year():
    rows = (
        "Onderdeel: Tarief eerste schijf; 2022: 32%",
        "Onderdeel: Tarief eerste schijf starters; 2022: 40%",
        "Onderdeel: Tarief tweede schijf; 2022: 16%",
        "Onderdeel: Grens eerste schijf; 2022: € 350.000",
    )
    assert facts(*rows) == {
        "tarief eerste schijf": "32%",
        "tarief eerste schijf, starters": "40%",
        "tarief tweede schijf": "16%",
        "grens eerste schijf": "€ 350.000",
    }


def test_two_years_side_by_side_are_two_facts():
    assert facts("Onderdeel: Tarief eerste schijf; 2021: 40%; 2022: 32%") == {
        "tarief eerste schijf, 2021": "40%",
        "tarief eerste schijf, 2022": "32%",
    }


@pytest.mark.parametrize(
    "line",
    [
        "Het tarief in de eerste schijf is 32% en voor starters 40%, in de tweede schijf 16%.",
        "U krijgt 32% in de eerste schijf (40% voor starters) en 16% in de tweede schijf.",
        "Tarieven: eerste schijf 32% (starters 40%), tweede schijf 16%.",
        "Het tarief van de 1e schijf gaat van 40% naar 32%, voor starters van 50% naar 40%; de 2e schijf blijft 16%.",
    ],
)
def test_brackets_in_running_text(line):
    assert facts(line) == {"tarief eerste schijf": "32%", "tarief eerste schijf, starters": "40%", "tarief tweede schijf": "16%"}


def test_rates_and_limits_per_kind_of_project():
    rows = (
        "Onderdeel: Haalbaarheidsproject; Subsidiepercentage: 40%; Maximum: € 20.000",
        "Onderdeel: R&D-samenwerkingsproject; Subsidiepercentage: 35%; Maximum: € 350.000",
    )
    assert facts(*rows, "Voor een haalbaarheidsproject is de subsidie maximaal € 20.000.") == {
        "subsidiepercentage (haalbaarheidsproject)": "40%",
        "maximum (haalbaarheidsproject)": "€ 20.000",
        "subsidiepercentage (R&D-samenwerkingsproject)": "35%",
        "maximum (R&D-samenwerkingsproject)": "€ 350.000",
    }


def test_money_per_region():
    assert facts("Regio: Zuid; Budget: € 3.139.200", "Regio: Oost; Budget: € 2.000.000") == {
        "budget (Zuid)": "€ 3.139.200",
        "budget (Oost)": "€ 2.000.000",
    }
    assert facts("Regio: Zuid; Bedrag: € 3.139.200", heading="Plafond per regio") == {"plafond (Zuid)": "€ 3.139.200"}
    assert facts("Regio: Zuid; Budget (x € 1.000): 3.139") == {"budget (Zuid)": "€ 3.139.000"}


@pytest.mark.parametrize(
    "line",
    [
        "Regio: Noord; Budget: € 1.000.000 of € 2.000.000",  # two amounts in one cell
        "Zuid; € 3.139.200",  # a row without a header
        "Regio: Noord; Budget: nog niet bekend",
        "Regio: Noord; Budget: 12",  # twelve of what?
        "Regio: Noord; Budget (x € 1.000): € 1.000.000",  # which of the two scales?
        "Het budget is ruim € 1,6 miljard.",  # rounded
        "Maatregel: Spouwmuurisolatie; Bedrag per m²: € 5",
        "De gemiddelde aanvraag was € 12.000.",
        "Uiterlijk 31 februari 2022 kunt u aanvragen.",  # no such day
        "U kunt aanvragen vanaf 17 januari.",  # no year
        "De looptijd van het project is van 1 januari 2021 of 2022.",
        "Wilt u aanvragen vanaf 1 januari 2022?",
        "De minister opent op 3 mei 2022 de beurs.",
    ],
)
def test_what_is_not_plain_is_not_read(line):
    if line.startswith("De minister"):
        assert SchemeField.CLOSES not in {fact.field for fact in sheet(line).facts}
    else:
        assert sheet(line).facts == ()


@pytest.mark.parametrize(
    ("lines", "heading", "expected"),
    [
        (
            ["U kunt aanvragen van 8 juni 2021, 09:00 uur tot 9 september 2021, 17:00 uur."],
            "",
            {"opent": "di 8 juni 2021, 09.00 uur", "sluit": "do 9 september 2021, 17.00 uur"},
        ),
        (["15 april t/m 4 juli 2019"], "Openstelling", {"opent": "ma 15 april 2019", "sluit": "do 4 juli 2019"}),
        (
            ["Looptijd: 11 juni 2026 09:00 uur – 17 september 2026 17:00 uur"],
            "",
            {"opent": "do 11 juni 2026, 09.00 uur", "sluit": "do 17 september 2026, 17.00 uur"},
        ),
        (["Project: Haalbaarheidsproject; Opent: 9-4-2019"], "", {"opent (haalbaarheidsproject)": "di 9 april 2019"}),
        (["U kunt aanvragen vanaf 17 januari 2022, 09:00 uur."], "", {"opent": "ma 17 januari 2022, 09.00 uur"}),
        (["Dien uw aanvraag uiterlijk 20 december 2021 in."], "", {"uiterste datum": "ma 20 december 2021"}),
        (["Dien uw aanvraag in vóór 1 oktober 2021."], "", {"uiterste datum (vóór)": "vr 1 oktober 2021"}),
        (
            ["Wilt u beginnen op 1 januari 2022? Vraag dan uiterlijk 20 december 2021 aan."],
            "",
            {"uiterste datum (start 1 januari)": "ma 20 december 2021"},
        ),
        (
            ["Bent u zelfstandige? Dan kunt u aanvragen tot en met 1 januari 2022."],
            "",
            {"sluit (zelfstandigen)": "za 1 januari 2022"},
        ),
        (
            ["Het loket sluit op 4 juli 2019.", "Het loket sluit op 4 juli 2019, 17:00 uur."],
            "",
            {"sluit": "do 4 juli 2019, 17.00 uur"},
        ),
    ],
)
def test_openings_closings_and_deadlines(lines, heading, expected):
    assert facts(*lines, heading=heading) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Het budget voor 2022 is € 1.336 miljoen.", {"budget": "€ 1.336.000.000"}),
        ("Het plafond is verhoogd van € 7,15 miljoen naar € 8,35 miljoen.", {"plafond": "€ 8.350.000"}),
        ("Voor regio Zuid is € 3.139.200 beschikbaar.", {"budget (Zuid)": "€ 3.139.200"}),
        ("U vraagt minimaal € 50.000 en maximaal € 200.000 aan.", {"minimum": "€ 50.000", "maximum": "€ 200.000"}),
        ("Per deelnemer is de subsidie niet hoger dan € 175.000.", {"maximum (per deelnemer)": "€ 175.000"}),
        ("U krijgt 35% van de subsidiabele kosten.", {"subsidiepercentage": "35%"}),
        ("Aanvragen worden behandeld op volgorde van binnenkomst.", {"verdeling": "volgorde van binnenkomst"}),
        ("De verdeling gaat via loting.", {"verdeling": "loting"}),
        ("Bij overtekening wordt geloot.", {}),
    ],
)
def test_running_text(line, expected):
    assert facts(line) == expected


def test_a_page_that_contradicts_itself_gives_no_value():
    assert facts("Het budget is € 5 miljoen.", "Het budget is € 6 miljoen.") == {}
    assert facts("Het budget voor 2021 is € 5 miljoen.", "Het budget voor 2022 is € 6 miljoen.") == {
        "budget (2021)": "€ 5.000.000",
        "budget (2022)": "€ 6.000.000",
    }


def test_target_group_and_what_is_never_read():
    assert facts("Mkb-ondernemers in de maakindustrie.", heading="Voor wie?") == {
        "doelgroep": "Mkb-ondernemers in de maakindustrie."
    }
    foot = [Passage(Field.BOILERPLATE, "Het budget is € 5 miljoen."), Passage(Field.FOOTNOTE, "Gesloten voor aanvragen")]
    assert read_sheet("x", "X", foot).facts == ()


def test_every_fact_has_the_sentence_that_states_it():
    page = "Vorig jaar liep het storm. Het budget voor 2022 is € 5 miljoen. Wees er dus op tijd bij."
    (fact,) = sheet(page).facts
    assert fact.sentence == "Het budget voor 2022 is € 5 miljoen."
    assert sheet(page).provisional


# Scheme, field, before and after as they were in real years; the sentences around them are ours.
STEPS = [
    ("Tarief eerste schijf: {}", "42%", "38%"),
    ("Tarief eerste schijf: {}", "32%", "36%"),
    ("Tarief eerste schijf starters: {}", "40%", "50%"),
    ("Grens eerste schijf: {}", "€ 350.000", "€ 380.000"),
    ("Grens eerste schijf: {}", "€ 380.000", "€ 391.020"),
    ("Het budget voor het komende jaar is {}.", "1438 mln euro", "1336 mln euro"),
    ("Het plafond voor haalbaarheidsprojecten is {}.", "€ 7.150.000", "€ 8,35 miljoen"),
    ("Voor een haalbaarheidsproject geldt een maximum van {}.", "EUR 50.000,-", "EUR 25.000,-"),
    ("Voor R&D-samenwerkingsprojecten is dat maximaal {}.", "€ 200.000", "€ 350.000"),
]


@pytest.mark.parametrize(("line", "before", "after"), STEPS)
def test_known_steps_of_real_years(line, before, after):
    for said in (before, after):
        (fact,) = sheet("Dit is de regeling.", line.format(said), "Lees meer.").facts
        expected = parse_percentage(said) if "%" in said else parse_amount(said)
        assert int(fact.value) == expected
