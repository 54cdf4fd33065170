"""What a query means, which documents answer it, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import AttachmentRef, Document, Field, Kind, Passage
from domain.schemes import SchemeFact, SchemeField, SchemeSheet, Unit
from domain.search_hits import SNIPPET, Text
from domain.search_query import QueryError, answer, parse
from domain.search_ranking import scores
from domain.search_words import Tier, difference, key, words_of

SAYS = {
    1: "De procesinnovatie in de maakindustrie.",
    2: "Proces-innovatie voor het mkb.",
    3: "Over proces innovatie en scholing.",
    4: "Een proces, innovatie genoemd.",
    5: "De gemeenten verlenen vergunningen.",
    6: "Proces- en productinnovatie horen bij elkaar.",
}


def paper(*texts: str, title: str = "Titel") -> Document:
    return Document("x:1", "https://a.example", Kind.LETTER, title, tuple(Passage(Field.BODY, text) for text in texts))


DOCUMENTS = {number: paper(said) for number, said in SAYS.items()}
WORDS = {number: words_of(document) for number, document in DOCUMENTS.items()}


def holders(word: str) -> dict[int, Tier]:
    return {number: words[word] for number, words in WORDS.items() if word in words}


def ask(query: str) -> set[int]:
    """As the archive is asked: the index first, and the document where that cannot tell."""
    parsed = parse(query)
    found = answer(parsed, lambda word: holders(word).keys())
    assert found.certain <= found.possible
    return {one for one in found.possible if one in found.certain or Text(DOCUMENTS[one]).answers(parsed)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("procesinnovatie", {1, 2, 3, 6}),
        ("proces-innovatie", {1, 2, 3, 6}),
        ('"proces innovatie"', {1, 2, 3, 4, 6}),
        ("proces innovatie", {1, 2, 3, 4, 6}),
        ('"procesinnovatie in de"', {1}),
        ("vergunning gemeente", {5}),
        ("VERGUNNING OR scholing", {3, 5}),
        ("procesinnovatie -mkb", {1, 3, 6}),
        ('procesinnovatie -"proces innovatie"', set()),
        ("(mkb OR scholing) innovatie", {2, 3}),
        ("de -(gemeente OR maakindustrie)", set()),
        ("productinnovatie", {6}),
        ("productieinnovatie", set()),
        ("niets", set()),
    ],
)
def test_what_a_query_finds(query: str, expected: set[int]) -> None:
    assert ask(query) == expected


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ("", 1),
        ("   ", 4),
        ('een "twee', 5),
        ("een OR", 5),
        ("OR een", 1),
        ("een OR OR twee", 5),
        ("(een", 1),
        ("een)", 4),
        ("()", 2),
        ("-een", 1),
        ("-een OR twee", 1),
        ("een (-twee)", 6),
        ("een --twee", 6),
        ("een %", 5),
        ('een ""', 5),
    ],
)
def test_an_error_points_at_the_character(query: str, at: int) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert raised.value.at == at
    assert "\n" not in str(raised.value)


@given(st.text(alphabet='ab -"()ORé\n%*', max_size=30))
def test_every_text_is_a_query_or_an_error_inside_it(text: str) -> None:
    try:
        found = answer(parse(text), lambda _: {1}).possible
        at = 1
    except QueryError as error:
        found, at = set(), error.at
    assert found <= {1}
    assert 1 <= at <= len(text) + 1


_QUERIES = st.recursive(
    st.sampled_from(["proces", "innovatie", "procesinnovatie", "mkb", "gemeente", '"proces innovatie"', "de", "niets"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} -{two[1]})"),
    ),
    max_leaves=5,
)


@given(_QUERIES)
def test_the_index_never_contradicts_the_document(query: str) -> None:
    parsed = parse(query)
    found = answer(parsed, lambda word: holders(word).keys())
    answering = {number for number, document in DOCUMENTS.items() if Text(document).answers(parsed)}
    assert found.certain <= answering <= found.possible


@given(
    st.lists(st.text(alphabet="abcéß-., ", max_size=40), max_size=4), st.lists(st.text(alphabet="abc ", max_size=40), max_size=4)
)
def test_differences_rebuild_the_words(old: list[str], new: list[str]) -> None:
    before, after = words_of(paper(*old)), words_of(paper(*new))
    learned = difference(before, after)
    assert {word: tier for word, tier in {**before, **learned}.items() if tier is not Tier.GONE} == after


def test_everything_that_is_said_can_be_found() -> None:
    sheet = SchemeSheet(
        "mit", "Regeling stimulering", (SchemeFact(SchemeField.ALLOCATION, "loting", Unit.LABEL, "Er is loting.", "Overijssel"),)
    )
    document = Document(
        "x:1",
        "u",
        Kind.SCHEME,
        "Kop",
        (Passage(Field.BODY, "Alinea", "Tussenkop"), Passage(Field.SUMMARY, "Kort")),
        attachments=(AttachmentRef("blg-1", "Beslisnota", ""),),
        scheme=sheet,
    )
    said = words_of(document)
    assert said[key("kop")] is Tier.TITLE
    assert {said[key(word)] for word in ("tussenkop", "kort", "beslisnota", "stimulering")} == {Tier.PROMINENT}
    assert {said[key(word)] for word in ("alinea", "loting", "overijssel")} == {Tier.TEXT}
    often = words_of(paper(*["Een woord keert terug."] * 2, "woord, woord, woord en woord"))
    assert often[key("woord")] is Tier.PROMINENT


def test_titles_go_before_texts_and_rare_words_before_common_ones() -> None:
    held = {key("zeldzaam"): {1: Tier.TEXT}, key("gewoon"): {2: Tier.TITLE, 3: Tier.TEXT, 4: Tier.TEXT, 5: Tier.PROMINENT}}
    found = scores(parse("zeldzaam OR gewoon"), {1, 2, 3, 4, 5}, lambda word: held.get(word, {}), 1000)
    assert sorted(found, key=lambda one: -found[one]) == [2, 5, 1, 3, 4]
    assert all(isinstance(score, int) for score in found.values())


def test_a_snippet_is_cut_between_words_and_is_an_exact_quote() -> None:
    long = " ".join(f"zin{number}" for number in range(200))
    text = f"{long} De procesinnovatie-regeling opent. {long}"
    snippet = Text(paper(text)).snippet(parse("procesinnovatie"))
    assert snippet.text in text
    assert len(snippet.text) <= SNIPPET
    assert (snippet.cut_before, snippet.cut_after) == (True, True)
    assert [snippet.text[start:end] for start, end in snippet.hits] == ["procesinnovatie"]
    assert Text(paper("Iets anders.")).snippet(parse("niets")).text == "Titel"
