"""Questions as threads: states, terms, and what belongs to a case."""

from datetime import date

import pytest

from domain.documents import Document, Kind
from domain.threads import ThreadState, due_date, state_of, threads


def paper(kind, identifier, day, *cases, submitted=None):
    return Document(identifier, "https://example.org/x", kind, "Titel", (), cases=cases, dated=day, submitted=submitted)


SENT = date(2021, 8, 26)
QUESTION = paper(Kind.QUESTION, "kv-tk-2021Z14507", SENT, "2021Z14507", submitted=SENT)
EXTENSION = paper(Kind.EXTENSION, "ah-tk-20212022-100", date(2021, 9, 16), "2021Z14507")
ANSWER = paper(Kind.ANSWER, "ah-tk-20212022-622", date(2021, 11, 10), "2021Z14507", submitted=SENT)


@pytest.mark.parametrize(
    ("submitted", "extended", "due"),
    [
        ("2021-08-26", False, "2021-09-16"),
        ("2021-08-26", True, "2021-10-07"),
        ("2021-12-20", False, "2022-01-10"),
        ("2024-02-08", False, "2024-02-29"),
        ("2021-03-18", True, "2021-04-29"),
    ],
)
def test_terms(submitted, extended, due):
    assert due_date(date.fromisoformat(submitted), extended) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("documents", "state"),
    [
        ((), ThreadState.UNKNOWN),
        ((QUESTION,), ThreadState.OPEN),
        ((EXTENSION,), ThreadState.EXTENDED),
        ((EXTENSION, QUESTION), ThreadState.EXTENDED),
        ((ANSWER, EXTENSION, QUESTION), ThreadState.ANSWERED),
        ((ANSWER,), ThreadState.ANSWERED),
    ],
)
def test_states_whatever_the_order(documents, state):
    assert state_of(documents) is state
    assert state_of(tuple(reversed(documents))) is state


def test_a_thread_knows_its_term_and_when_it_is_over():
    (thread,) = threads([QUESTION])
    assert (thread.case, thread.due) == ("2021Z14507", date(2021, 9, 16))
    assert not thread.overdue(date(2021, 9, 16))
    assert thread.overdue(date(2021, 9, 17))
    (thread,) = threads([EXTENSION, QUESTION])
    assert thread.due == date(2021, 10, 7)
    assert thread.documents == (QUESTION, EXTENSION)
    (thread,) = threads([ANSWER, EXTENSION, QUESTION])
    assert thread.due is None
    assert not thread.overdue(date(2022, 1, 1))
    (thread,) = threads([EXTENSION])
    assert thread.due is None


def test_an_answer_may_serve_two_cases_and_other_papers_belong_to_none():
    letter = paper(Kind.LETTER, "kst-32637-480", SENT, "2021Z14507")
    both = paper(Kind.ANSWER, "ah-tk-20212022-700", SENT, "tkzaak:2021Z00002", "2021Z00001")
    found = threads([letter, both])
    assert [thread.case for thread in found] == ["2021Z00001", "2021Z00002"]
    assert all(thread.answer == both for thread in found)
