"""Our own labelled examples, in the shape of the evaluation sets: what a change of vocabulary may not lose.

Sources, kinds and wording are those of ministries, RVO and the Staatscourant, the sentences are ours. Every row that goes wrong
is listed in `KNOWN` with why no general term finds it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from domain.assessments import Level
from domain.evaluation import RelevanceScore, score_relevance
from domain.relevance import Judge
from domain.topics import parse_pack

KNOWN: dict[str, str] = {}
"""Id of a row -> why no general term finds it."""


@pytest.fixture(scope="module")
def score(root: Path) -> RelevanceScore:
    pack = parse_pack(YAML(typ="safe").load((root / "topics" / "procesinnovatie.yaml").read_text(encoding="utf-8")))
    lines = (root / "tests" / "examples" / "relevance" / "eigen.jsonl").read_text(encoding="utf-8").splitlines()
    return score_relevance([json.loads(line) for line in lines], Judge([pack], "Koninklijke Metaalunie"), "procesinnovatie")


def test_the_set_is_large_enough_to_say_something(score: RelevanceScore) -> None:
    counts = score.counts()
    assert counts["relevant"] >= 50
    assert counts["irrelevant"] >= 50


def test_figures_on_our_own_examples(score: RelevanceScore) -> None:
    assert score.recall() >= 0.90
    assert score.precision() >= 0.92
    assert score.recall(Level.MENTION) >= 0.97
    assert score.precision(Level.MUST_READ) >= 0.90


def test_every_miss_and_false_alarm_is_known_with_its_reason(score: RelevanceScore) -> None:
    assert {*score.misses(), *score.false_alarms()} == set(KNOWN)
