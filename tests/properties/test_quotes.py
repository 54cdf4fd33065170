"""Every quote stands in the paper as it was published."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Document, Field, Kind, Passage
from domain.positions import original
from domain.quotes import action_line, factual_line, own_name_mention
from domain.text import paragraphs, repair, sentences

# Pieces of a printed letter with all its dirt; every word ends where a blank or a line end follows.
DIRT = st.lists(
    st.sampled_from(
        [
            *("De minister", "Metaalunie", "procesin-\nnovatie", "mkb-\nbedrijven", "opsporings- en\nvervolging", "proces-\nen"),
            *(
                "productinnovatie.",
                "Wij besluiten\u00a0dat",
                "e\ufb03ci\u00ebnt",
                "zal",
                "informeren.",
                "sub\u00adsidie",
                "«fieldlabs»2",
            ),
            *(
                "jl.1",
                "Daarom",
                "geen",
                "regeling.",
                "https://a.nl/b-\nc.pdf",
                "Procesinnovatie3",
                "een",
                "Beren-\nschot",
                "café",
                "cafe\u0301",
            ),
        ]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


@given(DIRT)
def test_sentences_of_a_repaired_text_lead_back_to_the_published_one(published: str) -> None:
    source = original(published)
    after = 0
    for sentence in sentences(repair(published)):
        found = source.find(sentence, after)
        assert found is not None
        after = found[1]
        assert _letters(repair(published[found[0] : found[1]])) == _letters(sentence)


@given(DIRT)
def test_quotes_are_substrings_of_the_repaired_and_of_the_published_text(published: str) -> None:
    passages = tuple(Passage(Field.BODY, text) for text in paragraphs(published))
    paper = Document(id="kst-1-1", url="", kind=Kind.LETTER, title="Brief", passages=passages)
    source = original(published)
    mention = own_name_mention(paper, "Koninklijke Metaalunie")
    for quote in (factual_line(paper, "Metaalunie"), action_line(paper), mention[0] if mention else ""):
        if quote and quote != paper.title:
            assert any(quote in passage.text for passage in passages)
            assert source.find(quote) is not None


def test_a_quote_interrupted_by_a_footnote_or_without_letters_has_no_single_place() -> None:
    source = original("Een zin loopt 2 Zie noot. door.")
    assert source.find("Een zin loopt door.") is None
    assert source.find("…") is None
    assert source.find("zin loopt") == (4, 13)


def _letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())
