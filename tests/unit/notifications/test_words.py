"""Both languages say everything, in the right number."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime

import pytest

from domain.digests import Ground, Why
from domain.documents import Kind
from domain.events import EventKind
from domain.source_coverage import Failing, Remark
from notifications import moments
from notifications.words import DUTCH, ENGLISH, Section, Words, words_for


def fields_of(template: str) -> set[str]:
    """The names between braces in a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("words", [DUTCH, ENGLISH])
def test_every_enum_has_its_words(words: Words) -> None:
    """A new kind, state or section cannot be forgotten in one of the languages."""
    assert set(words.badges) == set(words.kinds) == {kind.value for kind in Kind}
    assert set(words.states) == {state.value for state in EventKind}
    assert set(words.sections) == {section.value for section in Section}
    assert set(words.names) == {kind.value for kind in Kind}
    assert set(words.grounds) == {ground.value for ground in Ground}
    assert set(words.failures) == {failing.value for failing in Failing}
    assert {remark.value for remark in Remark} <= set(words.plurals)


def test_both_languages_hold_the_same_phrases_with_the_same_fields() -> None:
    """What one language can say, the other can, from the same facts."""
    assert {key: fields_of(text) for key, text in DUTCH.phrases.items()} == {
        key: fields_of(text) for key, text in ENGLISH.phrases.items()
    }
    assert set(DUTCH.plurals) == set(ENGLISH.plurals)
    assert set(DUTCH.chain) == set(ENGLISH.chain)
    for table in ("grounds", "failures", "names"):
        dutch, english = getattr(DUTCH, table), getattr(ENGLISH, table)
        assert {key: fields_of(text) for key, text in dutch.items()} == {key: fields_of(text) for key, text in english.items()}
    assert all(fields_of(text) == {"n"} for words in (DUTCH, ENGLISH) for pair in words.plurals.values() for text in pair)


@pytest.mark.parametrize(
    ("n", "noun", "said"),
    [
        (1, "schemes", "1 regeling gewijzigd"),
        (2, "schemes", "2 regelingen gewijzigd"),
        (1, "mention", "1 vermelding"),
        (0, "mention", "0 vermeldingen"),
        (1, "items", "1 stuk"),
        (160, "items", "160 stukken"),
        (1, "days", "nog 1 dag"),
    ],
)
def test_singular_and_plural(n: int, noun: str, said: str) -> None:
    """Numbers agree with their nouns."""
    assert DUTCH.count(n, noun) == said


@pytest.mark.parametrize(
    ("kind", "states", "badge"),
    [
        (Kind.LETTER, (EventKind.PUBLISHED,), "KAMERBRIEF · NIEUW"),
        (Kind.LETTER, (EventKind.PUBLISHED, EventKind.ATTACHMENT_ADDED), "KAMERBRIEF · NIEUW · BIJLAGE TOEGEVOEGD"),
        (Kind.QUESTION, (EventKind.ANSWERED,), "KAMERVRAAG · BEANTWOORD"),
        (Kind.ANSWER, (EventKind.ANSWERED,), "ANTWOORD · NIEUW"),
        (Kind.ANSWER, (EventKind.ANSWERED, EventKind.CORRECTED), "ANTWOORD · NIEUW · GECORRIGEERD"),
        (Kind.EXTENSION, (EventKind.EXTENDED,), "UITSTEL"),
        (Kind.SCHEME, (EventKind.SCHEME_CHANGED, EventKind.REVISED), "REGELING · GEWIJZIGD"),
        (Kind.REGULATION, (EventKind.SCHEME_CHANGED,), "REGELGEVING · REGELING GEWIJZIGD"),
        (Kind.NEWS, (EventKind.WITHDRAWN, EventKind.RESTORED), "NIEUWS · VERDWENEN · TERUG"),
        (Kind.REPORT, (), "RAPPORT"),
    ],
)
def test_badges(kind: Kind, states: tuple[EventKind, ...], badge: str) -> None:
    """Kind first, then each state once; nothing is said twice."""
    assert DUTCH.badge(kind, states) == badge


@pytest.mark.parametrize(
    ("why", "dutch", "english"),
    [
        (Why(Ground.TERM, "procesinnovatie", 12), "procesinnovatie 12x", "procesinnovatie 12x"),
        (
            Why(Ground.FOLLOWED, "Kamerstuk 32 637, nr. 473"),
            "u volgt Kamerstuk 32 637, nr. 473",
            "you follow Kamerstuk 32 637, nr. 473",
        ),
        (Why(Ground.OTHER_SUBJECT, "zorg"), "ander onderwerp (zorg)", "other subject (zorg)"),
        (Why(Ground.TOO_FEW), "geen of te weinig treffers", "no or too few terms"),
    ],
)
def test_reasons(why: Why, dutch: str, english: str) -> None:
    """The paper's words stay, ours follow the language."""
    assert (DUTCH.why(why), ENGLISH.why(why)) == (dutch, english)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2021, 12, 10, 6, 24, tzinfo=UTC), "vandaag 07.24"),
        (datetime(2021, 12, 9, 15, 55, tzinfo=UTC), "gisteren 16.55"),
        (datetime(2021, 12, 8, 15, 55, tzinfo=UTC), "wo 8 dec 16.55"),
        (datetime(2020, 12, 8, 15, 55, tzinfo=UTC), "di 8 dec 2020 16.55"),
    ],
)
def test_moments_in_the_past(moment: datetime, said: str) -> None:
    """Today, yesterday, else the day, with its year when that is another."""
    assert moments.past_moment(moment, DUTCH, date(2021, 12, 10)) == said


def test_an_unknown_language_is_dutch_and_an_unknown_link_a_chain() -> None:
    """The fallbacks."""
    assert words_for("fr") is DUTCH
    assert words_for("en") is ENGLISH
    assert DUTCH.link_label("cites") == "Haalt aan"
    assert DUTCH.link_label("elsewhere") == "Keten"


def test_moments_are_on_the_dutch_clock() -> None:
    """UTC goes in, Amsterdam comes out, over a day's end and in winter and summer time."""
    today = date(2021, 12, 10)
    evening = datetime(2021, 12, 9, 23, 30, tzinfo=UTC)
    assert moments.short_moment(evening, DUTCH, today) == "vr 10 dec 00.30"
    assert moments.short_moment(evening, ENGLISH, today) == "Fri 10 Dec 00:30"
    assert moments.short_moment(datetime(2021, 7, 1, 6, 0, tzinfo=UTC), DUTCH, today) == "do 1 jul 08.00"
    assert moments.short_moment(date(2019, 7, 15), DUTCH, today) == "ma 15 jul 2019"
    assert moments.long_day(evening, DUTCH) == "vrijdag 10 december 2021"
    assert moments.long_day(evening, ENGLISH) == "Friday 10 December 2021"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2021, 12, 10, 6, 24, tzinfo=UTC), "07.24"),
        (datetime(2021, 12, 9, 6, 30, tzinfo=UTC), "do 07.30"),
        (datetime(2021, 12, 4, 6, 30, tzinfo=UTC), "za 07.30"),
        (datetime(2021, 12, 3, 6, 30, tzinfo=UTC), "vr 3 dec 07.30"),
        (datetime(2020, 12, 3, 6, 30, tzinfo=UTC), "do 3 dec 2020 07.30"),
    ],
)
def test_near_moments_are_short_but_never_ambiguous(moment: datetime, said: str) -> None:
    """A weekday alone only within the last six days."""
    assert moments.near_moment(moment, DUTCH, date(2021, 12, 10)) == said


@pytest.mark.parametrize(
    ("day", "said"), [(9, "verstreken"), (10, "vandaag"), (11, "morgen"), (12, "nog 2 dagen"), (20, "nog 10 dagen")]
)
def test_countdown(day: int, said: str) -> None:
    """Counted in Dutch calendar days."""
    assert moments.countdown(date(2021, 12, day), DUTCH, date(2021, 12, 10)) == said
