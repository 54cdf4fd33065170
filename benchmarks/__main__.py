"""Two rows: a first visit and a visit at which everything answers "not modified".

CPU seconds of this process per page, the number that does not depend on a polite rate (the miniature's clock waits for nothing).
The miniature runs in a process of its own, so that its work is not counted.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from demo import home
from services import watch
from services.radar import Radar
from services.wiring import open_radar

ROOT = Path(__file__).resolve().parents[1]
PAGES = 300


def main() -> None:
    """Print a row a case: pages, CPU milliseconds a page, wall seconds, peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.site", str(PAGES)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            place = Path(folder)
            sources = home.furnish(place, ROOT / "topics")
            environment = home.environment(place, sources, told["connect"], told["clock"], ("127.0.0.1", 9), "127.0.0.1:9")
            os.environ.update(environment)
            radar = open_radar(os.environ, create=True)
            print(f"{'case':<34} {'pages':>6} {'CPU ms/page':>12} {'wall s':>8} {'peak MB':>8}")
            _row("first visit", radar)
            _row("again, nothing changed (304)", radar, turn=told["clock"])
        finally:
            process.terminate()
            process.wait()


def _row(name: str, radar: Radar, turn: str = "") -> None:
    if turn:  # a day later, so that the rotating sample has something to ask
        request = urllib.request.Request(f"{turn}/sleep?seconds=90000", method="POST")
        urllib.request.urlopen(request).close()
    before, began = time.process_time(), time.monotonic()
    visit = watch.visit(radar, "officielebekendmakingen")
    cpu, wall = time.process_time() - before, time.monotonic() - began
    pages = visit.counts.get("read", 0) + visit.counts.get("unchanged", 0) or visit.counts.get("listed", 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<34} {pages:>6} {1000 * cpu / max(pages, 1):>12.2f} {wall:>8.2f} {peak:>8.0f}")


if __name__ == "__main__":
    main()
