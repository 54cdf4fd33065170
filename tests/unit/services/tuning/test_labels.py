"""The team's own examples: written as evaluation rows, guarded by `check`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from domain.assessments import Level
from domain.errors import UsageError
from services.evaluate import relevance, rows
from services.labels import FILE, guard, label, labels
from services.settings_readiness import readiness


def put(shelf: Any, paper: str, level: str) -> Any:
    return label(shelf.radar, paper, level, topic="", reason="overleg van maandag", who="anna")


def faults(shelf: Any) -> list[str]:
    found = readiness(shelf.home / "sources.yaml", shelf.environ).faults
    return [str(one) for one in found if "CHANNEL" not in one.what]


def test_an_edit_that_takes_a_labelled_paper_below_its_label_is_an_error_that_names_it(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Een brief", "Onze leden willen slim produceren."))
    made = put(shelf, "kst-36000-1", "mention")
    assert made.reached
    assert faults(shelf) == []
    shelf.edit("      - {term: slim produceren,", "      - {term: nooit geschreven woord,")
    shelf.edit("      - {term: slimme productie, reason: the same with the noun}\n", "")
    (fault,) = faults(shelf)
    assert "kst-36000-1" in fault
    assert "labels.jsonl:1" in fault
    assert "labelled mention for procesinnovatie, the pack gives held" in fault


def test_a_label_that_no_term_reaches_yet_is_a_warning(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Een brief", "Over lasersnijden."))
    assert not put(shelf, "kst-36000-1", "relevant").reached
    assert faults(shelf) == []
    (warning,) = guard(shelf.radar.settings)[1]
    assert "kst-36000-1" in warning.what
    assert "topics try" in warning.hint


def test_a_paper_labelled_held_that_ranks_higher_is_a_warning(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie"))
    put(shelf, "kst-36000-1", "held")
    assert [one.what for one in guard(shelf.radar.settings)[1]] == [
        "kst-36000-1 (Procesinnovatie): labelled held for procesinnovatie, the pack gives must_read"
    ]


def test_the_later_label_of_a_paper_counts(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie"))
    put(shelf, "kst-36000-1", "held")
    put(shelf, "kst-36000-1", "must_read")
    assert [(one.id, one.level, one.who, one.reason) for one in labels(shelf.home)] == [
        ("kst-36000-1", Level.MUST_READ, "anna", "overleg van maandag")
    ]


def test_evaluate_reads_the_file(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie"), shelf.paper(2, "Zwemmen"), shelf.paper(3, "Fietsen"))
    for paper, level in ((1, "must_read"), (2, "held"), (3, "mention")):
        put(shelf, f"kst-36000-{paper}", level)
    found = relevance(rows(shelf.home / FILE), shelf.radar.settings.topics["procesinnovatie"], "")
    assert found.figures["rows labelled relevant"] == 1
    assert found.figures["rows labelled irrelevant"] == 1
    assert found.figures["recall at relevant or higher"] == 1.0
    row = json.loads((shelf.home / FILE).read_text(encoding="utf-8").splitlines()[0])
    assert (row["kind"], row["date"], row["level"], len(row["text_sha256"])) == ("kamerbrief", "2021-12-10", "must_read", 64)


def test_a_line_that_is_no_label_is_named_and_the_others_count(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie"))
    (shelf.home / FILE).write_text('{"id": "half', encoding="utf-8")  # torn by a crash
    put(shelf, "kst-36000-1", "must_read")
    (fault,) = faults(shelf)
    assert "labels.jsonl:1: is no label" in fault
    assert len(labels(shelf.home)) == 1


@pytest.mark.parametrize(
    ("paper", "level", "said"), [("kst-36000-1", "zeer", "is no level"), ("kst-32637-9", "held", "not in the archive")]
)
def test_what_cannot_be_labelled_is_said(shelf: Any, paper: str, level: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        put(shelf, paper, level)
    assert not (shelf.home / FILE).exists()
