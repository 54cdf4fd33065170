"""A whole story of tuning: a mute, a term that comes too late, a mail that makes up for it, and a broken edit in a service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo import story
from domain.assessments import Level
from services import digest as making
from services import muting, watch
from services.deliver import deliver_due
from services.explain import why
from services.replay import notify, replay
from services.wiring import from_process_environment, open_in_force, open_radar

OFFICIAL = "officielebekendmakingen"
TOPIC = "procesinnovatie"


def send(radar: Any) -> None:
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)


def own_pack(world: Any, text: str) -> None:
    """The team lays its own terms over the shipped pack."""
    (world.home / "eigen.yaml").write_text(text, encoding="utf-8")
    sources = world.home / "sources.yaml"
    shipped = f"{world.root / 'topics'}/procesinnovatie.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace(shipped, "eigen.yaml"), encoding="utf-8")


def test_a_muted_paper_is_held_and_a_late_term_is_told_once(world: Any) -> None:
    radar = world.radar()
    watch.visit(radar, OFFICIAL)
    muting.mute(radar, "dossier:27529", topic=TOPIC, reason="zorg is van een ander", who="anna")
    world.sites.turn(story._at(10, "07:15"))
    watch.visit(radar, OFFICIAL)
    world.sites.turn(story._at(10, "07:30"))
    send(radar)
    fireworks = why(radar, "kv-tk-2021Z22640")
    assert fireworks.state == "not_matched"
    letters = len(world.mail.messages)

    shipped = f"{world.root / 'topics'}/procesinnovatie.yaml"
    own_pack(world, f"topic: {TOPIC}\nextends: {shipped}\nrelevant: [vuurwerkverbod]\n")
    tuned = open_radar(world.environment, create=False)
    period = (story._at(1, "00:00").date(), story._at(10, "00:00").date())
    run = notify(tuned, replay(tuned, *period), "ochtend")
    assert run is not None
    deliver_due(tuned)
    assert len(world.mail.messages) == letters + 1
    assert "Nagekomen door nieuwe zoektermen" in run.subject
    assert notify(tuned, replay(tuned, *period), "ochtend") is None
    send(tuned)
    assert len(world.mail.messages) == letters + 1
    found = why(tuned, "kv-tk-2021Z22640")
    assert found.state == "sent"
    assert f"told in ochtend nr. {run.number}" in found.answer
    assert [one.level for one in found.events[0].again[0].before] == [Level.HELD]


def test_a_broken_edit_leaves_the_service_running_and_mails_its_owner(world: Any, monkeypatch: Any) -> None:
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    from_process_environment(create=True).store.close()
    sources: Path = world.home / "sources.yaml"
    good = sources.read_text(encoding="utf-8")
    sources.write_text(good.replace("levels: [must_read", "levles: [must_read"), encoding="utf-8")
    radar = from_process_environment(create=True)
    assert len(radar.settings.digests["ochtend"].levels) == 3
    assert watch.is_due(radar, OFFICIAL)
    from_process_environment(create=True).store.close()
    owners = [str(recipients) for recipients, _ in world.mail.messages]
    assert len(owners) == 1
    assert story.OWNER in owners[0]
    assert story.RECIPIENT not in owners[0]
    sources.write_text(good, encoding="utf-8")
    assert open_in_force(world.environment, create=False)[1] == ()
