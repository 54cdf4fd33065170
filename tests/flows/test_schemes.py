"""A scheme over its page and the Staatscourant: amending acts, contradictions, a page that turned into another, bad input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from demo import story
from demo.making.gazettes import notice
from demo.making.offices import EZK
from demo.making.web import rvo_page
from demo.paper import Heading, Paper, RvoPage, Table
from domain.change import ChangeSort
from domain.events import EventKind
from services import digest as making
from services import show as showing
from services import watch
from services.deliver import deliver_due

PATH = "/subsidies-financiering/mit"
PAGE = RvoPage(
    title="Mkb-innovatiestimulering Regio en Topsectoren (MIT)",
    intro="De MIT-regeling helpt kleinere bedrijven bij innovatie.",
    blocks=(
        Heading("Looptijd"),
        "U kunt aanvragen van 7 juni 2022, 09:00 uur tot en met 8 september 2022, 17:00 uur.",
        Heading("Hoeveel subsidie?"),
        "Voor een haalbaarheidsproject krijgt u in 2022 maximaal € 25.000.",
    ),
    created=date(2014, 3, 13),
    status="Bijna open voor aanvragen",
    principal=EZK.department,
    api="subsidies",
)
TITLE = (
    "Regeling van de Minister van Economische Zaken en Klimaat tot wijziging van de Regeling nationale EZK- en LNV-subsidies "
    "in verband met de MIT"
)
ARTICLES = (
    "In artikel 3.4.5, tweede lid, van de Regeling nationale EZK- en LNV-subsidies wordt “EUR 25.000” vervangen door "
    "“EUR 20.000”.",
    "Artikel 3.4.8 van die regeling vervalt.",
    "In artikel 3.4.9 wordt de rangschikking naar omstandigheden anders toegepast.",
    "Deze regeling treedt in werking met ingang van 1 januari 2022.",
)
LATER = story.START + timedelta(hours=2)


def act(title: str = TITLE, articles: tuple[str, ...] = ARTICLES, identifier: str = "stcrt-2021-49500") -> Paper:
    """A regulation about the MIT that comes out after the first look."""
    return notice(
        identifier,
        "2021-12-03 16:00",
        EZK,
        title,
        ("Gelet op artikel 3 van de Kaderwet EZK- en LNV-subsidies;",),
        articles,
        rubric="Ministeriële regelingen",
        signed_on=date(2021, 12, 1),
        categories=("Economie | Ondernemen",),
    )


def page(*later: tuple[str, RvoPage]) -> Paper:
    """The page of the scheme, with what it says later."""
    return rvo_page(PATH, "2021-09-01 10:00", PAGE, *later)


def look(world, source):  # type: ignore[no-untyped-def]
    radar = world.radar()
    visited = watch.visit(radar, source)
    with radar.store.read() as unit:
        return unit.events.of_visit(visited.id), visited, radar


def told(world, radar):  # type: ignore[no-untyped-def]
    world.sites.turn(story._at(6, "07:30"))
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)
    return world.mail.messages[-1][1].decode("utf-8", "replace")


def test_an_amending_act_is_told_as_was_and_becomes_under_the_name_of_the_scheme(make_world) -> None:  # type: ignore[no-untyped-def]
    world = make_world("amending", papers=(page(), act()))
    look(world, "rvo")
    look(world, "officielebekendmakingen")
    world.sites.turn(LATER)
    events, _, radar = look(world, "officielebekendmakingen")
    (event,) = events
    said = {(c.sort, c.label, c.before, c.after, c.delta) for c in event.changes}
    maximum = "maximum (haalbaarheidsproject)"
    assert said == {
        (ChangeSort.FACT, f"{maximum}, artikel 3.4.5, tweede lid", "€ 25.000", "€ 20.000", "-20 %"),
        (ChangeSort.FACT, "artikel 3.4.8", "niet gelezen", "vervallen", ""),
        (ChangeSort.UNREAD, "niet gelezen", "", ARTICLES[2], ""),
    }
    found = showing.show(radar, "stcrt-2021-49500").scheme
    assert (found.scheme, found.provisional) == ("mit", False)
    assert found.not_read == (f"niet gelezen: {ARTICLES[2]}",)
    text = told(world, radar)
    assert "MIT" in text
    assert "20.000" in text
    assert "3.4.9" in text


OPENING = (
    "Aanvragen voor de MIT kunnen worden ingediend van 8 juni 2022, 09:00 uur tot en met 8 september 2022, 17:00 uur.",
    "Deze regeling treedt in werking met ingang van 1 januari 2022.",
)


def test_a_contradiction_is_told_once_and_shown_as_long_as_it_stands(make_world) -> None:  # type: ignore[no-untyped-def]
    twice = replace(PAGE, blocks=(*PAGE.blocks, "De regeling is er voor mkb-ondernemers."))
    settled = replace(PAGE, blocks=(Heading("Looptijd"), PAGE.blocks[1].replace("7 juni", "8 juni"), *PAGE.blocks[2:]))
    papers = (
        page(("2021-12-04 10:00", twice), ("2021-12-05 10:00", settled)),
        act("Regeling openstelling MIT 2022", OPENING),
    )
    world = make_world("contradicting", papers=papers)
    look(world, "rvo")
    look(world, "officielebekendmakingen")
    world.sites.turn(LATER)
    (event,), _, radar = look(world, "officielebekendmakingen")
    conflicts = [change for change in event.changes if change.sort is ChangeSort.CONFLICT]
    assert [(c.label, c.before, c.after) for c in conflicts] == [
        (
            "bronnen spreken elkaar tegen: opent",
            "di 7 juni 2022, 09.00 uur (rvo.nl, voorlopig)",
            "wo 8 juni 2022, 09.00 uur (stcrt-2021-49500, definitief)",
        )
    ]
    world.sites.turn(story._at(4, "10:30"))
    (again,), _, radar = look(world, "rvo")
    assert [change for change in again.changes if change.sort is ChangeSort.CONFLICT] == []
    assert len(showing.show(radar, f"rvo:{PATH.rpartition('/')[2]}").scheme.contradictions) == 1
    world.sites.turn(story._at(5, "10:30"))
    (mended,), _, radar = look(world, "rvo")
    assert mended.kind is EventKind.SCHEME_CHANGED
    shown = showing.show(radar, "stcrt-2021-49500").scheme
    assert shown.contradictions == ()
    assert {line.paper for line in shown.history} == {"stcrt-2021-49500", "rvo:mit"}
    assert "Bronnen spreken elkaar tegen" in told(world, radar)


def test_a_page_that_turns_into_another_keeps_its_sheet(make_world) -> None:  # type: ignore[no-untyped-def]
    other = RvoPage(
        title="Mestbeleid",
        intro="Regels voor het uitrijden van mest.",
        blocks=("U mag mest uitrijden van 15 februari 2022 tot en met 31 augustus 2022.", "Daarna geldt een verbod."),
        created=date(2020, 1, 1),
        status="Open voor aanvragen",
    )
    world = make_world("turned", papers=(page(("2021-12-04 10:00", other)),))
    look(world, "rvo")
    world.sites.turn(story._at(4, "10:30"))
    events, visited, radar = look(world, "rvo")
    assert (events, visited.counts.get("failed")) == ((), 1)
    shown = showing.show(radar, "rvo:mit").scheme
    assert [fact.value for fact in shown.facts if fact.label == "opent"] == ["di 7 juni 2022, 09.00 uur"]
    with radar.store.read() as unit:
        (resource,) = [one for one in unit.resources.all("rvo") if one.url.endswith(PATH)]
    assert "turned into another page: “Mestbeleid”" in resource.failure


def test_a_day_that_does_not_exist_is_told_with_its_sentence_and_the_old_one_stands(make_world) -> None:  # type: ignore[no-untyped-def]
    impossible = PAGE.blocks[1].replace("8 september", "31 september")
    broken = replace(PAGE, blocks=(PAGE.blocks[0], impossible, *PAGE.blocks[2:]))
    world = make_world("impossible", papers=(page(("2021-12-04 10:00", broken)),))
    look(world, "rvo")
    world.sites.turn(story._at(4, "10:30"))
    (event,), _, radar = look(world, "rvo")
    said = {(c.sort, c.label, c.before, c.after) for c in event.changes}
    assert (ChangeSort.FACT, "sluit", "do 8 september 2022, 17.00 uur", "niet gelezen") in said
    assert (ChangeSort.UNREAD, "niet gelezen (de datum bestaat niet)", "", impossible) in said
    shown = showing.show(radar, "rvo:mit").scheme
    assert [(fact.value, fact.kept) for fact in shown.facts if fact.label == "sluit"] == [
        ("do 8 september 2022, 17.00 uur", True)
    ]


def test_what_cannot_be_read_is_listed_and_no_value_is_invented(make_world) -> None:  # type: ignore[no-untyped-def]
    bad = {
        "headless": (
            (Table(("", ""), (("Zuid", "Noord", "€ 3.139.200"),)),),
            "niet gelezen (tabel zonder koppen): Zuid; Noord; € 3.139.200",
        ),
        "double": (
            (Table(("Regio", "Plafond"), (("Zuid", "€ 1.000.000 of € 2.000.000"),)),),
            "niet gelezen (twee waarden in een cel): Regio: Zuid; Plafond: € 1.000.000 of € 2.000.000",
        ),
        "dateless": (
            (Heading("Looptijd"), "U kunt aanvragen tot en met 31 juni 2022."),
            "niet gelezen (de datum bestaat niet): U kunt aanvragen tot en met 31 juni 2022.",
        ),
    }
    papers = [rvo_page(f"{PATH}/{name}", "2021-09-01 10:00", replace(PAGE, blocks=bad[name][0])) for name in bad]
    _, _, radar = look(make_world("bad", papers=papers), "rvo")
    for name, (_, listed) in bad.items():
        shown = showing.show(radar, f"rvo:mit/{name}").scheme
        assert [fact.label for fact in shown.facts] == ["status"]
        assert listed in shown.not_read
