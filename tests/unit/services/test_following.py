"""Following papers, addresses, dossiers and organisations: one item with every sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.digests import Ground
from domain.documents import Document, Field, Kind, Passage
from domain.text import paragraphs
from notifications.rendering import render_text

REPORT = "https://www.rijksoverheid.nl/documenten/rapporten/2021/10/15/verkenning-ezk-perspectief-benutting-fieldlabs"
PRINTED = """De commissie vroeg om een reactie (Kamerstuk 32 637, nr. 473). Die volgt hier.

Ook het rapport over «proefplaatsen»2 van dit najaar wijst die kant op. Verder niets.

2 https://www.rijksoverheid.nl/documenten/rapporten/2021/10/15/verkenning-ezk-perspectief-

benutting-fieldlabs

Het is een aanvulling op het eerdere stuk (Kamerstuk
32 637, nr. 473) dat u kreeg.
"""


def letter(text: str) -> Document:
    return Document(
        "kst-32637-480",
        "https://zoek.officielebekendmakingen.nl/kst-32637-480.html",
        Kind.LETTER,
        "Reactie op een verzoek",
        tuple(Passage(Field.BODY, one) for one in paragraphs(text)),
        dated=date(2021, 12, 9),
        dossiers=("32637",),
        authors=("De Minister van Economische Zaken",),
    )


def test_a_paper_that_cites_what_is_followed_is_one_item_with_every_sentence(make_room: Any) -> None:
    room = make_room(f'kst-32637-473, "{REPORT}"')
    room.read(letter(PRINTED))
    made, run = room.send()
    assert run is not None
    (item,) = made.items
    assert item.citing == (
        "De commissie vroeg om een reactie (Kamerstuk 32 637, nr. 473).",
        "Het is een aanvulling op het eerdere stuk (Kamerstuk 32 637, nr. 473) dat u kreeg.",
        "Ook het rapport over «proefplaatsen»2 van dit najaar wijst die kant op.",
    )
    assert len([why for why in item.why if why.ground is Ground.FOLLOWED]) == 2
    text = " ".join(render_text(made).split())
    assert all(f'"{sentence}"' in text for sentence in item.citing)
    assert room.send()[1] is None


@pytest.mark.parametrize(
    ("follow", "found"),
    [
        ('"dossier:32637"', 1),
        ('"org:De Minister van Economische Zaken"', 1),
        ('"org:proefplaatsen"', 1),
        ('"org:Economisch"', 0),
        ('"dossier:33009"', 0),
        ("kst-32637-47", 0),
        ("kst-32637-480", 1),
        ('"ro:documenten/rapporten/2021/10/15/verkenning-ezk-perspectief-benutting-fieldlabs"', 1),
    ],
)
def test_what_can_be_followed(make_room: Any, follow: str, found: int) -> None:
    room = make_room(follow)
    room.read(letter(PRINTED))
    reasons = [why for item in room.preview().items for why in item.why if why.ground is Ground.FOLLOWED]
    assert len(reasons) == found


def test_a_followed_scheme_is_told_when_its_page_changes(make_room: Any) -> None:
    room = make_room("rvo:wbso")
    page = Document(
        "rvo:wbso",
        "https://www.rvo.nl/subsidies-financiering/wbso",
        Kind.SCHEME,
        "WBSO",
        (Passage(Field.BODY, "Niets bijzonders."),),
    )
    room.read(page, source="officielebekendmakingen")
    assert len(room.preview().items) == 1


@pytest.mark.shared
def test_the_letter_with_which_it_began(make_room: Any, shared: Path) -> None:
    (seed,) = (shared / "seeds").glob("000_*.txt")
    room = make_room(f'kst-32637-473, "{REPORT}"')
    room.read(letter(seed.read_text(encoding="utf-8")))
    (item,) = room.send()[0].items
    assert len([one for one in item.citing if "Technopolis" in one]) == 2
    assert len([one for one in item.citing if "EZK-perspectief benutting fieldlabs" in one]) == 1
