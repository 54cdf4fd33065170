"""Item ids: short, unique, and good for as long as a reader may quote them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from storage import schema
from storage.publications import item_id
from storage.unit_of_work import Store

NOW = datetime(2021, 12, 9, 15, 52, tzinfo=UTC)


@given(identifier=st.text(), again=st.integers(min_value=0, max_value=3))
def test_an_item_id_is_seven_letters_that_cannot_be_mistaken(identifier: str, again: int) -> None:
    assert re.fullmatch(r"R-[0-9A-HJKMNP-TV-Z]{7}", item_id(identifier, again))


def test_all_of_the_thirty_five_bits_are_used() -> None:
    letters = [item_id(f"kst-{number}-1")[2:] for number in range(2000)]
    assert all(len({found[place] for found in letters}) == 32 for place in range(7))


def test_a_publication_whose_item_id_is_taken_gets_another(store: Store) -> None:
    with store.begin() as unit:
        first = unit.publications.create("kst-1-1", (), "x", NOW)
    with store.engine.begin() as connection:  # as if the hashes of two identifiers began alike
        taken = update(schema.publication).where(schema.publication.c.id == first.id).values(item_id=item_id("kst-2-2"))
        connection.execute(taken)
    with store.begin() as unit:
        second = unit.publications.create("kst-2-2", (), "x", NOW)
        assert second.item_id == item_id("kst-2-2", 1) != item_id("kst-2-2")
        assert [unit.publications.by_item(p) for p in (item_id("kst-2-2"), second.item_id)] == [
            unit.publications.get(first.id),
            second,
        ]


def test_a_merged_item_id_still_leads_to_the_paper_and_is_never_shown_or_given_again(store: Store) -> None:
    with store.begin() as unit:
        kept = unit.publications.create("kst-1-1", (), "x", NOW)
        merged = unit.publications.create("ro:/brief", (), "x", NOW)
        merged_before = unit.publications.create("oo:1", (), "x", NOW)
        unit.publications.merge(merged, merged_before, ["same title"], NOW)
        unit.publications.merge(kept, unit.publications.get(merged.id), ["same title"], NOW)
        for item in (kept.item_id, merged.item_id, merged_before.item_id.lower()):
            found = unit.publications.by_item(item)
            assert found is not None
            assert found.id == kept.id
        assert unit.publications.aliases(kept.id) == ("kst-1-1", "oo:1", "ro:/brief")
        assert unit.publications.by_item("R-0000000") is None
    with store.engine.begin() as connection:
        connection.execute(schema.alias.delete().where(schema.alias.c.alias == "oo:1"))
    with store.begin() as unit:
        assert unit.publications.create("oo:1", (), "x", NOW).item_id == item_id("oo:1", 1)
