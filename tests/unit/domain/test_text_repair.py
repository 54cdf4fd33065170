"""Repair of published text: hyphens at line ends three ways, footnotes, page breaks, sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.text import canonical, paragraphs, repair, sentences

SEEDS = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("procesin-\nnovatie", "procesinnovatie"),
        ("bijvoor-\n beeld", "bijvoorbeeld"),
        ("finan-\r\ncieel", "financieel"),
        ("re-\nactie", "reactie"),
        ("productie-\ninnovatie", "productie-innovatie"),
        ("mkb-\nbedrijven", "mkb-bedrijven"),
        ("MKB-\nNederland", "MKB-Nederland"),
        ("EZK-\ninstrumenten", "EZK-instrumenten"),
        ("2021-\n2022", "2021-2022"),
        ("mkb-\n(maak)bedrijven", "mkb-(maak)bedrijven"),
        ("niet-\ncommerciële", "niet-commerciële"),
        ("opsporings-\nen vervolging", "opsporings- en vervolging"),
        ("opsporings- en vervolging", "opsporings- en vervolging"),
        ("in- of\nuitvoer", "in- of uitvoer"),
        ("een streep -\nen verder", "een streep - en verder"),
        ("https://example.nl/een-\n\nlang-pad", "https://example.nl/een-lang-pad"),
        ("zie www.example.nl/a-\nB-\nc.pdf nu", "zie www.example.nl/a-B-c.pdf nu"),
        ("pro\u00adces\u00ad\ninnovatie", "procesinnovatie"),
        ("proces\ufffe\ninnovatie", "procesinnovatie"),
        ("e\ufb03ci\u00ebnt\u00a0en \ufb01jn", "efficiënt en fijn"),
        ("  twee   regels\n  tekst ", "twee regels tekst"),
    ],
)
def test_repair_joins_what_the_page_broke(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize(
    ("published", "compared"),
    [
        ("Procesinnovatie3 die", "procesinnovatie die"),
        ("10 november jl.1 licht", "10 november jl. licht"),
        ("Productie-Innovatie", "productieinnovatie"),
        ("proces- en productinnovatie", "procesinnovatie en productinnovatie"),
        ("product-, proces- en diensteninnovatie", "productinnovatie, procesinnovatie en diensteninnovatie"),
        ("opsporings- en vervolging", "opsporings- en vervolging"),
        ("CO2 en 3D", "co2 en 3d"),
        ("nr.701", "nr.701"),
    ],
)
def test_canonical_form(published: str, compared: str) -> None:
    assert canonical(published) == compared


def test_a_sentence_runs_on_over_a_page_break_and_its_footnotes() -> None:
    page = (
        "Het kabinet wil bedrijven hel-\npen die machines kopen om\n\n1 Aanhangsel Handelingen II 2020/21, nr. 12\n"
        "2 https://www.example.nl/rapport-\n\nover-machines\n sneller te werken. Een tweede zin.\n\nNieuwe alinea."
    )
    assert paragraphs(page) == (
        "Het kabinet wil bedrijven helpen die machines kopen om sneller te werken. Een tweede zin.",
        "1 Aanhangsel Handelingen II 2020/21, nr. 12",
        "2 https://www.example.nl/rapport-over-machines",
        "Nieuwe alinea.",
    )


def test_paragraphs_that_begin_with_a_capital_stay_apart() -> None:
    assert paragraphs("Inleiding\n\nDe regeling opent.\n\n\n  Zij sluit ook.") == (
        "Inleiding",
        "De regeling opent.",
        "Zij sluit ook.",
    )
    assert paragraphs(" \n \n") == ()


@pytest.mark.parametrize(
    "whole",
    [
        "Zie Kamerstuk 32 637, nr. 473 en nr. 480 over dit onderwerp.",
        "Op 10 november jl. is daarover gesproken.",
        "Het bedrijf S.A. Staal levert de machines.",
        "Dit volgt uit art. 3 van de regeling.",
        "Zij noemt bijv. De Fabriek in Delft.",
        "Het budget is 1.438 miljoen euro.",
        "Meer op https://www.example.nl/a.b/C.html over de regeling.",
        "Het lid van de fractie c.s. vraagt dit.",
        "1. De minister antwoordt.",
        "De regeling (zie blz. 12) blijft.",
    ],
)
def test_what_does_not_end_a_sentence(whole: str) -> None:
    assert sentences(whole) == (whole,)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Een zin. Nog een.", ("Een zin.", "Nog een.")),
        ("Dat is zo.3 De rest niet.", ("Dat is zo.3", "De rest niet.")),
        ("Klopt dat? «Ja», zegt hij.", ("Klopt dat?", "«Ja», zegt hij.")),
        ("Dat staat in het eerste lid. De rest vervalt.", ("Dat staat in het eerste lid.", "De rest vervalt.")),
        ("Dat was in 2021. In 2022 niet.", ("Dat was in 2021.", "In 2022 niet.")),
        ("Regel een\nregel twee", ("Regel een", "regel twee")),
        ("", ()),
    ],
)
def test_what_ends_a_sentence(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


@pytest.mark.shared
def test_the_first_letter_is_read_whole() -> None:
    if not SEEDS.is_dir():
        pytest.skip("no shared folder beside this checkout")
    letter = (SEEDS / "000_f35b903e8c67cb9a.txt").read_text(encoding="utf-8")
    parts = paragraphs(letter)
    assert canonical(letter).count("procesinnovatie") == 12
    assert "berenschot" in canonical(letter)
    whole = "\n".join(parts)
    assert "rapporten/2021/10/15/verkenning-ezk-perspectief-benutting-fieldlabs\n" in whole
    assert whole.endswith("Procesinnovatie-Belastingvoordeel-voor-innovatieve-ondernemers-2021.pdf")
    assert any("productie-innovaties" in part and "Berenschot" in part for part in parts)  # over the page break
