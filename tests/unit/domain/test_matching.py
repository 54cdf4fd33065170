"""The matcher: whole words, all topics at once, and where a term stands."""

from __future__ import annotations

import time

import pytest

from domain.matching import Matcher, Sought, longest
from domain.term_notation import Spelling, spellings
from domain.topic_pack import Case


def places(term: str, text: str, case: Case = Case.ANY) -> list[str]:
    return [text[one.start : one.end] for one in longest(Matcher([Sought(0, term, case)]).find(text))]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("fieldlab*", "Vijf fieldlabs en een fieldlabregeling.", ["fieldlabs", "fieldlabregeling"]),
        ("regeling", "De regelingen en het regelwerk.", ["regelingen"]),
        (
            "smart-industry",
            "Smart Industry, Smart-Industry-programma en smartindustry.",
            ["Smart Industry", "Smart-Industry", "smartindustry"],
        ),
        (
            "[visie|blik] op [de|] industrie",
            "Een visie op de industrie, een blik op industrie.",
            ["visie op de industrie", "blik op industrie"],
        ),
        ("innovatie beleid", "innovatie, beleid", []),
        ("S&O-verklaring", "een S&O-verklaring, twee S&O-verklaringen", ["S&O-verklaring", "S&O-verklaringen"]),
        ("DEI+", "DEI+ en DEI", ["DEI+"]),
        ("proces-innovatie", "zie https://www.example.nl/proces-innovatie", []),
        ("maakbedrijf", "mkb-(maak)bedrijven", ["(maak)bedrijven"]),
    ],
)
def test_where_a_term_stands(term: str, text: str, found: list[str]) -> None:
    assert places(term, text) == found


def test_capitals_count_where_the_term_says_so() -> None:
    assert places("MIT", "De MIT, das Leben mit Kunst, Mit en mits.", Case.UPPER) == ["MIT"]


def test_a_place_inside_another_is_one_place() -> None:
    matcher = Matcher([Sought("short", "procesinnovatie*"), Sought("long", "mkb-procesinnovatie*")])
    assert [one.key for one in longest(matcher.find("een mkb-procesinnovatieregeling"))] == ["long"]


def test_terms_of_many_owners_come_back_each() -> None:
    matcher = Matcher([Sought(1, "fieldlab"), Sought(2, "fieldlab")])
    assert sorted(one.key for one in matcher.find("een fieldlab")) == [1, 2]


def test_nothing_sought_or_nothing_to_read() -> None:
    assert Matcher[int]([]).find("tekst") == ()
    assert Matcher([Sought(0, "tekst")]).find("") == ()


def test_the_notation_of_terms() -> None:
    assert spellings("productie-innovatie*") == (
        Spelling(("productie", "innovatie"), True),
        Spelling(("productieinnovatie",), True),
    )
    with pytest.raises(ValueError, match="too many"):
        spellings("[a|b|c|d|e|f|g|h] [a|b|c|d|e|f|g|h] [a|b|c|d|e|f|g|h] lassen")


def test_the_cost_hardly_grows_with_the_number_of_terms() -> None:
    text = "De regeling opent voor bedrijven die hun machines vernieuwen. " * 400
    few = Matcher(Sought(n, f"zeldzaamwoord{n}") for n in range(50))
    many = Matcher(Sought(n, f"zeldzaamwoord{n}") for n in range(20_000))
    assert fastest(many, text) < 5 * fastest(few, text)


def fastest(matcher: Matcher[int], text: str) -> float:
    """Seconds of the fastest of five searches."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        matcher.find(text)
        times.append(time.perf_counter() - begun)
    return min(times)
