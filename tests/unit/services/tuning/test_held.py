"""held: the papers behind an issue's count."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from domain.digests import DigestForm
from domain.errors import UsageError
from services import digest as making
from services import muting
from services.digest import DueDigest
from services.held import held


def issue(shelf: Any) -> Any:
    return making.make(shelf.radar, DueDigest("ochtend", DigestForm.REGULAR, shelf.clock.time))


def test_the_list_is_as_long_as_the_count_and_says_why(shelf: Any) -> None:
    muting.mute(shelf.radar, "dossier:36001", topic="", reason="andere afdeling", who="anna")
    care = "Procesinnovatie in ziekenhuizen: zorgprocessen worden vernieuwd."
    shelf.read(
        shelf.paper(1, "Procesinnovatie in de maakindustrie"),
        shelf.paper(2, "Zwemmen"),
        shelf.paper(3, "Zorg", care),
        shelf.paper(4, "Procesinnovatie bij de metaal", dossier="36001"),
    )
    run = issue(shelf)
    counted = json.loads(run.renderings["json"])["counts"]["held"]
    first, waiting = held(shelf.radar, "ochtend")
    assert (first.number, first.count, len(first.papers)) == (run.number, counted, counted) == (1, 3, 3)
    assert (waiting.number, waiting.count) == (0, 0)
    grounds = {paper.id: (paper.ground, [reason.rule for reason in paper.reasons][-1]) for paper in first.papers}
    assert grounds["kst-36001-4"] == ("muted", "muted")
    assert grounds["kst-36000-3"][0] == "other_subject"
    assert grounds["kst-36000-2"] == ("too_few", "no_term")
    assert "dossier" in run.renderings["text"] or "36001" in run.renderings["text"]


def test_since_gives_every_issue_and_what_waits(shelf: Any) -> None:
    shelf.read(shelf.paper(1, "Zwemmen"), shelf.paper(2, "Procesinnovatie"))
    issue(shelf)
    shelf.clock.time += timedelta(days=3)
    shelf.read(shelf.paper(3, "Fietsen"), shelf.paper(4, "Procesinnovatie en meer"))
    issue(shelf)
    shelf.read(shelf.paper(5, "Wandelen"))
    found = held(shelf.radar, "ochtend", date(2021, 12, 1))
    assert [(one.number, [paper.id for paper in one.papers]) for one in found] == [
        (1, ["kst-36000-1"]),
        (2, ["kst-36000-3"]),
        (0, ["kst-36000-5"]),
    ]
    assert [one.number for one in held(shelf.radar, "ochtend", date(2021, 12, 18))] == [2, 0]


def test_an_unknown_digest_is_said(shelf: Any) -> None:
    with pytest.raises(UsageError, match="configured are ochtend"):
        held(shelf.radar, "avond")
