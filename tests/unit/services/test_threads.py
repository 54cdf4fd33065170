"""Questions, notices and answers as one thread: twenty cases with their days, and which of it is an item."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.assessments import Level
from domain.documents import Document, Field, Kind, Passage
from domain.recess import in_recess
from domain.threads import threads
from notifications.rendering import render_text
from services import show
from services.questions import first_of_week

ZOEK = "https://zoek.officielebekendmakingen.nl"
ON_TOPIC = "Kunt u de regelingen voor procesinnovatie in de maakindustrie toelichten?"


def question(case: str, sent: date, text: str = ON_TOPIC) -> Document:
    return Document(
        f"kv-tk-{case}",
        f"{ZOEK}/kv-tk-{case}.html",
        Kind.QUESTION,
        f"Vragen in zaak {case}",
        (Passage(Field.QUESTION, text),),
        cases=(f"tkzaak:{case}",),
        dated=sent,
        submitted=sent,
    )


def extension(number: int, case: str, sent: date, day: date, text: str = ON_TOPIC) -> Document:
    return Document(
        f"ah-tk-20212022-{number}",
        f"{ZOEK}/ah-tk-20212022-{number}.html",
        Kind.EXTENSION,
        f"Uitstel beantwoording vragen in zaak {case}",
        (
            Passage(Field.QUESTION, text),
            Passage(Field.BODY, "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord."),
        ),
        cases=(f"tkzaak:{case}",),
        dated=day,
        submitted=sent,
    )


def answer(number: int, case: str, sent: date, day: date) -> Document:
    return Document(
        f"ah-tk-20212022-{number}",
        f"{ZOEK}/ah-tk-20212022-{number}.html",
        Kind.ANSWER,
        f"Antwoord op vragen in zaak {case}",
        (Passage(Field.BODY, "Voor procesinnovatie in de maakindustrie is de WBSO er, en voor robotisering de MIT-regeling."),),
        cases=(f"tkzaak:{case}",),
        dated=day,
        submitted=sent,
    )


CASES = [
    # sent, extended, last day, in recess: over months, years, leap days, summer time and the turn of a parliamentary year
    ("2021-08-24", False, "2021-09-14", False),
    ("2021-08-24", True, "2021-10-05", False),
    ("2021-11-15", False, "2021-12-06", False),
    ("2021-11-15", True, "2021-12-27", True),
    ("2021-12-03", False, "2021-12-24", True),
    ("2021-12-03", True, "2022-01-14", False),
    ("2021-12-10", False, "2021-12-31", True),
    ("2022-06-20", False, "2022-07-11", True),
    ("2022-06-20", True, "2022-08-01", True),
    ("2022-08-25", False, "2022-09-15", False),
    ("2023-04-05", False, "2023-04-26", True),
    ("2023-03-06", False, "2023-03-27", False),
    ("2023-10-02", False, "2023-10-23", True),
    ("2023-12-29", False, "2024-01-19", False),
    ("2024-02-08", False, "2024-02-29", False),
    ("2024-01-30", False, "2024-02-20", True),
    ("2024-02-29", True, "2024-04-11", False),
    ("2024-04-18", False, "2024-05-09", True),
    ("2024-06-19", False, "2024-07-10", True),
    ("2025-10-06", False, "2025-10-27", False),
]


@pytest.mark.parametrize(("sent", "late", "due", "recess"), CASES)
def test_twenty_last_days(sent: str, late: bool, due: str, recess: bool) -> None:
    day = date.fromisoformat(sent)
    papers = [question("2021Z12345", day), *([extension(501, "2021Z12345", day, day)] if late else [])]
    (thread,) = threads(papers)
    assert (thread.due, in_recess(thread.due)) == (date.fromisoformat(due), recess)
    assert not thread.overdue(date.fromisoformat(due))
    assert threads([*papers, answer(502, "2021Z12345", day, day)])[0].due is None


@pytest.mark.parametrize(
    ("sent", "late", "due", "recess"),
    [pytest.param(*case, marks=() if number in (0, 3, 6, 10) else pytest.mark.torture) for number, case in enumerate(CASES)],
)
def test_one_item_at_the_question_none_in_between_one_at_the_delay_one_at_the_answer(
    room: Any, sent: str, late: bool, due: str, recess: bool
) -> None:
    day, last = date.fromisoformat(sent), date.fromisoformat(due)
    room.turn(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    case = f"{day.year}Z12345"
    asked = question(case, day)
    room.read(asked)
    (first,) = room.send()[0].items
    assert (first.kind, first.states[0].value, first.level) == (Kind.QUESTION, "published", Level.MUST_READ)
    room.read(asked)
    assert room.send()[1] is None
    shown = first.due
    if late:
        room.read(extension(501, case, day, day))
        made, _ = room.send()
        (notice,) = made.items
        assert (notice.kind, notice.states[0].value, notice.level) == (Kind.EXTENSION, "extended", Level.RELEVANT)
        assert any(link.label == "question" for link in notice.chain)
        shown = notice.due
        assert ("reces" in render_text(made)) is recess
    assert (shown, in_recess(last)) == (last, recess)
    assert f"{last.day} " in show.show(room.radar, asked.id).thread_state
    room.read(answer(502, case, day, last))
    (done,) = room.send()[0].items
    assert (done.kind, done.states[0].value, done.due) == (Kind.ANSWER, "answered", None)
    assert any(link.label == "question" and asked.title in link.target.text for link in done.chain)
    assert "answered" in show.show(room.radar, asked.id).thread_state
    assert room.send()[1] is None


def test_an_answer_that_matches_pulls_in_a_question_that_did_not(room: Any) -> None:
    sent = date(2021, 11, 22)
    asked = question("2021Z22222", sent, "Hoe gaat het met de fabrieken in het oosten van het land?")
    room.read(asked)
    made = room.preview()
    assert made.items == ()
    assert made.counts()[Level.HELD.value] == 1
    room.read(answer(503, "2021Z22222", sent, date(2021, 12, 9)))
    made, _ = room.send()
    (item,) = made.items
    assert item.kind is Kind.ANSWER
    assert [link.target.text for link in item.chain if link.label == "question"] == [f"2021Z22222: {asked.title}"]
    assert made.counts()[Level.HELD.value] == 0  # it stands with its answer now


def test_a_notice_without_its_question_is_a_thread_all_the_same(room: Any) -> None:
    sent = date(2021, 11, 22)
    room.read(extension(504, "2021Z22223", sent, date(2021, 12, 8)))
    (item,) = room.preview().items
    assert item.due == date(2022, 1, 3)
    room.read(replace(question("2021Z22223", sent), dated=date(2021, 11, 23)))
    assert len(room.preview().items) == 1


@pytest.mark.parametrize(
    ("since", "now", "first"),
    [
        (None, "2021-12-08T06:30", True),
        ("2021-12-03T06:30", "2021-12-06T06:30", True),
        ("2021-12-06T06:30", "2021-12-07T06:30", False),
        ("2021-12-05T22:30", "2021-12-05T23:30", True),  # Monday begins at midnight in Amsterdam
        ("2020-12-31T06:30", "2021-01-01T06:30", False),
    ],
)
def test_the_list_of_late_answers_comes_once_a_week(since: str | None, now: str, first: bool) -> None:
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None for text in (since, now)]
    assert first_of_week(moments[0], moments[1]) is first  # type: ignore[arg-type]
