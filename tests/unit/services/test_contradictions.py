"""A page and an act about one scheme: which facts contradict each other, and which only seem to; other names, other pages."""

from __future__ import annotations

from datetime import date

import pytest

from domain.documents import Document, Field, Kind, Passage
from domain.scheme_conflicts import Stated, confirmed, conflicts
from domain.scheme_identity import other_page
from domain.scheme_names import names_at, scheme_of_slug, scheme_of_title, schemes_named
from domain.schemes import SchemeFact, SchemeField, SchemeSheet, Unit
from notifications.facts import told
from notifications.words import words_for

OPENS, CEILING = SchemeField.OPENS, SchemeField.CEILING


def fact(field: SchemeField, value: str, sentence: str = "", part: str = "") -> SchemeFact:
    unit = Unit.MOMENT if field in (OPENS, SchemeField.CLOSES) else Unit.CENTS
    return SchemeFact(field, value, unit, sentence, part)


def page(*facts: SchemeFact, year: str = "2026") -> Stated:
    return Stated(SchemeSheet("mit", "MIT", facts), "rvo.nl", year)


def act(*facts: SchemeFact, source: str = "stcrt-2026-1", year: str = "2026") -> Stated:
    return Stated(SchemeSheet("mit", "MIT", facts, provisional=False), source, year)


def test_the_day_of_an_opening_on_which_two_sources_differ() -> None:
    """Features D12: the page says 11 June, the Staatscourant says 12 June."""
    (found,) = conflicts([page(fact(OPENS, "2026-06-11"))], [act(fact(OPENS, "2026-06-12"))])
    change = found.change
    assert (change.label, change.before, change.after) == (
        "bronnen spreken elkaar tegen: opent",
        "do 11 juni 2026 (rvo.nl, voorlopig)",
        "vr 12 juni 2026 (stcrt-2026-1, definitief)",
    )
    english = told(change, words_for("en"))
    assert english.label == "sources contradict each other: opens"
    assert english.after.endswith("(stcrt-2026-1, final)")


@pytest.mark.parametrize(
    ("on_page", "in_act"),
    [
        (fact(OPENS, "2026-06-11"), fact(OPENS, "2026-06-11T09:00")),  # the same day, once with its hour
        (fact(OPENS, "2026-06-11"), fact(OPENS, "2025-06-12")),  # another round
        (fact(CEILING, "100", "In 2026 € 1."), fact(CEILING, "200", "In 2025 € 2.")),  # another year
        (fact(CEILING, "100", part="Noord"), fact(CEILING, "200", part="Zuid")),  # another part
        (fact(CEILING, "100"), fact(SchemeField.BUDGET, "200")),  # another field
    ],
)
def test_what_only_seems_to_contradict(on_page: SchemeFact, in_act: SchemeFact) -> None:
    assert conflicts([page(on_page)], [act(in_act)]) == ()


def test_the_newest_act_counts_and_a_pair_of_values_counts_once() -> None:
    old = act(fact(CEILING, "100"), source="stcrt-2026-1")
    new = act(fact(CEILING, "200"), source="stcrt-2026-2")
    pages = [page(fact(CEILING, "100")), page(fact(CEILING, "100"))]
    (found,) = conflicts(pages, [old, new])
    assert (found.final.value, found.act) == ("200", "stcrt-2026-2")
    assert conflicts(pages, [new, old]) == ()
    assert confirmed(pages[0], [new])
    assert not confirmed(pages[0], [act(fact(CEILING, "200"), year="2019")])


NATIONAL = [
    "Regeling nationale EZ-subsidies",
    "Regeling nationale EZK- en LNV-subsidies",
    "Regeling nationale EZ-, LVVN- en KGG-subsidies",
]


@pytest.mark.parametrize("name", [*NATIONAL, "Regeling openstelling EZK- en LNV-subsidies 2019"])
def test_one_scheme_under_all_the_names_of_its_ministries(name: str) -> None:
    assert schemes_named(f"Wijziging van de {name}") == ("nationale-subsidies",)
    assert schemes_named(f"Wijziging van titel 3.4 van de {name}") == ("mit", "nationale-subsidies")


def test_names_by_day_and_by_page() -> None:
    assert NATIONAL[0] in names_at("nationale-subsidies", date(2016, 3, 1))
    assert NATIONAL[1] in names_at("nationale-subsidies", date(2021, 3, 1))
    assert NATIONAL[2] in names_at("nationale-subsidies", date(2026, 3, 1))
    assert NATIONAL[0] not in names_at("nationale-subsidies", date(2021, 3, 1))
    assert {scheme_of_slug(slug) for slug in ("mit", "mit-regeling", "mit-zuid")} == {"mit"}
    assert (scheme_of_title("3.4.5"), scheme_of_title("3.45"), scheme_of_title("3.3")) == ("mit", "", "")


def document(title: str, *lines: str, url: str = "https://www.rvo.nl/subsidies-financiering/mit") -> Document:
    said = tuple(Passage(Field.BODY, line) for line in lines)
    return Document("rvo:mit", url, Kind.SCHEME, title, said, scheme=SchemeSheet("mit", title, (fact(OPENS, "2026-06-11"),)))


LINE = "Voor een haalbaarheidsproject krijgt u maximaal € 25.000 subsidie."


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (document("MIT-regeling"), True),  # a shorter title
        (document("Innovatie in het mkb", LINE), True),  # another title over the same text
        (document("Mestbeleid", "U mag mest uitrijden van 15 februari tot en met 31 augustus."), False),
        (document("Subsidies en financiering", "Zoek een regeling die bij uw plannen past."), False),
    ],
)
def test_whether_a_page_is_still_the_page_of_the_scheme(now: Document, same: bool) -> None:
    before = document("Mkb-innovatiestimulering Regio en Topsectoren (MIT)", LINE)
    assert (other_page(before, now) == "") is same
