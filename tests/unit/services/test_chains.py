"""Chains of versions: corrections, reprints, "t.v.v.", both ways and never in circles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.documents import Document, Field, Kind, Passage
from domain.events import EventKind
from domain.replacements import Replacement, replaced, sort_of
from services import show

ZOEK = "https://zoek.officielebekendmakingen.nl"


def paper(identifier: str, title: str, *said: str, **more: Any) -> Document:
    body = tuple(Passage(Field.BODY, text) for text in said or ("De tekst van het stuk over procesinnovatie.",))
    more.setdefault("dossiers", ("36600-XIII",))
    return Document(identifier, f"{ZOEK}/{identifier}.html", Kind.MOTION, title, body, dated=date(2021, 12, 9), **more)


@pytest.mark.parametrize(
    ("identifier", "title", "found"),
    [
        ("kst-36600-XIII-60", "Gewijzigde motie over robots (t.v.v. 36600-XIII, nr. 41)", ("kst-36600-XIII-41",)),
        ("kst-36600-XIII-60", "Gewijzigde motie over robots t.v.v. nr. 41", ("kst-36600-XIII-41",)),
        ("kst-36600-XIII-60", "Motie ter vervanging van die gedrukt onder nr. 41", ("kst-36600-XIII-41",)),
        ("kst-36600-XIII-60", "Motie over robots (t.v.v. 36 600 XIII-41)", ("kst-36600-XIII-41",)),
        ("kst-36600-XIII-60", "Nader gewijzigde motie (t.v.v. nr. 60)", ()),
        ("kst-36600-XIII-60", "Motie t.v.v. de eerdere", ()),
        ("kst-32637-480-n1", "Brief over robots", ("kst-32637-480",)),
        ("kst-32637-480-h2", "Brief over robots; herdruk", ("kst-32637-480",)),
        ("stcrt-2025-11338-n1", "Rectificatie van Stcrt. 2025, 11338", ("stcrt-2025-11338",)),
        ("stcrt-2025-12000", "Rectificatie Staatscourant 2025, 11338", ("stcrt-2025-11338",)),
        ("stcrt-2025-12000", "Regeling tot wijziging van Staatscourant 2025, 11338", ()),
        ("ro:documenten/x", "Verbeterde versie van de brief", ()),
    ],
)
def test_what_a_paper_takes_the_place_of(identifier: str, title: str, found: tuple[str, ...]) -> None:
    assert replaced(paper(identifier, title)) == found


def test_what_the_publisher_names_and_how(room: Any) -> None:
    assert replaced(paper("kst-32637-5", "Brief", replaces=("kst-32637-4", "kst-32637-5"))) == ("kst-32637-4",)
    assert [sort_of(one) for one in ("kst-32637-480-n1", "kst-32637-480-h1", "kst-32637-480")] == [
        Replacement.ERRATUM,
        Replacement.REPRINT,
        Replacement.INSTEAD,
    ]


def test_a_corrected_paper_is_linked_both_ways_with_its_difference(room: Any) -> None:
    first = paper("kst-36600-XIII-41", "Motie over robots", "Verzoekt de regering 3 regelingen voor procesinnovatie te openen.")
    amended = paper(
        "kst-36600-XIII-60",
        "Gewijzigde motie over robots (t.v.v. nr. 41)",
        "Verzoekt de regering 5 regelingen voor procesinnovatie te openen.",
    )
    room.read(first)
    room.send()
    assert room.read(amended).event is EventKind.CORRECTED
    (item,) = room.send()[0].items
    assert [link.target.text.partition(":")[0] for link in item.chain if link.label == "replaces"] == [
        "Kamerstuk 36 600 XIII, nr. 41"
    ]
    assert any("5 regelingen" in change.after for change in item.changes)
    assert show.show(room.radar, first.id).replaced_by == (f"{amended.id}: {amended.title}",)
    assert show.show(room.radar, amended.id).replaces == (f"{first.id}: {first.title}",)


def test_what_the_earlier_paper_says_links_both_ways(room: Any) -> None:
    correction = paper("kst-36600-XIII-60", "Motie over robots, opnieuw gedrukt")
    earlier = paper("kst-36600-XIII-41", "Motie over robots", replaced_by=("kst-36600-XIII-60", "kst-36600-XIII-41"))
    room.read(replace(earlier, replaced_by=()))
    room.read(correction)
    assert show.show(room.radar, correction.id).replaces == ()
    room.read(earlier)  # the publisher adds it to the metadata afterwards; the words are the same
    assert show.show(room.radar, correction.id).replaces == (f"{earlier.id}: {earlier.title}",)
    assert show.show(room.radar, earlier.id).replaced_by == (f"{correction.id}: {correction.title}",)


def test_a_chain_of_three_in_any_order_and_a_circle_that_ends(room: Any) -> None:
    names = ["kst-36600-XIII-41", "kst-36600-XIII-60", "kst-36600-XIII-61"]
    for number in (2, 0, 1):
        before = names[number - 1] if number else ""
        room.read(paper(names[number], f"Motie nummer {number} over robots en meer", replaces=(before,) if before else ()))
    assert [line.partition(":")[0] for line in show.show(room.radar, names[2]).replaces] == [names[1], names[0]]
    assert [line.partition(":")[0] for line in show.show(room.radar, names[0]).replaced_by] == [names[1], names[2]]
    room.read(replace(paper(names[0], "Motie nummer 0 gewijzigd over robots", "Anders."), replaces=(names[2],)))
    shown = show.show(room.radar, names[0])
    assert len(shown.replaces) == 2
    assert len(shown.replaced_by) == 2


def test_a_reprint_and_its_original_are_two_papers(room: Any) -> None:
    room.read(paper("kst-32637-480", "Brief over robots in de industrie", dossiers=("32637",)))
    room.read(paper("kst-32637-480-h1", "Brief over robots in de industrie", dossiers=("32637",)))
    with room.radar.store.read() as unit:
        assert len(unit.publications.by_alias(("kst-32637-480", "kst-32637-480-h1"))) == 2
