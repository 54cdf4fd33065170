"""Two rows: a first visit and a visit at which everything answers "not modified"; then what a version costs on disk.

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
from pathlib import Path

from benchmarks import diffs, matching, same_day, storage_growth
from benchmarks.standing import Standing
from demo import home, story
from services import watch
from services.radar import Radar
from services.wiring import open_radar, wire

ROOT = Path(__file__).resolve().parents[1]
PAGES = 150
SOURCE = "officielebekendmakingen"


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
            clock = Standing(story.START)
            with_store = open_radar(os.environ, create=True)
            radar = wire(with_store.settings, with_store.store, clock)
            print(f"{'case':<40} {'pages':>6} {'CPU ms/page':>12} {'wall s':>8} {'peak MB':>8}")
            _row("first visit", radar)
            _row("every page again, nothing changed (304)", radar, again=True)
        finally:
            process.terminate()
            process.wait()
    same_day.main()
    storage_growth.main()


def _row(name: str, radar: Radar, *, again: bool = False) -> None:
    before, began = time.process_time(), time.monotonic()
    pages = _look_again(radar) if again else watch.visit(radar, SOURCE).counts["read"]
    cpu, wall = time.process_time() - before, time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<40} {pages:>6} {1000 * cpu / max(pages, 1):>12.2f} {wall:>8.2f} {peak:>8.0f}")


def _look_again(radar: Radar) -> int:
    """Ask for every page that was read, conditionally."""
    visit = watch.begin(radar, SOURCE)
    with radar.store.read() as unit:
        known = [unit.resources.get(key) for key, _ in unit.resources.read_urls(SOURCE)]
    with radar.client(SOURCE) as client:
        for found in known:
            watch.look(radar, found, visit, client)
    closed = watch.close(radar, visit)
    return closed.counts["unchanged"]


if __name__ == "__main__":
    main()
    matching.main()
    diffs.main()
