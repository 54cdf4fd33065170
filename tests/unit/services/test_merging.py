"""The merge log: reasons, undoing, and what was told apart stays apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.documents import Document, Field, Kind, Passage
from domain.errors import RadarError, UsageError
from services import merging, show

TITLE = "Voortgang van het programma voor slimme fabrieken"
LETTER = Document(
    "kst-32637-490",
    "https://zoek.officielebekendmakingen.nl/kst-32637-490.html",
    Kind.LETTER,
    TITLE,
    (Passage(Field.BODY, "Ik informeer u over procesinnovatie."),),
    dated=date(2021, 12, 9),
    dossiers=("32637",),
)
PAGE = replace(LETTER, id="ro:documenten/x", url="https://www.rijksoverheid.nl/documenten/x", dossiers=("29826",))


def owner(room: Any, document: Document) -> int:
    with room.radar.store.read() as unit:
        return int(unit.resources.by_url(document.url).publication_id)


def test_a_copy_is_logged_undone_and_stays_out(room: Any) -> None:
    room.read(LETTER)
    room.read(PAGE, source="rijksoverheid")
    (line,) = merging.merges(room.radar)
    assert (line.kept, line.merged, line.undone) == (LETTER.id, PAGE.id, "")
    assert "same title and day" in line.reasons[0]
    assert line.addresses == (PAGE.url,)
    done = merging.undo(room.radar, line.number)
    assert (done.kept, done.taken) == (LETTER.id, PAGE.id)
    assert owner(room, LETTER) != owner(room, PAGE)
    # Read again with another word, and read with an id of the other: two all the same.
    room.read(replace(PAGE, passages=(Passage(Field.BODY, "Ik informeer u nader."),)), source="rijksoverheid")
    room.read(replace(PAGE, aliases=(LETTER.id,), title="Anders"), source="rijksoverheid")
    assert owner(room, LETTER) != owner(room, PAGE)
    assert merging.merges(room.radar)[0].undone
    with pytest.raises(RadarError, match="undone before"):
        merging.undo(room.radar, line.number)
    with pytest.raises(UsageError, match="no merge 99"):
        merging.undo(room.radar, 99)


def test_two_publications_that_a_third_paper_joins_come_apart_whole(room: Any) -> None:
    other = replace(PAGE, title="Heel anders genoemd stuk van het ministerie", dated=date(2021, 11, 1))
    room.read(LETTER)
    room.read(other, source="rijksoverheid")
    with room.radar.store.read() as unit:
        before = {p.canonical: p.item_id for p in (unit.publications.get(owner(room, d)) for d in (LETTER, other))}
        events = {d.id: len(unit.events.of_publication(owner(room, d))) for d in (LETTER, other)}
    bridge = replace(other, id="oo:brug1", url="https://open.overheid.nl/documenten/brug1", aliases=(LETTER.id, other.id))
    room.read(bridge, source="rijksoverheid")
    assert owner(room, LETTER) == owner(room, other) == owner(room, bridge)
    whole = next(line for line in merging.merges(room.radar) if line.merged == other.id)
    assert any("joins them" in reason for reason in whole.reasons)
    shown = show.show(room.radar, LETTER.id)
    assert any(other.id in line for line in shown.merges)
    merging.undo(room.radar, whole.number)
    with room.radar.store.read() as unit:
        after = {p.canonical: p.item_id for p in (unit.publications.get(owner(room, d)) for d in (LETTER, other))}
        assert after == before
        assert len(unit.events.of_publication(owner(room, other))) == events[other.id]
        assert unit.publications.links(owner(room, LETTER), "dossier") == ("dossier:32637",)


def test_one_paper_that_gives_itself_two_numbers_joins_nothing(room: Any) -> None:
    second = replace(LETTER, id="kst-32637-491", url=LETTER.url.replace("490", "491"), title="Een tweede brief over iets")
    room.read(LETTER)
    room.read(second)
    liar = replace(
        PAGE, title="Derde", dated=date(2021, 10, 1), aliases=(LETTER.id, second.id), passages=(Passage(Field.BODY, "Kort."),)
    )
    room.read(liar, source="rijksoverheid")
    assert len({owner(room, document) for document in (LETTER, second, liar)}) == 3
    assert merging.merges(room.radar) == ()
