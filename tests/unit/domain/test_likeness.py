"""A sketch never dismisses two texts that the rule joins, and dismisses nearly all others."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Document, Field, Kind, Passage
from domain.likeness import KEPT, may_share, names, names_of_copies, sketch
from domain.same_text import SHARED, same_text

DAY = date(2026, 11, 19)
ZOEK, SITE = "https://zoek.officielebekendmakingen.nl/", "https://www.rijksoverheid.nl/"
WORDS = [f"{a}{b}{c}" for a in ("kas", "weg", "dak", "lijn", "stof") for b in "aeiou" for c in ("rij", "ting", "len", "man")]


def paper(words: list[str], site: str = ZOEK, title: str = "Een brief over de stand van het beleid", **more: object) -> Document:
    text = " ".join(words)
    return Document(
        "kst-1-1" if site == ZOEK else "ro:x", site + "x", Kind.LETTER, title, (Passage(Field.BODY, text),), dated=DAY
    )


def prose(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return chance.choices(WORDS, k=count)


@given(st.integers(0, 10**6), st.integers(20, 1200), st.floats(0, 1), st.integers(0, 2500), st.integers(0, 300), st.booleans())
def test_what_the_rule_joins_is_never_dismissed(seed: int, count: int, kept: float, more: int, head: int, ends: bool) -> None:
    """A copy of part of a text, under another letterhead, within a longer paper, in either order."""
    said = prose(seed, count)
    cut = said[: int(count * kept)]
    whole, other = paper([*prose(seed + 1, head), *said]), paper([*cut, *prose(seed + 2, more)], SITE)
    first, second = (whole, other) if ends else (other, whole)
    if same_text(first, second):
        assert may_share(sketch(first), sketch(second))
        assert may_share(sketch(second), sketch(first))


@pytest.mark.parametrize("count", [60, 300, 3_000])
def test_at_the_very_edge_of_the_rule(count: int) -> None:
    """Seven of ten runs shared, in one piece: some forty pairs of each size."""
    joined = 0
    for seed in range(40):
        said = prose(seed, count)
        runs = count - 4
        edge = said[: -(-runs * 7 // 10) + 4]
        other = paper([*edge, *prose(seed + 1000, count - len(edge))], SITE)
        if same_text(paper(said), other):
            joined += 1
            assert may_share(sketch(paper(said)), sketch(other))
    assert joined > 10
    assert SHARED == 0.7


def test_other_papers_are_dismissed_and_sketches_stay_small() -> None:
    sketches = [sketch(paper(prose(seed, 400 + 3 * seed))) for seed in range(60)]
    assert {len(one.least) for one in sketches} == {KEPT}
    assert not any(may_share(one, other) for place, one in enumerate(sketches) for other in sketches[place + 1 :])


def test_a_text_that_is_too_short_proves_nothing() -> None:
    assert not may_share(sketch(paper(prose(1, 20))), sketch(paper(prose(1, 20), SITE)))
    assert sketch(paper([])).least == ()


def test_copies_share_a_name_when_their_titles_are_one() -> None:
    title = "Reactie op het voorstel procesinnovatie"
    here, there = paper(prose(1, 50), title=title), paper(prose(2, 50), SITE, title=f"Kamerbrief: {title}")
    assert set(names(here)) & set(names_of_copies(there))
    assert not set(names(here)) & set(names_of_copies(paper(prose(2, 50), SITE, title="Een heel andere brief")))
    assert names(paper(prose(1, 50), title="Geannoteerde agenda van de Raad voor Concurrentievermogen")) == ()
