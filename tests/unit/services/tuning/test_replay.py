"""replay: what other packs would have made of the past, and telling what is gained once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from cli.output import jsonable
from domain.assessments import Level
from domain.digests import DigestForm
from domain.errors import ConfigurationError, UsageError
from domain.events import Release
from services import digest as making
from services.digest import DueDigest
from services.explain import why
from services.held import held
from services.replay import notify, replay
from services.trying import try_term

PERIOD = (date(2021, 11, 1), date(2021, 12, 31))
EXTENDED = "extends: procesinnovatie.yaml\nrelevant: [lasersnijden]\n"


def told(shelf: Any) -> Any:
    """The next issue of the digest."""
    return making.make(shelf.radar, DueDigest("ochtend", DigestForm.REGULAR, shelf.clock.time))


def with_more_terms(shelf: Any) -> None:
    """The team lays a pack of its own over the shipped one."""
    (shelf.home / "packs" / "eigen.yaml").write_text(f"topic: procesinnovatie\n{EXTENDED}", encoding="utf-8")
    sources = shelf.home / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("packs/procesinnovatie", "packs/eigen"), encoding="utf-8")
    shelf.again()


def test_the_packs_that_judged_give_what_stands_and_twice_the_same_bytes(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie in de maakindustrie"), shelf.paper(2, "Vuurwerk", "Over vuurwerk."))
    first, second = (json.dumps(jsonable(replay(shelf.radar, *PERIOD)), sort_keys=True) for _ in range(2))
    assert first == second
    found = replay(shelf.radar, *PERIOD)
    assert (found.judged, found.gained, found.lost) == (2, (), ())


def test_another_pack_gains_and_loses_by_name(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Procesinnovatie in de maakindustrie"), shelf.paper(2, "Cursus", "Over lasersnijden."))
    file = shelf.home / "anders.yaml"
    file.write_text("topic: procesinnovatie\nrelevant: [lasersnijden]\n", encoding="utf-8")
    found = replay(shelf.radar, *PERIOD, file)
    assert [(one.id, one.before, one.after, one.term) for one in found.gained] == [
        ("kst-36000-2", Level.HELD, Level.RELEVANT, "lasersnijden")
    ]
    assert [(one.id, one.before, one.after) for one in found.lost] == [("kst-36000-1", Level.MUST_READ, Level.HELD)]
    with shelf.radar.store.read() as unit:
        assert unit.rejudgements.of(range(10)) == {}  # looking writes nothing


def test_the_number_of_a_trial_is_the_number_of_the_replay(shelf: Any) -> None:
    shelf.read(
        *(shelf.paper(n, f"Cursus {n}", "Over lasersnijden in de fabriek." if n % 3 else "Over zwemmen.") for n in range(1, 10))
    )
    file = shelf.home / "packs" / "meer.yaml"
    file.write_text(EXTENDED, encoding="utf-8")
    trial = try_term(shelf.radar, "procesinnovatie", "lasersnijden")
    found = replay(shelf.radar, *PERIOD, file)
    assert len(found.gained) == 6
    assert found.gained == trial.gained


def test_the_gained_are_told_once_and_both_judgements_stand(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Een oude cursus", "Over lasersnijden."), quiet=True)  # baseline: never told
    shelf.read(shelf.paper(2, "Een cursus", "Over lasersnijden."), shelf.paper(3, "Procesinnovatie"))
    issue = told(shelf)
    with_more_terms(shelf)
    shelf.clock.time += timedelta(hours=1)
    run = notify(shelf.radar, replay(shelf.radar, *PERIOD), "ochtend")
    assert run is not None
    assert (run.number, run.form) == (issue.number + 1, "late")
    assert run.subject.startswith("Nagekomen door nieuwe zoektermen")
    shown = json.loads(run.renderings["json"])
    assert sorted(item["url"].rpartition("/")[2] for item in shown["items"]) == ["kst-36000-1.html", "kst-36000-2.html"]
    assert notify(shelf.radar, replay(shelf.radar, *PERIOD), "ochtend") is None  # never twice

    story = why(shelf.radar, "kst-36000-2")
    assert story.state == "sent"
    assert f"ochtend nr. {run.number}" in story.answer
    (event,) = story.events
    assert [one.level for one in event.assessments] == [Level.RELEVANT]
    (again,) = event.again
    assert "replay" in again.cause
    assert [one.level for one in again.before] == [Level.HELD]
    with shelf.radar.store.read() as unit:
        old = unit.events.of_publication(unit.publications.by_alias(("kst-36000-1",))[0].id)
        assert [one.release for one in old] == [Release.OPEN]
        assert [one.level for one in unit.events.first_assessments((old[0].id,))[old[0].id]] == [Level.HELD]


def test_the_held_list_of_the_first_issue_stays_what_it_was(shelf: Any) -> None:
    shelf.read(shelf.paper(2, "Een cursus", "Over lasersnijden."), shelf.paper(3, "Procesinnovatie"))
    told(shelf)
    before = held(shelf.radar, "ochtend")[0]
    with_more_terms(shelf)
    shelf.clock.time += timedelta(hours=1)
    notify(shelf.radar, replay(shelf.radar, *PERIOD), "ochtend")
    first = held(shelf.radar, "ochtend", date(2021, 12, 1))[0]
    assert first == before
    assert [(one.id, one.level) for one in first.papers] == [("kst-36000-2", "held")]


def test_what_was_told_already_is_not_told_again(shelf: Any) -> None:
    paper = shelf.paper(2, "Een cursus", "Over lasersnijden in de productietechnologie voor het mkb.")
    shelf.read(paper)
    assert told(shelf) is not None
    with_more_terms(shelf)
    found = replay(shelf.radar, *PERIOD)
    shown = [one for one in found.gained if one.before is Level.HELD]
    assert (notify(shelf.radar, found, "ochtend") is None) == (not shown)


def test_a_period_that_is_none_and_a_pack_with_a_fault(shelf: Any) -> None:
    with pytest.raises(UsageError, match="swap them"):
        replay(shelf.radar, date(2021, 12, 2), date(2021, 12, 1))
    with pytest.raises(UsageError, match="in the future"):
        replay(shelf.radar, date(2031, 12, 2), date(2031, 12, 3))
    file = shelf.home / "fout.yaml"
    file.write_text("relevant: [de]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"fout\.yaml:1"):
        replay(shelf.radar, *PERIOD, file)
