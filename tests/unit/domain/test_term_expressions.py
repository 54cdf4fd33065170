"""Joined terms: what they mean, and at which character a faulty one goes wrong."""

from __future__ import annotations

import pytest

from domain.assessments import Assessment, Level
from domain.documents import Document, Field, Kind, Passage
from domain.events import EventKind
from domain.relevance import Judge
from domain.term_expressions import FIELDS, ExpressionError, is_expression, read_expression
from domain.topics import PackError, parse_pack

FILLER = "Dan volgt een lange zin over wegen en over scholen en over water en over lucht. "


def judged(term: str, *passages: str | Passage, title: str = "Brief", kind: Kind = Kind.LETTER) -> Assessment:
    pack = parse_pack({"topic": "t", "relevant": [term]})
    texts = tuple(one if isinstance(one, Passage) else Passage(Field.BODY, one) for one in passages)
    return Judge([pack]).judge(Document(id="x", url="", kind=kind, title=title, passages=texts), EventKind.PUBLISHED)[0]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("robot NEAR/4 fabriek", "Een robot staat in elke fabriek.", True),
        ("robot NEAR/4 fabriek", "In fabrieken staan robots.", True),
        ("robot NEAR/2 fabriek", "Een robot staat lang niet in elke fabriek.", False),
        ("robot NEAR/2 robot", "Een robot.", False),
        ("robot NEAR/2 robot", "Een robot of robot.", True),
        ("robot AND fabriek", f"Een robot. {FILLER * 9} Een fabriek.", True),
        ("robot AND fabriek", "Een robot.", False),
        ("robot OR fabriek", "Een fabriek.", True),
        ("robot NOT zorg", "Een robot.", True),
        ("robot NOT zorg", "Een robot in de zorg.", False),
        ("robot AND NOT zorg", "Een robot in de zorg.", False),
        ("(robot OR cobot) NEAR/3 (fabriek OR werkplaats)", "De cobot in de werkplaats.", True),
        ("robot OR cobot AND fabriek", "Een robot.", True),
        ("(robot OR cobot) AND fabriek", "Een robot.", False),
        ('"slim produceren"', "Wij willen slim produceren.", True),
        ('"slim produceren"', "Wij willen slimmer produceren.", False),
        ('"fieldlab"', "Twee fieldlabs.", False),
        ("procesinnovatie* NOT zorg", "Een procesinnovatieregeling.", True),
        ("productie-innovatie NOT zorg", "Een productieinnovatie.", True),
    ],
)
def test_what_a_joined_term_means(term: str, text: str, found: bool) -> None:
    assert (judged(term, text).level is Level.RELEVANT) is found


@pytest.mark.parametrize(
    ("term", "field"),
    [
        ("dictum:robot", Field.DICTUM),
        ("vraag:robot", Field.QUESTION),
        ("samenvatting:robot", Field.SUMMARY),
        ("bijlage:robot", Field.ATTACHMENT),
        ("voetnoot:robot", Field.FOOTNOTE),
        ("agenda:robot", Field.AGENDA),
    ],
)
def test_a_field_bounds_where_a_term_counts(term: str, field: Field) -> None:
    there, elsewhere = (judged(term, Passage(one, "Een robot.")) for one in (field, Field.BODY))
    assert there.score > 0
    assert elsewhere.score == 0


def test_a_title_is_a_field_and_a_field_may_hold_brackets() -> None:
    assert judged("titel:(robot OR cobot) AND fabriek", "Een fabriek.", title="Cobots").score > 0
    assert judged("titel:(robot OR cobot) AND fabriek", "Een fabriek. Een cobot.").score == 0


@pytest.mark.parametrize(
    ("term", "column", "says"),
    [
        ("robot NEAR fabriek", 11, "NEAR/10"),
        ("robot NEAR/ fabriek", 11, "NEAR/10"),
        ("robot NEAR/0 fabriek", 11, "NEAR/10"),
        ("robot AND", 10, "ends where"),
        ("AND robot", 1, "stands where"),
        ("NOT robot", 1, "before it"),
        ("(robot OR cobot", 1, "never closed"),
        ("robot AND cobot)", 16, "never opened"),
        ('robot AND "slim', 11, "never closed"),
        ("kleur:robot", 1, "unknown field"),
        ("robot AND (de OR fabriek)", 12, "nearly everything"),
        ("robot AND la*s", 11, "only at its end"),
    ],
)
def test_a_fault_points_at_its_character(term: str, column: int, says: str) -> None:
    assert is_expression(term)
    with pytest.raises(ExpressionError, match=says) as caught:
        read_expression(term)
    assert caught.value.column == column
    with pytest.raises(PackError) as refused:
        parse_pack({"relevant": ["lassen", term]})
    fault = refused.value.faults[0]
    assert fault.path == ("relevant", 1)
    assert f"character {column}" in fault.what


def test_plain_terms_are_no_expressions() -> None:
    for term in (
        "MIA/Vamil",
        "DEI+",
        "innovatie(s)",
        "[visie|blik] op [de|] industrie",
        "S&O-uren",
        "norm: geen",
        "Land en tuin",
    ):
        assert not is_expression(term)


def test_only_terms_may_be_joined() -> None:
    with pytest.raises(PackError, match="joins words"):
        parse_pack({"relevant": ["lassen"], "negatives": [{"id": "n", "reason": "r", "words": ["zorg AND robot"]}]})


def test_every_field_name_is_documented(root: object) -> None:
    from pathlib import Path

    page = (Path(str(root)) / "docs" / "relevance.md").read_text(encoding="utf-8")
    assert all(f"`{name}:`" in page for name in FIELDS)
