"""What holds for every paper."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from domain.assessments import Level, Reason
from domain.changes import Change, ChangeSort
from domain.documents import Document, Field, Kind, Passage
from domain.events import EventKind
from domain.relevance import Judge
from domain.topics import parse_pack

TOPICS = Path(__file__).resolve().parents[2] / "topics"
PACKS = [parse_pack(YAML(typ="safe").load(path.read_text(encoding="utf-8"))) for path in sorted(TOPICS.glob("*.yaml"))]
FOLLOWS = ["kst-32637-473", "dossier:32637"]
JUDGE = Judge(PACKS, "Koninklijke Metaalunie", FOLLOWS)

DOCUMENTED = set(
    re.findall(r"^\| `([\w<>:]+)` \|", (TOPICS.parent / "docs" / "relevance.md").read_text(encoding="utf-8"), re.MULTILINE)
)

WORDS = (
    *(
        "procesinnovatie",
        "productie-innovatie",
        "WBSO",
        "MIT",
        "mkb",
        "fieldlabs",
        "in de zorg",
        "ziekenhuis",
        "Metaalunie",
        "robotisering",
    ),
    *(
        "maakindustrie",
        "landbouw",
        "VEKI",
        "energiebesparing",
        "netcongestie",
        "Smart Industry",
        "agenda",
        "missies",
        "procesindustrie",
    ),
    *("de", "minister", "schrijft", "over", "subsidie.", "Ook", "evaluatie", "https://example.nl/procesinnovatie"),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
PAPERS = st.builds(
    Document,
    id=st.sampled_from(["kst-32637-473", "kst-1-1"]),
    url=st.just("https://example.nl/stuk"),
    kind=st.sampled_from(list(Kind)),
    title=TEXTS,
    passages=st.lists(st.builds(Passage, field=st.sampled_from(list(Field)), text=TEXTS), max_size=5).map(tuple),
    dossiers=st.lists(st.sampled_from(["32637", "31288", "36600-XIII"]), max_size=2).map(tuple),
    authors=st.sampled_from([(), ("De Minister van Economische Zaken",)]),
)
CHANGES = st.lists(TEXTS.filter(bool).map(lambda text: Change(ChangeSort.TEXT, "tekst", "", text)), max_size=2)


@settings(max_examples=150, deadline=None)
@given(PAPERS, st.sampled_from(list(EventKind)), CHANGES, st.booleans())
def test_every_topic_gets_exactly_one_level_with_reasons_that_add_up(
    document: Document, kind: EventKind, changes: list[Change], attachment: bool
) -> None:
    found = JUDGE.judge(document, kind, changes, attachment=attachment)
    topics = [one.topic for one in found]
    assert topics[: len(PACKS)] == [pack.topic for pack in PACKS]
    assert len(set(topics)) == len(topics)
    assert all(topic.removeprefix("follow:") in FOLLOWS for topic in topics[len(PACKS) :])
    text = "\n".join((document.title, *(p.text for p in document.passages), *(c.after for c in changes)))
    for one in found:
        assert one.reasons
        assert sum(reason.weight for reason in one.reasons) == one.score
        assert one.score >= 0
        assert one.level in Level
        for reason in one.reasons:
            assert re.sub(r"^negative:.+", "negative:<id>", reason.rule) in DOCUMENTED
            assert reason.field == "url" or reason.sentence in text


@settings(max_examples=50, deadline=None)
@given(PAPERS)
def test_the_same_paper_gives_the_same_answer(document: Document) -> None:
    fresh = Judge(PACKS, "Koninklijke Metaalunie", FOLLOWS)
    assert fresh.judge(document, EventKind.PUBLISHED) == JUDGE.judge(document, EventKind.PUBLISHED)


@settings(max_examples=50, deadline=None)
@given(PAPERS)
def test_topics_do_not_touch_each_other(document: Document) -> None:
    together = JUDGE.judge(document, EventKind.PUBLISHED)
    for index, pack in enumerate(PACKS):
        alone = Judge([pack], "Koninklijke Metaalunie").judge(document, EventKind.PUBLISHED)
        assert alone[0] == together[index]


RUNS = st.lists(PAPERS, max_size=8)


def check_counts(papers: list[Document]) -> None:
    """Every paper of a run gets one level a topic, and every score follows from its reasons, also after they were stored."""
    found = [JUDGE.judge(paper, EventKind.PUBLISHED) for paper in papers]
    for index in range(len(PACKS)):
        levels = Counter(one[index].level for one in found)
        assert len(papers) == sum(levels[level] for level in (Level.MUST_READ, Level.RELEVANT, Level.MENTION, Level.HELD))
        for one in found:
            again = [Reason.from_json(reason.to_json()) for reason in one[index].reasons]
            assert sum(reason.weight for reason in again) == one[index].score
            assert PACKS[index].levels.of(one[index].score) is one[index].level


@settings(max_examples=20, deadline=None)
@given(RUNS)
def test_nothing_is_dropped_and_every_score_can_be_recomputed(papers: list[Document]) -> None:
    check_counts(papers)


@pytest.mark.torture
@settings(max_examples=1000, deadline=None)
@given(RUNS)
def test_in_a_thousand_runs_nothing_is_dropped(papers: list[Document]) -> None:
    check_counts(papers)
