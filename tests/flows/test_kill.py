"""Killed with -9 at the worst moments: nothing is lost and nothing is told twice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from cli.main import run_command
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


@pytest.fixture(scope="module")
def played() -> dict[str, bytes]:
    """The archive after the first look at the three sites, once one test has played it."""
    return {}


@pytest.fixture
def visited(world: Any, played: dict[str, bytes]) -> Any:
    """A world whose three sites were looked at once; the Startdossier is due."""
    file = world.home / "beleidsradar.db"
    if not played:
        radar = world.radar()
        for source in radar.adapters:
            watch.visit(radar, source)
        radar.store.close()
        played["archive"] = file.read_bytes()
    file.write_bytes(played["archive"])
    return world


@pytest.fixture
def command(world: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """A command over this world, in this process: after a kill, not before one."""
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> Any:
        capsys.readouterr()
        code = run_command(list(arguments))
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, out, err)

    return run


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

    hashes = set()
    for world in (undisturbed, killed):
        radar = world.radar()
        assert watch.visit(radar, "officielebekendmakingen").failure == ""
        with radar.store.read() as unit:
            hashes.add(unit.content_hash())
    assert len(hashes) == 1
    for world in (undisturbed, killed):
        world.sites.turn(story._at(10, "07:30"))
        deliver(world.radar())
        deliver(world.radar())
    assert digests(killed) == digests(undisturbed)
    assert len(set(digests(killed))) == len(digests(killed)) == 1


MAKE_AND_WAIT = """
import os, sys, time
from services import digest
from services.wiring import open_radar
radar = open_radar(os.environ, create=False)
made = [digest.make(radar, wanted) for wanted in digest.due_digests(radar)]
print(len(made), flush=True)
time.sleep(600)
"""


def test_killed_between_commit_and_delivery(visited: Any, command: Callable[..., Any]) -> None:
    world = visited
    child = subprocess.Popen(
        [sys.executable, "-c", MAKE_AND_WAIT],
        env={**os.environ, **world.environment},
        cwd=world.root,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "1"  # the issue is committed, nothing is delivered
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    assert world.mail.messages == ()
    assert command("deliver").returncode == 0
    assert command("deliver").returncode == 0
    assert len(digests(world)) == 1


def test_what_cannot_be_written_down_as_told_is_not_sent(visited: Any, command: Callable[..., Any]) -> None:
    world = visited
    (world.home / "told.log").mkdir()
    done = command("deliver")
    assert done.returncode == 1
    assert "told.log" in done.stderr
    assert "Traceback" not in done.stderr
    assert world.mail.messages == ()
    (world.home / "told.log").rmdir()
    assert command("deliver").returncode == 0
    assert len(digests(world)) == 1


def test_killed_while_the_mail_server_has_the_mail(visited: Any, command: Callable[..., Any]) -> None:
    world = visited
    world.mail.hang(1)
    child = world.command("deliver")
    wait_until(lambda: world.mail.hanging)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    world.mail.release()
    again = command("deliver")
    assert "it may have arrived" in again.stderr
    found = digests(world)
    assert 1 <= len(found) <= 2
    assert len(set(found)) == 1  # the same Message-ID: a receiver that can tell shows it once
    assert command("deliver").stdout.strip() == "nothing waits to be delivered"
