"""Whatever is edited: a difference is told if and only if there is one, and it leads to the new text."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.changes import compare, event_kind
from domain.differences import apply, diff
from domain.documents import AttachmentRef, Document, Field, Kind, Passage
from domain.dutch_numbers import (
    format_amount,
    format_moment,
    format_percentage,
    moments,
    parse_amount,
    parse_moment,
    parse_percentage,
    relative_step,
)
from domain.events import EventKind
from domain.schemes import SchemeFact, SchemeField, SchemeSheet, Unit
from domain.word_differences import after_of, before_of, diff_words, tokens

WORDS = st.sampled_from(["de", "subsidie", "mkb", "€ 5 miljoen", "40%", "3 mei 2022", "en", "Nr.", "x", "", "\u00a0", "a-b", "é"])
LINES = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=30))
FACTS = st.builds(
    SchemeFact,
    st.sampled_from(SchemeField).filter(lambda field: field is not SchemeField.STATUS),
    st.integers(0, 3).map(str),
    st.sampled_from([Unit.CENTS, Unit.PERCENT, Unit.LABEL]),
    st.sampled_from(["", "zin", "andere zin"]),
    st.sampled_from(["", "Zuid", "eerste schijf"]),
)
SHEETS = st.none() | st.builds(
    SchemeSheet, st.just("wbso"), st.sampled_from(["WBSO", "MIT"]), st.lists(FACTS, max_size=4).map(tuple), st.booleans()
)
DOCUMENTS = st.builds(
    Document,
    st.just("kst-32637-480"),
    st.just("https://example.org/x"),
    st.sampled_from([Kind.LETTER, Kind.SCHEME]),
    st.sampled_from(["Titel", "Andere titel"]),
    st.lists(
        st.builds(Passage, st.sampled_from([Field.BODY, Field.LEAD]), LINES, st.sampled_from(["", "Kop", "Andere kop"])),
        max_size=8,
    ).map(tuple),
    attachments=st.lists(
        st.builds(AttachmentRef, st.sampled_from(["blg-1", "blg-2", ""]), st.sampled_from(["Nota", "Rapport", ""]), st.just("")),
        max_size=3,
    ).map(tuple),
    scheme=SHEETS,
)


@given(DOCUMENTS, DOCUMENTS)
@settings(max_examples=400, deadline=None)
def test_a_change_is_told_if_and_only_if_the_content_differs(old, new):
    changes = compare(old, new)
    assert bool(changes) == (old.content_hash() != new.content_hash())
    for change in changes:
        assert change.before != change.after
        assert change.label
    assert event_kind(old, new, changes) in EventKind
    assert compare(old, new) == changes


@given(DOCUMENTS, st.data())
@settings(max_examples=200, deadline=None)
def test_one_edit_to_one_paragraph_is_told(document, data):
    if not document.passages:
        return
    place = data.draw(st.integers(0, len(document.passages) - 1))
    line = data.draw(LINES.filter(lambda text: text != document.passages[place].text))
    edited = list(document.passages)
    edited[place] = replace(edited[place], text=line)
    assert compare(document, replace(document, passages=tuple(edited)))


@given(st.lists(LINES, max_size=10), st.lists(LINES, max_size=10))
@settings(max_examples=300, deadline=None)
def test_a_difference_applied_to_the_old_text_gives_the_new(old, new):
    difference = diff(old, new)
    assert apply(difference, old) == tuple(new)
    assert bool(difference.changed) == (old != new)


def test_an_empty_line_is_not_a_nul():
    difference = diff(["", "", "\x00"], ["\x00", "", ""])
    assert {block.sort.value for block in difference.blocks} == {"equal", "move"}


@given(st.lists(LINES, min_size=1, max_size=10), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_shuffled_paragraphs_are_moves_and_nothing_else(old, random):
    new = list(old)
    random.shuffle(new)
    assert {block.sort.value for block in diff(old, new).blocks} <= {"equal", "move"}


@given(LINES, LINES)
@settings(max_examples=300, deadline=None)
def test_word_differences_hold_both_texts(old, new):
    parts = diff_words(old, new)
    assert (before_of(parts), after_of(parts)) == (old, new)
    assert "".join(tokens(old)) == old


@given(st.integers(0, 10**14))
def test_amounts_are_read_back(cents):
    assert parse_amount(format_amount(cents)) == cents


@given(st.integers(0, 99_999))
def test_percentages_are_read_back(hundredths):
    assert parse_percentage(format_percentage(hundredths)) == hundredths


@given(
    st.datetimes().filter(lambda moment: 1900 <= moment.year < 2100),
    st.booleans(),
)
def test_moments_are_read_back(moment, timed):
    iso = moment.strftime("%Y-%m-%dT%H:%M" if timed else "%Y-%m-%d")
    found = parse_moment(format_moment(iso))
    assert found is not None
    assert found.iso == iso


@given(st.integers(0, 40), st.integers(0, 14), st.integers(1900, 2099))
def test_only_dates_that_exist_are_read(day, month, year):
    for found in moments(f"op {day}-{month}-{year} dus"):
        assert (found.day.day, found.day.month, found.day.year) == (day, month, year)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_a_step_has_the_sign_of_the_difference(before, after):
    step = relative_step(before, after)
    assert step[:1] in ("", "+" if after > before else "-")
    if before == after:
        assert not step


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_no_text_breaks_the_reading_of_numbers(text):
    assert "".join(tokens(text)) == text
    amount = parse_amount(text)
    assert amount is None or isinstance(amount, int)


@pytest.mark.parametrize(("words", "limit"), [(5_000, 0.02), (50_000, 1.0)])
def test_speed_warm(words, limit):
    """Two long pages that differ in one paragraph in twelve; the best of three runs, so that a busy machine does not decide."""
    old = [" ".join(f"woord{(7 * n + k) % 3001}" for k in range(50)) + f" € {n}.000." for n in range(words // 50)]
    new = [line.replace(".000", ".500") if n % 12 == 0 else line for n, line in enumerate(old)]
    documents = [
        Document("x", "https://example.org/x", Kind.OTHER, "T", tuple(Passage(Field.BODY, line) for line in lines))
        for lines in (old, new)
    ]
    taken = []
    for _ in range(3):
        begin = time.perf_counter()
        assert compare(*documents)
        taken.append(time.perf_counter() - begin)
    assert min(taken) < limit
