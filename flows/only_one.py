"""One service a home: a lock that the kernel takes back from a killed process, and the server that such a process left behind."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from domain.errors import UsageError

PATIENCE = 10.0


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Be the only service of this home. Raises UsageError, in a line, when another process is it."""
    file = home / "serve.lock"
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)  # not inherited by what this process starts
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pid = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            raise UsageError(f"beleidsradar: serve already runs for this home, in process {pid}; stop that one first") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def end_left_behind(home: Path) -> bool:
    """End the server that a killed service of this home left running; returns whether there was one. It is recognised by its
    environment, which names this home (where /proc shows it)."""
    found = _servers(home)
    for number in (signal.SIGTERM, signal.SIGKILL):
        end = time.monotonic() + PATIENCE
        for pid in _servers(home):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        while _servers(home) and time.monotonic() < end:
            time.sleep(0.1)
    return bool(found)


def _servers(home: Path) -> list[int]:
    """Processes of a Prefect server whose PREFECT_HOME is this home; flow runs have it too, and are no server."""
    named = f"PREFECT_HOME={home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            serves = b"server" in words or any(b"prefect.server.api.server:" in word for word in words)
            if serves and int(folder.name) != os.getpid() and named in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found
