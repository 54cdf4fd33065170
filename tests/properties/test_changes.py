"""Whatever is edited: a difference is told if and only if there is one, and it leads to the new text."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.changes import compare, event_kind
from domain.comparison import comparison
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
from domain.sentence_differences import Paragraph, diff_paragraph
from domain.word_differences import WordSort, after_of, before_of, diff_words, tokens

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
@settings(max_examples=100, deadline=None)
def test_a_change_is_told_if_and_only_if_the_content_differs(old, new):
    changes = compare(old, new)
    assert bool(changes) == (old.content_hash() != new.content_hash())
    for change in changes:
        assert change.before != change.after
        assert change.label
    assert event_kind(old, new, changes) in EventKind
    assert compare(old, new) == changes


@given(DOCUMENTS, st.data())
@settings(max_examples=100, deadline=None)
def test_one_edit_to_one_paragraph_is_told(document, data):
    if not document.passages:
        return
    place = data.draw(st.integers(0, len(document.passages) - 1))
    line = data.draw(LINES.filter(lambda text: text != document.passages[place].text))
    edited = list(document.passages)
    edited[place] = replace(edited[place], text=line)
    assert compare(document, replace(document, passages=tuple(edited)))


@given(st.lists(LINES, max_size=10), st.lists(LINES, max_size=10))
@settings(max_examples=100, deadline=None)
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
@settings(max_examples=100, deadline=None)
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
@settings(max_examples=100)
def test_no_text_breaks_the_reading_of_numbers(text):
    assert "".join(tokens(text)) == text
    amount = parse_amount(text)
    assert amount is None or isinstance(amount, int)


SENTENCES = (
    "Het subsidieplafond bedraagt € 7.150.000 voor het hele jaar.",
    "U kunt aanvragen tot en met 17 september 2026, 17.00 uur.",
    "De begroting staat in bijlage 2 bij het projectplan.",
    "Artikel 3.4.5 is van overeenkomstige toepassing op deelnemers.",
    "Het percentage is 32,5% van de kosten die worden gemaakt.",
    "Zie Kamerstuk 32 637, nr. 480 en kst-32637-473 voor de aanleiding.",
    "Dat klopt.",
    "Een samenwerkingsverband bestaat uit ten minste twee ondernemers uit het mkb.",
    "Kosten van vóór de aanvraag komen niet in aanmerking voor subsidie.",
)
NUMBERS = (
    "EUR 25.000,-",
    "€ 8,35 miljoen",
    "3.115.000",
    "24-09-2026",
    "17 september 2026, 09:00 uur",
    "40 procent",
    "artikel 7a",
)
Edit = Callable[[random.Random, Document], Document]


def _with(document: Document, texts: list[tuple[str, str]]) -> Document:
    return replace(document, passages=tuple(Passage(Field.BODY, text, heading) for text, heading in texts))


def _lines(document: Document) -> list[tuple[str, str]]:
    return [(passage.text, passage.heading) for passage in document.passages]


def _paragraph(dice: random.Random) -> str:
    return " ".join(dice.choices(SENTENCES, k=dice.randint(1, 5)))


def _add(dice: random.Random, document: Document) -> Document:
    lines = _lines(document)
    place = dice.randint(0, len(lines))
    lines.insert(place, (_paragraph(dice), lines[place - 1][1] if lines else ""))
    return _with(document, lines)


def _drop(dice: random.Random, document: Document) -> Document:
    lines = _lines(document)
    if lines:
        lines.pop(dice.randrange(len(lines)))
    return _with(document, lines)


def _move(dice: random.Random, document: Document) -> Document:
    lines = _lines(document)
    if lines:
        lines.insert(dice.randint(0, len(lines) - 1), lines.pop(dice.randrange(len(lines))))
    return _with(document, lines)


def _inside(edit: Callable[[random.Random, list[str]], None], between: str) -> Edit:
    def change(dice: random.Random, document: Document) -> Document:
        lines = _lines(document)
        if lines:
            place = dice.randrange(len(lines))
            parts = lines[place][0].split(between)
            edit(dice, parts)
            lines[place] = (between.join(parts), lines[place][1])
        return _with(document, lines)

    return change


def _word(dice: random.Random, words: list[str]) -> None:
    words[dice.randrange(len(words))] = dice.choice(("", "nieuw", "de", "procesinnovatie", *NUMBERS))


def _swap(dice: random.Random, parts: list[str]) -> None:
    i, j = (dice.randrange(len(parts)) for _ in "ab")
    parts[i], parts[j] = parts[j], parts[i]


def _sentence_elsewhere(dice: random.Random, document: Document) -> Document:
    lines = _lines(document)
    if len(lines) > 1:
        source, target = dice.sample(range(len(lines)), 2)
        moved = dice.choice(SENTENCES)
        lines[source] = (lines[source][0].replace(moved, "").strip(), lines[source][1])
        lines[target] = (f"{lines[target][0]} {moved}", lines[target][1])
    return _with(document, lines)


def _heading(dice: random.Random, document: Document) -> Document:
    old, new = dice.choice(("", "Budget", "Voorwaarden")), dice.choice(("Budget", "Budget en termijn"))
    return _with(document, [(text, new if heading == old else heading) for text, heading in _lines(document)])


def _fact(dice: random.Random, document: Document) -> Document:
    fields = [field for field in SchemeField if field is not SchemeField.STATUS]
    facts = tuple(
        SchemeFact(dice.choice(fields), str(dice.randint(0, 3)), dice.choice((Unit.CENTS, Unit.PERCENT)), dice.choice(("", "z")))
        for _ in range(dice.randint(0, 3))
    )
    return replace(document, scheme=dice.choice((None, SchemeSheet("mit", "MIT", facts, dice.random() < 0.5))))


def _attachment(dice: random.Random, document: Document) -> Document:
    refs = [
        AttachmentRef(f"blg-{dice.randint(1, 3)}", dice.choice(("Nota", "Rapport", "")), "") for _ in range(dice.randint(0, 3))
    ]
    return replace(document, attachments=tuple(refs))


EDITS: tuple[Edit, ...] = (
    _add,
    _drop,
    _move,
    _inside(_word, " "),
    _inside(_swap, " "),
    _inside(_swap, ". "),
    _sentence_elsewhere,
    _heading,
    _fact,
    _attachment,
    lambda dice, document: replace(document, title=dice.choice(("Titel", "Andere titel"))),
    lambda dice, document: document,
)


def _check_edits(seed: int) -> None:
    """A random document after a few random edits: an event if and only if the content differs, and the difference is exact."""
    dice = random.Random(seed)
    headings = ("", "Budget", "Voorwaarden")
    old = _with(
        Document("rvo:mit", "https://www.rvo.nl/mit", Kind.SCHEME, "Titel", ()),
        [(_paragraph(dice), headings[min(2, n // 3)]) for n in range(dice.randint(0, 9))],
    )
    old = _attachment(dice, _fact(dice, old))
    new = old
    for _ in range(dice.randint(1, 5)):
        new = dice.choice(EDITS)(dice, new)
    changes = compare(old, new)
    differs = old.content_hash() != new.content_hash()
    assert bool(changes) == differs
    assert all(change.before != change.after and change.label for change in changes)
    found = comparison(old, new)
    before, after = ([passage.text for passage in one.passages] for one in (old, new))
    assert apply(found.text, before) == tuple(after)
    assert bool(found.text.changed) == (before != after)
    assert [block for section in found.sections for block in section.blocks] == list(found.text.blocks)
    for block in found.text.changed:
        if block.words:
            assert (before_of(block.words), after_of(block.words)) == (block.old, block.new)
            assert any(part.sort is not WordSort.EQUAL for part in block.words)
    moved = [(part.sort, part.text) for block in found.text.changed for part in block.words if part.moved]
    gone, come = (sorted(text for one, text in moved if one is sort) for sort in (WordSort.DELETE, WordSort.INSERT))
    assert gone == come


@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_random_edits_to_a_document(seed):
    _check_edits(seed)


@pytest.mark.torture
def test_ten_thousand_random_edits_to_a_document():
    for seed in range(10_000):
        _check_edits(seed)


@given(LINES, LINES)
@settings(max_examples=100, deadline=None)
def test_a_paragraph_by_sentences_holds_both_texts(old, new):
    parts = diff_paragraph(Paragraph.of(old), Paragraph.of(new))
    assert (before_of(parts), after_of(parts)) == (old, new)


@given(
    st.lists(st.sampled_from((*NUMBERS, "nr. 473", "kst-32637-480", "12,5%", "36 600 XIII")), min_size=1, max_size=4),
    st.randoms(),
)
@settings(max_examples=60, deadline=None)
def test_numbers_are_never_cut(listed, dice):
    old = "; ".join(f"het gaat om {number}" for number in listed)
    new = "; ".join(f"het gaat om {dice.choice(NUMBERS)}" for _ in listed)
    pieces = [token for part in diff_words(old, new) for token in tokens(part.text) if any(char.isdigit() for char in token)]
    assert set(pieces) <= {*listed, *NUMBERS}
