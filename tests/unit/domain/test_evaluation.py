"""Scoring on labelled rows, and the check that keeps a vocabulary from losing what it found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from domain.assessments import Level
from domain.documents import Kind
from domain.evaluation import GoldenText, golden_failures, predict, read_row, score_relevance
from domain.relevance import Judge
from domain.topics import TopicPack, merge_pack, parse_pack

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / ".." / "shared"
POSITION = "004_b7af3b7bf9b69162.txt"


def said() -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe").load((ROOT / "topics" / "procesinnovatie.yaml").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def pack() -> TopicPack:
    return parse_pack(said())


@pytest.fixture(scope="module")
def judge(pack: TopicPack) -> Judge:
    return Judge([pack], "Koninklijke Metaalunie")


def row(name: str, title: str, label: str, *, official: bool = True, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": title, "excerpt": "", "kind": "kamerbrief", "source": "other", "date": "2021", "label": label,
            "government_publication": official, **more}  # fmt: skip


def test_a_row_is_read_as_a_paper() -> None:
    document = read_row(
        row("a", "WBSO", "relevant", excerpt="32 637 / 36 800 XIII Nr. 12. Tekst.", kind="verslag", date="2023-07")
    )
    assert document.dossiers == ("32637", "36800-XIII")
    assert document.kind is Kind.DEBATE
    assert document.dated is not None
    assert (document.dated.year, document.dated.month) == (2023, 7)


def test_figures_count_official_rows_and_leave_borderline_out(judge: Judge) -> None:
    rows = [
        row("hit", "Procesinnovatie in het mkb", "relevant"),
        row("miss", "Brief over iets", "relevant"),
        row("alarm", "De WBSO", "irrelevant"),
        row("quiet", "Brief over iets", "irrelevant"),
        row("edge", "De WBSO", "borderline"),
        row("advert", "Brief over iets", "relevant", official=False),
    ]
    score = score_relevance(rows, judge, "procesinnovatie")
    assert score.counts() == {"relevant": 2, "irrelevant": 2}
    assert (score.recall(), score.precision()) == (0.5, 0.5)
    assert (score.misses(), score.false_alarms()) == (("miss",), ("alarm",))
    assert (score.recall(Level.MUST_READ), score.precision(Level.MUST_READ)) == (0.5, 1.0)
    assert len(score.predictions) == 6
    assert json.loads(json.dumps(score.to_json()))["recall"]["relevant"] == 0.5


def test_an_unknown_topic_is_refused(judge: Judge) -> None:
    with pytest.raises(ValueError, match="unknown topic"):
        predict(row("a", "t", "relevant"), judge, "lassen")


def test_losing_a_term_names_the_text_that_loses(pack: TopicPack) -> None:
    golden = GoldenText(
        "standpunt.txt", "Wij willen productie-innovatie en nog eens productie-innovaties.", {"productie-innovatie": 2}
    )
    assert golden_failures(pack, [golden]) == ()
    smaller = parse_pack(merge_pack(said(), {"remove": ["productie-innovatie"]}))
    failures = golden_failures(smaller, [golden])
    assert len(failures) == 1
    assert "standpunt.txt" in failures[0]


@pytest.mark.shared
def test_removing_the_trade_bodys_word_fails_on_the_position_text(pack: TopicPack) -> None:
    if not SHARED.is_dir():
        pytest.skip("no shared folder beside this checkout")
    text = (SHARED / "seeds" / POSITION).read_text(encoding="utf-8")
    golden = GoldenText(POSITION, text, {"productie-innovatie": 4, "procesinnovatie": 2, "mit-regeling": 1, "berenschot": 1})
    assert golden_failures(pack, [golden]) == ()
    failures = golden_failures(parse_pack(merge_pack(said(), {"remove": ["productie-innovatie"]})), [golden])
    assert any(POSITION in line for line in failures)


@pytest.mark.shared
def test_figures_on_the_labelled_examples(judge: Judge) -> None:
    file = SHARED / "eval" / "relevance.jsonl"
    if not file.is_file():
        pytest.skip("no shared folder beside this checkout")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    score = score_relevance(rows, judge, "procesinnovatie")
    assert score.recall() >= 0.90
    assert score.precision() >= 0.92
    assert score.recall(Level.MENTION) >= 0.97
    assert score.precision(Level.MUST_READ) >= 0.90
