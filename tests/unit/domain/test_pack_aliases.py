"""Names that change in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.assessments import Assessment
from domain.documents import Document, Field, Kind, Passage
from domain.events import EventKind
from domain.relevance import Judge
from domain.topics import PackError, parse_pack

ALIASES = [
    {
        "id": "ministerie",
        "reason": "renamed",
        "names": [
            "Lasministerie",
            {"name": "Lassen en Klimaat", "from": "2017-10-26", "until": "2024-07-01"},
            {"name": "MLB", "from": date(2010, 10, 14)},
        ],
    }
]


def judged(text: str, dated: date | None, term: str = "Lasministerie", **more: Any) -> Assessment:
    pack = parse_pack({"topic": "t", "relevant": [term], "aliases": ALIASES, **more})
    paper = Document(id="x", url="", kind=Kind.LETTER, title="", passages=(Passage(Field.BODY, text),), dated=dated)
    return Judge([pack]).judge(paper, EventKind.PUBLISHED)[0]


@pytest.mark.parametrize(
    ("text", "dated", "counts"),
    [
        ("Het Lasministerie.", date(2000, 1, 1), True),
        ("Lassen en Klimaat.", date(2020, 1, 1), True),
        ("Lassen en Klimaat.", date(2012, 1, 1), False),
        ("Lassen en Klimaat.", date(2026, 1, 1), False),
        ("Lassen en Klimaat.", None, True),
        ("Het MLB.", date(2026, 1, 1), True),
        ("Het MLB.", date(2004, 1, 1), False),
    ],
)
def test_a_term_stands_for_every_name_of_its_time(text: str, dated: date | None, counts: bool) -> None:
    found = judged(text, dated)
    assert (found.score > 0) is counts
    assert counts or {reason.rule for reason in found.reasons} == {"before_its_time"}


def test_an_old_name_in_a_query_finds_the_new_one_and_publishers_have_all_names() -> None:
    assert judged("Het Lasministerie.", date(2026, 1, 1), term="MLB").score > 0
    pack = parse_pack({"relevant": ["lassen"], "aliases": ALIASES, "publishers": ["Lassen en Klimaat"]})
    assert set(pack.publishers) == {"Lasministerie", "Lassen en Klimaat", "MLB"}


@pytest.mark.parametrize(
    ("alias", "says"),
    [
        ({"id": "a", "reason": "r", "names": ["een"]}, "two names"),
        ({"id": "a", "reason": "r", "names": ["lassen", {"name": "smeden", "from": "vroeger"}]}, "no date"),
        (
            {"id": "a", "reason": "r", "names": ["lassen", {"name": "smeden", "from": "2020-01-01", "until": "2019-01-01"}]},
            "before",
        ),
        ({"id": "a", "names": ["lassen", "smeden"]}, "reason: is missing"),
    ],
)
def test_faulty_aliases_are_refused(alias: dict[str, Any], says: str) -> None:
    with pytest.raises(PackError, match=says):
        parse_pack({"relevant": ["lassen"], "aliases": [alias]})


def test_a_word_of_a_context_or_negative_stands_for_all_names() -> None:
    context = {"contexts": {"near": {"reason": "r", "words": ["Lasministerie"]}}}
    concept = {"concepts": [{"id": "c", "reason": "r", "needs": ["near"], "terms": ["fabriek"]}]}
    far, near = (judged(f"De fabriek {of}.", None, **context, **concept) for of in ("van het rijk", "van MLB"))
    assert "no_context" in {reason.rule for reason in far.reasons}
    assert "no_context" not in {reason.rule for reason in near.reasons}
    excused = {"negatives": [{"id": "no", "reason": "r", "words": ["zorg"], "unless": ["Lasministerie"]}]}
    held, kept = (judged(f"De fabriek in de zorg {of}.", None, **concept, contexts={"near": {"reason": "r", "words": ["zorg"]}},
                         **excused) for of in ("van het rijk", "van MLB"))  # fmt: skip
    assert "negative:no" in {reason.rule for reason in held.reasons}
    assert "negative:no" not in {reason.rule for reason in kept.reasons}


def test_a_name_that_holds_a_word_of_the_list_needs_no_place_in_it() -> None:
    pack = parse_pack({"topic": "t", "relevant": ["x-as"], "aliases": ALIASES, "publishers": ["MLB", "lassen"]})
    assert pack.publishers == ("MLB", "lassen", "Lasministerie")
