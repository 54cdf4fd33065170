"""What holds for every text."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.sentences import spans
from domain.text import canonical, paragraphs, repair, sentences, sound

PUBLISHED = st.text(
    st.sampled_from("abeinoprsPRODIÏ -–\n\r\t.,;:!?()«»'\"0123456789/\u00a0\u00ad\u200b\ufb01\ufffe\u0301&")
    | st.characters(codec="utf-8"),
    max_size=80,
)
WORDS = st.lists(
    st.sampled_from(
        [
            "proces-",
            "product-,",
            "procesin-",
            "novatie",
            "en",
            "productinnovatie",
            "https://a.nl/b-",
            "c.pdf",
            "jl.1",
            "nr.",
            "473",
            "\n",
            "\n\n",
            "1 Zie",
        ]
    ),
    max_size=25,
).map(" ".join)

# Whatever a string of Python can hold: halves of surrogate pairs and control characters as well.
ANYTHING = st.text(
    st.sampled_from("ab \n\t\r\x00\x02\x0b\x0c\x1b\x7f\x85\x9b\ud800\ud83d\ude00\udfff\ufffe") | st.characters(codec=None)
)


@given(ANYTHING)
def test_sound_text_can_be_written_and_holds_no_control_characters(text: str) -> None:
    for said in (sound(text), repair(text), canonical(text), *paragraphs(text)):
        said.encode("utf-8")
        assert not [one for one in said if unicodedata.category(one) == "Cc" and one not in "\n\t"]
    assert sound(sound(text)) == sound(text)


@given(PUBLISHED.filter(lambda text: not any(unicodedata.category(one) == "Cc" for one in text)))
def test_sound_leaves_sound_text_as_it_is(text: str) -> None:
    assert sound(text) == text


def test_halves_of_a_pair_are_joined_and_a_lone_half_is_marked() -> None:
    assert sound("a\ud83d\ude00b\ud800c\udc00") == "a\U0001f600b\ufffdc\ufffd"
    assert repair("proces\x00innovatie\x1b[1m en\r\nmeer\x0bnog") == "procesinnovatie[1m en meer nog"


@given(PUBLISHED | WORDS)
def test_repair_is_idempotent_and_one_line(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
    assert "\n" not in once
    assert once == once.strip()


@given(PUBLISHED | WORDS)
def test_canonical_is_idempotent(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once


@given(WORDS)
def test_a_repaired_paragraph_is_one_paragraph(text: str) -> None:
    for paragraph in paragraphs(text):
        assert paragraphs(paragraph) == (paragraph,)


@given(PUBLISHED | WORDS)
def test_sentences_are_exact_and_lose_nothing(text: str) -> None:
    parts = sentences(text)
    assert all(part in text and part == part.strip() and part for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    ends = [end for _, end in spans(text)]
    assert ends == sorted(ends)


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["Een zin over iets.", "Nog een zin!", "Een derde?", "Nummer vier."]), max_size=8))
def test_plain_sentences_come_apart(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == tuple(parts)
