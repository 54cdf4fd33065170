"""Where the service may stand: once a home, on a free port, and beyond loopback only behind a login."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from domain.errors import RadarError, UsageError
from flows import only_one, server

HOLD = """
import sys, time
from pathlib import Path
from flows.only_one import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_service_of_a_home_is_refused_until_the_first_is_gone(tmp_path: Path, root: Path) -> None:
    first = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    with pytest.raises(UsageError, match=f"in process {first.pid}; stop"), only_one.only_one(tmp_path):
        raise AssertionError("two services")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    with only_one.only_one(tmp_path):
        assert (tmp_path / "serve.lock").read_text() == f"{os.getpid()}\n"


def test_the_server_of_a_killed_service_is_ended_and_nobody_elses(tmp_path: Path) -> None:
    sleeper = "import time; time.sleep(60)"
    ours, other = (
        subprocess.Popen([sys.executable, "-c", sleeper, "server", "start"], env={**os.environ, "PREFECT_HOME": str(home)})
        for home in (tmp_path, tmp_path / "other")
    )
    end = time.monotonic() + 10
    while only_one._servers(tmp_path) != [ours.pid] and time.monotonic() < end:
        time.sleep(0.05)
    reaper = threading.Thread(target=ours.wait, daemon=True)
    reaper.start()
    assert only_one.end_left_behind(tmp_path)
    assert not only_one.end_left_behind(tmp_path)
    assert other.poll() is None
    other.kill()
    other.wait()
    reaper.join(5)
    assert ours.returncode == -signal.SIGTERM


def test_without_a_login_the_dashboard_stays_on_this_machine() -> None:
    port = server.free_port()
    server.check_place("127.0.0.1", port, {})
    for environ in ({}, {server.LOGIN: "x"}):
        with pytest.raises(UsageError) as refused:
            server.check_place("0.0.0.0", port, environ)
        assert re.fullmatch(r"beleidsradar: .*PREFECT_SERVER_API_AUTH_STRING.*", str(refused.value))
    server.check_place("0.0.0.0", port, {server.LOGIN: "radar:secret"})
    values = server.environment(port, Path("/x"), heartbeat=None, host="0.0.0.0", outside={server.LOGIN: "radar:secret"})
    assert values["PREFECT_API_AUTH_STRING"] == "radar:secret"
    assert values["PREFECT_API_URL"] == f"http://127.0.0.1:{port}/api"
    assert values["PREFECT_SERVER_API_HOST"] == "0.0.0.0"


def test_a_port_that_is_taken_is_said_in_a_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match=r"^beleidsradar: 127\.0\.0\.1:\d+ cannot be used .*; try --port$"):
            server.check_place("127.0.0.1", taken.getsockname()[1], {})


def test_a_server_that_ends_at_once_is_said_in_a_line(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    with pytest.raises(RadarError, match="ended at once; its words are in"):
        server.wait(server.Server("http://127.0.0.1:9", process), tmp_path / "server.log")


class _Pings(BaseHTTPRequestHandler):
    paths: list[str] = []  # noqa: RUF012
    status = 200

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silent."""


def test_a_delivered_digest_gives_a_sign_of_life_and_a_failing_one_holds_nothing_up() -> None:
    from domain.events import DeliveryState
    from services.deliver import Attempt
    from services.heartbeat import beat

    listening = HTTPServer(("127.0.0.1", 0), _Pings)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    settings = type("S", (), {"heartbeat_url": f"http://127.0.0.1:{listening.server_port}/ping/1"})
    radar: Any = type("R", (), {"settings": settings})
    states = (DeliveryState.DELIVERED, DeliveryState.RETRY)
    arrived, failed = (Attempt(1, "ochtend", "mail", 1, 1, state, "") for state in states)
    assert beat(radar, [failed, arrived])
    assert not beat(radar, [failed])
    assert _Pings.paths == ["/ping/1"]
    _Pings.status = 302
    assert not beat(radar, [arrived])
    assert _Pings.paths == ["/ping/1", "/ping/1"]
    listening.shutdown()
    listening.server_close()
    assert not beat(radar, [arrived])
    settings.heartbeat_url = ""
    assert not beat(radar, [arrived])
