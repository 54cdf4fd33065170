"""A home with the miniature behind it, and the command line as a function of its arguments."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.main import run_command
from demo import home, story
from demo.sinks import MailSink, SlackSink
from demo.sites import Miniature
from services import deliver, digest, watch
from services.environment import CLOCK, CONNECT, DATABASE, HOME, SOURCES
from services.wiring import open_radar

CHANNELS = ("BELEIDSRADAR_CHANNEL_MAIL", "BELEIDSRADAR_CHANNEL_SLACK")


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it should be."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """Standard error, a line each."""
        return self.err.splitlines()


Run = Callable[..., Said]


@dataclass(frozen=True)
class Played:
    """The end of a short week: where its archive lies, and what arrived."""

    sites: Miniature
    mail: MailSink
    slack: SlackSink
    home: Path
    environment: dict[str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`beleidsradar ARGUMENTS` in an empty environment and folder."""
    for name in (HOME, SOURCES, DATABASE, CLOCK, CONNECT, *CHANNELS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        code = run_command(list(arguments))
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Played]:
    """First look, Startdossier, everything of the week in one visit, and the digest of Friday; engine-free."""
    place = tmp_path_factory.mktemp("played") / "home"
    with Miniature(story.START) as sites, MailSink() as mail, SlackSink() as slack:
        sources = home.furnish(place, root / "topics")
        environment = home.environment(place, sources, sites.connect, sites.clock_url, mail.address, slack.address)
        radar = open_radar(environment, create=True)
        for day, visit, send in ((3, "15:00", "15:30"), (10, "07:15", "07:30")):
            sites.turn(story._at(day, visit))
            for source in story.EVERY_SITE:
                watch.visit(radar, source)
            sites.turn(story._at(day, send))
            for due in digest.due_digests(radar):
                digest.make(radar, due)
            deliver.deliver_due(radar)
        radar.store.close()
        yield Played(sites, mail, slack, place, environment)


@pytest.fixture
def archive(played: Played, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the played home, and the environment that leads there; channels are not set."""
    place = tmp_path / "home"
    shutil.copytree(played.home, place)
    monkeypatch.setenv(HOME, str(place))
    monkeypatch.setenv(CLOCK, played.environment[CLOCK])
    monkeypatch.setenv(CONNECT, played.environment[CONNECT])
    return place


@pytest.fixture
def fresh(run: Run, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with settings and no archive."""
    place = tmp_path / "fresh"
    home.furnish(place, root / "topics")
    monkeypatch.setenv(HOME, str(place))
    return place
