"""What a paper is called: its own title, else a copy's, else one made of its words."""

from __future__ import annotations

import pytest

from domain.documents import Document, Field, Kind, Passage
from domain.titles import is_formal, title

OFFICE = "De Minister van Economische Zaken en Klimaat"
BARE = "BRIEF VAN DE MINISTER VAN ECONOMISCHE ZAKEN EN KLIMAAT"


def letter(*passages: Passage, name: str = BARE, kind: Kind = Kind.LETTER) -> Document:
    return Document("kst-1-1", "", kind, name, passages, authors=(OFFICE,))


@pytest.mark.parametrize(
    ("name", "formal"),
    [
        (BARE, True),
        ("Brief regering", True),
        ("Verslag van een schriftelijk overleg", True),
        ("Brief van de Minister over de WBSO", False),
        ("Brief regering; Reactie op een rapport", False),
        ("Regeling openstelling MIT 2022", False),
        ("Briefing van de week", False),
        ("Parameters van de WBSO voor 2022", False),
    ],
)
def test_formal_titles(name: str, formal: bool) -> None:
    assert is_formal(name) is formal


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (Passage(Field.SUBJECT, "Betreft: Reactie op een brief uit de sector"), "Reactie op een brief uit de sector"),
        (Passage(Field.BODY, "Hierbij ontvangt u de «Verkenning procesinnovatie» van dit jaar."), "«Verkenning procesinnovatie»"),
        (
            Passage(Field.BODY, "U vroeg mij over de nieuwe regeling voor fieldlabs, die loopt."),
            "de nieuwe regeling voor fieldlabs",
        ),
    ],
)
def test_a_title_is_made_of_the_papers_own_words(passage: Passage, said: str) -> None:
    found = title(letter(passage))
    assert found == f"Kamerbrief Minister van Economische Zaken en Klimaat over {said}"
    assert said in passage.text


def test_own_then_a_copys_then_made_then_the_bare_title() -> None:
    quoted = Passage(Field.BODY, "Dit gaat over vernieuwing.")
    assert title(letter(quoted, name="Reactie op een brief"), ["Kamerbrief over iets"]) == "Reactie op een brief"
    assert title(letter(quoted), [BARE, "Kamerbrief over iets"]) == "Kamerbrief over iets"
    assert title(letter(quoted)).endswith(" over vernieuwing")
    assert title(letter(Passage(Field.BODY, "Kort."))) == BARE
    assert title(letter(name="")) == "kst-1-1"
