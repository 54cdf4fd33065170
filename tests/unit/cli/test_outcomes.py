"""What goes wrong is one line, one exit code and, with --json, one document."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from cli import archive as archive_commands

CANARY = "canary-hunter2"


def test_version(run: Any) -> None:
    found = run("--version")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("beleidsradar ")


def test_the_unexpected_is_a_line_and_a_file(run: Any, fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise LookupError(f"password={CANARY}")

    monkeypatch.setattr(archive_commands, "status", broken)
    found = run("status")
    log = fresh / "error.log"
    assert found.code == 1
    assert found.lines == [f"beleidsradar: unexpected LookupError; details in {log}"]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "Traceback" in log.read_text(encoding="utf-8")
    again = run("status", "--json")
    assert again.json == {"error": f"unexpected LookupError; details in {log}", "exit": 1}
    assert CANARY not in again.out + again.err
    assert log.read_text(encoding="utf-8").count("Traceback") == 2


@pytest.mark.parametrize("command", ["why", "show", "diff"])
@pytest.mark.parametrize("words", ["banana", "R-ZZZZZZZ", "foo:bar", "kst-1"])
def test_nonsense_is_wrong_usage(run: Any, archive: Path, command: str, words: str) -> None:
    found = run(command, words)
    assert (found.code, found.out, len(found.lines)) == (2, "", 1)
    if words.startswith("R-"):
        assert "no item with this number" in found.err
    document = run(command, words, "--json")
    assert document.code == document.json["exit"] == 2
    assert document.json["error"] == found.lines[0]


def test_an_error_with_json_is_one_document(run: Any, fresh: Path) -> None:
    found = run("status", "--json")
    assert found.code == found.json["exit"] == 1
    assert found.json["error"].startswith("there is no archive yet")
    assert len(found.lines) == 1
    wrong = run("status", "--nope", "--json")
    assert wrong.json == {"error": "No such option: --nope", "exit": 2}


@pytest.mark.parametrize("command", [["status"], ["why", "kst-32637-480"], ["deliver"], ["db", "check"], ["db", "upgrade"]])
def test_only_a_visit_makes_an_archive(run: Any, fresh: Path, command: list[str]) -> None:
    found = run(*command)
    assert found.code == 1
    assert "beleidsradar run" in found.err
    assert not list(fresh.glob("*.db*"))


@pytest.mark.parametrize("command", [["status"], ["run", "rvo"], ["db", "check"], ["db", "upgrade"], ["digest", "ochtend"]])
def test_a_file_that_is_no_database_is_one_line(run: Any, fresh: Path, command: list[str]) -> None:
    (fresh / "beleidsradar.db").write_text("this is a letter\n" * 50, encoding="utf-8")
    found = run(*command)
    assert found.code == 1
    assert len(found.lines) == 1
    assert "is not a database" in found.err
    assert not (fresh / "error.log").exists()


def test_a_database_of_somebody_else_is_left_alone(run: Any, fresh: Path) -> None:
    import sqlite3

    with sqlite3.connect(fresh / "beleidsradar.db") as other:
        other.execute("CREATE TABLE birds (name TEXT)")
    other.close()
    before = (fresh / "beleidsradar.db").read_bytes()
    found = run("check")
    assert "not one of Beleidsradar's" in found.err
    assert (fresh / "beleidsradar.db").read_bytes() == before
    assert "not one of Beleidsradar's" in run("db", "upgrade").err


@pytest.mark.parametrize("path", ["/proc/x", "{file}", "{file}/below"])
def test_output_that_cannot_be_written_is_wrong_usage(run: Any, archive: Path, tmp_path: Path, path: str) -> None:
    file = tmp_path / "a-file"
    file.write_text("mine", encoding="utf-8")
    named = path.format(file=file)
    for command in (["digest", "ochtend", "--preview", named], ["demo", "--output", named]):
        found = run(*command)
        assert (found.code, len(found.lines)) == (2, 1), command
        assert named in found.err
    assert file.read_text(encoding="utf-8") == "mine"
    assert not (archive / "error.log").exists()


def test_help_names_sources_once(run: Any) -> None:
    assert "run [OPTIONS] [SOURCE]...\n" in run("run", "--help").out
