"""why as text: short, complete in its sums, and in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.reasons import MOST, lines
from cli.rules import PHRASES, phrase
from domain.assessments import Assessment, Level, Reason
from services.explain import EventStory, Told, Why
from services.when import when

NOW = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
HEAVY = Reason("term", 4000, "procesinnovatie", "procesinnovatie", "title", 1, "Een brief over procesinnovatie.")
PLACELESS = Reason("own_name", 1000, "", "Metaalvereniging Voorbeeld", "", 2)
NOTHING = Reason("same_concept", 0, "procesinnovatie", "slim produceren", "body", 1, "Wie slim produceert, innoveert.")


def story(url: str, *reasons: Reason, kind: str = "published", told: tuple[Told, ...] = ()) -> EventStory:
    assessment = Assessment("t", Level.MUST_READ, sum(reason.weight for reason in reasons), reasons)
    return EventStory(url, kind, NOW.isoformat(), "open", "accepted", (assessment,), told)


def said(*stories: EventStory, everything: bool = False) -> list[str]:
    found = Why("x", "read", "seen", "kst-1", "R-1", "A title", ("https://a.example/1",), (), stories)
    return lines(found, NOW, everything=everything)


def test_copies_that_agree_are_one_line() -> None:
    told = (Told("ochtend", "must_read", "ochtend nr. 1", ("mail 1/1: delivered",)),)
    found = said(*(story(f"https://{name}.example", HEAVY, told=told) for name in "abc"))
    assert "  also judged at 2 other addresses, the same" in found
    assert sum("+40.00" in line for line in found) == 1
    assert sum("ochtend nr. 1" in line for line in found) == 1


def test_copies_that_differ_are_named_with_their_levels() -> None:
    found = said(story("https://a.example", HEAVY), story("https://b.example", HEAVY, PLACELESS))
    assert "  also judged at https://b.example: t must_read 50.00" in found
    assert not any("the same" in line for line in found)


def test_two_changes_at_one_address_are_two_events() -> None:
    found = said(story("https://a.example", HEAVY, kind="revised"), story("https://a.example", HEAVY, kind="revised"))
    assert sum(line.startswith("revised") for line in found) == 2


def test_what_has_no_weight_is_shown_only_on_request() -> None:
    one = story("https://a.example", HEAVY, NOTHING)
    assert not any("slim produceren" in line for line in said(one))
    assert any("slim produceren" in line for line in said(one, everything=True))
    alone = said(story("https://a.example", Reason("no_term", 0)))
    assert any(PHRASES["no_term"] in line for line in alone)


def test_the_sum_stays_complete_when_small_reasons_are_left_out() -> None:
    many = [Reason("term", 100 * n, f"t{n}", f"word{n}", "body", 1) for n in range(1, MOST + 4)]
    found = said(story("https://a.example", *many))
    weights = [float(line.split()[0]) for line in found if re.match(r" {4} *[+-]\d", line)]
    assert sum(weights) == pytest.approx(sum(reason.weight for reason in many) / 100)
    assert len(weights) == MOST + 1


def test_no_line_ends_in_an_empty_place() -> None:
    found = said(story("https://a.example", PLACELESS))
    assert any("'Metaalvereniging Voorbeeld' 2x  [own_name]" in line for line in found)
    assert not any(re.search(r" in( |$)\s*(\[|$)", line) for line in found)


def test_it_leads_to_the_page_that_explains(root: Path) -> None:
    assert "docs/relevance.md" in said(story("https://a.example", HEAVY))[-1]
    assert (root / "docs" / "relevance.md").exists()


def test_every_rule_of_the_page_has_a_phrase(root: Path) -> None:
    page = (root / "docs" / "relevance.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([a-z_]+)` \|", page.partition("## Rules")[2].partition("\n## ")[0], re.MULTILINE)
    assert named
    assert [rule for rule in named if rule not in PHRASES] == []
    assert phrase("negative:other-place") == "a sign of another subject (other place)"


def test_times_have_one_form() -> None:
    at = datetime(2021, 12, 9, 15, 50, tzinfo=UTC)
    assert when(at, NOW) == when(at.isoformat(), NOW) == "do 9 dec 16.50"
    assert when(at, datetime(2022, 1, 3, tzinfo=UTC)) == "do 9 dec 2021 16.50"
    assert when(datetime(2021, 12, 31, 23, 30, tzinfo=UTC), datetime(2022, 1, 3, tzinfo=UTC)) == "za 1 jan 00.30"
    assert when("", NOW) == when(None, NOW) == "never"


def test_the_letter(run: Any, archive: Path) -> None:
    found = run("why", "kst-32637-480")
    assert found.code == 0
    assert len(found.out.splitlines()) < 45
    assert not re.search(r"\d{4}-\d\d-\d\dT", found.out)
    assert "ochtend nr. 2" in found.out
    assert "delivered vr 10 dec 07.30" in found.out
    assert len(run("why", "kst-32637-480", "--all").out) > len(found.out)
