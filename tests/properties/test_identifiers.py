"""Ids and citations, whatever the numbers: written, cited, looked up, and read back the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.citations import extract_ids, read_citations
from domain.identifiers import cite, from_url, identity, is_known, normalise, url_of

DOSSIERS = st.one_of(
    st.integers(10_000, 39_999).filter(lambda number: number != 21_501).map(str),
    st.integers(1, 40).map(lambda part: f"21501-{part:02d}"),
    st.tuples(st.integers(340, 379), st.sampled_from(["I", "IV", "VII", "XIII", "XVI", "A", "L"])).map(
        lambda p: f"{p[0]}00-{p[1]}"
    ),
)
NUMBERS = st.one_of(
    st.integers(1, 9_999).map(str), st.integers(1, 99).map(lambda n: f"{n}a"), st.sampled_from(["A", "F", "Z", "AB"])
)
YEARS = st.integers(1995, 2030).map(lambda year: f"{year}{year + 1}")
IDS = st.one_of(
    st.builds(lambda dossier, number: f"kst-{dossier}-{number}", DOSSIERS, NUMBERS),
    st.builds(lambda year, number: f"ah-tk-{year}-{number}", YEARS, st.integers(1, 9_999)),
    st.builds(
        lambda year, meeting, item: f"h-tk-{year}-{meeting}-{item}",
        YEARS.filter(lambda y: y > "20102010"),
        st.integers(1, 120),
        st.integers(1, 60),
    ),
    st.builds(lambda year, number: f"stcrt-{year}-{number}", st.integers(1995, 2030), st.integers(1, 99_999)),
    st.builds(lambda year, number: f"stb-{year}-{number}", st.integers(1995, 2030), st.integers(1, 999)),
)


@given(IDS, st.sampled_from(["", "2021/22", "2021-2022", "20212022"]))
@settings(max_examples=150)
def test_a_citation_is_read_back_to_its_id(identifier, year):
    assert is_known(identifier)
    assert extract_ids(cite(identifier, year)) == (identifier,)


@given(IDS)
@settings(max_examples=150)
def test_an_id_in_words_and_in_an_address_is_the_same(identifier):
    assert extract_ids(f"Zie {identifier}, en verder.") == (identifier,)
    assert from_url(url_of(identifier) or "") == identifier
    assert normalise(identifier.lower()) == identifier
    assert identity(identifier) == identifier


@given(IDS, IDS)
@settings(max_examples=150)
def test_two_citations_in_one_sentence_do_not_disturb_each_other(first, second):
    text = f"Zoals gemeld ({cite(first, '2021/22')}) en herhaald ({cite(second, '2021/22')}), blijft dit zo."
    assert extract_ids(text) == tuple(dict.fromkeys((first, second)))


@given(IDS, st.sampled_from(["\n", "\n\n", "\u00a0", "  ", " \n "]))
@settings(max_examples=150)
def test_line_ends_inside_a_citation_do_not_matter(identifier, space):
    citation = cite(identifier, "2021/22")
    front, _, rest = citation.rpartition(", ")
    assert extract_ids(f"{front},{space}{rest}") == (identifier,)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_reader_and_all_it_gives_is_an_id(text):
    for found in read_citations(text):
        assert normalise(found.id) == found.id
        assert found.raw
        assert found.sentence


@given(st.text(alphabet="kstahz-0123456789 :/.,nrIVXD()\n", max_size=60))
@settings(max_examples=150, deadline=None)
def test_what_looks_like_a_citation_gives_ids_or_nothing(text):
    for one in extract_ids(text):
        assert normalise(one) == one
