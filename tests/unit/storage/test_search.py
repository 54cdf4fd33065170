"""The search index says the same on SQLite and PostgreSQL, follows every version, and can be made anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from domain.documents import Document, Field, Kind, Passage
from domain.listings import Answer, Entry
from domain.search_words import Tier, key, words_of
from storage import schema
from storage.unit_of_work import Store, Unit

NOW = datetime(2021, 12, 9, 15, 52, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def paper(number: int, title: str, *texts: str) -> Document:
    url = f"https://www.rvo.nl/paper-{number}"
    return Document(f"rvo:{number}", url, Kind.SCHEME, title, tuple(Passage(Field.BODY, text) for text in texts))


def store_version(unit: Unit, document: Document, at: datetime = NOW) -> int:
    """The key of the resource that got another version."""
    unit.resources.announce(
        "rvo", "sitemap", [Entry(document.url, kind=document.kind)], at=at, baseline=False, quiet=False, priority={}
    )
    found = unit.resources.by_url(document.url)
    assert found is not None
    visit = unit.visits.open("rvo", "live", at)
    body = f"<html>{document.title} {document.text()}</html>".encode()
    page = unit.snapshots.keep(found.id, "page", Answer(document.url, document.url, 200, (), body), at)
    unit.snapshots.add_version(found.id, document, document.content_hash(), 1, {"page": page}, at=at, visit_id=visit.id)
    return found.id


def test_a_version_is_found_as_soon_as_it_is_written_and_by_every_inflection(store: Store) -> None:
    with store.begin() as unit:
        first = store_version(unit, paper(1, "Subsidie voor vergunningen", "De regeling opent."))
        second = store_version(unit, paper(2, "Iets anders", "Een vergunning is nodig."))
        assert unit.search.is_current()
        assert unit.search.holders(key("vergunning")) == {first: Tier.TITLE, second: Tier.TEXT}
        assert unit.search.holders(key("regelingen")) == {first: Tier.TEXT}
        assert unit.search.holders(key("gemeente")) == {}
        assert unit.search.size() == 2


def test_a_new_version_replaces_what_the_address_said_and_the_past_stays_known(store: Store) -> None:
    later, back = NOW + timedelta(days=1), NOW + timedelta(days=2)
    with store.begin() as unit:
        address = store_version(unit, paper(1, "Regeling", "Het budget is op."))
        store_version(unit, paper(1, "Regeling budget", "De loting is geweest."), later)
        assert unit.search.holders(key("loting")) == {address: Tier.TEXT}
        assert unit.search.holders(key("budget")) == {address: Tier.TITLE}
        assert unit.search.holders(key("op")) == {}
        store_version(unit, paper(1, "Regeling", "Het budget is op."), back)
        assert unit.search.holders(key("op")) == {address: Tier.TEXT}
        assert unit.search.holders(key("loting")) == {}
        assert unit.search.holders(key("loting"), at=later + A_MINUTE) == {address: Tier.TEXT}
        assert unit.search.holders(key("loting"), at=NOW + A_MINUTE) == {}


def test_what_is_rolled_back_is_not_found(store: Store) -> None:
    with store.begin() as unit:
        store_version(unit, paper(1, "Regeling", "Tekst."))
    with pytest.raises(ZeroDivisionError), store.begin() as unit:
        assert 1 / (store_version(unit, paper(2, "Regeling", "Tekst.")) - 2)
    with store.read() as unit:
        assert len(unit.search.holders(key("regeling"))) == 1


def test_an_index_made_anew_says_the_same(store: Store) -> None:
    words = ("regeling", "budget", "loting", "vergunning", "op", "32.000")
    with store.begin() as unit:
        for number in range(5):
            store_version(unit, paper(number, f"Regeling {number}", "Het budget is € 32.000.", "Met vergunning."))
        store_version(unit, paper(3, "Regeling zonder geld", "De loting."), NOW + timedelta(hours=1))
        followed = {word: unit.search.holders(key(word)) for word in words}
        assert unit.search.rebuild() == 6
        assert {word: unit.search.holders(key(word)) for word in words} == followed
        assert followed["32.000"]


def test_an_index_of_another_edition_waits_to_be_made_anew(store: Store) -> None:
    with store.begin() as unit:
        store_version(unit, paper(1, "Regeling", "Tekst."))
        unit._connection.execute(delete(schema.search_state))
        store_version(unit, paper(2, "Regeling", "Tekst."))
        assert not unit.search.is_current()
        assert len(unit.search.holders(key("regeling"))) == 1
        unit.search.rebuild()
        assert unit.search.is_current()
        assert len(unit.search.holders(key("regeling"))) == 2


def test_no_word_breaks_the_index(store: Store) -> None:
    strange = ("l'été", 'een"twee', "ŝtrange", "x" * 5_000, "½", "日本", "a\\b", "R&D", "c++", "\u2044", "ǅ", "\x00")
    with store.begin() as unit:
        for number, word in enumerate(strange):
            document = paper(number, f"Titel {word}", f"Tekst {word}.")
            address = store_version(unit, document)
            assert [found for found in words_of(document) if address not in unit.search.holders(found)] == []


def test_a_page_with_a_hundred_thousand_words_is_found_by_each(store: Store) -> None:
    many = " ".join(f"woord{number}{'x' * 60}" for number in range(30_000))
    with store.begin() as unit:
        address = store_version(unit, paper(1, "Lang", many))
        for number in (0, 15_000, 29_999):
            assert address in unit.search.holders(key(f"woord{number}{'x' * 60}"))
