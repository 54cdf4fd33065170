"""why: the eight states of an address, each with state, time, rule and who was told."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from domain.digests import DigestForm
from domain.listings import Entry
from services import digest as making
from services.digest import DueDigest
from services.explain import why

BASE = "https://zoek.officielebekendmakingen.nl/"


@pytest.fixture
def week(shelf: Any) -> Any:
    """One paper in every state."""
    sent, held, other = (
        shelf.paper(1, "Procesinnovatie"),
        shelf.paper(2, "Zorg", "Procesinnovatie in ziekenhuizen."),
        shelf.paper(3, "Zwemmen"),
    )
    gone, failed = shelf.paper(4, "Procesinnovatie, ingetrokken"), shelf.paper(5, "Nooit gelezen")
    copy = replace(shelf.paper(6, "Procesinnovatie"), aliases=(sent.id,))
    shelf.read(sent, held, other, gone)
    making.make(shelf.radar, DueDigest("ochtend", DigestForm.REGULAR, shelf.clock.time))
    shelf.read(copy)
    with shelf.radar.store.begin() as unit:
        vanished = unit.resources.by_url(gone.url)
        unit.absences.confirm(vanished.id, shelf.clock.time)
    with shelf.radar.store.begin() as unit:
        unit.resources.announce(
            "officielebekendmakingen", "rss", [Entry(failed.url)], at=shelf.clock.time, baseline=False, quiet=False,
            priority={failed.url: 0},
        )  # fmt: skip
        found = unit.resources.by_url(failed.url)
        unit.resources.failed(found, failure="timeout: no answer", not_before=shelf.clock.time)
    return shelf


@pytest.mark.parametrize(
    ("asked", "state", "said"),
    [
        ("kst-36000-1", "sent", ("seen vr 17 dec 07.30", "told in ochtend nr. 1", "core_in_title")),
        ("kst-36000-2", "held", ("seen vr 17 dec 07.30", "counted in ochtend nr. 1", "negative:zorg")),
        ("kst-36000-3", "not_matched", ("seen vr 17 dec 07.30", "no_term")),
        (f"{BASE}kst-36000-6.html", "duplicate", ("a copy of kst-36000-1", "ochtend nr. 1")),
        (f"{BASE}kst-36000-4.html", "withdrawn", ("withdrawn", "told in ochtend nr. 1")),
        (f"{BASE}kst-36000-5.html", "failed", ("known since vr 17 dec 07.30", "1 tries failed", "timeout")),
        (f"{BASE}kst-36000-99.html", "never_seen", ("no route has shown it", "through rss")),
        ("https://www.nos.nl/artikel/1", "out_of_scope", ("not an address of a watched site",)),
        ("https://www.rvo.nl/?x=1", "out_of_scope", ("rvo is watched, but does not follow", "/subsidies-financiering/wbso")),
    ],
)
def test_each_state_is_named_with_time_rule_and_issue(week: Any, asked: str, state: str, said: tuple[str, ...]) -> None:
    begin = time.monotonic()
    found = why(week.radar, asked)
    assert time.monotonic() - begin < 1
    assert found.state == state, found.answer
    for words in said:
        assert words in found.answer


def test_who_was_told_is_named(week: Any) -> None:
    (event, *_) = why(week.radar, "kst-36000-1").events
    assert [(told.digest, told.level, told.issue) for told in event.told] == [("ochtend", "must_read", "ochtend nr. 1")]
    assert event.told[0].deliveries[0] == "slack 1/1: pending"


def test_a_paper_of_the_startdossier_was_told_there(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie in de maakindustrie"), shelf.paper(2, "Zwemmen"), quiet=True)
    assert why(shelf.radar, "kst-36000-1").state == "read"
    making.make(shelf.radar, DueDigest("ochtend", DigestForm.START, shelf.clock.time))
    found = why(shelf.radar, "kst-36000-1")
    assert (found.state, found.events[0].told[0].level) == ("sent", "must_read")
    assert "told in ochtend nr. 1 (the Startdossier of vr 17 dec 07.30)" in found.answer
    assert "never told" not in found.answer
    other = why(shelf.radar, "kst-36000-2")
    assert other.state == "not_matched"
    assert "never told: it was there before watching began" in other.answer


def test_readers_are_named_by_address_only_where_that_is_asked_for(shelf: Any) -> None:
    shelf.edit("channels: {slack:", "channels: {mail: {secret: BELEIDSRADAR_CHANNEL_MAIL}, slack:", "sources.yaml")
    shelf.edit("channels: [slack]", "channels: [mail]\n    to: [anna@example.nl, bram@example.nl]", "sources.yaml")
    shelf.again()
    shelf.read(shelf.paper(1, "Procesinnovatie in de maakindustrie"))
    making.make(shelf.radar, DueDigest("ochtend", DigestForm.REGULAR, shelf.clock.time))

    def said(*, addresses: bool = False) -> tuple[str, ...]:
        return why(shelf.radar, "kst-36000-1", addresses=addresses).events[0].told[0].deliveries

    assert said() == ("mail 1/1 to reader 1 of 2 of ochtend: pending", "mail 1/1 to reader 2 of 2 of ochtend: pending")
    assert said(addresses=True) == ("mail 1/1 to anna@example.nl: pending", "mail 1/1 to bram@example.nl: pending")
