"""One letter through the real visits: its copies, what it cites, what is missing, and what people can undo."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from cli.main import run_command
from demo import story
from demo.making.offices import EZK
from demo.making.parliament import attachment, letter
from demo.paper import Paper
from demo.papers import story_papers
from demo.papers.dossiers import BEDRIJFSLEVEN
from demo.sinks import MailSink
from domain.events import EventKind
from services import citing, fetch, merging, show, watch
from services import digest as making
from services.deliver import deliver_due

LETTER, MEMO, CITED = "kst-32637-701", "blg-1009901", "kst-32637-699"


def papers() -> tuple[Paper, ...]:
    """A letter, a memo that follows two days later, and an older paper that no list names any more."""
    first = letter(
        LETTER,
        "2021-12-06 10:00",
        (BEDRIJFSLEVEN,),
        "Voortgang van het programma voor fabrieken",
        EZK,
        (
            "Hierbij informeer ik u over procesinnovatie in de maakindustrie.",
            "Dit is een vervolg op mijn eerdere brief (Kamerstuk 32 637, nr. 699).",
        ),
        categories=("Economie | Industrie",),
    )
    with_memo = letter(
        LETTER,
        "2021-12-08 10:00",
        (BEDRIJFSLEVEN,),
        "Voortgang van het programma voor fabrieken",
        EZK,
        (
            "Hierbij informeer ik u over procesinnovatie in de maakindustrie.",
            "Dit is een vervolg op mijn eerdere brief (Kamerstuk 32 637, nr. 699).",
        ),
        dated=date(2021, 12, 6),
        categories=("Economie | Industrie",),
        attachments=(MEMO,),
    )
    memo = attachment(
        MEMO,
        "2021-12-08 10:00",
        LETTER,
        "32637",
        "Beslisnota bij Kamerbrief over fabrieken",
        ("Aan de bewindspersoon.", "De WBSO is voor procesinnovatie het belangrijkste middel."),
    )
    older = letter(
        CITED,
        "2020-03-02 10:00",
        (BEDRIJFSLEVEN,),
        "Een eerdere brief over fabrieken",
        EZK,
        ("Dit is de eerdere brief.",),
        categories=("Economie | Industrie",),
    )
    return Paper(LETTER, (*first.versions, *with_memo.versions)), memo, older


def visit_and_send(world: Any, day: int) -> Any:
    world.sites.turn(story._at(day, "15:00"))
    radar = world.radar()
    for source in radar.adapters:
        watch.visit(radar, source)
    world.sites.turn(story._at(day + 1, "07:30"))
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)
    return radar


def mails(sink: MailSink) -> int:
    return len(sink.messages)


def test_a_letter_its_memo_and_what_it_cites(
    make_world: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world = make_world("home", (*story_papers(), *papers()))
    visit_and_send(world, 3)
    before = mails(world.mail)
    radar = visit_and_send(world, 6)
    assert mails(world.mail) == before + 1
    radar = visit_and_send(world, 8)
    assert mails(world.mail) == before + 2
    with radar.store.read() as unit:
        (kept,) = unit.publications.by_alias((LETTER,))
        (memo,) = unit.publications.by_alias((MEMO,))
        assert [event.kind for event in unit.events.of_publication(memo.id)] == [EventKind.ATTACHMENT_ADDED]
        assert [gap.id for gap in citing.gaps(radar, unit).papers if LETTER in dict(gap.cited_by)] == [CITED]
        newest = unit.issues.runs("ochtend")[-1].renderings["text"]
    assert "BIJLAGE TOEGEVOEGD" in newest
    assert "(in bijlage)" in " ".join(newest.split())
    assert "De WBSO is voor procesinnovatie het belangrijkste middel." in " ".join(newest.split())
    fetched = fetch.fetch(radar, CITED)
    assert (fetched.id, fetched.known) == (CITED, False)
    assert fetch.fetch(radar, CITED).known
    with radar.store.read() as unit:
        assert CITED not in [gap.id for gap in citing.gaps(radar, unit).papers]
    assert mails(world.mail) == before + 2
    shown = show.show(radar, LETTER)
    assert any(MEMO in line for line in shown.attachments)
    assert shown.missing == ()
    assert any(LETTER in line for line in show.show(radar, CITED).cited_by)
    radar.store.close()
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    assert run_command(["fetch", "kst-32637-99999"]) == 1
    assert run_command(["fetch", "onzin"]) == 2
    with world.radar().store.read() as unit:
        fetches = [one for one in unit.visits.all("officielebekendmakingen") if one.purpose == "fetch"]
    assert [(one.state.value, bool(one.failure)) for one in fetches] == [("accepted", False), ("rejected", True)]
    capsys.readouterr()
    assert run_command(["merges", "list", "--json"]) == 0
    number = next(iter(json.loads(capsys.readouterr().out)["merges"]), {"number": 1})["number"]
    assert run_command(["merges", "undo", str(number), "--json"]) == 0
    assert run_command(["merges", "undo", str(number)]) == 1
    assert run_command(["gaps", "--json"]) == 0
    assert kept.canonical == LETTER
    assert merging.merges(world.radar())
