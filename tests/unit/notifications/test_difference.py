"""One comparison in five notations: the same items in the same order, escaped, in Dutch and in English."""

from __future__ import annotations

import html
import re
import string
from datetime import UTC, datetime

import pytest

from domain.change import ChangeSort
from domain.comparison import comparison
from domain.documents import AttachmentRef, Document, Field, Kind, Passage
from domain.scheme_reader import read_sheet
from domain.version_difference import Ignored, Side, VersionDifference
from domain.word_differences import Words, WordSort
from notifications.difference_composing import compose_difference
from notifications.difference_html import render_difference_fragment, render_difference_page
from notifications.difference_json import difference_document
from notifications.difference_outline import condensed
from notifications.difference_slack import render_difference_slack
from notifications.difference_text import Ink, difference_lines, render_difference_text
from notifications.words_difference import PHRASES, counted, phrase

QUIET = tuple(f"Voorwaarde {number} geldt voor iedere aanvrager zoals voorheen." for number in range(1, 8))


def document(*lines: str, title: str = "MIT <b>2026</b>", attachments: tuple[AttachmentRef, ...] = ()) -> Document:
    passages, heading = [], ""
    for line in lines:
        heading = line.removeprefix("# ") if line.startswith("# ") else heading
        passages.append(Passage(Field.BODY, line.removeprefix("# "), heading))
    sheet = read_sheet("mit", "MIT", tuple(passages))
    url = "https://www.rvo.nl/subsidies-financiering/mit"
    return Document("rvo:mit", url, Kind.SCHEME, title, tuple(passages), attachments=attachments, scheme=sheet)


def compared(old: Document, new: Document, *ignored: Ignored, parsers: tuple[int, int] = (3, 3)) -> VersionDifference:
    sides = [
        Side(one.id, one.title, one.url, seq, datetime(2026, 9, 16 + seq, 22, 30, tzinfo=UTC), (("page", "ab12" * 16),), parser)
        for seq, one, parser in ((1, old, parsers[0]), (2, new, parsers[1]))
    ]
    return VersionDifference(sides[0], sides[1], comparison(old, new), ignored)


BEFORE = document(
    "# Budget",
    "Het subsidieplafond is € 7.150.000.",
    "U kunt aanvragen tot 17 september 2026.",
    "# Voorwaarden",
    *QUIET,
    "Artikel 4. De begroting staat in bijlage 2. Het plan beslaat ten hoogste twee jaar.",
    "Artikel 5. Bezwaar maken kan binnen zes weken.",
    "Deze <script>alert(1)</script> & *deze* ~zin~ vervalt.",
)
AFTER = document(
    "# Budget en termijn",
    "Het subsidieplafond is € 8,35 miljoen.",
    "U kunt aanvragen tot 24 september 2026, 17.00 uur.",
    "# Voorwaarden",
    *QUIET,
    "Artikel 5. Bezwaar maken kan binnen zes weken.",
    "Artikel 4. De begroting staat in bijlage 2. Het plan beslaat ten hoogste drie jaar.",
    "Ook <!channel> mag *mee*.",
    attachments=(AttachmentRef("a1", "Rekenmodel", ""),),
)
IGNORED = Ignored("Laatst gecontroleerd op", "een controledatum zegt niets nieuws", 1, 0)
FOUND = compared(BEFORE, AFTER, IGNORED)


def items(language: str = "nl") -> list[str]:
    """A telling piece of every item of the comparison, in order."""
    outline = compose_difference(FOUND, language)
    rows = [row.step.after or row.step.before for row in (*outline.facts, *outline.frame)]
    return rows + [next(run.text.strip() for run in edit.runs if run.sort is not WordSort.EQUAL) for edit in outline.edits]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_renderings_show_the_same_items_in_the_same_order(language: str) -> None:
    outline = compose_difference(FOUND, language)
    told = items(language)
    assert len(told) == outline.count >= 8
    coloured = "\n".join("".join(piece.text for piece in line) for line in difference_lines(outline))
    bare = re.compile(r"<[^>]+>")
    slack = render_difference_slack(outline)
    shown = {
        "text": render_difference_text(outline),
        "terminal": coloured,
        "mail": html.unescape(bare.sub("", render_difference_fragment(outline))),
        "page": html.unescape(bare.sub("", render_difference_page(outline).split("<main>")[1])),
        "slack": html.unescape(slack).replace("∗", "*").replace("∼", "~"),
    }
    for name, text in shown.items():
        place = 0
        for item in told:
            found = text.find(item, place)
            assert found >= 0, f"{name} does not show {item!r} in its place"
            place = found
    numbered = [item["number"] for item in difference_document(FOUND, outline)["items"]]
    assert numbered == list(range(1, len(told) + 1))


def test_facts_stand_first_with_their_step() -> None:
    outline = compose_difference(FOUND, "nl")
    assert [(row.step.label, row.step.before, row.step.after, row.step.delta) for row in outline.facts] == [
        ("plafond", "€ 7.150.000", "€ 8.350.000", "+16,8 %"),
        ("sluit", "do 17 september 2026", "do 24 september 2026, 17.00 uur", ""),
    ]
    text = render_difference_text(outline)
    assert "[-€ 7.150.000-]{+€ 8,35 miljoen+}" in text
    assert "[-17 september 2026-]{+24 september 2026, 17.00 uur+}" in text
    assert "~ gewijzigd (+16,8 %):" in text
    assert "Budget{+ en termijn+}" in text
    assert "… 8 alinea's ongewijzigd …" in text
    assert "> verplaatst (was alinea 12) en gewijzigd:\n  Artikel 4. De begroting staat in bijlage 2. Het plan beslaat" in text


def test_both_versions_are_named_by_number_time_and_copy() -> None:
    text = render_difference_text(compose_difference(FOUND, "nl"))
    assert "Was: versie 1, gezien op vrijdag 18 september 2026 om 00.30 uur, ab12ab12ab12" in text
    english = render_difference_text(compose_difference(FOUND, "en"))
    assert "Becomes: version 2, seen on Saturday 19 September 2026, 00:30, ab12ab12ab12" in english
    assert "+16.8%" in english
    assert "1 keer in de oude versie, 0 keer in de nieuwe" in text
    other = compose_difference(compared(BEFORE, AFTER, parsers=(2, 3)), "nl")
    assert any("uitgaven van de lezer" in note for note in other.notes)


def test_nothing_of_the_paper_acts_in_html_or_slack() -> None:
    outline = compose_difference(FOUND, "nl")
    for page in (render_difference_page(outline), render_difference_fragment(outline)):
        assert "<script" not in page
        assert "<b>2026" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    slack = render_difference_slack(outline)
    assert "<!channel>" not in slack
    assert "<script" not in slack
    assert "∗mee∗" in slack


@pytest.mark.parametrize("most", [400, 700, 2_900])
def test_a_slack_text_keeps_its_length_and_counts_what_is_left(most: int) -> None:
    outline = compose_difference(FOUND, "nl")
    text = render_difference_slack(outline, most)
    assert len(text) <= most
    told = len(re.findall(r"^• ", text, re.MULTILINE))
    left = re.search(r"… en nog (\d+) wijziging", text)
    assert told + (int(left[1]) if left else 0) == outline.count


def test_one_version_or_no_difference_is_said_in_a_line() -> None:
    same = compose_difference(compared(BEFORE, BEFORE), "nl")
    assert (same.count, same.parts, same.counted) == (0, (), "Er is geen verschil tussen deze versies.")
    assert same.counted in render_difference_page(same)
    alone = VersionDifference(FOUND.newer, FOUND.newer, comparison(AFTER, AFTER), (), alone=True)
    shown = compose_difference(alone, "nl")
    for text in (
        render_difference_text(shown),
        render_difference_slack(shown),
        render_difference_page(shown),
        render_difference_fragment(shown),
    ):
        assert "Er is één versie (versie 2" in text
        assert "Tekst" not in text


def test_unchanged_words_are_cut_beside_a_change_only() -> None:
    many = " ".join(f"w{number}" for number in range(60))
    runs = (
        Words(WordSort.EQUAL, f"{many} "),
        Words(WordSort.DELETE, "oud"),
        Words(WordSort.INSERT, "nieuw"),
        Words(WordSort.EQUAL, f" {many}"),
    )
    text = "".join(run.text for run in condensed(runs))
    assert text.startswith("… w48 ")
    assert text.endswith(" w11 …")
    assert " w59 oud" in text
    assert condensed(runs[:1]) == runs[:1]


def test_a_sentence_that_moved_is_inked_as_moved() -> None:
    old = document(
        "Eerste zin staat hier vast. Deze zin gaat straks verhuizen. Slot.", "Ander stuk tekst dat blijft staan. En meer."
    )
    new = document(
        "Eerste zin staat hier vast. Slot.", "Ander stuk tekst dat blijft staan. Deze zin gaat straks verhuizen. En meer."
    )
    found = compared(old, new)
    assert [(one.label, one.before, one.after) for one in found.comparison.changes if one.sort is ChangeSort.TEXT] == [
        ("zin verplaatst", "alinea 1", "alinea 2")
    ]
    outline = compose_difference(found, "nl")
    inks = {piece.ink for line in difference_lines(outline) for piece in line}
    assert {Ink.LEFT, Ink.ARRIVED} <= inks
    assert "{>Deze zin gaat straks verhuizen.>}" in render_difference_text(outline)
    assert 'class="moved"' in render_difference_page(outline)


def test_both_languages_hold_the_same_phrases_with_the_same_fields() -> None:
    fields = {
        language: {key: {name for _, name, _, _ in string.Formatter().parse(text) if name} for key, text in phrases.items()}
        for language, phrases in PHRASES.items()
    }
    assert fields["nl"] == fields["en"]
    assert counted("nl", 1, "count") == "1 wijziging"
    assert counted("en", 2, "unchanged") == "… 2 paragraphs unchanged …"
    with pytest.raises(KeyError):
        phrase("nl", "bestaat niet")
