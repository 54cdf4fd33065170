"""The product wired to the miniature sites and the sinks, without Prefect."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo import home, story
from demo.paper import Paper
from demo.sinks import MailSink, SlackSink
from demo.sites import Miniature
from services.radar import Radar
from services.wiring import open_radar


@dataclass
class World:
    """The miniature, the sinks, and the environment that leads to them."""

    sites: Miniature
    mail: MailSink
    slack: SlackSink
    home: Path
    environment: dict[str, str]
    root: Path

    def radar(self) -> Radar:
        """The product as a new process would see it, with the miniature's clock at hand instead of behind its address: a visit
        looks at the clock six times a request."""
        radar = open_radar({**self.environment}, create=True)
        at_hand = {"now": lambda: self.sites.now, "sleep": self.sites.sleep}
        vars(radar.clock).update(at_hand)
        return radar

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        """`beleidsradar` in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "cli", *arguments],
            env={**os.environ, **self.environment},
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def done(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`beleidsradar`, run to its end."""
        process = self.command(*arguments)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.fixture
def make_world(tmp_path: Path, root: Path) -> Iterator[Callable[..., World]]:
    """Worlds with a home of their own each, all at the start of the story."""
    open_worlds: list[World] = []

    def make(name: str = "home", papers: Sequence[Paper] | None = None) -> World:
        sites = Miniature(story.START, papers).__enter__()
        mail = MailSink().__enter__()
        slack = SlackSink().__enter__()
        place = tmp_path / name
        sources = home.furnish(place, root / "topics")
        environment = home.environment(place, sources, sites.connect, sites.clock_url, mail.address, slack.address)
        world = World(sites, mail, slack, place, environment, root)
        open_worlds.append(world)
        return world

    yield make
    for world in open_worlds:
        world.slack.__exit__(None, None, None)
        world.mail.__exit__(None, None, None)
        world.sites.__exit__(None, None, None)


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """One world."""
    return make_world("home")
