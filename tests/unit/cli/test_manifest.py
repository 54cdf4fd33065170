"""A demo removes what a demo wrote, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.manifest import MARK, Manifest
from domain.errors import UsageError


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_only_its_own_files_are_removed(tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = Manifest(output)
    first.new("index.html").write_text("made", encoding="utf-8")
    (output / "archive").mkdir()
    first.own(["archive/beleidsradar.db"])
    for name in ("beleidsradar.db", "beleidsradar.db-wal", "beleidsradar.db-shm", "notes.txt"):
        (output / "archive" / name).write_text(name, encoding="utf-8")
    (output / "thesis.txt").write_text("mine", encoding="utf-8")

    again = Manifest(output)

    assert _files(output) == {MARK, "thesis.txt", "archive/notes.txt"}
    assert again.foreign == ("archive/notes.txt", "thesis.txt")
    assert (output / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_empty_folders_go_and_an_empty_one_may_be_used(tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    first = Manifest(output)
    (output / "archive").mkdir()
    first.new("archive/a").write_text("", encoding="utf-8")
    assert Manifest(output).foreign == ()
    assert not (output / "archive").exists()


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        Manifest(tmp_path)
    assert _files(tmp_path) == {"thesis.txt"}


@pytest.mark.parametrize("name", ["../thesis.txt", "link/thesis.txt", "{absolute}"])
def test_a_mark_that_leads_outside_removes_nothing_there(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "thesis.txt"
    outside.write_text("mine", encoding="utf-8")
    output = tmp_path / "out"
    output.mkdir()
    (output / "link").symlink_to(tmp_path)
    (output / MARK).write_text(name.format(absolute=outside) + "\n", encoding="utf-8")
    Manifest(output)
    assert outside.exists()
