"""Backups and upgrades as a team lives through them: nothing that was told is told again, and what is new still is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from demo import story
from domain.errors import BusyError, DiskFullError
from services import backup, deliver, digest, emergency, watch
from services.radar import Radar


def visit_all(radar: Radar) -> None:
    for source in story.EVERY_SITE:
        watch.visit(radar, source)


def send(radar: Radar) -> None:
    for due in digest.due_digests(radar):
        digest.make(radar, due)
    deliver.deliver_due(radar)


def sent(world: Any) -> tuple[int, int]:
    return len(world.mail.messages), len(world.slack.messages)


def test_a_restored_backup_of_yesterday_sends_nothing_again(world: Any) -> None:
    radar = world.radar()
    visit_all(radar)
    send(radar)
    taken = backup.nightly(radar)
    world.sites.turn(story._at(6, "07:20"))
    visit_all(radar)
    world.sites.turn(story._at(6, "07:30"))
    send(radar)
    told = sent(world)
    assert told[0] == 2
    radar.store.close()
    before = (world.home / "told.log").read_bytes()
    back = backup.put_back(radar.settings, radar.clock, taken.file)
    assert back.aside is not None
    assert (world.home / "told.log").read_bytes() == before
    radar = world.radar()
    send(radar)  # the issue of 07.30 is due by the database, and was sent by the ledger
    watch.visit(radar, story.GOVERNMENT)
    send(radar)
    assert sent(world) == told
    world.sites.turn(story._at(7, "07:30"))  # the next morning: what is new, and only that
    watch.visit(radar, story.GOVERNMENT)
    send(radar)
    assert len(world.mail.messages) == told[0] + 1
    with radar.store.read() as unit:
        items = json.loads(unit.issues.runs("ochtend")[-1].renderings["json"])["items"]
    target = radar.ledger.target("mail", story.RECIPIENT).encode()
    told_by_mail = {line.split()[1].decode() for line in before.splitlines() if line.startswith(target)}
    assert items
    assert not [item["heading"] for item in items if set(item["event_keys"]) <= told_by_mail]
    radar.store.close()


def test_a_visit_at_work_keeps_a_restore_away(world: Any) -> None:
    radar = world.radar()
    watch.visit(radar, "rvo")
    taken = backup.backup(radar)
    with radar.store.begin() as unit:
        unit.leases.acquire("visit:rvo", "elsewhere:1:1", radar.clock.now(), 600)
    with pytest.raises(BusyError, match="stop the service first"):
        backup.put_back(radar.settings, radar.clock, taken.file)
    radar.store.close()
    assert backup.put_back(radar.settings, radar.clock, taken.file, force=True).aside is not None


def test_the_archive_of_the_first_release_goes_on_without_telling_anything_anew(world: Any, upgraded: Path, root: Path) -> None:
    shutil.copy(upgraded, world.home / "beleidsradar.db")
    shutil.copy(root / "tests" / "fixtures" / "first_release.told.log", world.home / "told.log")
    world.sites.turn(story._at(9, "17:05"))
    radar = world.radar()
    with radar.store.read() as unit:
        known = {one.url for source in story.EVERY_SITE for one in unit.resources.all(source)}
    visit_all(radar)
    with radar.store.read() as unit:
        events = [event for name in ("ochtend", "dringend") for event in unit.issues.waiting(name)]
        urls = {unit.resources.get(unit.events.get(one.event_id).resource_id).url for one in events}
    assert not urls & known
    radar.store.close()


def test_a_full_disk_stops_the_visit_takes_back_what_was_half_done_and_mails_once(world: Any) -> None:
    radar = world.radar()
    watch.visit(radar, "rvo")
    with radar.store.engine.connect().execution_options(reading=True) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    radar.store.close()
    _limit(radar, pages + 10)
    for _ in range(2):
        with pytest.raises(DiskFullError, match="the disk is full: nothing was written") as raised:
            watch.visit(radar, "officielebekendmakingen")
        assert "\n" not in str(raised.value)
    owners = [raw for _, raw in world.mail.messages if b"schijf is vol" in raw]
    assert len(owners) == len({digest.owner for digest in radar.settings.digests.values()} | {radar.settings.contact})
    with radar.store.read() as unit:
        assert all(not wrong for _, wrong in unit.snapshots.check_blobs())
    radar.store.close()
    _limit(radar, 1_000_000)  # room again: it goes on where it stopped, and a next time would be told again
    done = watch.visit(radar, "officielebekendmakingen")
    assert done.failure == ""
    assert not (world.home / emergency.MARK).exists()
    radar.store.close()


def _limit(radar: Radar, pages: int) -> None:
    """The room that SQLite has, as a full disk would leave it."""

    def limit(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(radar.store.engine, "connect", limit)
