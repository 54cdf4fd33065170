"""What leads an issue, and in which order its items are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.assessments import Level
from domain.changes import Change, ChangeSort
from domain.digests import Item
from domain.documents import Kind
from domain.headlines import cut, in_reading_order, leading

FACT = Change(ChangeSort.FACT, "tarief", "40%", "32%")


def item(kind: Kind, level: Level = Level.MUST_READ, **more: object) -> Item:
    return replace(Item(kind.value, level, kind, (), kind.value, ""), **more)  # type: ignore[arg-type]


def test_news_leads_and_a_notice_of_extension_comes_last() -> None:
    """Schemes changed, letters, answers, reports, questions, the rest, extensions; whatever order they stood in."""
    items = [item(kind) for kind in (Kind.EXTENSION, Kind.NEWS, Kind.QUESTION, Kind.REPORT, Kind.ANSWER, Kind.LETTER)]
    items.append(item(Kind.SCHEME, changes=(FACT,)))
    wanted = [Kind.SCHEME, Kind.LETTER, Kind.ANSWER, Kind.REPORT, Kind.QUESTION, Kind.NEWS, Kind.EXTENSION]
    assert [one.kind for one in leading(items)] == wanted
    assert [one.kind for one in leading(items[::-1])] == wanted


def test_the_level_goes_before_the_kind_and_what_was_seen_leads_nothing() -> None:
    low, seen = item(Kind.LETTER, Level.RELEVANT), item(Kind.REPORT, seen_in_full=True)
    assert [one.kind for one in leading([low, seen, item(Kind.EXTENSION)])] == [Kind.EXTENSION, Kind.LETTER]


def test_reading_order() -> None:
    """Level, kind, dossier, newest first, id."""
    old, new = (item(Kind.LETTER, id=day.isoformat(), dated=day) for day in (date(2021, 12, 1), date(2021, 12, 9)))
    found = in_reading_order([item(Kind.NEWS, Level.MENTION), old, item(Kind.REPORT), new])
    assert [one.id for one in found] == ["2021-12-09", "2021-12-01", "report", "news"]


@pytest.mark.parametrize(
    ("text", "length", "said"),
    [("kort", 10, "kort"), ("een langere tekst, met komma", 20, "een langere tekst…"), ("eenwoordzondereinde", 8, "eenwoor…")],
)
def test_cutting_at_a_word(text: str, length: int, said: str) -> None:
    assert cut(text, length) == said
    assert len(cut(text, length)) <= length
