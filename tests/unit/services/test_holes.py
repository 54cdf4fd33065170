"""Missing numbers of a dossier, cited papers that are not there, and papers that cite too much."""

from __future__ import annotations

import logging
import time
from datetime import date, timedelta
from typing import Any

import pytest

from domain.citations import extract_ids
from domain.documents import Document, Field, Kind, Passage
from domain.unread_citations import named_by_day, unread
from services import citing, holes, show


def letter(number: int, said: str = "Over procesinnovatie.", dossier: str = "32637") -> Document:
    identifier = f"kst-{dossier}-{number}"
    return Document(
        identifier,
        f"https://zoek.officielebekendmakingen.nl/{identifier}.html",
        Kind.LETTER,
        f"Brief nummer {number} in dossier {dossier}",
        (Passage(Field.BODY, said),),
        dated=date(2021, 12, 9),
        dossiers=(dossier,),
    )


def missing(room: Any, dossier: str = "") -> list[str]:
    with room.radar.store.read() as unit:
        return [hole.id for hole in holes.holes(room.radar, unit, dossier)]


def test_a_number_that_is_passed_over_is_reported_after_ten_working_days(room: Any) -> None:
    for number in (478, 480):
        room.read(letter(number))
    room.read(letter(12))  # somebody fetched an old one: what lies between was never watched
    room.read(letter(7, dossier="33009"))
    assert missing(room) == []
    room.clock.sleep(timedelta(days=13).total_seconds())
    assert missing(room) == []  # nine working days: Christmas is near
    room.clock.sleep(timedelta(days=2).total_seconds())
    assert missing(room) == ["kst-32637-479"]
    assert missing(room, "33009") == []
    room.read(letter(482))
    assert missing(room) == ["kst-32637-479"]  # 481 was passed over just now
    room.read(letter(479))
    assert missing(room) == []


def test_what_is_cited_and_not_there_stands_in_the_list_with_who_cites_it(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Zie Kamerstuk 32 637, nr. 473 en Stcrt. 2025, 11338, en dossier 33 009, en https://example.org/x."
    room.read(letter(480, said))
    room.read(letter(481, "Zie ook Kamerstuk 32 637, nr. 473."))
    with room.radar.store.read() as unit:
        asked: list[object] = []
        look = unit.events.citations_not_among
        monkeypatch.setattr(unit.events, "citations_not_among", lambda known: asked.append(known) or look(known))
        gaps = citing.gaps(room.radar, unit)
        assert len(asked) == 1  # one look at the archive for both lists
    found, others = gaps.papers, gaps.elsewhere
    assert [(gap.id, gap.source, gap.url) for gap in found] == [
        ("kst-32637-473", "officielebekendmakingen", "https://zoek.officielebekendmakingen.nl/kst-32637-473.html"),
        ("stcrt-2025-11338", "officielebekendmakingen", "https://zoek.officielebekendmakingen.nl/stcrt-2025-11338.html"),
    ]
    assert [(gap.url, gap.cited_by) for gap in others] == [("https://example.org/x", (("kst-32637-480", said),))]
    assert dict(found[0].cited_by) == {"kst-32637-480": said, "kst-32637-481": "Zie ook Kamerstuk 32 637, nr. 473."}
    shown = show.show(room.radar, "kst-32637-480")
    assert set(shown.missing) == {"kst-32637-473", "stcrt-2025-11338", "url:https://example.org/x"}
    room.read(letter(473))
    with room.radar.store.read() as unit:
        assert [gap.id for gap in citing.gaps(room.radar, unit).papers] == ["stcrt-2025-11338"]
    assert any("kst-32637-480" in line for line in show.show(room.radar, "kst-32637-473").cited_by)


def test_a_thousand_citations_are_bounded_and_said(room: Any, caplog: pytest.LogCaptureFixture) -> None:
    text = "; ".join(f"Kamerstuk 32 637, nr. {number}" for number in range(1, 1500))
    began = time.monotonic()
    with caplog.at_level(logging.WARNING):
        room.read(letter(4999, text))
    assert time.monotonic() - began < 20
    with room.radar.store.read() as unit:
        version = unit.snapshots.latest_version(unit.resources.by_url(letter(4999).url).id)
        assert len(unit.events.citations(version.id)) == citing.MOST
    assert "cites more than 1000" in caplog.text
    assert len(show.show(room.radar, "kst-32637-4999").cited_lines) == 51


def test_a_dossier_that_does_not_exist_makes_no_link(room: Any) -> None:
    room.read(letter(480, "Zie Kamerstuk 99 999, nr. 12 en Kamerstuk 32 6377, nr. 4 en kst-326377-12."))
    with room.radar.store.read() as unit:
        found = citing.gaps(room.radar, unit).papers
    assert [gap.id for gap in found] == ["kst-99999-12"]  # shown as it stands, never corrected
    assert show.show(room.radar, "kst-32637-480").cited_by == ()


@pytest.mark.parametrize("near", ["kst-3263-480", "kst-326370-480x", "ah-tk-2021-622", "2021Z1450", "stcrt-25-11338"])
def test_ids_that_nearly_look_right_are_none(near: str) -> None:
    assert extract_ids(f"Zie {near} voor meer.") == ()


def test_what_begins_as_a_citation_and_is_none_is_named_and_not_guessed() -> None:
    assert unread("Zie Staatscourant van gisteren, 12e jaargang.") == ("Staatscourant van gisteren, 12e jaargang.",)
    assert unread("Zie Kamerstuk 32 637, nr. 480.") == ()
    assert unread("Geen woord daarover.") == ()


def test_a_paper_named_by_its_day_is_kept_as_it_is_written() -> None:
    assert named_by_day("In mijn brief van 10 november jl. schreef ik dat; zie ook de motie van 3 mei 2021.") == (
        "brief van 10 november jl.",
        "motie van 3 mei 2021",
    )
    assert named_by_day("Mijn brief van 10 november jl. (Kamerstuk 32 637, nr. 473) zei dat.") == ()
