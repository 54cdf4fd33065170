"""The demo, ended from outside: at once, exit 130, no word, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

AT_ONCE = 5.0


def _left(place: Path) -> list[str]:
    """Processes whose environment leads into the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(place) in (entry / "environ").read_bytes() and entry.name != str(os.getpid()):
                found.append((entry / "cmdline").read_text(encoding="utf-8").replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.mark.prefect
@pytest.mark.parametrize(
    ("until", "number", "group", "times"),
    [
        ("starting three miniature sites", signal.SIGINT, True, 1),
        pytest.param("first look at the three sites", signal.SIGINT, True, 3, marks=pytest.mark.torture),
        pytest.param("the Startdossier", signal.SIGTERM, False, 2, marks=pytest.mark.torture),
    ],
)
def test_the_demo_ends_at_once(root: Path, tmp_path: Path, until: str, number: signal.Signals, group: bool, times: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "demo", "--output", str(tmp_path / "out")],
        cwd=root,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if until in line:
                break
        time.sleep(0.3)
        begin = time.monotonic()
        for _ in range(times):
            if process.poll() is None:
                (os.killpg if group else os.kill)(process.pid, number)
                time.sleep(0.05)
        _, err = process.communicate(timeout=30)
        assert time.monotonic() - begin < AT_ONCE
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert (process.returncode, err) == (130, "")
    assert list(tmp_path.glob("beleidsradar-demo-*")) == []
    assert _left(tmp_path) == []


def test_a_signal_waits_while_something_is_started(root: Path, tmp_path: Path) -> None:
    """What is being started when the signal comes is ended with the rest, newest first, whatever an act raises."""
    program = f"""
import os, signal, subprocess, sys
from pathlib import Path
from cli.curtain import Curtain
place = Path({str(tmp_path)!r})
def note(word):
    with (place / "log").open("a") as log:
        log.write(word + "\\n")
def fails():
    raise OSError("x")
child = subprocess.Popen(["sleep", "60"])
note(str(child.pid))
with Curtain() as curtain:
    curtain.add(lambda: note("first"))
    curtain.add(fails)
    with curtain.held():
        os.kill(os.getpid(), signal.SIGTERM)
        note("still here")
        curtain.add(lambda: note("second"))
    note("never")
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (130, "")
    child, *words = (tmp_path / "log").read_text(encoding="utf-8").split()
    assert words == ["still", "here", "second", "first"]
    end = time.monotonic() + 5  # a killed process is gone soon, not at once
    while _lives(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _lives(child)


def _lives(process: int | str) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
