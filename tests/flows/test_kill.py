"""Killed with -9 at the worst moments: nothing is lost and nothing is told twice."""

from __future__ import annotations

import json
import re
import signal
import time

from demo import story
from services import digest as making
from services import watch
from services.deliver import deliver_due


def wait_until(condition, seconds: float = 60.0) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def digests(world) -> list[str]:  # type: ignore[no-untyped-def]
    return [re.search(rb"^X-Delivery-Id: (.+)$", raw, re.M | re.I)[1].decode() for _, raw in world.mail.messages]  # type: ignore[index]


def deliver(radar) -> None:  # type: ignore[no-untyped-def]
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)


def test_killed_in_the_middle_of_a_visit(make_world) -> None:  # type: ignore[no-untyped-def]
    undisturbed, killed = make_world("undisturbed"), make_world("killed")
    for world in (undisturbed, killed):
        radar = world.radar()
        watch.visit(radar, "officielebekendmakingen")
        deliver(radar)
        world.sites.turn(story._at(9, "17:00"))
    killed.sites.fault("zoek.officielebekendmakingen.nl", delay=60, path="/kst-32637-480")
    killed.sites.clear_requests()
    child = killed.command("run", "officielebekendmakingen")
    wait_until(lambda: killed.sites.held)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    killed.sites.mend()

    assert killed.done("run", "officielebekendmakingen").returncode == 0
    watch.visit(undisturbed.radar(), "officielebekendmakingen")

    checked = killed.done("db", "check", "--json")
    with undisturbed.radar().store.read() as unit:
        assert json.loads(checked.stdout)["content_hash"] == unit.content_hash()
    for world in (undisturbed, killed):
        world.sites.turn(story._at(10, "07:30"))
        deliver(world.radar())
        deliver(world.radar())
    assert digests(killed) == digests(undisturbed)
    assert len(set(digests(killed))) == len(digests(killed)) == 1


def test_killed_between_commit_and_delivery(world) -> None:  # type: ignore[no-untyped-def]
    radar = world.radar()
    for source in radar.adapters:
        watch.visit(radar, source)
    (wanted, *_) = [due for due in making.due_digests(radar) if due.digest == "ochtend"]
    made = making.make(radar, wanted)  # committed; the process that would deliver it is gone
    assert made is not None
    assert making.make(radar, wanted) == made
    assert world.done("deliver").returncode == 0
    assert world.done("deliver").returncode == 0
    assert len(digests(world)) == 1


def test_killed_while_the_mail_server_has_the_mail(world) -> None:  # type: ignore[no-untyped-def]
    radar = world.radar()
    for source in radar.adapters:
        watch.visit(radar, source)
    world.mail.hang(1)
    child = world.command("deliver")
    wait_until(lambda: world.mail.hanging)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    world.mail.release()
    again = world.done("deliver")
    assert "it may have arrived" in again.stderr
    found = digests(world)
    assert 1 <= len(found) <= 2
    assert len(set(found)) == 1  # the same Message-ID: a receiver that can tell shows it once
    assert world.done("deliver").stdout.strip() == "nothing waits to be delivered"
