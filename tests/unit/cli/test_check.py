"""check looks at everything before the first visit, and changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

CANARY = "canaryhunter2"
MAIL = "BELEIDSRADAR_CHANNEL_MAIL"
SLACK = "BELEIDSRADAR_CHANNEL_SLACK"
OLDER = ("CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('0000')")


@pytest.fixture
def channels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both channels with URLs that can be used."""
    monkeypatch.setenv(MAIL, f"mailtos://radar:{CANARY}@smtp.example.nl")
    monkeypatch.setenv(SLACK, f"slack://T00000000/B00000000/{CANARY}")


def test_all_is_well_and_the_database_may_be_absent(run: Any, fresh: Path, channels: None) -> None:
    found = run("check")
    assert found.code == 0
    assert "database: none yet" in found.out
    assert not list(fresh.glob("*.db*"))
    document = run("check", "--json")
    assert document.code == 0
    assert document.json["faults"] == []
    assert document.json["database"].startswith("none yet")


def test_what_stands_as_it_was_shipped_is_a_warning(run: Any, fresh: Path, channels: None) -> None:
    found = run("check")
    assert found.code == 0
    warned = [line for line in found.lines if line.startswith("warning: ")]
    assert [line.split(": ")[2] for line in warned] == [
        "contact",
        "digests.ochtend.to",
        "digests.ochtend.owner",
        "digests.dringend.owner",
    ]
    assert "@" not in found.err
    text = (fresh / "sources.yaml").read_text(encoding="utf-8")
    (fresh / "sources.yaml").write_text(text.replace("@example.nl", "@metaal.nl"), encoding="utf-8")
    assert run("check").err == ""


def test_a_term_that_can_never_fire_is_a_warning_with_its_line(run: Any, fresh: Path, channels: None) -> None:
    sources = fresh / "sources.yaml"
    text = sources.read_text(encoding="utf-8").replace("@example.nl", "@metaal.nl")
    file = next(line.split(": ")[1].strip() for line in text.splitlines() if line.strip().startswith("procesinnovatie:"))
    (fresh / "eigen.yaml").write_text(
        f"extends: {file}\nconcepts:\n  - id: gietijzer\n    reason: werk\n    terms:\n      - gietijzers\n      - gietijzer\n"
        "  - id: staal\n    reason: werk\n    tier: core\n    terms:\n      - {id: nog, term: gietijzers}\n",
        encoding="utf-8",
    )
    sources.write_text(text.replace(f"procesinnovatie: {file}", "procesinnovatie: eigen.yaml"), encoding="utf-8")
    found = run("check")
    assert (found.code, len(found.lines)) == (0, 2)
    idle, shared = found.err.splitlines()
    assert idle.startswith("warning: fresh/eigen.yaml:7: 'gietijzer' of gietijzer is idle: gietijzers of the same concept")
    assert shared.startswith("warning: fresh/eigen.yaml:12: 'gietijzers' of staal stands in two concepts: ")
    assert ("remove it" in idle, "remove it" in shared, "decide" in shared) == (True, False, True)


def test_a_channel_that_cannot_be_used_names_its_variable_only(
    run: Any, fresh: Path, channels: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SLACK, f"slack://{CANARY}/too/few/parts/{CANARY}")
    monkeypatch.setenv(MAIL, f"foo://{CANARY}@{CANARY}")
    found = run("check")
    assert found.code == 2
    faults = [line for line in found.lines if "cannot be used" in line]
    assert len(faults) == 2
    assert SLACK in found.err
    assert MAIL in found.err
    assert CANARY not in found.err + found.out
    assert run("check", "--json").json["faults"][0]["hint"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda file: file.write_text("a letter\n" * 99, encoding="utf-8"), "is not a database"),
        (lambda file: file.mkdir(), "is a folder"),
        (lambda file: _sqlite(file, "CREATE TABLE birds (name TEXT)"), "not one of Beleidsradar's"),
        (
            lambda file: _sqlite(
                file, "CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('0000')"
            ),
            "beleidsradar db upgrade",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_a_fault(run: Any, fresh: Path, channels: None, make: Any, said: str) -> None:
    make(fresh / "beleidsradar.db")
    found = run("check")
    assert found.code == 2
    assert said in found.err
    assert run("check", "--json").json["faults"][0]["file"] == "BELEIDSRADAR_DATABASE_URL"


def test_a_database_server_that_does_not_answer_is_a_fault(
    run: Any, fresh: Path, channels: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BELEIDSRADAR_DATABASE_URL", f"postgresql://radar:{CANARY}@127.0.0.1:1/radar")
    found = run("check")
    assert found.code == 2
    assert "BELEIDSRADAR_DATABASE_URL" in found.err
    assert CANARY not in found.err


def test_a_folder_that_is_not_there_is_a_fault(
    run: Any, fresh: Path, channels: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BELEIDSRADAR_DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/radar.db")
    assert "is not there" in run("check").err
    assert not (tmp_path / "nowhere").exists()


def test_an_archive_of_this_release_is_named(run: Any, archive: Path, channels: None) -> None:
    found = run("check")
    assert found.code == 0
    assert "database: schema " in found.out


def _sqlite(file: Path, *statements: str) -> None:
    connection = sqlite3.connect(file)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
