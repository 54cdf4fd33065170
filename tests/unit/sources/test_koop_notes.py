"""Footnotes of publication XML: the sentence that calls one, and what a citation in it quotes."""

from __future__ import annotations

from datetime import date

import pytest

from domain.documents import Document, Field, Kind
from services.citing import cited
from sources.decoding import parse_xml
from sources.koop_text import walk
from sources.passages import Collector

NOTE = '<noot id="n1" type="voet"><noot.nr>1</noot.nr><noot.al>Kamerstuk 32 637, nr. 880.</noot.al></noot>'


def read(inside: str) -> Document:
    root, _ = parse_xml("https://example.org/x.xml", f"<tekst>{inside}</tekst>".encode())
    into = Collector()
    walk(root, into)
    return Document("kst-1-1", "https://example.org/x", Kind.LETTER, "Brief", into.all(), dated=date(2026, 11, 18))


@pytest.mark.parametrize(
    ("inside", "anchor"),
    [
        (f"<al>Eerst dit. Dan de robots{NOTE} van nu. En dat.</al>", "Dan de robots van nu."),
        (f"<al>Eerst dit.{NOTE} Dan de robots.</al>", "Eerst dit."),
        (f"<al>Eerst dit.</al><al><nadruk>De robots{NOTE}</nadruk> rijden. En dat.</al>", "De robots rijden."),
        (f'<al>Eerst dit<nootref refid="n1"/>. Dan dat.</al>{NOTE}', "Eerst dit."),
        (f'<al>Eerst dit.<nootref refid="n1"/> Dan dat.<nootref refid="n1"/></al>{NOTE}', ""),
        (f"<lijst><li><li.nr>a.</li.nr><al>De robots{NOTE} rijden.</al></li></lijst>", "De robots rijden."),
        (f"<al>{NOTE}</al><al>Dan dat.</al>", ""),
        (f"<table><tgroup><tbody><row><entry><al>73{NOTE}</al></entry></row></tbody></tgroup></table>", ""),
    ],
)
def test_the_sentence_that_calls_a_footnote(inside: str, anchor: str) -> None:
    document = read(inside)
    (note,) = [passage for passage in document.passages if passage.field is Field.FOOTNOTE]
    assert (note.text, note.anchor) == ("Kamerstuk 32 637, nr. 880.", anchor)
    assert Document.from_json(document.to_json()) == document
    assert [citation.sentence for citation in cited(document)] == [anchor or note.text]


def test_an_anchor_is_no_content() -> None:
    """The same words with the call in another sentence are the same content."""
    first, second = (read(text) for text in (f"<al>Dit.{NOTE} Dat.</al>", f"<al>Dit. Dat.{NOTE}</al>"))
    assert first != second
    assert first.content_hash() == second.content_hash()
