"""Spellings, inflections and compounds: what is the same word and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from domain.relevance import concepts
from domain.topics import TopicPack, parse_pack
from domain.word_forms import read, same, stem

PACK = Path(__file__).resolve().parents[3] / "topics" / "procesinnovatie.yaml"

PAIRS = """productie-innovatie=productieinnovatie; productie-innovatie=productie innovatie;
productieinnovatie=productie innovatie; productie-innovaties=productieinnovatie; procesinnovatie=proces-innovatie;
procesinnovatie=procesinnovaties; Procesinnovatie=procesinnovatie; PROCESINNOVATIE=procesinnovatie;
procesinnovatie3=procesinnovatie; proces\u00adinnovatie=procesinnovatie; procesvernieuwing=procesvernieuwingen;
fieldlab=fieldlabs; fieldlab=field-lab; fieldlab=field lab; maakbedrijf=maakbedrijven; mkb-bedrijf=mkb-bedrijven;
mkb'er=mkb'ers; mkb’er=mkb'er; smart industry=Smart-Industry; smart industry=smartindustry; regeling=regelingen;
subsidie=subsidies; kennisvoucher=kennisvouchers; haalbaarheidsproject=haalbaarheidsprojecten;
productieproces=productieprocessen; machinepark=machineparken; toeleverancier=toeleveranciers; cobot=cobots;
lasrobot=lasrobots; 3D-printer=3D-printers; S&O-verklaring=S&O-verklaringen; slim=slimmer; slimme=slim;
fabriek=fabrieken; innovatie(s)=innovaties; innovatieprestatiecontract=innovatieprestatiecontracten;
mkb-(maak)bedrijf=mkb-maakbedrijven; parameter=parameters; provincie=provincies; e-health=ehealth"""
DIFFERENT = """productinnovatie=productieinnovatie; productinnovatie=procesinnovatie; innovatieproces=procesinnovatie;
product=productie; proces=procedure; metaal=Metaalunie; zorgprocesinnovatie=procesinnovatie; industrie=industrieel;
mits=MIT-regeling; wbso=wbso-plus"""
HITS = """procesinnovatie; procesinnovaties; Procesinnovatie; PROCESINNOVATIE; proces-innovatie; Proces-innovaties;
proces innovatie; procesinnovatie3; procesinnovatie¹; pro\u00adcesinnovatie; procesin-novatie;
procesinnovatieregeling; procesinnovatieregelingen; procesinnovatie-instrument; procesinnovatie-instrumenten;
procesinnovatieproject; procesinnovatieprojecten; procesinnovatiesubsidie; procesinnovatievoucher;
procesinnovatie-vouchers; procesinnovatiebeleid; procesinnovatietraject; mkb-procesinnovatie; Mkb-procesinnovaties;
mkbprocesinnovatie; productie-innovatie; productie-innovaties; productieinnovatie; productieinnovaties;
productie innovatie; Productie-innovatieregeling; productieprocesinnovatie; innovatie van het productieproces;
innovatie van hun productieproces; innovatie van productieprocessen; innovatie van de productieprocessen;
vernieuwing van productieprocessen; vernieuwing van het productieproces; vernieuwde productieprocessen;
innovatieve productieprocessen; proces- en productinnovatie; product- en procesinnovatie;
product-, proces- en diensteninnovatie; proces-, product- en diensteninnovatie; product- of procesvernieuwing;
product- en procesvernieuwing; process innovation; slim produceren; slimmer produceren;
Slimmer produceren moet je stimuleren; slimme productieprocessen; slimme productie; Mkb-booster; mkb booster;
MKB-Booster-regeling; Verkenning procesinnovatie; «procesinnovatie»; (procesinnovatie);
procesinnovatie/productinnovatie; proces-/productinnovatie"""
NO_HITS = """innovatieproces; innovatieprocessen; innovatie-proces; productinnovatie; productinnovaties; product-innovatie;
product innovatie; zorgprocesinnovatie; zorgprocesinnovaties; dienstinnovatie; sociale innovatie; strafproces;
procesrecht; proces-verbaal; civiel proces; procesgang; procesindustrie; productieproces; proces; innovatie;
innovatief; procesmatig; productie; processen; proces, innovatie; proces. Innovatie; productie, innovatie;
produceren; smart farming; zorgproces; besluitvormingsproces; wetgevingsproces; procesbegeleiding; innovatiebeleid;
zorginnovatie; procederen; opsporings- en vervolging; productie en innovatie; proces van innovatie;
innovatieprocedure"""


def table(text: str) -> list[str]:
    """The entries of a table."""
    return [" ".join(entry.split()) for entry in text.split(";")]


@pytest.fixture(scope="module")
def pack() -> TopicPack:
    return parse_pack(YAML(typ="safe").load(PACK.read_text(encoding="utf-8")))


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(table(PAIRS)) >= 40
    assert len(table(HITS)) >= 60
    assert len(table(NO_HITS)) >= 40


@pytest.mark.parametrize("pair", table(PAIRS))
def test_same_word(pair: str) -> None:
    one, other = pair.split("=")
    assert same(one, other)


@pytest.mark.parametrize("pair", table(DIFFERENT))
def test_another_word(pair: str) -> None:
    one, other = pair.split("=")
    assert not same(one, other)


@pytest.mark.parametrize("words", table(HITS))
def test_a_name_of_the_subject(words: str, pack: TopicPack) -> None:
    core = {concept.id for concept in pack.concepts if concept.tier.core}
    assert concepts(f"Het kabinet wil {words} bij bedrijven.", pack) & core


@pytest.mark.parametrize("words", table(NO_HITS))
def test_not_a_name_of_the_subject(words: str, pack: TopicPack) -> None:
    core = {concept.id for concept in pack.concepts if concept.tier.core}
    assert not concepts(f"Het kabinet wil {words} bij bedrijven.", pack) & core


def test_addresses_are_kept_apart() -> None:
    reading = read("Zie https://www.example.nl/procesinnovatie.pdf, en meer.")
    assert reading.urls == ("https://www.example.nl/procesinnovatie.pdf",)
    assert [word.form for word in reading.words] == ["zie", "en", "meer"]


def test_short_words_and_codes_have_no_inflection() -> None:
    assert [stem(word) for word in ("mit", "co2", "s&o")] == ["mit", "co2", "s&o"]
