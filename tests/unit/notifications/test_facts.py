"""Scheme facts and differences in two languages: nothing of ours stays Dutch in English, nothing of a paper is touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.changes import Change, ChangeSort
from domain.scheme_reader import fact_label, fact_value
from domain.schemes import SchemeFact, SchemeField, SchemeStatus, Unit
from notifications import facts
from notifications.words import DUTCH, ENGLISH


def moment(field: SchemeField, value: str = "2021-12-20", part: str = "") -> SchemeFact:
    return SchemeFact(field, value, Unit.MOMENT, "Zin.", part)


@pytest.mark.parametrize("field", list(SchemeField))
def test_every_field_and_status_has_its_english(field: SchemeField) -> None:
    """A new field or status cannot be forgotten."""
    fact = SchemeFact(field, "100", Unit.CENTS, "Zin.")
    assert facts.label(fact, DUTCH) == fact_label(fact)
    assert fact_label(fact) in ENGLISH.vocabulary
    assert facts.label(fact, ENGLISH) == ENGLISH.vocabulary[fact_label(fact)]
    for status in SchemeStatus:
        told = SchemeFact(SchemeField.STATUS, status.value, Unit.LABEL, "Zin.")
        assert facts.value(told, ENGLISH) == ENGLISH.vocabulary[fact_value(told)]


def test_every_label_of_the_comparison_and_every_part_has_its_english(root: Path) -> None:
    """Read from the source, so that a new label there fails here."""
    said = "".join(
        (root / "domain" / f"{name}.py").read_text(encoding="utf-8")
        for name in ("comparison", "fact_changes", "text_changes", "attachment_changes")
    )
    labels = set(re.findall(r'ChangeSort\.\w+, f?"([^"{]+)[":]', said)) | set(re.findall(r': "(alinea [a-z]+)"', said))
    labels |= set(re.findall(r'Kind\.\w+: "([^"]+)"', said))
    assert len(labels) > 25
    assert {label.rstrip(": ") for label in labels} - set(ENGLISH.vocabulary) == set()
    words = (root / "domain" / "scheme_words.py").read_text(encoding="utf-8")
    parts = set(re.findall(r'^            \("([^"]+)", r"', words, re.MULTILINE))
    assert len(parts) > 10
    assert parts - set(ENGLISH.vocabulary) == set()


@pytest.mark.parametrize(
    ("change", "label", "before", "after", "delta"),
    [
        (
            Change(ChangeSort.FACT, "tarief eerste schijf, starters", "50%", "16,5%", "-33,5 procentpunt"),
            *("rate first bracket, starting companies", "50%", "16.5%", "-33.5 percentage points"),
        ),
        (
            Change(ChangeSort.FACT, "plafond (Zuid)", "€ 8.350.000", "€ 9.000.000,50", "+7,8 %"),
            *("ceiling (Zuid)", "€8,350,000", "€9,000,000.50", "+7.8%"),
        ),
        (
            Change(ChangeSort.FACT, "uiterste datum (start 1 januari)", "ma 20 december 2021", "ma 20 december 2021, 17.00 uur"),
            *("deadline (start 1 January)", "Mon 20 Dec 2021", "Mon 20 Dec 2021, 17:00", ""),
        ),
        (
            Change(ChangeSort.FACT, "status", "open voor aanvragen", "niet gelezen", "niet meer vermeld"),
            *("status", "open for applications", "not read", "no longer stated"),
        ),
        (
            Change(ChangeSort.FACT, "doelgroep", "Bedrijven met 40% eigen geld", "Iedereen"),
            *("target group", "Bedrijven met 40% eigen geld", "Iedereen", ""),
        ),
        (
            Change(ChangeSort.TEXT, "alinea gewijzigd onder «Budget: plafond»", "titel", "brief"),
            *("paragraph changed under «Budget: plafond»", "titel", "brief", ""),
        ),
        (
            Change(ChangeSort.TEXT, "alinea verplaatst onder «Kop»", "alinea 3", "alinea 5, in andere volgorde"),
            *("paragraph moved under «Kop»", "paragraph 3", "paragraph 5, in another order", ""),
        ),
        (Change(ChangeSort.TEXT, "soort stuk", "brief", "rapport"), *("kind of paper", "letter", "report", "")),
        (
            Change(ChangeSort.ATTACHMENT, "bijlage vervangen: Rapport (eerste)", "blg-1", "blg-2"),
            *("attachment replaced: Rapport (eerste)", "blg-1", "blg-2", ""),
        ),
        (Change(ChangeSort.TITLE, "titel", "Oude naam", "Nieuwe naam"), *("title", "Oude naam", "Nieuwe naam", "")),
    ],
)
def test_changes_in_english(change: Change, label: str, before: str, after: str, delta: str) -> None:
    """Figures and dates as an English reader writes them; the words of a paper as published. Dutch stays as it was stored."""
    told = facts.told(change, ENGLISH)
    assert (told.label, told.before, told.after, told.delta) == (label, before, after, delta)
    assert facts.told(change, DUTCH) is change


@pytest.mark.parametrize(
    ("fact", "dutch", "english"),
    [
        (moment(SchemeField.DEADLINE), "aanvragen uiterlijk", "apply by"),
        (
            moment(SchemeField.DEADLINE, part="start 1 januari"),
            "aanvragen uiterlijk (start 1 januari)",
            "apply by (start 1 January)",
        ),
        (moment(SchemeField.CLOSES, part="zelfstandigen"), "aanvragen uiterlijk (zelfstandigen)", "apply by (self-employed)"),
        (moment(SchemeField.DEADLINE, part="starters, vóór"), "aanvragen vóór (starters)", "apply before (starting companies)"),
        (moment(SchemeField.OPENS, part="Zuid"), "aanvragen vanaf (Zuid)", "applications from (Zuid)"),
        (moment(SchemeField.STATUS), "status", "status"),
    ],
)
def test_what_a_date_means(fact: SchemeFact, dutch: str, english: str) -> None:
    """What to do by when, not the name of a field."""
    assert facts.ahead(fact, DUTCH) == dutch
    assert facts.ahead(fact, ENGLISH) == english
