"""The small rules of reading: offices, dossiers, dates, tables, search terms."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.listings import Window
from sources import dates, koop_search, retries
from sources.koop_metadata import dossier
from sources.koop_offices import addressed, from_title, sentence_case
from sources.passages import row_text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("DE MINISTER VAN ECONOMISCHE ZAKEN EN KLIMAAT", "De Minister van Economische Zaken en Klimaat"),
        ("De Staatssecretaris van Financiën,", "De Staatssecretaris van Financiën"),
        ("DE MINISTER-PRESIDENT", "De Minister-President"),
        ("DE MINISTER VOOR KLIMAAT EN ENERGIE", "De Minister voor Klimaat en Energie"),
    ],
)
def test_offices_in_sentence_case(printed: str, read: str) -> None:
    assert sentence_case(printed) == read


def test_a_letters_heading_names_its_offices() -> None:
    heading = "BRIEF VAN DE MINISTER VAN ECONOMISCHE ZAKEN EN KLIMAAT EN DE STAATSSECRETARIS VAN FINANCIËN"
    assert from_title(heading) == ("De Minister van Economische Zaken en Klimaat", "De Staatssecretaris van Financiën")
    assert from_title("MOTIE VAN HET LID A") == ()


def test_the_addressee_of_a_question() -> None:
    said = "Vragen van het lid A aan de Minister van Economische Zaken en de Staatssecretaris van Financiën over de WBSO"
    assert addressed(said) == ("De Minister van Economische Zaken", "De Staatssecretaris van Financiën")


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("32 637", "32637"),
        ("32637", "32637"),
        ("36 600 XIII", "36600-XIII"),
        ("36600-XIII", "36600-XIII"),
        ("21 501-08", "21501-08"),
        ("35 099 (R2114)", "35099"),
        ("36\u202f200 L", "36200-L"),
    ],
)
def test_dossiers(printed: str, read: str) -> None:
    assert dossier(printed) == read


def test_dates_of_publishers() -> None:
    assert dates.iso_day("2026-11-19T09:00:00+01:00") == date(2026, 11, 19)
    assert dates.iso_day("december 2021") is None
    assert dates.iso_moment("2026-11-19T13:30:00.1234567Z") == datetime(2026, 11, 19, 13, 30, 0, 123456, tzinfo=UTC)
    assert dates.iso_moment("2026-11-19T13:30:00") == datetime(2026, 11, 19, 12, 30, tzinfo=UTC)
    assert dates.iso_moment("2026-11-19") is None
    assert dates.mail_moment("Tue, 17 Nov 2026 23:00:00 GMT") == datetime(2026, 11, 17, 23, tzinfo=UTC)
    assert dates.mail_moment("gisteren") is None
    assert dates.written_day("Gepubliceerd op 16 januari 2025") == date(2025, 1, 16)
    assert dates.written_day("16-01-2025 | 12:00") == date(2025, 1, 16)
    assert dates.written_day("31-02-2025") is None


def test_table_rows() -> None:
    assert row_text(["Regio", "Budget"], ["Noord", "€ 1"]) == "Regio: Noord; Budget: € 1"
    assert row_text([], ["Budget:", "€ 1"]) == "Budget: € 1"
    assert row_text(["", "2025"], ["WBSO", "12"]) == "WBSO; 2025: 12"
    assert row_text([], ["a", "b", "c"]) == "a; b; c"
    assert row_text(["Regio", "Budget"], ["", ""]) == ""


@given(st.text())
def test_no_value_ends_a_search_term(value: str) -> None:
    """Inside the quotes every quote and backslash is escaped."""
    inner = koop_search.quoted(value)[1:-1]
    assert inner.replace("\\\\", "").replace('\\"', "").count('"') == 0


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(0, 10_000_000))  # noqa: DTZ001
def test_a_search_covers_every_dutch_day_of_its_window(since: datetime, seconds: int) -> None:
    """Whatever the offsets, the first and last moment of a window fall on days that are asked."""
    begin = since.replace(tzinfo=UTC)
    window = Window(begin, datetime.fromtimestamp(begin.timestamp() + seconds + 1, UTC))
    days = koop_search.modified(window).split('"')[1::2]
    last = window.until - timedelta(microseconds=1)
    assert days[0] == dates.local_day(begin).isoformat()
    assert days[-1] == dates.local_day(last).isoformat()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Sat, 21 Nov 2026 08:01:00 GMT", 60.0),
        ("Sat, 21 Nov 2020 08:01:00 GMT", 0.0),
        ("", None),
        ("straks", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert retries.retry_after(header, datetime(2026, 11, 21, 8, 0, tzinfo=UTC)) == seconds
