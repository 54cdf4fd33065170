"""CQL: no value can end its term, and what is cut in two is still the whole."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from demo.koop.cql import parse
from demo.koop.record import INDEXES
from domain.listings import Window
from sources import koop_search

DAY = Window(datetime(2026, 11, 18, 23, tzinfo=UTC), datetime(2026, 11, 19, 23, tzinfo=UTC))
NASTY = st.text(alphabet=st.sampled_from("ab\"\\()|<>=&%+ \n\t€é'`;,*?AND OR NOT"), max_size=30)
RECORDS = st.fixed_dictionaries(
    {
        "w.publicatienaam": st.sampled_from([("Kamerstuk",), ("Staatscourant",)]),
        "dt.type": st.sampled_from([("Kamerstuk",), ("Bijlage",)]),
        "dt.modified": st.just(("2026-11-19",)),
        "dt.date": st.sampled_from([(), ("2026-11-01",), ("2026-11-19",)]),
        "w.subrubriek": st.sampled_from([(), ("Brief",), ("Motie",), ("Overig",)]),
        "w.organisatietype": st.sampled_from([(), ("gemeente",), ("ministerie",), ("provincie",)]),
        "w.dossiernummer": st.lists(st.integers(20_000, 40_000).map(str), max_size=3).map(tuple),
        "w.ondernummer": st.sampled_from([(), ("A",), ("7",), ("480",), ("1200",)]),
    }
)


@given(st.one_of(NASTY, st.text(max_size=40)), NASTY)
def test_a_value_says_itself_and_nothing_else(value: str, other: str) -> None:
    """Quotes, backslashes, parentheses, pipes and words of the language inside a value stay inside it."""
    query = parse(f"dt.title=={koop_search.quoted(value)}", INDEXES)
    assert query.matches({"dt.title": (value,)})
    assert query.matches({"dt.title": (other,)}) == (other.casefold() == value.casefold())
    both = parse(f"dt.title=={koop_search.quoted(value)} AND w.jaargang==2026", INDEXES)
    assert not both.matches({"dt.title": (value,)})


@given(st.one_of(NASTY, st.text(max_size=40).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text))))
def test_a_query_stands_in_an_address_without_being_part_of_it(value: str) -> None:
    """Nothing is left that an address, or KOOP behind it, could take for its own: a bare pipe was answered with status 500."""
    written = koop_search.encoded(f"dt.title=={koop_search.quoted(value)}")
    assert set(written) <= set(string.ascii_letters + string.digits + "-_.~%")
    assert unquote(written) == f"dt.title=={koop_search.quoted(value)}"


@given(st.sampled_from(sorted(koop_search.KINDS)), RECORDS)
def test_the_halves_of_a_day_together_are_the_day(kind: str, record: dict[str, tuple[str, ...]]) -> None:
    """At every cut each record of the whole lies in exactly one half, whatever fields it has or lacks."""
    text = koop_search.query(kind, DAY)
    while halves := koop_search.cut(text, DAY):
        whole = parse(text, INDEXES).matches(record)
        inside = [parse(half, INDEXES).matches(record) for half in halves]
        assert sum(inside) == whole
        text = halves[inside.index(True)] if whole else halves[0]
    assert koop_search.cut(text, DAY) == ()


def test_only_a_single_day_is_cut_by_other_things_than_date() -> None:
    week = Window(DAY.since, datetime(2026, 11, 25, 23, tzinfo=UTC))
    assert koop_search.cut(koop_search.query("kamerstukken", week), week) == ()
    assert len(koop_search.cut(koop_search.query("kamerstukken", DAY), DAY)) == 2
    assert koop_search.cut(koop_search.query("staatsblad", DAY), DAY) == ()
