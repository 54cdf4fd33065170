"""Three processes on one PostgreSQL database share a backfill; one is killed; the site is asked no faster than its rate."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo import story
from demo.clock import TurnableClock
from demo.making.offices import EZK
from demo.making.parliament import letter
from services import backfill as loading
from services.backfill import Job
from storage import migrate
from storage.unit_of_work import Store

pytestmark = [pytest.mark.torture, pytest.mark.postgres]

OFFICIAL = "officielebekendmakingen"
JOB = Job(OFFICIAL, date(2020, 1, 6), date(2020, 3, 29))
RATE = 3.0
SPEED = 20
"""So many seconds on the clock of this story in a real one: the polite rate of three seconds is 150 ms."""

WORKER = """
import os, sys, time
from datetime import date, datetime, timedelta
from pathlib import Path
from services import backfill as loading
from services.settings import load
from services.wiring import wire
from storage.unit_of_work import Store

begun, start, speed = float(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])

class Fast:
    def now(self):
        return start + timedelta(seconds=(time.time() - begun) * speed)

    def sleep(self, seconds):
        time.sleep(seconds / speed)

settings = load(Path(os.environ["BELEIDSRADAR_SOURCES"]), os.environ)
radar = wire(settings, Store(settings.database_url.reveal()), Fast())
job = loading.Job("officielebekendmakingen", date.fromisoformat(sys.argv[4]), date.fromisoformat(sys.argv[5]))
for step in loading.run(radar, job):
    print(step.papers_done > 0, flush=True)
"""


class Fast(TurnableClock):
    """The clock of the workers, for the miniature."""

    def __init__(self, begun: float) -> None:
        super().__init__(story.START)
        self._begun = begun

    @property
    def now(self) -> datetime:
        """The present moment."""
        return super().now + timedelta(seconds=(time.time() - self._begun) * SPEED)


@pytest.fixture
def database() -> Iterator[str]:
    """A PostgreSQL server of this test, on a socket in a folder of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        pytest.skip("PostgreSQL's binaries are not on this machine")
    binaries = found[0] if found else Path(str(on_path)).parent
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def call(*command: str) -> None:
        subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    with tempfile.TemporaryDirectory(prefix="radar-pg-") as folder:
        if prefix:
            shutil.chown(folder, "postgres")
        call(str(binaries / "initdb"), "-D", f"{folder}/data", "-U", "radar", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        call(str(binaries / "pg_ctl"), "-D", f"{folder}/data", "-o", options, "-w", "-l", f"{folder}/log", "start")
        try:
            yield f"postgresql+psycopg://radar@/postgres?host={folder}"
        finally:
            call(str(binaries / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")


def test_three_share_a_backfill_and_one_is_killed(make_world: Any, database: str) -> None:
    papers = [
        letter(
            f"kst-24446-{number + 1}",
            f"{JOB.since + timedelta(days=number)} 12:00",
            [("24446", "Ruimtevaartbeleid")],
            f"Voortgang van procesinnovatie, deel {number}",
            EZK,
            [f"Deel {number} van de procesinnovatie is gereed.", f"Het kost {number + 7} euro."],
        )
        for number in range(84)
    ]
    alone = make_world("alone", papers).radar()
    for _ in loading.run(alone, JOB):
        pass
    world = make_world("shared", papers)
    world.environment["BELEIDSRADAR_DATABASE_URL"] = database
    store = Store(database)
    migrate.upgrade(store)
    begun = time.time()
    world.sites._front.clock = Fast(begun)
    arguments = [sys.executable, "-c", WORKER, str(begun), story.START.isoformat(), str(SPEED), str(JOB.since), str(JOB.until)]
    workers = [
        subprocess.Popen(arguments, env={**os.environ, **world.environment}, cwd=world.root, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    first = workers[0]
    assert first.stdout is not None
    for _ in range(5):
        first.stdout.readline()
    first.send_signal(signal.SIGKILL)
    read = [worker.communicate(timeout=400)[0].count("True") for worker in workers]
    assert [worker.returncode for worker in workers] == [-signal.SIGKILL, 0, 0]
    assert min(read[1:]) > 0
    with store.read() as unit, alone.store.read() as other:
        assert unit.windows.left(OFFICIAL, JOB.name) == 0
        assert unit.content_hash() == other.content_hash()
        assert [event.release.value for event in unit.events.quiet()] == ["quiet"] * len(papers)
        assert unit.issues.waiting("ochtend") == ()
    asked = sorted(one.at for one in world.sites.requests if one.host.startswith("zoek"))
    whole = (asked[-1] - asked[0]).total_seconds()
    assert len(asked) - 1 <= whole / RATE + 1
    for begin, end in zip(asked, asked[20:], strict=False):  # a request of each worker may be under way
        assert (end - begin).total_seconds() >= (20 - 3) * RATE
    papers_asked = [one.path for one in world.sites.requests if one.path.startswith("/kst")]
    print(f"read by each {read}, {len(asked)} requests in {whole:.0f} s of their clock, {len(papers_asked)} for papers")
    store.close()
    assert len(papers_asked) <= 2 * len(papers) + 2  # at most the paper that the killed one had in hand is asked twice
