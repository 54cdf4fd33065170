"""Which issues are due, what they are called, and when a moment passes without one."""

from __future__ import annotations

import shutil
from typing import Any

from demo import story
from domain.digests import DigestForm
from services import digest as making
from services import watch
from services.deliver import deliver_due


def visit_all(radar: Any) -> None:
    for source in radar.adapters:
        watch.visit(radar, source)


def send(radar: Any) -> list[Any]:
    made = [making.make(radar, wanted) for wanted in making.due_digests(radar)]
    deliver_due(radar)
    return [run for run in made if run is not None]


def test_skip_if_empty_passes_the_moment_for_good(world: Any) -> None:
    sources = world.home / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("if_empty: short", "if_empty: skip"), encoding="utf-8")
    radar = world.radar()
    visit_all(radar)
    send(radar)
    world.sites.turn(story._at(6, "07:15"))
    visit_all(radar)
    world.sites.turn(story._at(6, "07:30"))
    assert [run.digest for run in send(radar)] == ["dringend", "ochtend"]
    world.sites.turn(story._at(7, "07:30"))  # the report of Monday was not visited yet: nothing to say
    assert send(radar) == []
    visit_all(radar)
    world.sites.turn(story._at(7, "11:20"))
    assert [run.form for run in send(radar) if run.digest == "ochtend"] == []


def test_a_restored_backup_sends_what_is_new_and_nothing_twice(world: Any) -> None:
    radar = world.radar()
    visit_all(radar)
    send(radar)
    radar.store.close()
    backup = world.home / "backup.db"
    for ending in ("", "-wal", "-shm"):
        source = world.home / f"beleidsradar.db{ending}"
        if source.exists():
            shutil.copy(source, f"{backup}{ending}")
    world.sites.turn(story._at(6, "07:30"))
    radar = world.radar()
    visit_all(radar)
    send(radar)
    told = len(world.mail.messages)
    radar.store.close()
    for ending in ("", "-wal", "-shm"):
        (world.home / f"beleidsradar.db{ending}").unlink(missing_ok=True)
        if (world.home / f"backup.db{ending}").exists():
            shutil.copy(f"{backup}{ending}", world.home / f"beleidsradar.db{ending}")
    radar = world.radar()
    world.sites.turn(story._at(7, "07:30"))
    visit_all(radar)
    send(radar)
    texts = [raw.decode("utf-8", "replace") for _, raw in world.mail.messages[told:]]
    assert len(texts) == 1
    assert "[RAPPORT" in texts[0]


def test_an_urgent_issue_says_nothing_that_was_told_already(world: Any) -> None:
    radar = world.radar()
    visit_all(radar)
    send(radar)
    world.sites.turn(story._at(9, "16:55"))
    watch.visit(radar, "officielebekendmakingen")
    send(radar)
    messages = len(world.slack.messages)
    world.sites.turn(story._at(9, "17:30"))
    watch.visit(radar, "rijksoverheid")  # two copies of the same letter
    assert not [run for run in send(radar) if run.form == DigestForm.URGENT.value and "480" in run.subject]
    assert len(world.slack.messages) <= messages + 1  # the report of Monday is read by this visit too
    assert making.due_digests(radar) == ()
