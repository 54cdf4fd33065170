"""Nightly backups: seven are kept, a failure shows until one succeeds, and no backup fills the disk."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.errors import StorageError, UsageError
from services import backup
from services.radar import Radar


def test_the_seven_newest_nights_are_kept(old_radar: Radar, old_home: Path) -> None:
    begin = datetime.fromisoformat((old_home / "clock").read_text())
    by_hand = backup.backup(old_radar)
    for night in range(9):
        (old_home / "clock").write_text((begin + timedelta(days=night)).isoformat())
        taken = backup.nightly(old_radar)
    found = sorted(one.name for one in (old_home / "backups").glob("nightly-*"))
    assert len(found) == 7
    assert found[-1] == taken.file.name
    assert by_hand.file.exists()
    standing = backup.standing(old_radar)
    assert (standing.last, standing.kept, standing.failure) == ("2021-12-18T09:00:00+00:00", 7, "")
    assert (old_home / "backups").stat().st_mode & 0o077 == 0


def test_a_failure_shows_until_a_night_succeeds_and_throws_nothing_away(
    old_radar: Radar, old_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.nightly(old_radar)
    usage = shutil.disk_usage(old_home)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000))
    (old_home / "clock").write_text("2021-12-11T02:00:00+00:00")
    with pytest.raises(StorageError, match=r"needs about \d+ MB .* has 0 MB free; make room"):
        backup.nightly(old_radar)
    standing = backup.standing(old_radar)
    assert standing.kept == 1
    assert backup.in_words(standing).startswith("the nightly backup failed: a backup needs about")
    monkeypatch.undo()
    backup.nightly(old_radar)
    assert backup.in_words(backup.standing(old_radar)).startswith("2 kept")


def test_a_file_that_stands_there_is_not_overwritten(old_radar: Radar, tmp_path: Path) -> None:
    (tmp_path / "mine.tar.zst").write_text("mine")
    with pytest.raises(UsageError, match="exists"):
        backup.backup(old_radar, tmp_path / "mine.tar.zst")
    with pytest.raises(UsageError, match="there is no folder"):
        backup.backup(old_radar, tmp_path / "none" / "b.tar.zst")


def test_a_damaged_archive_can_be_replaced(old_radar: Radar, old_home: Path) -> None:
    taken = backup.backup(old_radar)
    old_radar.store.close()
    file = old_home / "beleidsradar.db"
    file.write_bytes(b"\0" * 8192)
    done: Any = backup.put_back(old_radar.settings, old_radar.clock, taken.file)
    assert done.aside.read_bytes() == b"\0" * 8192
    with old_radar.store.read() as unit:
        assert unit.content_hash() == taken.manifest.content_hash
