"""A preview leaves the database as it was, byte by byte, also beside a process that has it open."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from services.wiring import open_radar


def prints(home: Path) -> dict[str, str]:
    """The hash of every file of the database and of the told ledger. SQLite's index of its journal is no content, and an empty
    journal is none."""
    files = [*home.glob("beleidsradar.db*"), home / "told.log"]
    full = [file for file in files if not file.name.endswith("-shm") and file.stat().st_size]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in full}


@pytest.mark.parametrize(
    ("digest", "what"), [("ochtend", ()), ("dringend", ()), ("ochtend", ("--since", "2021-12-01", "--until", "2021-12-09"))]
)
def test_a_preview_leaves_every_byte(archive: Path, run: Any, tmp_path: Path, what: tuple[str, ...], digest: str) -> None:
    before = prints(archive)
    said = run("digest", digest, *what, "--preview", str(tmp_path / "shown"))
    assert said.code == 0
    assert (tmp_path / "shown" / f"{digest}.html").exists()
    assert prints(archive) == before


def test_a_preview_beside_a_writer(archive: Path, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the writer has in its journal stays there."""
    radar = open_radar(dict(os.environ), create=False)
    with radar.store.begin() as unit:
        unit.visits.open("rvo", "live", radar.clock.now())
    before = prints(archive)
    assert "beleidsradar.db-wal" in before
    assert run("digest", "ochtend", "--preview", str(tmp_path / "shown")).code == 0
    assert prints(archive) == before
    radar.store.close()
