"""`beleidsradar serve` on the miniature, a day of its clock a minute: it works, stops quickly, and survives kill -9."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from demo import story
from demo.turning import DayAMinute
from flows.server import free_port

pytestmark = [pytest.mark.prefect, pytest.mark.torture]


class Service:
    """`serve` in processes of its own, in a home of the miniature."""

    def __init__(self, world: Any) -> None:
        self.world, self.port = world, free_port()
        self.log = world.home / "serve.log"
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "serve", "--port", str(self.port)],
                env={**os.environ, **self.world.environment},
                cwd=self.world.root,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )
        return self.process

    def ask(self, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        url = f"http://127.0.0.1:{self.port}/api{path}"
        request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def completed(self) -> list[str]:
        states = {"state": {"type": {"any_": ["COMPLETED"]}}}
        return [run["name"] for run in self.ask("/flow_runs/filter", {"limit": 200, "flow_runs": states})]

    def stop(self) -> float:
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        return time.monotonic() - begin

    def kill(self) -> None:
        """-9 to the service and to every run that it has started."""
        for pid in [self.process.pid, *_children(self.process.pid)]:
            if b"prefect.engine" in Path(f"/proc/{pid}/cmdline").read_bytes() or pid == self.process.pid:
                os.kill(pid, signal.SIGKILL)
        self.process.wait(10)


def _children(parent: int) -> list[int]:
    stats = Path("/proc").glob("[0-9]*/stat")
    return [int(s.parent.name) for s in stats if int(s.read_text().rpartition(")")[2].split()[1]) == parent]


@pytest.fixture
def service(world: Any) -> Iterator[Service]:
    found = Service(world)
    yield found
    if found.process.poll() is None:
        found.stop()


def within(seconds: float, condition: Callable[[], object]) -> float:
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        try:
            if condition():
                return time.monotonic() - begin
        except OSError:
            pass  # the server is not up yet
        time.sleep(0.5)
    raise AssertionError(f"it did not happen within {seconds} seconds")


def visits(world: Any, source: str) -> int:
    """How many visits of a source were accepted; 0 before there is an archive."""
    if not (world.home / "beleidsradar.db").exists():
        return 0
    with world.radar().store.read() as unit:
        return sum(one.state == "accepted" and one.purpose == "live" for one in unit.visits.all(source))


def digests(world: Any) -> list[str]:
    raws = [raw for _, raw in world.mail.messages]
    return [found[1].decode() for raw in raws if (found := re.search(rb"^X-Delivery-Id: (.+)$", raw, re.M | re.I))]


def test_ten_minutes_of_serving_with_a_restart_and_a_kill(world: Any, service: Service) -> None:
    within(300, lambda: all(visits(world, source) for source in story.EVERY_SITE))
    with DayAMinute(world.sites, story.START):
        within(300, lambda: len(digests(world)) >= 2)
        names = within(120, lambda: any(name.startswith("watchdog") for name in service.completed()))
        assert names >= 0
        assert service.stop() < 15
        service.start()
        within(180, lambda: service.ask("/deployments/filter", {"limit": 50}))
        assert not any(one["paused"] for one in service.ask("/deployments/filter", {"limit": 50}))
        before = visits(world, story.OFFICIAL)
        within(180, lambda: visits(world, story.OFFICIAL) > before)
        service.kill()
        before = visits(world, story.OFFICIAL)
        service.start()
        assert within(180, lambda: visits(world, story.OFFICIAL) > before) < 120
        told = len(digests(world))
        within(240, lambda: len(digests(world)) > told)
    assert service.stop() < 15
    assert len(set(digests(world))) == len(digests(world))
