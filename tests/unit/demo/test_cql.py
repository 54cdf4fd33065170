"""The small CQL: what it selects and what it refuses."""

from __future__ import annotations

import pytest

from demo.koop.cql import CqlError, parse

INDEXES = frozenset({"w.publicatienaam", "w.dossiernummer", "dt.available", "dt.type", "c.product-area"})
LETTER = {
    "w.publicatienaam": ("Kamerstuk",),
    "w.dossiernummer": ("32637", "33009"),
    "dt.available": ("2021-12-09",),
    "dt.type": ("Kamerstuk",),
    "text": ("Brief over procesinnovatie in de maakindustrie",),
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("w.publicatienaam==Kamerstuk", True),
        ('w.publicatienaam=="Kamervragen (Aanhangsel)"', False),
        ("w.dossiernummer==33009", True),
        ("w.dossiernummer==3263", False),
        ("dt.available>=2021-12-09 AND dt.available<2021-12-10", True),
        ('dt.available>="2021-12-10"', False),
        ("dt.available within 2021-12-01 2021-12-31", None),
        ('dt.available within "2021-12-01 2021-12-31"', True),
        ("w.publicatienaam==Staatscourant or w.publicatienaam==Kamerstuk", True),
        ("(w.publicatienaam==Staatscourant OR w.publicatienaam==Kamerstuk) AND dt.available>2021-12-09", False),
        ("w.publicatienaam==Kamerstuk NOT dt.type==Bijlage", True),
        ("NOT dt.type==Bijlage", True),
        ("cql.textAndIndexes=procesinnovatie", True),
        ("procesinnovatie", True),
        ("innovatie", False),
        ('cql.textAndIndexes all "brief maakindustrie"', True),
        ('cql.textAndIndexes any "brief onzin"', True),
        ("w.dossiernummer<>32637", False),
    ],
)
def test_a_query_selects(query: str, found: bool | None) -> None:
    if found is None:
        with pytest.raises(CqlError):
            parse(query, INDEXES)
    else:
        assert parse(query, INDEXES).matches(LETTER) is found


def test_the_order_can_be_asked_for() -> None:
    plan = parse("w.dossiernummer==32637 sortBy dt.available/sort.descending", INDEXES)
    assert (plan.sort, plan.descending) == ("dt.available", True)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", 10),
        ("w.publicatienaam==", 10),
        ("(w.publicatienaam==Kamerstuk", 10),
        ("w.publicatienaam==a w.dossiernummer==b", 10),
        ('w.publicatienaam=="open', 10),
        ("w.onbekend==x", 16),
    ],
)
def test_a_query_that_cannot_be_read_has_a_diagnostic(query: str, code: int) -> None:
    with pytest.raises(CqlError) as caught:
        parse(query, INDEXES)
    assert caught.value.code == code
