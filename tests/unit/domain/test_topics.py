"""Topic packs: two forms, laying one over another, and every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from domain.topics import PackError, PackFault, merge_pack, parse_pack

TOPICS = Path(__file__).resolve().parents[3] / "topics"
SMALL: dict[str, Any] = {"topic": "lassen", "must_read": ["lasrobot"], "relevant": ["lassen*"], "never_alone": ["metaal"]}


def faults(data: Mapping[str, Any]) -> tuple[PackFault, ...]:
    with pytest.raises(PackError) as caught:
        parse_pack(data)
    return caught.value.faults


@pytest.mark.parametrize("path", sorted(TOPICS.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_packs_are_whole(path: Path) -> None:
    pack = parse_pack(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    assert pack.topic == path.stem
    assert all(term.id and term.reason for term in pack.terms())
    assert all(negative.reason for negative in pack.negatives)


def test_the_small_form_is_three_lists() -> None:
    pack = parse_pack(SMALL)
    assert [(concept.id, concept.tier.name) for concept in pack.concepts] == [
        ("lasrobot", "must_read"),
        ("lassen", "relevant"),
        ("metaal", "never_alone"),
    ]


def test_a_pack_without_a_name_gets_one_from_its_caller() -> None:
    assert parse_pack({"relevant": ["lassen"]}).named("lassen").topic == "lassen"


@pytest.mark.parametrize(
    ("data", "path", "says"),
    [
        ({"relevnt": ["lassen"]}, ("relevnt",), "unknown key"),
        ({"relevant": ["lassen", ""]}, ("relevant", 1), "empty term"),
        ({"relevant": ["lassen", "*"]}, ("relevant", 1), "match everything"),
        ({"relevant": ["de"]}, ("relevant", 0), "nearly everything"),
        ({"relevant": ["van de"]}, ("relevant", 0), "nearly everything"),
        ({"relevant": ["las*"]}, ("relevant", 0), "far too much"),
        ({"relevant": ["la*ssen"]}, ("relevant", 0), "only at its end"),
        ({"relevant": "lassen"}, ("relevant",), "must be a list"),
        ({"relevant": ["lassen", "lassen"]}, ("relevant", 1), "twice"),
        ({}, (), "nothing to look for"),
        ({"concepts": [{"id": "a", "reason": "r"}]}, ("concepts", 0), "terms: is missing"),
        ({"concepts": [{"id": "a", "terms": ["lassen"]}]}, ("concepts", 0), "reason: is missing"),
        (
            {"concepts": [{"id": "a", "reason": "r", "terms": [{"term": "lassen", "weight": 3}]}]},
            ("concepts", 0, "terms", 0, "weight"),
            "unknown key",
        ),
        ({"concepts": [{"id": "a", "reason": "r", "terms": ["lassen"], "tier": "cor"}]}, ("concepts", 0, "tier"), "unknown tier"),
        (
            {"concepts": [{"id": "a", "reason": "r", "terms": ["lassen"], "needs": ["x"]}]},
            ("concepts", 0, "needs", 0),
            "unknown context",
        ),
        (
            {"concepts": [{"id": "a", "reason": "r", "terms": ["lassen"], "alone_in": ["kop"]}]},
            ("concepts", 0, "alone_in", 0),
            "unknown place",
        ),
        (
            {"concepts": [{"id": "a", "reason": "r", "terms": ["lassen"], "points": -1}]},
            ("concepts", 0, "points"),
            "number of points",
        ),
        (
            {**SMALL, "negatives": [{"id": "n", "reason": "r", "words": ["zorg"], "action": "drop"}]},
            ("negatives", 0, "action"),
            "unknown action",
        ),
        (
            {**SMALL, "negatives": [{"id": "n", "reason": "r", "words": ["zorg"], "covers": ["x"]}]},
            ("negatives", 0, "covers", 0),
            "unknown concept",
        ),
        ({**SMALL, "weights": {"titel": 4}}, ("weights", "titel"), "unknown key"),
        ({**SMALL, "levels": {"relevant": 50}}, ("levels",), "must go down"),
        ({**SMALL, "dossiers": [{"id": "*", "reason": "r"}]}, ("dossiers", 0, "id"), "no dossier number"),
        ({**SMALL, "schemes": [{"name": "WBSO", "reason": "r"}]}, ("schemes", 0), "id: is missing"),
        (
            {**SMALL, "contexts": {"c": {"reason": "r", "words": ["x y"], "within": "far"}}},
            ("contexts", "c", "within"),
            "number of words",
        ),
        ({**SMALL, "tiers": {"extra": {"core": True}}}, ("tiers", "extra"), "points: is missing"),
    ],
)
def test_every_fault_has_a_place_and_a_hint(data: dict[str, Any], path: tuple[str | int, ...], says: str) -> None:
    found = faults(data)
    assert any(fault.path == path and says in fault.what and fault.hint for fault in found), found


def test_all_faults_come_at_once() -> None:
    assert len(faults({"relevnt": [], "relevant": ["", "de"], "levels": {"mention": 0}})) >= 4


def test_an_extending_pack_adds_and_removes() -> None:
    parent = {"topic": "t", "concepts": [{"id": "a", "reason": "r", "terms": ["lassen", "snijden"]}], "relevant": ["buigen"]}
    child = {
        "extends": "parent.yaml",
        "relevant": ["walsen"],
        "concepts": [{"id": "a", "terms": ["zagen"]}],
        "remove": ["snijden"],
    }
    pack = parse_pack(merge_pack(parent, child))
    assert [term.text for term in pack.terms()] == ["walsen", "buigen", "zagen", "lassen"]


def test_whole_concepts_and_negatives_can_be_removed_by_id() -> None:
    parent = {
        **SMALL,
        "negatives": [{"id": "n", "reason": "r", "words": ["zorg"]}],
        "concepts": [{"id": "a", "reason": "r", "terms": ["walsen"]}],
    }
    pack = parse_pack(merge_pack(parent, {"remove": ["n", "a"]}))
    assert not pack.negatives
    assert "walsen" not in [term.text for term in pack.terms()]


def test_removing_what_is_not_there_is_a_fault() -> None:
    found = faults(merge_pack(SMALL, {"remove": ["metaal", "smeden"]}))
    assert [fault.path for fault in found] == [("remove", 1)]
    assert "smeden" in found[0].what


def test_merging_leaves_its_arguments_alone() -> None:
    parent, child = {"relevant": ["lassen"]}, {"relevant": ["walsen"]}
    merge_pack(parent, child)
    assert (parent, child) == ({"relevant": ["lassen"]}, {"relevant": ["walsen"]})
