"""topics try and topics audit: what a term would bring, and terms that bring nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.errors import UsageError
from services import muting
from services.auditing import DEAD, ENDED, REDUNDANT, SHARED, SILENT, audit
from services.trying import too_general, try_term

TOPIC = "procesinnovatie"


def test_a_bare_innovatie_warns_in_an_archive_of_a_few_papers(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie in de maakindustrie", "Innovatie helpt."), shelf.paper(2, "Zwemmen"))
    (warning,) = try_term(shelf.radar, TOPIC, "innovatie").warnings
    assert "narrow it" in warning
    assert "a day" in warning
    assert "procesinnovatie" in warning


def test_a_wide_term_warns_with_the_number_a_day(shelf: Any) -> None:
    shelf.read(
        *(shelf.paper(n, f"Brief {n}", "Over innovatie in het onderwijs.", dated=date(2021, 12, 16)) for n in range(1, 10))
    )
    found = try_term(shelf.radar, TOPIC, "innovatie")
    assert (found.found, found.a_day) == (9, 9.0)
    assert found.warnings == ("'innovatie' would bring 9 a day, narrow it: readers bear 3 relevant papers a day",)


def test_it_shows_the_week_three_examples_and_what_is_gained(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.trying.WIDE", 2)
    papers = [shelf.paper(n, f"Cursus {n}", "Wij leren lasersnijden. Verder niets.") for n in range(1, 5)]
    papers += [shelf.paper(n, f"Andere brief {n}", "Over zwemmen.") for n in range(5, 12)]
    shelf.read(*papers, quiet=True)
    found = try_term(shelf.radar, TOPIC, "lasersnijden")
    assert (found.judged, found.found, len(found.gained), found.lost) == (11, 4, 4, ())
    assert [one.sentence for one in found.examples] == ["Wij leren lasersnijden."] * 3
    assert found.warnings == ()
    assert (found.a_week, found.a_day) == (4.0, 0.8)
    mention = try_term(shelf.radar, TOPIC, "lasersnijden", "never_alone")
    assert (mention.found, mention.gained) == (4, ())


@pytest.mark.parametrize(
    ("term", "under", "said"),
    [
        ("*", "relevant", "match everything"),
        ("de", "relevant", "nearly everything"),
        ("x", "relevant", "nearly everything"),
        ("slim produceren", "relevant", "stands in this pack already"),
        ("lassen", "mention", "is no list"),
    ],
)
def test_a_term_that_cannot_be_used_is_refused(shelf: Any, term: str, under: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        try_term(shelf.radar, TOPIC, term, under)


def test_a_part_of_a_term_or_a_context_word_is_too_general(shelf: Any) -> None:
    pack = shelf.radar.settings.topics[TOPIC]
    for term in ("innovatie", "innovaties", "innovatie*", "robot", "subsidie"):
        assert too_general(pack, term), term
    for term in ("lasersnijden", "lasersnijden in de fabriek", "hoogovens"):
        assert not too_general(pack, term), term


def test_a_term_that_can_never_fire_is_no_silent_one(shelf: Any) -> None:
    shelf.edit("      - {term: robotica, reason", "      - robotiseren\n      - {term: robotica, reason")
    shelf.again()
    shelf.read(shelf.paper(1, "Zwemmen"))
    found = [one for one in audit(shelf.radar).findings if one.what == "robotiseren"]
    assert [(one.sort, one.why) for one in found] == [(DEAD, "robotisering of the same concept always comes first")]


def test_what_another_word_says_already_and_what_counts_twice_are_apart(shelf: Any) -> None:
    shelf.edit(
        "\nconcepts:\n",
        "\nconcepts:\n  - {id: dubbel, tier: strong, reason: r, terms: [verspanen]}\n"
        "  - {id: nog, tier: core, reason: r, terms: [{id: nog, term: verspanen}]}\n",
    )
    shelf.edit('words: ["maakindustrie*", maakbedrijf', 'words: ["maakindustrie*", maakindustriebeleid, maakbedrijf')
    shelf.again()
    shelf.read(shelf.paper(1, "Zwemmen"))
    found = [(one.sort, one.what) for one in audit(shelf.radar).findings]
    assert [one for one in found if one[0] in (DEAD, REDUNDANT, SHARED)] == [
        (SHARED, "verspanen (concepts: nog)"),
        (REDUNDANT, "maakindustriebeleid (contexts: industry)"),
    ]
    assert (SILENT, "verspanen") in found  # it still counts: whether it stands in papers is said as well


def test_silent_terms_and_mutes_that_ran_out(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie in de maakindustrie"))
    muting.mute(shelf.radar, "dossier:36000", topic=TOPIC, reason="klaar", who="anna", until=shelf.clock.time + timedelta(days=2))
    shelf.clock.time += timedelta(days=5)
    found = audit(shelf.radar)
    silent = {one.what for one in found.findings if one.sort == SILENT}
    assert "procesinnovatie*" not in silent
    assert "machinepark*" in silent
    (ended,) = [one for one in found.findings if one.sort == ENDED]
    assert (ended.what, "anna" in ended.why, "klaar" in ended.why) == ("dossier:36000", True, True)
