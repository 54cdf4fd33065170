"""Terms and words of a pack that can never change a judgement."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from domain.term_doubts import Sort, contradiction, doubts
from domain.term_expressions import read_expression
from domain.topics import parse_pack


def test_terms_that_can_never_fire_are_named_with_the_reason() -> None:
    pack = parse_pack(
        {
            "topic": "t",
            "concepts": [
                {"id": "one", "reason": "r", "terms": ["lassen", {"term": "lasser*", "reason": "r"}]},
                {
                    "id": "two",
                    "reason": "r",
                    "terms": ["[proces|procesinnovatie]", {"id": "again", "term": "procesinnovatie", "reason": "r"}],
                },
                {"id": "number", "reason": "r", "terms": [{"term": "3.4", "case": "upper", "reason": "r"}]},
                {"id": "worthless", "reason": "r", "points": 0, "terms": ["slijpen"]},
                {"id": "stems", "reason": "r", "terms": ["robotisering", "robotiseren"]},
                {"id": "open", "reason": "r", "terms": ["fieldlab", {"id": "open", "term": "fieldlab*"}, "fieldlabregeling"]},
            ],
        }
    )
    found = {one.id: one.why for one in doubts(pack)}
    assert set(found) == {"again", "3-4", "slijpen", "robotiseren"}
    assert {one.sort for one in doubts(pack)} == {Sort.NEVER}
    assert "always comes first" in found["again"]
    assert "capitals" in found["3-4"]
    lonely = tuple(doubts(parse_pack({"topic": "t", "never_alone": ["lassen", "slijpen"]})))
    assert all("beside a term that may stand alone" in one.why for one in lonely)
    assert len(lonely) == 2


def test_the_same_words_in_two_concepts_count_twice() -> None:
    pack = parse_pack({"topic": "t", "must_read": ["robotisering", "lassen"], "relevant": ["robotiseren", "lassen AND slijpen"]})
    assert [(one.id, one.sort, one.why) for one in doubts(pack)] == [
        ("robotiseren", Sort.SHARED, "the concept robotisering has these words too: they count twice")
    ]


_APART = (
    {"needs": ["near"]},
    {"terms": [{"term": "robotiseren", "needs": ["near"]}]},
    {"alone_in": ["title"]},
    {"not_before": 2010},
    {"id": "excused"},
)


@pytest.mark.parametrize("more", [{}, {"tier": "core"}, *_APART])
def test_words_that_count_under_other_conditions_are_a_choice(more: dict[str, object]) -> None:
    """Another tier is no other condition; a negative of one of the two concepts is."""
    pack = parse_pack(
        {
            "topic": "t",
            "contexts": {"near": {"reason": "r", "words": ["metaal"]}},
            "negatives": [{"id": "no", "reason": "r", "words": ["zorg"], "covers": [more.get("id", "strong")]}],
            "concepts": [
                {"id": "a", "tier": "strong", "reason": "r", "terms": ["robotisering"]},
                {"id": "b", "tier": "strong", "reason": "r", "terms": ["robotiseren"], **more},
            ],
        }
    )
    found = list(doubts(pack))
    assert [one.sort for one in found] == ([] if more in _APART else [Sort.SHARED])
    assert not any(one.can_go for one in found)


def test_a_word_of_a_list_that_another_one_covers() -> None:
    pack = parse_pack(
        {
            "topic": "t",
            "relevant": ["lassen"],
            "contexts": {"near": {"reason": "r", "words": ["metaal*", "Metaalunie", "hal", "grote hal", "grote hallen"]}},
            "negatives": [
                {"id": "no", "reason": "r", "words": ["zorg", "in de zorg", "school"], "unless": ["school", "de school"]}
            ],
        }
    )
    assert {one.sort for one in doubts(pack)} == {Sort.REDUNDANT}
    assert [(one.block, one.owner, one.text) for one in doubts(pack)] == [
        ("contexts", "near", "grote hallen"),
        ("contexts", "near", "Metaalunie"),
        ("negatives", "no", "in de zorg"),
        ("negatives", "no", "de school"),
    ]


def test_nothing_in_the_shipped_packs_is_doubtful(root: Path) -> None:
    for file in sorted((root / "topics").glob("*.yaml")):
        pack = parse_pack(YAML(typ="safe").load(file.read_text(encoding="utf-8")))
        assert list(doubts(pack)) == [], file.name


@pytest.mark.parametrize(
    ("term", "against"),
    [
        ("lassen NOT lassen", "lassen"),
        ("(lassen AND slijpen) NOT (slijpen OR boren)", "slijpen"),
        ("titel:lassen NOT lassen", "lassen"),
        ("(lassen NOT lassen) OR slijpen", ""),
        ("lassen NOT (lassen AND slijpen)", ""),
        ("(lassen OR slijpen) NOT lassen", ""),
    ],
)
def test_an_expression_that_forbids_what_it_needs(term: str, against: str) -> None:
    assert contradiction(read_expression(term)) == against
