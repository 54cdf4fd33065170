"""What interrupts: at most five messages an hour and one that collects the rest, none at night, and a follow-up says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.calendar import clock_time
from domain.documents import Document, Field, Kind, Passage
from domain.events import VisitState
from domain.scheme_reader import read_sheet
from services.lifecycle import missing
from services.moments import announce_moments

URGENT = """\
  dringend:
    topics: [procesinnovatie]
    only: urgent
    when: immediately
    quiet_hours: 20:00-07:00
    channels: [slack]
    owner: beheer@example.nl
    {more}
"""
SECOND = """\
  dringend-haven:
    topics: [procesinnovatie]
    only: urgent
    when: immediately
    channels: [slack]
    owner: beheer@example.nl
"""
WBSO = "https://www.rvo.nl/subsidies-financiering/wbso"


@pytest.fixture
def office(make_office: Callable[..., Any]) -> Any:
    return make_office(URGENT.format(more=""))


def scheme(rate: str, url: str = WBSO, identifier: str = "wbso", more: str = "") -> Document:
    text = f"Voor procesinnovatie is er de WBSO. Het tarief in de eerste schijf is {rate}.{more}"
    passages = (Passage(Field.BODY, text),)
    sheet = read_sheet(identifier, "WBSO", passages)
    return Document(f"rvo:{identifier}", url, Kind.SCHEME, "WBSO", passages, scheme=sheet)


def wake(office: Any, minutes: int = 5, times: int = 1) -> list[str]:
    """Wake up every so many minutes; says when an issue was made, with its number of messages."""
    said = []
    for _ in range(times):
        office.clock.sleep(60 * minutes)
        said += [clock_time(run.made) for run in office.tell().issues]
    return said


def shown(messages: list[str]) -> int:
    """How many letters these messages show or count."""
    counted = sum(int(found) for text in messages for found in re.findall(r"nog (\d+) stuk", text))
    return counted + len(set(re.findall(r"kst-32637-\d+", " ".join(messages))))


def check_flood(office: Any, papers: int) -> None:
    """So many letters in a quarter of an hour, then two hours of waking up every five minutes."""
    for portion in range(3):
        office.read(*(office.letter(1000 + portion * papers // 3 + n) for n in range(papers // 3)))
        wake(office)
    wake(office, times=24)
    first = office.slacks()
    assert len(first) <= 6
    assert office.slack.refused == {}
    assert shown(first) == papers // 3 * 3


def test_a_flood_is_a_few_messages(office: Any) -> None:
    """One percent of Prinsjesdag's afternoon, and enough for every message to be crowded."""
    check_flood(office, 60)


@pytest.mark.torture
def test_prinsjesdag(office: Any) -> None:
    """Four hundred papers in a quarter of an hour."""
    check_flood(office, 400)


def test_five_an_hour_then_one_that_collects(office: Any) -> None:
    """A paper every five minutes: five messages, one at the end of the hour, nothing lost, nothing twice."""
    made = []
    for number in range(24):
        office.read(office.letter(500 + number))
        made += wake(office)
    assert made == ["08.05", "08.10", "08.15", "08.20", "08.25", "09.05", "09.10", "09.15", "09.20", "09.25"]
    made += wake(office, times=20)
    assert made[10:] == ["10.05"]
    texts = office.slacks()
    assert len(texts) == 11
    for number in range(24):
        assert sum(f"kst-32637-{500 + number}.html" in text for text in texts) == 1
    assert "Verzameld sinds vandaag 08.25, omdat er al veel dringende berichten waren: 8 stukken" in texts[5]
    assert sum("Verzameld" in text for text in texts) == 2


def test_two_digests_share_the_room_of_one_channel(make_office: Any) -> None:
    office = make_office(URGENT.format(more="per_hour: 2") + SECOND.replace("immediately", "immediately\n    per_hour: 2"))
    for number in range(6):
        office.read(office.letter(500 + number))
        wake(office)
    assert len(office.slacks()) == 2


def test_nothing_at_night_and_all_of_it_in_the_morning(office: Any) -> None:
    office.turn(2021, 12, 6, 22, 0)
    office.read(office.letter(480), office.letter(481))
    assert wake(office, 60, 8) == []
    office.turn(2021, 12, 7, 7, 0)
    (issue,) = office.tell().issues
    (text,) = office.slacks()
    assert "kst-32637-480" in text
    assert "kst-32637-481" in text
    assert issue.late == ""


def test_even_at_night(make_office: Any) -> None:
    office = make_office(URGENT.format(more="even_at_night: true"))
    office.turn(2021, 12, 6, 22, 0)
    office.read(office.letter(480))
    assert wake(office) == ["22.05"]


def test_a_follow_up_names_the_first(office: Any) -> None:
    office.read(office.letter(480))
    wake(office)
    office.read(office.letter(480, "Over procesinnovatie in de maakindustrie. Geen nieuw instrument voor procesinnovatie."))
    office.turn(2021, 12, 6, 16, 55)
    office.tell()
    first, second = office.slacks()
    assert "vervolg op" not in first
    assert "vervolg op nr. 1 van vandaag 08.05" in second
    office.read(office.letter(481))
    wake(office)
    assert "vervolg op" not in office.slacks()[2]


def test_a_follow_up_on_another_page_of_the_scheme(office: Any) -> None:
    office.read(scheme("40%"), scheme("40%", f"{WBSO}/starters", "wbso/starters"), source="rvo", quiet=True)
    office.read(scheme("32%"), source="rvo")
    wake(office)
    office.read(scheme("30%", f"{WBSO}/starters", "wbso/starters", " Ook procesinnovatie van starters telt mee."), source="rvo")
    wake(office)
    first, second = office.slacks()
    assert "vervolg op" not in first
    assert "vervolg op nr. 1 van vandaag 08.05" in second


def test_what_it_told_and_is_gone_it_tells_too(office: Any) -> None:
    """A correction goes to whom it concerns: the paper that this digest showed, not one that it left to the morning."""
    letter, mention = office.letter(480), office.letter(481, "Over de WBSO, een keer.", title="Verslag van een debat")
    office.read(letter, mention)
    wake(office)
    for _ in range(5):
        office.clock.sleep(7 * 3600)
        for paper in (letter, mention):
            with office.radar.store.begin() as unit:
                resource = unit.resources.by_url(paper.url)
                visit = unit.visits.open(resource.source, "live", office.clock.now())
            missing(office.radar, resource, visit.id, "missing: 404")
            with office.radar.store.begin() as unit:
                unit.visits.close(visit.id, VisitState.ACCEPTED, at=office.clock.now())
    office.turn(2021, 12, 8, 7, 30)
    office.tell()
    first, second = office.slacks()
    assert "kst-32637-480" in first
    assert "VERDWENEN" in second
    assert "het stuk is sindsdien verdwenen" in second
    assert "(nr. 1) stond «Brief 480 over procesinnovatie»" in second
    assert "Verslag van een debat" not in second


def test_what_is_not_urgent_stays_out(office: Any) -> None:
    """A mention waits for the regular digest; so does an answer that is due."""
    office.read(office.letter(480, "Over de WBSO, een keer.", title="Verslag van een debat"))
    asked = date(2021, 11, 20)
    question = Document(
        "kv-tk-2021Z20001",
        "https://zoek.officielebekendmakingen.nl/kv-tk-2021Z20001.html",
        Kind.QUESTION,
        "Vragen over procesinnovatie",
        (Passage(Field.BODY, "Welke ruimte ziet u voor procesinnovatie?"),),
        cases=("tkzaak:2021Z20001",),
        dated=asked,
        submitted=asked,
    )
    office.read(question, quiet=True)
    office.turn(2021, 12, 8, 7, 30)
    assert announce_moments(office.radar) == 1
    assert wake(office, times=3) == []
