"""Subjects and first lines, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.digests import Ahead, ComingDate, Digest, DigestForm
from domain.headlines import SUBJECT_LENGTH
from domain.schemes import SchemeFact, SchemeField, Unit
from notifications.headlines import first_lines, subject

EARLY = datetime(2021, 12, 30, 6, 30, tzinfo=UTC)


def test_the_subject_carries_the_news(digest: Digest) -> None:
    scheme, letter = digest.items[2], replace(digest.items[0], heading="Brief over procesinnovatie")
    assert subject(DigestForm.REGULAR, (letter, scheme), "P", 3, "nl", EARLY) == (
        "WBSO 2022: tarief eerste schijf 40% → 32% · Kamerbrief: Brief over procesinnovatie"
    )
    assert subject(DigestForm.REGULAR, (letter, scheme), "P", 3, "en", EARLY) == (
        "WBSO 2022: rate first bracket 40% → 32% · Letter: Brief over procesinnovatie"
    )


@pytest.mark.parametrize(
    ("form", "language", "said"),
    [
        (DigestForm.REGULAR, "nl", "P: niets nieuws (nr. 3)"),
        (DigestForm.REGULAR, "en", "P: nothing new (no. 3)"),
        (DigestForm.START, "nl", "Startdossier P: 0 stukken van de laatste 90 dagen"),
        (DigestForm.START, "en", "Starting file P: 0 papers of the last 90 days"),
        (DigestForm.OVERVIEW, "nl", "Overzicht P: niets nieuws"),
        (DigestForm.OVERVIEW, "en", "Overview P: nothing new"),
    ],
)
def test_subjects_without_news(form: DigestForm, language: str, said: str) -> None:
    assert subject(form, (), "P", 3, language, EARLY) == said


@pytest.mark.parametrize("form", list(DigestForm))
def test_a_subject_is_never_too_long(digest: Digest, form: DigestForm) -> None:
    many = tuple(replace(item, heading=item.heading * 5) for item in digest.items * 40)
    assert len(subject(form, many, "Een lange titel " * 9, 1, "nl", EARLY)) <= SUBJECT_LENGTH


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "WBSO: sluit over 2 dagen: za 1 jan 2022 · zelfstandigen"),
        ("en", "WBSO: closes in 2 days: Sat 1 Jan 2022 · self-employed"),
    ],
)
def test_a_date_in_another_year_has_its_year(language: str, line: str) -> None:
    fact = SchemeFact(SchemeField.CLOSES, "2022-01-01", Unit.MOMENT, "Tot 1 januari.", "zelfstandigen")
    ahead = ComingDate(date(2022, 1, 1), Ahead.SCHEME, "WBSO", "", True, fact)
    assert first_lines((), (ahead,), EARLY, language) == (line,)


def test_at_most_three_lines_and_none_for_what_was_seen(digest: Digest) -> None:
    lines = first_lines(digest.items * 3, digest.coming, digest.made, "nl")
    assert len(lines) == 3
    assert lines[0] == "WBSO 2022: tarief eerste schijf 40% → 32%"
    seen = [replace(item, seen_in_full=True) for item in digest.items]
    assert first_lines(seen, (), digest.made, "nl") == ()
