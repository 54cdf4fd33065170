"""Copies are found among few, and what is found is what comparing with every paper would find."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from domain.documents import Document, Field, Kind, Passage
from services import twins
from storage import schema
from storage.unit_of_work import Unit

SITES = {
    "https://zoek.officielebekendmakingen.nl": "officielebekendmakingen",
    "https://www.rijksoverheid.nl": "rijksoverheid",
    "https://open.overheid.nl": "rijksoverheid",
}
START = date(2021, 12, 6)


def sentences(chance: random.Random, count: int) -> tuple[str, ...]:
    """Prose of which a few sentences are form, as letters have."""
    nouns = ("regeling", "gemeente", "fabriek", "school", "haven", "boerderij", "brug", "rechtbank", "woning", "kust", "markt")
    verbs = ("vernieuwt", "bouwt", "sluit", "opent", "meet", "betaalt", "vervangt", "zoekt", "verlaat", "bewaakt")
    form = ("Hierbij informeer ik uw Kamer zoals toegezegd.", "Ik vertrouw erop u hiermee voldoende te hebben geïnformeerd.")
    own = [
        f"De {chance.choice(nouns)} {chance.choice(verbs)} dit jaar {chance.randint(2, 900)} keer de {chance.choice(nouns)}."
        for _ in range(count)
    ]
    return (form[0], *own, form[1])


def generated(seed: int, count: int) -> list[Document]:
    """Papers of a week, with copies at other sites: whole, cut, within another, under the same or another title and day."""
    chance = random.Random(seed)
    found: list[Document] = []
    for number in range(count):
        site = chance.choice(list(SITES))
        name = {"z": f"kst-{30_000 + number}-{1 + number % 9}", "w": f"ro:documenten/x{number}", "o": f"oo:ronl-x{number}"}[
            site.removeprefix("https://")[0]
        ]
        url = f"{site}/{name.partition(':')[2] or name}"
        kind = chance.choice((Kind.LETTER, Kind.LETTER, Kind.REPORT, Kind.NEWS, Kind.ATTACHMENT))
        day = START + timedelta(days=chance.randint(0, 6))
        title = f"Stand van het dossier {chance.randint(1, count)} over de {chance.choice(('haven', 'kust', 'brug'))}"
        text = sentences(chance, chance.randint(2, 60))
        if found and chance.random() < 0.5:
            like = chance.choice(found)
            said = tuple(passage.text for passage in like.passages)
            part = said[: max(1, int(len(said) * chance.choice((1.0, 1.0, 0.8, 0.72, 0.65, 0.4))))]
            text = chance.choice(((*part,), (*part, *text[1:]), ("Retouradres Postbus 1 Den Haag", *part)))
            title = chance.choice((like.title, f"Kamerbrief: {like.title}", title))
            kind = chance.choice((like.kind, like.kind, like.kind, kind))
            assert like.dated is not None
            day = like.dated + timedelta(days=chance.choice((0, 0, 0, 1, 3, 4)))
        passages = tuple(Passage(Field.BODY, one) for one in text)
        found.append(Document(name, url, kind, title, passages, dated=day, published=day))
    return found


def exhaustive(unit: Unit, document: Document) -> list[tuple[int, str]]:
    """The rule without any help: every publication of the kind and days is compared."""
    keys = twins._day_keys(document)
    near = {one.id: one for key in sorted(keys) for one in unit.publications.by_link("day", key)}
    found = []
    for one in near.values():
        copies = unit.snapshots.latest_versions(copy.id for copy in unit.resources.of_publication(one.id))
        if reason := twins._same_paper(unit, list(copies.values()), document):
            found.append((one, reason, list(copies.values())))
    if twins._contradict(unit, [one for one, _, _ in found]):
        found = [one for one in found if any(twins.same_text(version.document, document) for version in one[2])]
    if twins._contradict(unit, [one for one, _, _ in found]):
        return []
    return sorted((one.id, reason) for one, reason, _ in found)


@pytest.mark.parametrize(("seed", "count"), [(7, 40), pytest.param(8, 1_000, marks=pytest.mark.torture)])
def test_the_decision_is_that_of_comparing_with_all(room: Any, seed: int, count: int) -> None:
    joined = 0
    for document in generated(seed, count):
        with room.radar.store.begin() as unit:
            expected = exhaustive(unit, document)
            assert sorted((one.id, reason) for one, reason in twins.twins(unit, document)) == expected, document.url
        joined += bool(expected)
        room.read(document, source=SITES["/".join(document.url.split("/")[:3])])
    print(f"{count} papers, {joined} with a copy")
    assert joined > count / 10


def test_an_archive_of_an_earlier_release_finds_the_same_and_gets_its_sketches(room: Any) -> None:
    """What it lacks is made when it is needed, once."""
    papers = generated(9, 24)
    for document in papers:
        room.read(document, source=SITES["/".join(document.url.split("/")[:3])])
    with room.radar.store.begin() as unit:
        unit._connection.execute(delete(schema.sketch))
        unit._connection.execute(delete(schema.link).where(schema.link.c.relation == "name"))
    sites, sketched = list(SITES), 0
    for place, known in enumerate(papers):
        late = replace(known, id=f"oo:ronl-late{place}", url=f"{sites[place % 3]}/late{place}")
        with room.radar.store.begin() as unit:
            expected = exhaustive(unit, late)
            assert sorted((one.id, reason) for one, reason in twins.twins(unit, late)) == expected
            near = unit.sketches.near(twins._day_keys(late), twins._site(late.url))
        assert all(one.sketch is not None for one in near)
        sketched += len(near)
    assert sketched > len(papers)


def test_papers_of_one_site_are_never_compared(room: Any, monkeypatch: Any) -> None:
    """Two hundred letters of one day on one site: the archive opens none of them for the next one."""
    letters = [one for one in generated(11, 90) if one.kind is Kind.LETTER][:12]
    zoek = next(iter(SITES))
    for number, one in enumerate(letters):
        same_day = replace(one, id=f"kst-31000-{number}", url=f"{zoek}/kst-31000-{number}", dated=START, published=START)
        room.read(replace(same_day, title=f"Brief nummer {number} over iets van deze dag"))
    compared: list[str] = []
    original = twins._same_paper
    monkeypatch.setattr(twins, "_same_paper", lambda *given: compared.append(given[2].url) or original(*given))
    room.read(replace(letters[0], id="kst-31000-99", url=f"{zoek}/kst-31000-99", dated=START, published=START))
    assert compared == []
