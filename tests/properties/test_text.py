"""What holds for every text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.sentences import spans
from domain.text import canonical, paragraphs, repair, sentences

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
