"""Amending acts: every instruction with its place and values; what is not understood is kept as it stands."""

from __future__ import annotations

import pytest

from domain.amending import amended, is_amending, read_amendments
from domain.amending_changes import act_changes
from domain.change import ChangeSort
from domain.documents import Document, Field, Kind, Passage
from domain.scheme_acts import read_act

TITLE = "Regeling van de Minister van Economische Zaken tot wijziging van de Regeling nationale EZK- en LNV-subsidies (MIT)"


def passages(*lines: str) -> tuple[Passage, ...]:
    """The lines of an act; one that begins with "#" is a heading."""
    out: list[Passage] = []
    heading = ""
    for line in lines:
        heading = line[1:] if line.startswith("#") else heading
        out.append(Passage(Field.BODY, line.removeprefix("#"), heading))
    return tuple(out)


def read(*lines: str) -> list[tuple[str, str, str, str]]:
    """The instructions of one article of an amending act."""
    found = read_amendments(passages("Besluit:", "#Artikel I", *lines))
    return [(one.action.value, one.place.label, one.before, one.after) for one in found]


QUOTES = ["‘{}’", "“{}”", "«{}»", "„{}”", '"{}"', "'{}'"]


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize(
    "line",
    [
        "In artikel 3.4.5, tweede lid, wordt {} vervangen door {}.",
        "In artikel 3.4.5, tweede lid, wordt het bedrag {} telkens vervangen door {}.",
        "In artikel 3.4.5, tweede lid, wordt de zinsnede {} vervangen door: {}.",
        "Artikel 3.4.5, tweede lid, wordt gewijzigd: {} wordt vervangen door {}.",
    ],
)
def test_a_value_is_replaced_in_any_quotation_marks(line: str, quote: str) -> None:
    said = line.format(quote.format("EUR 25.000"), quote.format("EUR 20.000"))
    assert read(said) == [("replaced", "artikel 3.4.5, tweede lid", "EUR 25.000", "EUR 20.000")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                "A",
                "Artikel 3.4.5 wordt als volgt gewijzigd:",
                "1. In het tweede lid wordt “40%” vervangen door “35%”.",
                "2. Het derde lid vervalt.",
            ),
            [("replaced", "artikel 3.4.5, tweede lid", "40%", "35%"), ("repealed", "artikel 3.4.5, derde lid", "", "")],
        ),
        (("De artikelen 3.4.8 tot en met 3.4.15 vervallen.",), [("repealed", "artikelen 3.4.8 tot en met 3.4.15", "", "")]),
        (("Paragraaf 3.4.3 vervalt.",), [("repealed", "paragraaf 3.4.3", "", "")]),
        (
            ("In artikel 9, onderdeel b, vervalt “of zijn gemachtigde”.",),
            [("repealed", "artikel 9, onderdeel b", "of zijn gemachtigde", "")],
        ),
        (
            (
                "B",
                "Artikel 3.4.6, eerste lid, komt te luiden:",
                "1. Het project duurt ten hoogste twee jaar.",
                "C",
                "Artikel 3.4.7 vervalt.",
            ),
            [
                ("rewritten", "artikel 3.4.6, eerste lid", "", "1. Het project duurt ten hoogste twee jaar."),
                ("repealed", "artikel 3.4.7", "", ""),
            ],
        ),
        (
            ("In artikel 12 wordt na “onderneming” ingevoegd “of kennisinstelling”.",),
            [("inserted", "artikel 12", "", "of kennisinstelling")],
        ),
        (
            (
                "Na artikel 3.4.22 wordt een artikel ingevoegd, luidende:",
                "#Artikel 3.4.22a",
                "De minister verdeelt het plafond door loting.",
            ),
            [("inserted", "artikel 3.4.22", "", "Artikel 3.4.22a\nDe minister verdeelt het plafond door loting.")],
        ),
        (
            ("In de tabel van artikel 1 worden “400.000” en “500.000” vervangen door onderscheidenlijk “450.000” en “550.000”.",),
            [("replaced", "artikel 1, tabel", "400.000", "450.000"), ("replaced", "artikel 1, tabel", "500.000", "550.000")],
        ),
        (
            ("In artikel 4 wordt € 200.000 vervangen door € 350.000.",),
            [("replaced", "artikel 4", "€ 200.000", "€ 350.000")],
        ),
        (
            ("Het subsidieplafond, genoemd in artikel 2, wordt verhoogd van € 7.150.000 tot € 8.350.000.",),
            [("replaced", "artikel 2", "€ 7.150.000", "€ 8.350.000")],
        ),
        (
            ("Het vierde lid van artikel 3.4.6 wordt vernummerd tot derde lid.",),
            [("renumbered", "artikel 3.4.6, vierde lid", "", "")],
        ),
        (("In artikel 9 wordt de opsomming naar omstandigheden anders gelezen.",), [("unread", "artikel 9", "", "")]),
        (("In artikel 9 wordt “drie” vervangen door “vier” en “vijf”.",), [("unread", "artikel 9", "", "")]),
        (("Deze regeling treedt in werking met ingang van 1 april 2019.",), []),
    ],
)
def test_every_instruction_at_its_place(lines: tuple[str, ...], expected: list[tuple[str, str, str, str]]) -> None:
    assert read(*lines) == expected


def test_recitals_signature_and_explanation_change_nothing() -> None:
    lines = passages(
        "Gelet op artikel 3, waarin “a” wordt vervangen door “b”;",
        "Besluit:",
        "#Artikel I",
        "In artikel 1 wordt “2018” vervangen door “2019”.",
        "#Artikel II",
        "Deze regeling treedt in werking op 1 januari 2019.",
        "De Minister van Economische Zaken en Klimaat,",
        "#Toelichting",
        "In artikel 2 wordt “x” vervangen door “y”.",
    )
    assert [(one.before, one.after) for one in read_amendments(lines)] == [("2018", "2019")]


def test_the_title_names_what_is_changed() -> None:
    assert amended(TITLE) == "Regeling nationale EZK- en LNV-subsidies"
    assert (
        amended("Wijziging Regeling openstelling EZ-subsidies 2016 in verband met een extra ronde")
        == "Regeling openstelling EZ-subsidies 2016"
    )
    assert is_amending(TITLE, ())
    assert not is_amending("Regeling openstelling EZ-subsidies 2016", ())


OPENINGS = (
    "Titel: 3.3; Onderdeel: HTSM/ICT; Openstelling: 15-04-2019 t/m 04-07-2019; Plafond: € 400.000",
    "Titel: 3.4; Onderdeel: Haalbaarheidsprojecten; Periode: 9 april 2019, 09:00 uur t/m 10 september 2019, 17:00 uur; "
    "Subsidieplafond: € 1.500.000",
)


def act(*lines: str, title: str = TITLE) -> Document:
    """A regulation with its sheet, as the reader of the Staatscourant makes it."""
    said = passages("Besluit:", "#Artikel I", *lines)
    return Document("stcrt-2019-10565", "u", Kind.REGULATION, title, said, scheme=read_act(title, said))


def told(document: Document) -> list[tuple[str, str, str, str]]:
    """What is told of it, without what only counts."""
    return [(c.label, c.before, c.after, c.delta) for c in act_changes(document) if c.sort is not ChangeSort.TEXT]


def test_the_acceptance_check_of_the_amending_act_of_2019() -> None:
    """Article 3.4.5, second member: 25.000 becomes 20.000; the row of title 3.3 opens 15-04-2019 to 04-07-2019 with 400.000."""
    document = act("In artikel 3.4.5, tweede lid, wordt “EUR 25.000” vervangen door “EUR 20.000”.", *OPENINGS)
    assert told(document) == [
        ("maximum (haalbaarheidsproject), artikel 3.4.5, tweede lid", "€ 25.000", "€ 20.000", "-20 %"),
        ("opent (HTSM/ICT), titel 3.3", "niet gelezen", "ma 15 april 2019", ""),
        ("sluit (HTSM/ICT), titel 3.3", "niet gelezen", "do 4 juli 2019", ""),
        ("plafond (HTSM/ICT), titel 3.3", "niet gelezen", "€ 400.000", ""),
        ("opent (haalbaarheidsproject)", "niet gelezen", "di 9 april 2019, 09.00 uur", ""),
        ("sluit (haalbaarheidsproject)", "niet gelezen", "di 10 september 2019, 17.00 uur", ""),
        ("plafond (haalbaarheidsproject)", "niet gelezen", "€ 1.500.000", ""),
    ]
    sheet = document.scheme
    assert sheet is not None
    assert (sheet.scheme, sheet.provisional) == ("mit", False)
    assert {fact.part for fact in sheet.facts} == {"haalbaarheidsproject"}  # title 3.3 is another scheme's


def test_steps_between_values_of_one_sort() -> None:
    lines = (
        "In artikel 1 wordt “40%” vervangen door “35%”.",
        "In artikel 2 wordt “1 maart 2018” vervangen door “1 maart 2023”.",
        "In artikel 3 wordt “7.150.000” vervangen door “8.350.000”.",
        "In artikel 4 wordt “drie” vervangen door “vier”.",
    )
    assert told(act(*lines)) == [
        ("artikel 1", "40%", "35%", "-5 procentpunt"),
        ("artikel 2", "do 1 maart 2018", "wo 1 maart 2023", ""),
        ("artikel 3", "7.150.000", "8.350.000", "+16,8 %"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "3.4; Haalbaarheidsprojecten; 9 april 2019; € 1.500.000",  # no heads
        "Titel: 3.4; Openstelling: 9 april 2019 t/m 31 juni 2019; Plafond: € 1.500.000",  # no such day
        "Titel: 3.4; Openstelling: 9 april 2019 t/m 10 september 2019; Plafond: € 1.500.000 of € 2.000.000",  # two amounts
    ],
)
def test_a_row_of_openings_that_is_not_plain_is_listed_and_gives_no_value(row: str) -> None:
    document = act(row)
    assert told(document) == [("niet gelezen", "", row, "")]
    assert document.scheme is not None
    assert document.scheme.facts == ()


def test_an_act_about_anything_but_subsidies_has_no_sheet() -> None:
    document = act("In artikel 1 wordt “2018” vervangen door “2019”.", title="Regeling tot wijziging van het Bouwbesluit 2012")
    assert document.scheme is None
    assert act_changes(document) == ()
