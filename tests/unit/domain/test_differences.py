"""Paragraph and word differences: moves, rewritten paragraphs, whole numbers, and that the model is exact."""

import pytest

from domain.differences import BlockSort, apply, diff
from domain.sentence_differences import Paragraph, diff_paragraph
from domain.word_differences import WordSort, after_of, before_of, diff_words, tokens


def _shown(old, new):
    marks = {WordSort.EQUAL: "", WordSort.DELETE: "-", WordSort.INSERT: "+"}
    return [marks[part.sort] + part.text for part in diff_words(old, new)]


def test_numbers_are_whole_tokens():
    text = "Tot 30 april 2026, 09:00 uur is € 4,5 miljoen (40 procent) beschikbaar."
    found = tokens(text)
    assert "".join(found) == text
    assert {"30 april 2026, 09:00 uur", "€ 4,5 miljoen", "40 procent"} <= set(found)


def test_what_was_deleted_stands_before_what_came():
    assert _shown("Het plafond is € 30.000.000.", "Het plafond is € 45.000.000.") == [
        "Het plafond is ",
        "-€ 30.000.000",
        "+€ 45.000.000",
        ".",
    ]


def test_neighbouring_changes_are_one_phrase():
    assert _shown("voor kleine bedrijven hier", "voor middelgrote ondernemingen hier") == [
        "voor ",
        "-kleine bedrijven",
        "+middelgrote ondernemingen",
        " hier",
    ]


def test_a_very_long_paragraph_is_compared_by_sentences_first():
    old = " ".join(f"Dit is zin nummer {n} van dit heel lange stuk." for n in range(600))
    new = old.replace("nummer 300", "nummer driehonderd")
    parts = diff_paragraph(Paragraph.of(old), Paragraph.of(new))
    assert before_of(parts) == old
    assert after_of(parts) == new
    assert sum(len(part.text) for part in parts if part.sort is not WordSort.EQUAL) < 200


def _sorts(old, new):
    difference = diff(old, new)
    assert apply(difference, old) == tuple(new)
    return [block.sort.value for block in difference.blocks]


@pytest.mark.parametrize(
    ("old", "new", "sorts"),
    [
        ([], [], []),
        (["A a."], ["A a."], ["equal"]),
        (["A a."], ["A a.", "B b."], ["equal", "insert"]),
        (["A a.", "B b."], ["B b."], ["delete", "equal"]),
        (["A", "B", "C"], ["C", "A", "B"], ["move", "equal", "equal"]),
        (["40%"], ["32%"], ["replace"]),
        (["A", "A", "B"], ["A", "B", "A"], ["equal", "move", "equal"]),
    ],
)
def test_blocks(old, new, sorts):
    assert _sorts(old, new) == sorts


def test_a_move_does_not_hide_a_change_inside_it():
    old = ["Artikel 4. De termijn loopt tot 30 april 2026.", "Artikel 5. Over bezwaar.", "Artikel 6. Over de slotsom."]
    new = ["Artikel 5. Over bezwaar.", "Artikel 6. Over de slotsom.", "Artikel 4. De termijn loopt tot 15 juni 2026."]
    difference = diff(old, new)
    (moved,) = difference.changed
    assert moved.sort is BlockSort.MOVE
    assert [part.text for part in moved.words if part.sort is not WordSort.EQUAL] == ["30 april 2026", "15 juni 2026"]


def test_paragraphs_that_have_little_in_common_are_not_paired():
    old = ["De regeling is bedoeld voor ondernemers in de maakindustrie die hun productieproces willen vernieuwen dit jaar."]
    new = ["Bezwaar maken kan binnen zes weken na de dag waarop het besluit aan de aanvrager is bekendgemaakt per post."]
    assert _sorts(old, new) == ["delete", "insert"]


def test_a_difference_fits_only_the_text_it_was_made_from():
    difference = diff(["een", "twee"], ["een", "drie"])
    with pytest.raises(ValueError, match="does not fit"):
        apply(difference, ["iets anders", "twee"])
    with pytest.raises(ValueError, match="does not fit"):
        apply(difference, ["een"])
