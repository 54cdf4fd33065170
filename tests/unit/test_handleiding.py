"""The readers' manual explains every word that a digest can show at an item or above a section."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notifications.words import words_for

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "handleiding.md").read_text(encoding="utf-8")
WORDS = words_for("nl")


@pytest.mark.parametrize("table", ["badges", "states", "sections"])
def test_every_word_is_explained(table: str) -> None:
    """Outside the example, which explains nothing."""
    explained = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    assert [word for word in getattr(WORDS, table).values() if not re.search(rf"\b{re.escape(word)}\b", explained)] == []


@pytest.mark.parametrize(
    "key", ["mentioned", "why", "dated", "late_paper", "irrelevant", "provisional", "follow_up", "collected", "told", "late"]
)
def test_what_stands_at_an_item_is_explained(key: str) -> None:
    first = re.split(r"[{:(]", WORDS.phrases[key])[0].strip()
    assert first.casefold() in PAGE.casefold()


def test_every_form_of_a_digest_is_explained() -> None:
    forms = [WORDS.phrases[f"header_{form}"].split(" · ")[1] for form in ("start", "overview", "late", "urgent")]
    assert [form for form in forms if f"**{form}**" not in PAGE] == []


def test_the_example_is_a_digest_of_now() -> None:
    """The words of its first lines are those of today's templates."""
    example = re.search(r"```\n(BELEIDSRADAR.*?)```", PAGE, re.DOTALL)
    assert example
    said = " ".join(example[1].split())
    assert re.match(r"BELEIDSRADAR Procesinnovatie · nr\. \d+ · vrijdag 10 december 2021, 07\.30 uur Sinds ", said)
    for word in (WORDS.phrases["why"], WORDS.phrases["dates"], WORDS.phrases["read"], WORDS.phrases["no_gaps"]):
        assert word in said
