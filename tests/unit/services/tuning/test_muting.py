"""Mutes: they demote with who, why and until when, run out by themselves, and never hide what must be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.assessments import Level
from domain.changes import Change, ChangeSort
from domain.documents import Document, Kind
from domain.errors import UsageError
from domain.events import EventKind
from domain.muting import Muting, Sort
from domain.schemes import SchemeFact, SchemeField, SchemeSheet, Unit
from services import muting
from services.explain import why
from services.judging import judge
from services.muted import demote

TOPIC = "procesinnovatie"


def put(shelf: Any, what: str, **more: Any) -> Any:
    return muting.mute(shelf.radar, what, topic=TOPIC, reason="andere afdeling", who="anna", **more)


def level(shelf: Any, document: Any) -> Level:
    with shelf.radar.store.read() as unit:
        (event,) = unit.events.of_publication(unit.publications.by_alias((document.id,))[0].id)
        found = next(one for one in unit.events.assessments(event.id) if one.topic == TOPIC)
    assert sum(reason.weight for reason in found.reasons) == found.score
    return found.level


def test_each_sort_of_thing_can_be_muted(shelf: Any) -> None:
    known = shelf.paper(1, "Procesinnovatie in de maakindustrie")
    shelf.read(known)
    for what, sort, target in (
        (known.id, "paper", known.id),
        ("dossier:32637", "dossier", "dossier:32637"),
        ("32 637", "dossier", "dossier:32637"),
        ("slim produceren", "term", "slim-produceren"),
        ("TNO", "organisation", "TNO"),
        ("De Minister van Economische Zaken", "organisation", "De Minister van Economische Zaken"),
        (known.url, "address", known.url),
    ):
        found = put(shelf, what, preview=True).mute
        assert (found.sort, found.target) == (sort, target), what


@pytest.mark.parametrize("what", ["kst-36000-2", "dossier:36000", "De Minister van Economische Zaken", "procesinnovatie"])
def test_what_is_muted_is_held_with_who_why_and_until_when(shelf: Any, what: str) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie in de maakindustrie"), shelf.paper(2, "Nog een stuk", "Over iets anders."))
    made = put(shelf, what, until=shelf.clock.time + timedelta(days=30))
    late = shelf.paper(2 if what.startswith("kst") else 3, "Procesinnovatie bij de metaal")
    shelf.read(late)
    if not what.startswith("kst"):
        assert level(shelf, late) is Level.HELD
    with shelf.radar.store.read() as unit:
        event = unit.events.of_publication(unit.publications.by_alias((late.id,))[0].id)[-1]
        found = next(one for one in unit.events.assessments(event.id) if one.topic == TOPIC)
    assert found.level is Level.HELD
    reason = next(reason for reason in found.reasons if reason.rule == "muted")
    assert sum(one.weight for one in found.reasons) == found.score
    for said in ("anna", "andere afdeling", "2022-01-16"):
        assert said in reason.words
    assert "muted" in why(shelf.radar, late.id).answer
    assert made.mute.until == shelf.clock.time + timedelta(days=30)


def test_ninety_days_are_usual_and_a_mute_ends_by_itself(shelf: Any) -> None:
    made = put(shelf, "dossier:36000")
    assert made.mute.until - made.mute.since == timedelta(days=90)
    shelf.clock.time += timedelta(days=89)
    early = shelf.paper(1, "Procesinnovatie in de maakindustrie", dated=None)
    shelf.read(early)
    shelf.clock.time += timedelta(days=2)
    late = shelf.paper(2, "Procesinnovatie in de metaal", dated=None)
    shelf.read(late)
    assert (level(shelf, early), level(shelf, late)) == (Level.HELD, Level.MUST_READ)


def test_a_mute_of_a_term_takes_away_only_what_the_term_brought(shelf: Any) -> None:
    put(shelf, "robotisering")
    alone = shelf.paper(1, "Robotisering", "Robotisering helpt de maakindustrie.")
    both = shelf.paper(2, "Procesinnovatie en robotisering", "Robotisering in de maakindustrie.")
    shelf.read(alone, both)
    assert level(shelf, alone).rank > Level.RELEVANT.rank
    assert level(shelf, both) is Level.MUST_READ


def test_a_mute_never_hides_the_own_name_or_a_follow(shelf: Any) -> None:
    put(shelf, "dossier:36000")
    named = shelf.paper(1, "Verslag van een overleg", "De Koninklijke Metaalunie vraagt om een regeling voor procesinnovatie.")
    cites = shelf.paper(2, "Een brief", "Zie ook Kamerstuk 32637, nr. 473 over procesinnovatie.")
    shelf.read(named, cites)
    assert level(shelf, named).rank <= Level.RELEVANT.rank
    assert level(shelf, cites) is Level.HELD
    with shelf.radar.store.read() as unit:
        (event,) = unit.events.of_publication(unit.publications.by_alias((cites.id,))[0].id)
        follow = next(one for one in unit.events.assessments(event.id) if one.topic.startswith("follow:"))
    assert follow.level is Level.MUST_READ


def test_a_change_of_a_watched_scheme_outranks_every_mute(shelf: Any) -> None:
    url = "https://www.rvo.nl/subsidies-financiering/wbso"
    now = SchemeFact(SchemeField.RATE, "4000", Unit.PERCENT, "Het tarief is 40%.", "eerste schijf")
    sheet = SchemeSheet("wbso", "WBSO", (now,))
    page = Document("rvo:wbso", url, Kind.SCHEME, "WBSO", (), scheme=sheet, dossiers=("36000",), authors=("RVO",))
    change = Change(ChangeSort.FACT, "tarief eerste schijf", "32%", "40%", sentence=now.sentence)
    paper = (page, EventKind.SCHEME_CHANGED, (change,), ())
    before = judge(shelf.radar, *paper)
    for sort, target in (
        (Sort.PAPER, "rvo:wbso"),
        (Sort.DOSSIER, "dossier:36000"),
        (Sort.ADDRESS, url),
        (Sort.ORGANISATION, "RVO"),
        (Sort.TERM, "wbso"),
    ):
        muted = Muting(sort, target, TOPIC, "anna, until 2022-01-16: klaar")
        after = next(one for one in demote(shelf.radar, (muted,), before, *paper, {"rvo:wbso"}) if one.topic == TOPIC)
        assert after.level is Level.MUST_READ, sort
        assert sum(reason.weight for reason in after.reasons) == after.score
        assert ("mute_outranked" in {reason.rule for reason in after.reasons}) is (sort is not Sort.TERM)
    other = replace(page, scheme=replace(sheet, scheme="andere"), url=f"{url}-andere")
    judged = judge(shelf.radar, other, *paper[1:])
    muted = Muting(Sort.DOSSIER, "dossier:36000", TOPIC, "anna, until 2022-01-16: klaar")
    after = next(one for one in demote(shelf.radar, (muted,), judged, other, *paper[1:], set()) if one.topic == TOPIC)
    assert after.level is Level.HELD


def test_it_says_what_it_would_have_changed(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie in de maakindustrie"), shelf.paper(2, "Vuurwerk", "Over vuurwerk."))
    found = put(shelf, "dossier:36000", preview=True)
    assert found.judged == 2
    assert [(one.id, one.before, one.after, one.rule) for one in found.would_have] == [
        ("kst-36000-1", Level.MUST_READ, Level.HELD, "muted")
    ]
    with shelf.radar.store.read() as unit:
        assert unit.mutes.all() == ()  # a preview writes nothing


def test_unmute_takes_it_back_and_keeps_that_it_was(shelf: Any) -> None:
    put(shelf, "dossier:36000")
    muting.unmute(shelf.radar, "dossier:36000", topic="", who="bram")
    paper = shelf.paper(1, "Procesinnovatie in de maakindustrie")
    shelf.read(paper)
    assert level(shelf, paper) is Level.MUST_READ
    with shelf.radar.store.read() as unit:
        assert [(one.who, one.ended_by) for one in unit.mutes.all()] == [("anna", "bram")]
    with pytest.raises(UsageError, match="is not muted; nothing is"):
        muting.unmute(shelf.radar, "dossier:36000", topic="", who="bram")


@pytest.mark.parametrize(
    ("what", "more", "said"),
    [
        ("procesinovatie", {}, "did you mean 'procesinnovatie'"),
        ("xyzzy", {}, "it may be an id, dossier:N"),
        ("kst-32637-999", {}, "not in the archive"),
        ("https://zoek.officielebekendmakingen.nl/kst-9-9.html", {}, "no paper stands at or below"),
        ("dossier:36000", {"until": timedelta(days=-1)}, "has passed"),
    ],
)
def test_what_cannot_be_muted_is_said_with_a_hint(shelf: Any, what: str, more: dict[str, Any], said: str) -> None:
    given = {name: shelf.clock.time + value for name, value in more.items()}
    with pytest.raises(UsageError, match=said):
        put(shelf, what, **given)
