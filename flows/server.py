"""A Prefect server of our own on loopback: environment, start, waiting until it answers, stop."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import RadarError

PATIENCE = 120.0


def free_port() -> int:
    """A port on loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(port: int, home: Path, *, heartbeat: int | None) -> dict[str, str]:
    """The variables of a server and its clients: everything local, nothing reported to anybody, runs kept for 90 days."""
    values = {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_UI_URL": f"http://127.0.0.1:{port}",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),  # the flag --port alone leaves the dashboard looking at port 4200
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
    }
    if heartbeat is not None:
        values["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] = str(heartbeat)
    return values


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the server: politely, then by force."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def start(values: Mapping[str, str], log: Path) -> Server:
    """Start a server whose words go to a file. It may still be coming up; see `wait`."""
    with log.open("ab") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start"],
            env={**os.environ, **values},
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,  # Ctrl-C reaches a whole process group; the server has to outlive its clients
        )
    return Server(values["PREFECT_UI_URL"], process)


def wait(server: Server, log: Path) -> None:
    """Return when the server answers; raises RadarError when it ends or does not answer within two minutes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RadarError(f"the Prefect server ended at once; its words are in {log}")
        try:
            with urllib.request.urlopen(f"{server.url}/api/health", timeout=2) as answer:
                if json.load(answer) is True:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    server.stop()
    raise RadarError(f"the Prefect server did not answer within {PATIENCE:.0f} seconds; its words are in {log}")
