"""Papers that nobody expects: judged like all others, in bounded time, never an exception."""

from __future__ import annotations

import random

import pytest

from domain.assessments import Level
from domain.documents import Document, Field, Kind, Passage
from domain.events import EventKind
from domain.relevance import Judge
from domain.text import canonical, paragraphs, repair
from domain.topics import TopicPack, parse_pack


@pytest.fixture(scope="module")
def judge(packs: tuple[TopicPack, ...]) -> Judge:
    return Judge(packs, "Koninklijke Metaalunie")


@pytest.fixture(scope="module")
def packs(root: object) -> tuple[TopicPack, ...]:
    from pathlib import Path

    from ruamel.yaml import YAML

    folder = Path(str(root)) / "topics"
    return tuple(parse_pack(YAML(typ="safe").load(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.yaml")))


def paper(*texts: str, title: str = "") -> Document:
    passages = tuple(Passage(Field.BODY, text) for text in texts)
    return Document(id="x", url="", kind=Kind.LETTER, title=title, passages=passages)


def level(judge: Judge, document: Document) -> Level:
    return judge.judge(document, EventKind.PUBLISHED)[1].level


def test_a_paper_without_text_is_held(judge: Judge) -> None:
    found = judge.judge(paper(), EventKind.PUBLISHED)
    assert [one.level for one in found] == [Level.HELD, Level.HELD]
    assert all(one.reasons for one in found)


def test_a_paper_in_english_is_judged_by_the_english_terms(judge: Judge) -> None:
    assert level(judge, paper("The minister writes about schools, ports and the weather.", title="Letter")) is Level.HELD
    text = "Smart manufacturing and process innovation in small firms, with digital twins in every smart factory."
    assert level(judge, paper(text, title="Process innovation in small firms")) is Level.MUST_READ


SHAPES = {
    "one sentence over and over": lambda n: "De procesinnovatie in de maakindustrie en het mkb. " * (n // 50),
    "no sentence ends": lambda n: "procesinnovatie maakindustrie robot mkb " * (n // 40),
    "one word": lambda n: "a" * n,
    "one compound": lambda n: "procesinnovatie" * (n // 15),
    "only hyphens": lambda n: "proces-" * (n // 7),
    "suspended hyphens": lambda n: "proces-, product-, diensten- en " * (n // 32),
    "broken lines": lambda n: "procesin-\n" * (n // 10),
    "blank lines": lambda n: "\n \n" * (n // 3),
    "footnotes": lambda n: "1 Zie\n2 Zie\n" * (n // 12),
    "addresses": lambda n: "https://a.nl/b-\n" * (n // 16),
    "brackets": lambda n: "(" * n,
    "own name": lambda n: "Koninklijke Metaalunie. " * (n // 24),
    "full stops": lambda n: ". A" * (n // 3),
    "soft hyphens": lambda n: "pro\u00adces\u00ad\n" * (n // 10),
    "noise": lambda n: "".join(random.Random(1).choices("ab -\n.\u00ad\ufb01«»12(", k=n)),
}


def judged_whole(judge: Judge, text: str) -> Level:
    """Through everything that a paper meets: repair, one long passage and many short ones."""
    assert isinstance(canonical(text), str)
    level(judge, paper(repair(text), title=repair(text)[:200]))
    return level(judge, paper(*paragraphs(text)))


@pytest.mark.parametrize("shape", SHAPES)
def test_any_shape_of_text_is_judged(shape: str, judge: Judge) -> None:
    assert judged_whole(judge, SHAPES[shape](20_000)) in Level


@pytest.mark.torture
@pytest.mark.parametrize("shape", SHAPES)
def test_five_megabytes_of_any_shape_are_judged(shape: str, judge: Judge) -> None:
    assert judged_whole(judge, SHAPES[shape](5_000_000)) in Level
