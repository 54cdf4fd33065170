"""Backfills killed with -9 at random points: the same archive as without, nobody told, and what is live told exactly once."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo import story
from demo.clock import TurnableClock
from demo.koop import sites as koop
from demo.making.offices import EZK
from demo.making.parliament import letter
from demo.paper import Paper
from services import backfill as loading
from services import digest as making
from services import watch
from services.backfill import Job
from services.clock import from_environment
from services.deliver import deliver_due
from services.environment import CLOCK

OFFICIAL = "officielebekendmakingen"
FIRST = date(1995, 1, 2)


def old_papers(count: int) -> list[Paper]:
    """Letters of the past, two a day; every tenth speaks of the topic."""
    papers = []
    for number in range(count):
        day = FIRST + timedelta(days=number // 2)
        word = "procesinnovatie" if number % 10 == 0 else "waterbeheer"
        papers.append(
            letter(
                f"kst-{20000 + number // 100}-{number % 100 + 1}",
                f"{day} 12:00",
                [(str(20000 + number // 100), "Ruimtevaartbeleid")],
                f"Voortgang van {word}, deel {number}",
                EZK,
                [f"Deel {number} van de voortgang van {word} is gereed.", f"Het kost {number + 7} euro."],
            )
        )
    return papers


def live_papers(count: int) -> list[Paper]:
    """Letters that appear after watching began, ten minutes apart."""
    begin = story.START + timedelta(minutes=30)
    return [
        letter(
            f"kst-32637-{500 + number}",
            f"{begin + timedelta(minutes=10 * number):%Y-%m-%d %H:%M}",
            [("32637", "Bedrijfslevenbeleid")],
            f"Kabinetsaanpak procesinnovatie in sector {number}",
            EZK,
            [f"Procesinnovatie in sector {number} wordt versterkt met {number + 3} miljoen euro."],
        )
        for number in range(count)
    ]


class Killed(BaseException):
    """The end of a process, at a point between two statements."""


class Mortal:
    """A store whose process ends at a certain transaction: before it begins, or before it is committed. Nothing works after."""

    def __init__(self, store: Any, life: int) -> None:
        self._store = store
        self._life = life

    @contextmanager
    def begin(self) -> Iterator[Any]:
        self._life -= 1
        if self._life <= 0 and self._life % 2:
            raise Killed
        with self._store.begin() as unit:
            yield unit
            if self._life <= 0:
                raise Killed

    def __getattr__(self, name: str) -> Any:
        if self._life <= 0:
            raise Killed
        return getattr(self._store, name)


def finish(radar: Any, job: Job) -> None:
    for _ in loading.run(radar, job):
        pass


def told(radar: Any) -> list[str]:
    """The addresses of everything that issues of the morning digest told or counted, once for every time."""
    with radar.store.read() as unit:
        claims = [claim for run in unit.issues.runs("ochtend") for claim in unit.issues.claimed(run.id)]
        return sorted(unit.resources.get(unit.events.get(claim.event_id).resource_id).url for claim in claims)


def urls_of(papers: Sequence[Paper]) -> list[str]:
    return sorted(f"https://zoek.officielebekendmakingen.nl/{paper.id}.html" for paper in papers)


def content(radar: Any) -> str:
    with radar.store.read() as unit:
        return str(unit.content_hash())


def morning(world: Any, radar: Any) -> None:
    """The digest of Monday."""
    world.sites.turn(story._at(6, "07:30"))
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)


def test_killed_three_times(make_world: Any) -> None:
    old, live = old_papers(12), live_papers(2)
    job = Job(OFFICIAL, FIRST, FIRST + timedelta(days=6))
    seen = []
    chance = random.Random(480)
    for lives in ([], [chance.randrange(4, 14) for _ in range(3)]):
        world = make_world(f"killed{len(lives)}", [*old, *live])
        radar = world.radar()
        watch.visit(radar, OFFICIAL)
        world.sites.turn(story._at(3, "18:00"))
        for number, life in enumerate(lives):
            dead = f"{socket.gethostname()}:{2**22 + number}:1"
            with pytest.raises(Killed):
                finish(replace(radar, store=Mortal(radar.store, life), holder=dead), job)
            watch.visit(radar, OFFICIAL)
        finish(radar, job)
        watch.visit(radar, OFFICIAL)
        morning(world, radar)
        assert told(radar) == urls_of(live)
        assert len(world.mail.messages) == 1  # the digest of Monday
        assert not any(b"kst-20000" in raw for _, raw in world.mail.messages)
        seen.append(content(radar))
    assert seen[0] == seen[1]


NURSERY = """
import os, random, signal, sys, time
from datetime import date
from services import backfill as loading
from services.wiring import open_radar

job = loading.Job("officielebekendmakingen", date.fromisoformat(sys.argv[1]), date.fromisoformat(sys.argv[2]))
kills, papers = int(sys.argv[3]), int(sys.argv[4])
chance = random.Random(480)

def live(progress):
    for step in loading.run(open_radar(os.environ, create=False), job):
        os.write(progress, b".")
    os._exit(0)

done = 0
while True:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            live(writing)
        except BaseException as error:
            print("died of", repr(error), file=sys.stderr, flush=True)
            os._exit(3)
    os.close(writing)
    if done < kills:
        wanted = chance.randrange(0, 4 * papers // (3 * kills + 3))
        while wanted > 0 and (said := os.read(reading, wanted)):
            wanted -= len(said)
        time.sleep(chance.uniform(0, 0.2))
        os.kill(child, signal.SIGKILL)
    else:
        while os.read(reading, 65536):
            pass
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        done += 1
    elif os.WEXITSTATUS(status):
        sys.exit(3)
    elif done == kills:
        break
    else:
        sys.exit(4)
print(done, flush=True)
"""


def nursery(world: Any, job: Job, kills: int, papers: int) -> subprocess.Popen[str]:
    """A process that does a backfill by children, and kills so many of them."""
    return subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(job.since), str(job.until), str(kills), str(papers)],
        env={**os.environ, **world.environment},
        cwd=world.root,
        stdout=subprocess.PIPE,
        text=True,
    )


class OnFile(TurnableClock):
    """The clock of those processes for the miniature and for live visits too: who asks a host holds all to its rate by this
    clock. It only goes forwards."""

    def __init__(self, file: Path) -> None:
        self._clock = from_environment({CLOCK: str(file)})
        super().__init__(self._clock.now())

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self._clock.now()

    def turn(self, to: datetime) -> datetime:
        """Forwards to a moment, if it lies ahead."""
        return self.sleep(max(0.0, (to - self.now).total_seconds()))

    def sleep(self, seconds: float) -> datetime:
        """Forwards by so many seconds."""
        self._clock.sleep(seconds)
        return self.now


def only_letters(world: Any) -> None:
    """One question a window in the place of five."""
    sources = world.home / "sources.yaml"
    text = sources.read_text()
    every = "kinds: [kamerstukken, kamervragen, antwoorden, staatscourant, staatsblad]"
    assert every in text
    sources.write_text(text.replace(every, "kinds: [kamerstukken]"))


@pytest.mark.torture
def test_killed_a_hundred_times(make_world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count, kills = (int(os.environ.get(name, default)) for name, default in (("PAPERS", "10000"), ("KILLS", "100")))
    old, live = old_papers(count), live_papers(10)
    job = Job(OFFICIAL, FIRST, FIRST + timedelta(days=count // 2))
    index, known = koop.index, {}  # the miniature indexes every paper for every question: ten thousand are a second
    monkeypatch.setattr(koop, "index", lambda one: known.get(one.id) or known.setdefault(one.id, index(one)))
    worlds = [make_world(name, [*old, *live]) for name in ("undisturbed", "killed")]
    for world in worlds:
        only_letters(world)
    begun = time.monotonic()
    work = []
    for world, lives in zip(worlds, (0, kills), strict=True):
        clock = tmp_path / f"clock{lives}"
        clock.write_text(story.START.astimezone(UTC).isoformat())
        world.environment["BELEIDSRADAR_CLOCK"] = str(clock)
        world.sites._front.clock = OnFile(clock)
        watch.visit(world.radar(), OFFICIAL)
        work.append(nursery(world, job, lives, count))
    shown = 0
    for process, world in zip(work, worlds, strict=True):
        radar = world.radar()
        while process.poll() is None:
            time.sleep(2)
            with radar.store.read() as unit:
                left, done = len(unit.windows.under_way(OFFICIAL, job.name)), len(unit.windows.done(OFFICIAL, job.name))
            share = done / max(1, left + done)
            for other in worlds:
                other.sites.turn(story.START + timedelta(minutes=25 + 10 * min(10.0, share * 11)))
            shown += 1
            watch.visit(radar, OFFICIAL)
        print(f"{world.home.name}: {process.communicate()[0].strip()} kills, {time.monotonic() - begun:.0f} s")
        assert process.returncode == 0
    seen = []
    for world in worlds:
        radar = world.radar()
        world.sites.turn(story.START + timedelta(hours=3))
        watch.visit(radar, OFFICIAL)
        morning(world, radar)
        assert told(radar) == urls_of(live)
        assert not any(b"kst-2" in raw for _, raw in world.mail.messages)
        assert len(world.mail.messages) == 1
        with radar.store.read() as unit:
            read = [one for one in unit.resources.all(OFFICIAL) if one.checked is not None]
        assert len(read) == count + 10
        seen.append(content(radar))
    print(f"content hashes {seen}, {shown} live visits, {time.monotonic() - begun:.0f} s")
    assert seen[0] == seen[1]
