"""`beleidsradar serve` in processes of its own, in a home of the miniature: started, asked, stopped, killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

RUN = b"prefect.engine"
"""Stands in the command line of the process of a flow run."""


class Service:
    """The scheduled service of a home. Its words go to `serve.log` there."""

    def __init__(self, home: Path, root: Path, environment: Mapping[str, str], port: int) -> None:
        """Not started yet. `root` is the folder from which it is started, `port` that of its dashboard."""
        self._root, self._environment, self.port = root, {**os.environ, **environment}, port
        self.log = home / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; the dashboard takes some seconds to answer."""
        with self.log.open("ab") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "serve", "--port", str(self.port)],
                env=self._environment,
                cwd=self._root,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )

    def ask(self, path: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What the API of its Prefect server answers. Raises OSError while that is not up."""
        url = f"http://127.0.0.1:{self.port}/api{path}"
        request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def runs(self) -> list[dict[str, Any]]:
        """Every flow run that was started so far, oldest first."""
        found: list[dict[str, Any]] = []
        wanted = {"state": {"type": {"not_any_": ["SCHEDULED"]}}}
        while True:
            query = {"limit": 200, "offset": len(found), "sort": "START_TIME_ASC", "flow_runs": wanted}
            page = self.ask("/flow_runs/filter", query)
            found += page
            if len(page) < 200:
                return found

    def deployments(self) -> list[dict[str, Any]]:
        """Every deployment."""
        return self.ask("/deployments/filter", {"limit": 200})

    @property
    def works(self) -> bool:
        """True while its process lives."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> float:
        """SIGTERM; returns how many seconds it took to end. Raises TimeoutExpired after a minute."""
        assert self.process is not None
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        return time.monotonic() - begin

    def kill(self) -> int:
        """SIGKILL to the service and to every run that it has started; the server lives on. Returns how many runs that were."""
        assert self.process is not None
        runs = [pid for pid in _children(self.process.pid) if RUN in _words(pid)]
        for pid in [self.process.pid, *runs]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        return len(runs)


def within(seconds: float, condition: Callable[[], object]) -> float:
    """Wait until something holds that is asked of a service; returns the seconds that took. Raises TimeoutError."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        try:
            if condition():
                return time.monotonic() - begin
        except OSError:
            pass  # the server is not up yet
        time.sleep(0.5)
    raise TimeoutError(f"it did not happen within {seconds:.0f} seconds")


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(words[1]) == parent:
            found.append(int(stat.parent.name))
    return found
