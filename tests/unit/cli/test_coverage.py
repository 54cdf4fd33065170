"""coverage, people, site and db on the command line: one line or one document, and exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from services.environment import CLOCK, DATABASE, HOME


@pytest.fixture
def old(old_home: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The archive of the first release, on Friday 10 December 2021."""
    monkeypatch.setenv(HOME, str(old_home))
    monkeypatch.setenv(CLOCK, str(old_home / "clock"))
    return old_home


def test_coverage_as_text_json_and_page(old: Path, run: Any, tmp_path: Path) -> None:
    days = ("--since", "2021-12-01", "--until", "2021-12-10")
    said = run("coverage", *days)
    assert said.code == 0
    assert "rvo: complete until do 9 dec 16.52" in said.out
    document = run("coverage", *days, "--json").json
    assert [source["source"] for source in document["sources"]] == ["officielebekendmakingen", "rijksoverheid", "rvo"]
    assert document["since"] == "2021-12-01"
    assert run("coverage", *days, "--html", str(tmp_path / "c.html")).code == 0
    assert "<table>" in (tmp_path / "c.html").read_text()
    wrong = run("coverage", "--since", "2021-12-10", "--until", "2021-12-01")
    assert (wrong.code, len(wrong.lines)) == (2, 1)


def test_the_site_is_written_once_and_never_over_others(old: Path, run: Any, tmp_path: Path) -> None:
    first = run("site", str(tmp_path / "room"), "--json").json
    assert first["pages"] == first["written"] > 20
    assert run("site", str(tmp_path / "room"), "--json").json["written"] == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    wrong = run("site", str(tmp_path / "mine"))
    assert (wrong.code, len(wrong.lines)) == (2, 1)
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_people_export_and_forget(old: Path, run: Any) -> None:
    assert len(run("people", "export", "beleid-team@example.nl").json["deliveries"]) == 3
    wrong = run("people", "forget", "beleid-team@example.nl")
    assert (wrong.code, len(wrong.lines)) == (2, 1)
    assert "nothing was stored" in run("people", "forget", "nobody@example.nl").out


def test_backup_and_restore(old: Path, run: Any, tmp_path: Path) -> None:
    taken = run("db", "backup", "--json").json
    assert run("db", "check", "--json").json["content_hash"] == taken["content_hash"]
    (old / "beleidsradar.db").unlink()
    back = run("db", "restore", taken["file"], "--json").json
    assert (back["aside"], back["content_hash"], back["told"]) == (None, taken["content_hash"], 0)
    assert run("db", "check", "--json").json["content_hash"] == taken["content_hash"]
    assert "1 kept" not in run("status").out
    wrong = run("db", "restore", str(tmp_path / "none"))
    assert (wrong.code, len(wrong.lines)) == (1, 1)


def test_upgrade_takes_a_backup_first_and_says_from_and_to(old: Path, run: Any, first_release: Path) -> None:
    shutil.copy(first_release, old / "beleidsradar.db")
    needed = run("status")
    assert needed.code == 1
    assert "run `beleidsradar db upgrade`" in needed.err
    done = run("db", "upgrade", "--json").json
    assert (done["from"], done["indexed"]) == ("0001", 83)
    assert Path(done["backup"]).name.startswith("before-upgrade-")
    assert run("db", "upgrade", "--json").json["backup"] is None
    assert run("db", "restore", done["backup"], "--json").json["schema"] == done["to"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://radar:canary@127.0.0.1:9/radar", "check that the server runs"),
        ("postgresql://radar:canary@nowhere.invalid/radar", "the network"),
        ("sqlite:////no/such/folder/radar.db", "there is no archive yet"),
        ("mysql://radar:canary@127.0.0.1/radar", "is not a database URL"),
    ],
)
def test_a_wrong_database_url_is_one_line(old: Path, run: Any, monkeypatch: pytest.MonkeyPatch, url: str, said: str) -> None:
    monkeypatch.setenv(DATABASE, url)
    for command in (
        ("status",),
        ("db", "check"),
        ("db", "upgrade"),
        ("coverage", "--since", "2021-12-01", "--until", "2021-12-02"),
    ):
        found = run(*command)
        assert found.code in (1, 2)
        assert len(found.lines) == 1
        assert said in found.err
        assert "canary" not in found.err + found.out
    assert json.loads(run("status", "--json").out)["error"]
