"""The quotes of an item: exact sentences, chosen by published rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from domain.digests import Quoted
from domain.documents import Document, Field, Kind, Passage
from domain.quotes import action_line, factual_line, own_name_mention, quoted
from domain.text import paragraphs

SEEDS = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds"
OWN = "Koninklijke Metaalunie"
OFFICE = "De Minister van Economische Zaken en Klimaat"


def letter(*texts: str, kind: Kind = Kind.LETTER, field: Field = Field.BODY) -> Document:
    return Document(
        "kst-1-1",
        "https://example.nl",
        kind,
        "Titel van het stuk",
        tuple(Passage(field, text) for text in texts),
        authors=(OFFICE,),
    )


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Het kabinet wil de regeling niet verlengen na dit jaar.", "Dat is niet wat de brief van de leden vraagt."),
        ("De minister stelt het plafond vast op 2 miljoen euro.", "Er is nu 3 miljoen euro voor de bedrijven beschikbaar."),
        ("De leden hebben dit niet eerder gevraagd aan het kabinet.", "Er is nu 3 miljoen euro voor de bedrijven beschikbaar."),
        ("Er is nu 3 miljoen euro voor de bedrijven beschikbaar.", "De Metaalunie heeft een brief gestuurd aan de leden."),
        ("De Metaalunie heeft een brief gestuurd aan de leden.", "De leden spraken vorige week lang over dit onderwerp."),
    ],
)
def test_the_factual_line_prefers_decisions(better: str, worse: str) -> None:
    assert factual_line(letter(worse, better), OWN) == better
    assert factual_line(letter(better, worse), OWN) == better


def test_the_dictum_of_a_motion_comes_first() -> None:
    document = Document(
        "kst-1-2",
        "",
        Kind.MOTION,
        "Motie",
        (
            Passage(Field.BODY, "Het budget wordt niet verhoogd met 5 miljoen euro."),
            Passage(Field.DICTUM, "verzoekt de regering een regeling te maken"),
        ),
    )
    assert factual_line(document) == "verzoekt de regering een regeling te maken"


def test_of_equals_the_first_is_quoted_and_a_paper_without_sentences_gives_its_title() -> None:
    assert factual_line(letter("Dit is de eerste gewone zin. Dit is de tweede gewone zin.")) == "Dit is de eerste gewone zin."
    assert factual_line(letter("Kort.")) == "Titel van het stuk"
    assert factual_line(letter("Het budget wordt verhoogd met niets.", field=Field.FOOTNOTE)) == "Titel van het stuk"


LATE = (
    "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord.",
    "De reden van het uitstel is dat afstemming met uitvoerders meer tijd vergt.",
)


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (("Ik heb besloten de leden een brief te sturen over 3 miljoen euro.", *LATE), LATE[1]),
        ((LATE[0], "Ik dank de leden voor hun vragen over de regeling."), LATE[0]),
        ((*LATE, "Vanwege het reces ontvangt u de antwoorden uiterlijk 14 januari 2022."), "Vanwege het reces ontvangt"),
    ],
)
def test_a_notice_of_extension_says_why_and_until_when(texts: tuple[str, ...], line: str) -> None:
    """Not the question that it repeats, and not another thing that it decides."""
    asked = "Bent u bereid de regeling niet te verlengen en 5 miljoen euro uit te trekken?"
    notice = letter(*texts, kind=Kind.EXTENSION)
    notice = replace(notice, passages=(Passage(Field.QUESTION, asked), *notice.passages))
    found = factual_line(notice, OWN)
    assert found.startswith(line)
    assert quoted(notice, found) is Quoted.SENTENCE
    assert quoted(notice, asked) is Quoted.QUESTION
    assert quoted(replace(notice, kind=Kind.QUESTION), asked) is Quoted.SENTENCE


def test_a_row_of_a_table_is_quoted_last_and_known_as_one() -> None:
    rows = (
        "Schijf: eerste; tarief in 2021: 40%; tarief in 2022: 32%",
        "tarief voor starters die beginnen: 40%",
        "Zuid-Holland; Zeeland; € 3.139.200; 1 april tot en met 9 september",
    )
    prose = "Dit is een gewone zin over de regeling."
    for row in rows:
        assert factual_line(letter(row, prose)) == prose
        assert factual_line(letter(row)) == row
        assert quoted(letter(row), row) is Quoted.ROW
    for said in (
        prose,
        "Het kabinet kiest: geen nieuwe regeling, wel 2 miljoen euro.",
        "Een kop zonder punt over de regeling",
        "Aan de slag: 10 miljoen euro voor procesinnovatie in het mkb",
        "Kamerbrief: het budget van de regeling wordt verhoogd naar 80 miljoen",
        "een aanvraag die is ingediend na afloop van de termijn; een aanvraag van een ondernemer in moeilijkheden",
    ):
        assert quoted(letter(said), said) is Quoted.SENTENCE


def test_the_own_name_is_quoted_with_its_speaker() -> None:
    found = own_name_mention(letter("De Metaalunie stuurde een brief.", "Het beeld van de Metaalunie deel ik niet."), OWN)
    assert found == ("Het beeld van de Metaalunie deel ik niet.", OFFICE)
    assert own_name_mention(letter("Een brief over iets anders."), OWN) is None
    assert own_name_mention(letter("Een brief."), "") is None


def test_in_a_debate_the_nearest_speaker_says_it() -> None:
    debate = letter(
        "De voorzitter: Ik open dit debat.", "Het lid van fractie A: Dank u.", "De Metaalunie schreef ons.", kind=Kind.DEBATE
    )
    assert own_name_mention(debate, OWN) == ("De Metaalunie schreef ons.", "Het lid van fractie A")
    assert own_name_mention(letter("De Metaalunie schreef ons.", kind=Kind.DEBATE), OWN) == ("De Metaalunie schreef ons.", "")


def test_the_action_line_prefers_promises() -> None:
    promise = "Ik zeg de Kamer een evaluatie toe voor de zomer."
    intent = "Het kabinet zal de Kamer hierover in het najaar informeren."
    assert action_line(letter(intent, promise)) == promise
    assert action_line(letter("Dit zal vast een mooie dag worden.", intent)) == intent
    assert action_line(letter("Dit zal vast een mooie dag worden.")) == ""


@pytest.mark.shared
def test_the_first_letter_is_quoted_as_its_reader_would() -> None:
    if not SEEDS.is_dir():
        pytest.skip("no shared folder beside this checkout")
    document = letter(*paragraphs((SEEDS / "000_f35b903e8c67cb9a.txt").read_text(encoding="utf-8")))
    assert "geen nieuw procesinnovatie-instrument" in factual_line(document, OWN)
    mention = own_name_mention(document, OWN)
    assert mention is not None
    assert "herken" in mention[0]
    assert "aanleveren" in action_line(document)
