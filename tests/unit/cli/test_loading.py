"""backfill: what it refuses, its plan and its progress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

WHOLE = ("backfill", "officielebekendmakingen", "--since", "2021-11-01", "--until", "2021-11-07")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("officielebekendmakingen", "--since", "2021-11-08", "--until", "2021-11-01"), "swap them"),
        (("officielebekendmakingen", "--since", "2021-11-08", "--until", "2099-01-01"), "in the future"),
        (("nos", "--since", "2021-11-01", "--until", "2021-11-07"), "no source 'nos'"),
        (("rvo", "--since", "2021-11-01", "--until", "2021-11-07"), "only shows what stands there now"),
        ((*WHOLE[1:], "--topic", "stikstof"), "no topic 'stikstof'"),
        ((*WHOLE[1:], "--notify", "avond"), "no digest 'avond'"),
        ((*WHOLE[1:], "--dossier", "x"), "no dossier"),
        ((*WHOLE[1:], "--id", "rvo:mit"), "not a paper of officielebekendmakingen"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_makes_nothing(run: Any, fresh: Path, arguments: Any, words: str) -> None:
    before = sorted(fresh.iterdir())
    found = run("backfill", *arguments)
    assert found.code == 2
    assert len(found.lines) == 1
    assert words in found.lines[0]
    assert found.out == ""
    assert sorted(fresh.iterdir()) == before


def test_dates_are_asked_for(run: Any, fresh: Path) -> None:
    assert run("backfill", "officielebekendmakingen", "--until", "2021-11-07").code == 2
    assert run("backfill", "officielebekendmakingen", "--since", "gisteren", "--until", "2021-11-07").code == 2


def test_without_an_archive_it_says_what_makes_one(run: Any, fresh: Path) -> None:
    found = run(*WHOLE)
    assert found.code == 1
    assert found.lines == ["beleidsradar: there is no archive yet; `beleidsradar run` makes one"]
    assert not (fresh / "beleidsradar.db").exists()


def test_a_plan_says_what_is_left_to_visits(run: Any, archive: Path) -> None:
    found = run("backfill", "officielebekendmakingen", "--since", "2021-11-29", "--until", "2021-12-10", "--plan")
    assert found.code == 0, found.err
    first, second = found.out.splitlines()
    assert "requests, about" in first
    assert second == "from 2021-12-08 on visits find the papers themselves; those days are left to them"


def test_progress_is_lines_where_there_is_no_terminal(run: Any, archive: Path) -> None:
    found = run("backfill", "officielebekendmakingen", "--since", "2021-08-02", "--until", "2021-08-15")
    assert found.code == 0, found.err
    assert [line.partition(";")[0] for line in found.out.splitlines()[1:3]] == ["1 of 2 windows", "2 of 2 windows"]
    assert found.out.splitlines()[-1].endswith("papers read; nobody was told")
    again = run("backfill", "officielebekendmakingen", "--since", "2021-08-02", "--until", "2021-08-15", "--json")
    assert again.json["papers"] == 0
    assert again.json["plan"]["requests"] == 0
