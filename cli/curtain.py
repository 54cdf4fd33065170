"""Ending a play from outside: Ctrl-C, SIGTERM or a closed terminal, at any moment, once or ten times.

An exception raised by a signal would have to find its way through Prefect's engines and threads, which keep asking a server that
is gone. So the handler itself cleans up, in the reverse order of what was started, and leaves without any further word.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ENDED = 130
"""The exit code of whatever was ended from outside."""

PATIENCE = 2.0
"""Seconds that a killed process group gets to disappear."""


class Curtain:
    """Falls at the first signal: everything that was added is ended, newest first, and the process is left with exit code 130.

    A context manager for the main thread: while it is open the signals are its own, afterwards they are what they were.
    """

    def __init__(self) -> None:
        self._acts: list[Callable[[], None]] = []
        self._lock = threading.RLock()
        self._held = 0
        self._deferred = False
        self._before: dict[signal.Signals, object] = {}

    def __enter__(self) -> Curtain:
        for number in SIGNALS:
            self._before[number] = signal.signal(number, self._signalled)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal() gave back it takes

    def play(self, scene: Callable[[], None]) -> None:
        """Run it in a thread of its own, and wait here for its end or for a signal; raises what it raises.

        In the main thread a flow of Prefect would put its own handler in place of ours, one that raises at any line, also where
        nobody can catch it.
        """
        with ThreadPoolExecutor(1) as pool:
            pool.submit(scene).result()

    @contextmanager
    def held(self) -> Iterator[Curtain]:
        """Within the block a signal waits: nothing may be started without being added. Keep it short."""
        with self._lock:
            self._held += 1
            try:
                yield self
            finally:
                self._held -= 1
        if self._deferred and not self._held:
            self._fall()

    def add(self, act: Callable[[], None]) -> None:
        """Do this too when the curtain falls. It must be quick; what it raises is passed over."""
        self._acts.append(act)

    def drop(self, act: Callable[[], None]) -> None:
        """What this act would end has ended by itself."""
        self._acts.remove(act)

    def _signalled(self, _number: int, _frame: FrameType | None) -> None:
        self._lock.acquire()  # waits for another thread's block; never given back when the curtain falls: nothing starts any more
        if self._held:  # this very thread is in such a block
            self._deferred = True
            self._lock.release()
        else:
            self._fall()

    def _fall(self) -> NoReturn:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        # In a thread: whoever reads our output may have stopped reading, and then flushing never ends.
        flushing = threading.Thread(target=_flush, daemon=True)
        flushing.start()
        flushing.join(0.5)
        with suppress(Exception):  # threads of Prefect that find their server gone say so on standard error
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        for act in reversed(self._acts):
            with suppress(Exception):
                act()
        with suppress(Exception):
            _end_children()
        os._exit(ENDED)


def _flush() -> None:
    with suppress(Exception):
        sys.stdout.flush()


def _end_children() -> None:
    """Kill what this process itself has started and nobody added, such as the child that reads a PDF (where /proc lists them)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parent = int(stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
            if parent == os.getpid():
                os.kill(int(stat.parent.name), signal.SIGKILL)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads its own session, with all it started, and wait until they are gone, two seconds at most."""
    end = time.monotonic() + PATIENCE
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
        while time.monotonic() < end:
            with suppress(ChildProcessError):
                # Not Popen.wait: the signal may have come while it held its lock.
                os.waitpid(process.pid, os.WNOHANG)
            os.killpg(process.pid, 0)
            time.sleep(0.02)


def remove(folder: Path) -> None:
    """Delete a folder of our own; twice, because a thread may just have written into it."""
    for _ in range(2):
        shutil.rmtree(folder, ignore_errors=True)
