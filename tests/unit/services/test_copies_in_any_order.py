"""Four copies of one letter in every order of arrival: one paper, one item, one message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from domain.documents import Document, Field, Kind, Passage

ZOEK = "https://zoek.officielebekendmakingen.nl"
SITE = "https://www.rijksoverheid.nl"
OPEN = "https://open.overheid.nl/documenten"
OB, RO = "officielebekendmakingen", "rijksoverheid"
UUID = "0f2d1c3b-1111-4222-8333-444455556666"
SAID = (
    "De vaste commissie vroeg om een reactie op het voorstel voor een regeling voor procesinnovatie bij kleine maakbedrijven.",
    "Uit de cijfers over het gebruik van de fiscale regeling blijkt dat de meeste aanvragen van kleine bedrijven komen, en dat "
    "drie van de tien projecten over nieuwe productiemethoden gaan in plaats van over nieuwe producten.",
    "Ik zie daarom geen aanleiding een afzonderlijk instrument in te richten, maar ik laat de voorlichting aan ondernemers "
    "uitbreiden en bespreek de uitkomst na de zomer met vertegenwoordigers van de sector en met de uitvoerder.",
)


def copy(identifier: str, url: str, *front: str, aliases: tuple[str, ...] = ()) -> Document:
    return Document(
        identifier,
        url,
        Kind.LETTER,
        "Reactie op het voorstel voor een regeling voor procesinnovatie",
        tuple(Passage(Field.BODY, text) for text in (*front, *SAID)),
        aliases=aliases,
        dated=date(2021, 12, 9),
        published=date(2021, 12, 9),
    )


PATH = "documenten/kamerstukken/2021/12/09/reactie-regeling-procesinnovatie"
COPIES = (
    (OB, copy("kst-32637-480", f"{ZOEK}/kst-32637-480.html")),
    (RO, replace(copy(f"ro:{PATH}", f"{SITE}/{PATH}"), title="Kamerbrief: Reactie op voorstel procesinnovatie")),
    (RO, copy(f"oo:{UUID}", f"{OPEN}/{UUID}", "Geachte Voorzitter,", aliases=(f"ro:{PATH}",))),
    (RO, copy("oo:ronl-abc123", f"{OPEN}/ronl-abc123", "Datum 9 december 2021")),
)
FIFTH = (RO, copy("oo:oep-late99", f"{OPEN}/oep-late99", "Betreft Reactie op het voorstel"))
ORDERS = list(permutations(range(4)))


def outcome(make_room: Callable[..., Any], order: tuple[int, ...]) -> tuple[Any, ...]:
    room = make_room()
    for place in order:
        source, document = COPIES[place]
        room.read(document, source=source)
    made, run = room.send()
    assert run is not None
    with room.radar.store.read() as unit:
        found = unit.publications.by_alias(("kst-32637-480",))
        owners = {unit.resources.by_url(document.url).publication_id for _, document in COPIES}
        parcels = unit.outbox.deliveries(run_id=run.id)
    assert owners == {found[0].id}
    assert len(made.items) == 1
    assert made.items[0].url == f"{ZOEK}/kst-32637-480.html"
    assert len(made.items[0].also) == 3
    room.read(FIFTH[1], source=FIFTH[0])
    assert room.send()[1] is None
    assert len(parcels) == 1
    with room.radar.store.read() as unit:
        assert {p.id for p in unit.publications.by_alias((FIFTH[1].id,))} == owners
        return found[0].canonical, unit.content_hash()


@pytest.mark.parametrize("order", ORDERS[::8])
def test_one_item_whatever_came_first(make_room: Callable[..., Any], order: tuple[int, ...]) -> None:
    first = outcome(make_room, order)
    assert first == outcome(make_room, tuple(reversed(order)))
    assert first[0] == "kst-32637-480"


@pytest.mark.torture
def test_all_twenty_four_orders(make_room: Callable[..., Any]) -> None:
    seen = {outcome(make_room, order) for order in ORDERS}
    assert len(ORDERS) == 24
    assert len(seen) == 1
    assert next(iter(seen))[0] == "kst-32637-480"


def test_two_letters_of_one_title_and_day_stay_two(make_room: Callable[..., Any]) -> None:
    room = make_room()
    first = COPIES[0][1]
    other = replace(
        first,
        id="kst-32637-481",
        url=f"{ZOEK}/kst-32637-481.html",
        passages=(Passage(Field.BODY, " ".join(f"Kas {n} in de tuinbouw kreeg {n * 7} robots." for n in range(20))),),
    )
    room.read(first)
    room.read(other)
    page = replace(COPIES[1][1], title=first.title, passages=(Passage(Field.BODY, "De minister reageert."),))
    room.read(page, source=RO)
    with room.radar.store.read() as unit:
        keys = [unit.resources.by_url(document.url).publication_id for document in (first, other, page)]
    assert len(set(keys)) == 3  # the page may be either: it is not guessed
    copy_of_other = replace(page, id="oo:tuin1", url=f"{OPEN}/tuin1", passages=other.passages)
    room.read(copy_of_other, source=RO)
    with room.radar.store.read() as unit:
        assert unit.resources.by_url(copy_of_other.url).publication_id == keys[1]
