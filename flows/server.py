"""A Prefect server of our own: environment, start, waiting until it answers, starting it again when it dies, stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import RadarError, UsageError

PATIENCE = 120.0
LOOK_EVERY = 2.0
LOGIN = "PREFECT_SERVER_API_AUTH_STRING"
LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port on loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def check_place(host: str, port: int, environ: Mapping[str, str]) -> None:
    """Raises UsageError, in a line, for an address that others can reach without a login, and for one that is taken."""
    login = environ.get(LOGIN, "")
    if host != LOOPBACK and not login:
        raise UsageError(
            f"beleidsradar: the dashboard has no login, so it stays on {LOOPBACK}; "
            f"set {LOGIN}=user:password (and put TLS in front of it) to use --host {host}"
        )
    if login and ":" not in login:
        raise UsageError(f"beleidsradar: {LOGIN} is not user:password")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise UsageError(f"beleidsradar: {host}:{port} cannot be used for the dashboard: {reason}; try --port") from error


def environment(
    port: int, home: Path, *, heartbeat: int | None, host: str = LOOPBACK, outside: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The variables of a server and its clients: everything local, nothing reported to anybody, runs kept for 90 days.

    What `outside` (the process's own environment) says of login and of the address that browsers use stays.
    """
    said = outside or {}
    url = f"http://{LOOPBACK if host in ('0.0.0.0', '::') else host}:{port}"
    values = {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_API_URL": f"{url}/api",
        "PREFECT_UI_URL": said.get("PREFECT_UI_URL") or url,
        "PREFECT_SERVER_API_HOST": host,
        "PREFECT_SERVER_API_PORT": str(port),  # the flag --port alone leaves the dashboard looking at port 4200
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
    }
    if said.get(LOGIN):
        values["PREFECT_API_AUTH_STRING"] = said[LOGIN]
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
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
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
    return Server(values["PREFECT_API_URL"].removesuffix("/api"), process)


def wait(server: Server, log: Path) -> None:
    """Return when the server answers; raises RadarError when it ends or does not answer within two minutes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RadarError(f"the Prefect server ended at once; its words are in {log}")
        if _answers(server.url):
            return
        time.sleep(0.2)
    server.stop()
    raise RadarError(f"the Prefect server did not answer within {PATIENCE:.0f} seconds; its words are in {log}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/health", timeout=2) as answer:
            return json.load(answer) is True
    except (urllib.error.URLError, TimeoutError, ConnectionError, ValueError):
        return False


@dataclass(slots=True)
class Keeper:
    """Starts the server again when it dies, until it is told to stop; its clients wait and go on."""

    values: Mapping[str, str]
    log: Path
    server: Server
    _over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Keep an eye on the server, in a thread of its own."""
        threading.Thread(target=self._look, name="keeper of the Prefect server", daemon=True).start()

    def stop(self) -> None:
        """No more restarts; end the server."""
        self._over.set()
        self.server.stop()

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            code = self.server.process.poll()
            if code is not None:
                with suppress(ProcessLookupError):  # what it started itself may live on and keep the port
                    os.killpg(self.server.process.pid, signal.SIGKILL)
                with self.log.open("a", encoding="utf-8") as words:
                    words.write(f"beleidsradar: the server ended with code {code}; it is started again\n")
                self.server = start(self.values, self.log)
