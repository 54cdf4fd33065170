"""A page changes: from the site through the visit to the message that a reader gets, or does not get."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from demo import story
from demo.making.web import checked, rvo_page
from demo.paper import Heading, RvoPage
from demo.papers import story_papers
from demo.rvo import page
from domain.assessments import Level
from domain.events import EventKind
from services import digest as making
from services import watch
from services.deliver import deliver_due

MIT = "/subsidies-financiering/mit"
PLACE = f"{MIT}/voorbeeld"
SEEN, CHANGES = "2021-09-01 10:00", "2021-12-07 14:00"
PAGE = RvoPage(
    title="MIT voorbeeldpagina",
    intro="De regeling helpt het mkb bij het vernieuwen van producten.",
    blocks=(
        Heading("Budget"),
        "Het subsidieplafond is € 7.150.000.",
        Heading("Aanvragen"),
        "U kunt aanvragen tot en met 17 september 2022.",
        "Ook plannen voor procesinnovatie in de maakindustrie komen in aanmerking.",
        "Lees de handleiding voordat u begint.",
    ),
    created=date(2020, 3, 13),
    status="Open voor aanvragen",
    checked=date(2021, 11, 1),
)


def reworded(page: RvoPage, **said: str) -> RvoPage:
    """The page with some of its sentences said differently; the first words name the sentence."""
    blocks = tuple(
        next((new for old, new in said.items() if isinstance(block, str) and block.startswith(old.replace("_", " "))), block)
        for block in page.blocks
    )
    assert blocks != page.blocks
    return replace(page, blocks=blocks)


def changed(make_world, before: RvoPage, after: RvoPage, meanwhile: Callable[[], None] = lambda: None):  # type: ignore[no-untyped-def]
    """The world after the page changed, seen by a visit; and the events of that visit about it."""
    papers = [*story_papers(), rvo_page(PLACE, SEEN, before, (CHANGES, after))]
    world = make_world("home", papers)
    radar = world.radar()
    watch.visit(radar, "rvo")
    tell(radar)
    meanwhile()
    world.sites.turn(story._at(7, "14:15"))
    visit = watch.visit(radar, "rvo")
    assert visit.failure == ""
    with radar.store.read() as unit:
        resource = unit.resources.by_url(f"https://www.rvo.nl{PLACE}")
        events = [event for event in unit.events.of_visit(visit.id) if event.resource_id == resource.id]
        assert resource.checked is not None
    return world, radar, events


def tell(radar) -> None:  # type: ignore[no-untyped-def]
    """Make and deliver what is due now."""
    for due in making.due_digests(radar):
        making.make(radar, due)
    deliver_due(radar)


def mails(world) -> str:  # type: ignore[no-untyped-def]
    """The plain text of the last mail."""
    message = email.message_from_bytes(world.mail.messages[-1][1], policy=email.policy.default)
    return message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_a_new_control_date_alone_is_no_event(make_world) -> None:  # type: ignore[no-untyped-def]
    _, radar, events = changed(make_world, PAGE, checked(PAGE, date(2021, 12, 7)))
    assert events == []
    with radar.store.read() as unit:
        resource = unit.resources.by_url(f"https://www.rvo.nl{PLACE}")
        assert len(unit.snapshots.versions(resource.id)) == 1


def test_a_closing_date_that_moves_is_one_event_with_both_dates(make_world) -> None:  # type: ignore[no-untyped-def]
    after = reworded(PAGE, U_kunt="U kunt aanvragen tot en met 24 september 2022, 17.00 uur.")
    world, radar, events = changed(make_world, PAGE, checked(after, date(2021, 12, 7)))
    (event,) = events
    assert event.kind is EventKind.SCHEME_CHANGED
    assert [(c.before, c.after) for c in event.changes if c.sort.value == "fact"] == [
        ("za 17 september 2022", "za 24 september 2022, 17.00 uur")
    ]
    world.sites.turn(story._at(8, "07:30"))
    tell(radar)
    text = mails(world)
    assert "za 17 september 2022" in text
    assert "za 24 september 2022, 17.00 uur" in text


def test_a_ceiling_raised_after_closing_is_urgent(make_world) -> None:  # type: ignore[no-untyped-def]
    closed = replace(
        reworded(PAGE, U_kunt="U kunt aanvragen tot en met 17 september 2021, 17.00 uur."), status="Gesloten voor aanvragen"
    )
    world, radar, events = changed(make_world, closed, reworded(closed, Het="Het subsidieplafond is € 8,35 miljoen."))
    (event,) = events
    assert [(c.before, c.after, c.delta) for c in event.changes if c.sort.value == "fact"] == [
        ("€ 7.150.000", "€ 8.350.000", "+16,8 %")
    ]
    with radar.store.read() as unit:
        waiting = {claim.event_id: claim for claim in unit.issues.waiting("dringend")}
    assert event.id in waiting
    tell(radar)
    with radar.store.read() as unit:
        assert event.id not in {claim.event_id for claim in unit.issues.waiting("dringend")}
    told = [json.dumps(message, ensure_ascii=False, default=str) for message in world.slack.messages]
    (urgent,) = [one for one in told if "+16,8 %" in one and "dringend" in one.lower()]
    assert "€ 8.350.000" in urgent


@pytest.mark.parametrize(
    ("sentence", "level"),
    [("Lees eerst de nieuwe handleiding.", Level.HELD), ("Procesinnovatie in de maakindustrie staat nu voorop.", Level.RELEVANT)],
    ids=["the word stands in what did not change", "the word stands in what changed"],
)
def test_only_the_changed_part_speaks(make_world, sentence: str, level: Level) -> None:  # type: ignore[no-untyped-def]
    _, radar, events = changed(make_world, PAGE, reworded(PAGE, Lees=sentence))
    (event,) = events
    assert event.kind is EventKind.REVISED
    with radar.store.read() as unit:
        (judged,) = [found for found in unit.events.assessments(event.id) if found.topic == "procesinnovatie"]
    assert judged.level is level or (level is Level.RELEVANT and judged.level is not Level.HELD)
    assert any(reason.rule == "only_changed_part" for reason in judged.reasons)


def test_a_topic_word_in_the_menu_is_no_word_of_the_page(make_world, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    quiet = reworded(PAGE, Ook="Ook andere plannen komen in aanmerking.")

    def new_menu() -> None:
        monkeypatch.setattr(page, "_MENU", (*page._MENU, ("/procesinnovatie", "Procesinnovatie")))

    world, _, events = changed(make_world, quiet, checked(quiet, date(2021, 12, 7)), new_menu)
    assert events == []
    asked = [request for request in world.sites.requests if request.path == PLACE]
    assert [request.status for request in asked] == [200, 200]  # the menu was fetched, and seen through
    assert "Procesinnovatie" in page._menu()
