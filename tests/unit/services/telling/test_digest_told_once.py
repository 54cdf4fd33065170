"""Told once in full, however many digests; two teams see nothing of each other; an overview repeats and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.calendar import AMSTERDAM
from notifications.rendering import render_text
from services.deliver import deliver_due
from services.digest import due_digests, make, preview, send_now

THREE = """\
  week:
    topics: [procesinnovatie]
    when: "0 8 * * 1"
    if_empty: skip
    channels: [mail]
    to: [lezer@example.nl]
    owner: beheer@example.nl
  dag:
    topics: [procesinnovatie]
    when: "0 8 * * *"
    if_empty: skip
    channels: [mail]
    to: [lezer@example.nl]
    owner: beheer@example.nl
  uur:
    topics: [procesinnovatie]
    when: hourly
    channels: [mail]
    to: [lezer@example.nl]
    owner: beheer@example.nl
"""
TWO_READERS = """\
  meteen:
    topics: [procesinnovatie]
    when: immediately
    channels: [mail]
    to: [eerste@example.nl]
    owner: beheer@example.nl
  ochtend:
    topics: [procesinnovatie]
    when: "30 7 * * *"
    channels: [mail]
    to: [eerste@example.nl, tweede@example.nl]
    owner: beheer@example.nl
"""
TEAMS = """\
  industrie:
    topics: [procesinnovatie]
    follow: [kst-32637-480]
    when: "30 7 * * *"
    channels: [mail]
    to: [industrie@example.nl]
    owner: baas-industrie@example.nl
  haven:
    topics: [haven]
    when: "30 7 * * *"
    channels: [mail, havenslack]
    to: [haven@example.nl]
    owner: baas-haven@example.nl
  haven-meteen:
    topics: [haven]
    when: immediately
    channels: [mail]
    to: [haven@example.nl]
    owner: baas-haven@example.nl
"""


def in_full(text: str) -> bool:
    """True when the item stands there with its number to answer by, and not as one line."""
    return "item R-" in text


@pytest.mark.parametrize("day", [13, 14])
def test_three_digests_to_one_address(make_office: Callable[..., Any], day: int) -> None:
    """In full in the hourly one, as one line with where and when in the others; also when all three are due at one moment."""
    office = make_office(THREE)
    office.turn(2021, 12, 13, 7, 40)
    office.read(office.letter(480))
    if day == 14:
        office.turn(2021, 12, 13, 7, 59)  # hourly has its own moment at eight, and so have the others
    office.turn(2021, 12, 13, 8, 0)
    assert [run.digest for run in office.tell().issues] == ["uur", "dag", "week"]
    texts = [text for _, _, text in office.mails()]
    assert [in_full(text) for text in texts] == [True, False, False]
    assert "al gemeld: vandaag 08.00 via Mail" in " ".join(texts[2].split())
    assert all("kst-32637-480.html" in text for text in texts)


def test_what_did_not_arrive_is_told_in_full_by_the_next(make_office: Callable[..., Any]) -> None:
    office = make_office(THREE)
    office.turn(2021, 12, 13, 7, 40)
    office.read(office.letter(480))
    office.mail.refuse("lezer@example.nl", 550, 1)
    office.turn(2021, 12, 13, 8, 0)
    office.tell()
    assert [in_full(text) for to, _, text in office.mails() if to == "lezer@example.nl"] == [True, False]


def test_one_line_only_when_every_reader_had_it(make_office: Callable[..., Any]) -> None:
    """One issue has one text for all its readers: as long as one of them did not have it in full, it stands there in full."""
    office = make_office(TWO_READERS)
    office.read(office.letter(480))
    office.tell()
    office.turn(2021, 12, 7, 7, 30)
    office.tell()
    found = [(recipient, in_full(text)) for recipient, _, text in office.mails()]
    assert found == [("eerste@example.nl", True), ("eerste@example.nl", True), ("tweede@example.nl", True)]
    assert "al gemeld: gisteren 08.00 via Mail" in " ".join(office.mails()[1][2].split())


def test_two_teams_see_nothing_of_each_other(make_office: Callable[..., Any]) -> None:
    """Items, subjects, follows, owners, channels, coming dates and what went out elsewhere."""
    office = make_office(TEAMS)
    harbour = office.letter(
        700,
        "De binnenvaartterminal krijgt een nieuwe kade. De sluisdeurvervanging begint in mei.",
        title="Brief over de binnenvaartterminal",
        dossier_title="Zeehavenbeleid",
    )
    both = office.letter(
        701,
        "Procesinnovatie in de maakindustrie, en een binnenvaartterminal.",
        title="Brief over innovatie en een terminal",
    )
    office.read(office.letter(480, "Over procesinnovatie; zie Kamerstuk 32 637, nr. 473."), harbour, both)
    office.tell()
    office.turn(2021, 12, 7, 7, 30)
    office.tell()
    office.clock.sleep(60)
    office.tell()
    mails = [(recipient, raw.decode()) for recipient, raw in office.mail.messages]
    plain = [(recipient, f"{subject}\n{text}") for recipient, subject, text in office.mails()]
    sent = {
        "industrie": [text for to, text in (*mails, *plain) if to == "industrie@example.nl"],
        "haven": [text for to, text in (*mails, *plain) if to == "haven@example.nl"] + office.slacks(),
    }
    assert (len(sent["industrie"]), len(sent["haven"])) == (2, 5)
    strange = {
        "industrie": ("haven", "terminal krijgt", "sluisdeur", "kade", "32637-700", "Zeehaven", "gemeld"),
        "haven": ("industrie@", "baas-industrie", "WBSO", "Kamerstuk 32 637, nr. 473", "32637-480", '"industrie"', "u volgt"),
    }
    for team, texts in sent.items():
        for text in texts:
            assert [word for word in strange[team] if word.casefold() in text.casefold()] == []
    assert "kst-32637-701" in sent["industrie"][1]
    assert "kst-32637-701" in sent["haven"][-1]


def test_an_overview_repeats_in_full_and_changes_nothing(make_office: Callable[..., Any]) -> None:
    """The final state of each paper; what was found quiet, what was retracted and what still waits are not in it."""
    office = make_office(TWO_READERS)
    office.read(office.letter(470), quiet=True)
    office.read(office.letter(480))
    office.tell()
    office.turn(2021, 12, 6, 16, 0)
    office.read(office.letter(480, "Over procesinnovatie in de maakindustrie. Nieuw slot over procesinnovatie."))
    office.turn(2021, 12, 7, 7, 30)
    office.tell()
    office.turn(2021, 12, 8, 6, 0)
    office.read(office.letter(481))

    def state() -> Any:
        with office.radar.store.read() as unit:
            events = unit.events.between(datetime(2021, 1, 1, tzinfo=UTC), office.clock.time)
            told = {event.key: unit.outbox.told(event.key) for event in events}
            return told, [unit.issues.is_waiting(event.id, "ochtend") for event in events]

    before = state()
    ledger = (office.home / "told.log").read_text(encoding="ascii").splitlines()
    since = datetime(2021, 12, 6, tzinfo=AMSTERDAM).astimezone(UTC)
    run = send_now(office.radar, "ochtend", since)
    deliver_due(office.radar)
    assert state() == before
    added = (office.home / "told.log").read_text(encoding="ascii").splitlines()[len(ledger) :]
    assert [line for line in added if ":" not in line.split()[1]] == []  # messages, and no event
    text = run.renderings["text"]
    assert "overzicht" in text
    assert in_full(text)
    assert text.count("kst-32637-480.html") >= 1
    assert "kst-32637-481" not in text
    assert "kst-32637-470.html" not in text
    assert len(preview(office.radar, "ochtend", since).items) == 1
    assert [item.url[-10:] for item in preview(office.radar, "ochtend").items] == ["7-481.html"]


def test_a_preview_is_the_issue_that_would_be_made(make_office: Callable[..., Any]) -> None:
    """Also when a copy came later that the issue counts with the one before."""
    office = make_office(TWO_READERS)
    office.read(office.letter(480))
    office.turn(2021, 12, 7, 7, 30)
    office.tell()
    copy = office.letter(480)
    other = replace(copy, url="https://zoek.officielebekendmakingen.nl/kst-32637-480-b.html")
    office.clock.sleep(3600)
    office.read(other)
    office.turn(2021, 12, 8, 7, 30)
    shown = preview(office.radar, "ochtend")
    made = [run for wanted in due_digests(office.radar) if (run := make(office.radar, wanted))]
    assert [render_text(shown)] == [run.renderings["text"] for run in made if run.digest == "ochtend"]
