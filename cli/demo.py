"""demo: the week of `demo.story` played on the miniature sites through the real flows."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import typer

from cli import demo_output
from cli.output import as_json, complain, say
from demo import home, story
from demo.sinks import MailSink, SlackSink
from demo.sites import Miniature
from demo.story import Act, Step
from domain.calendar import day_and_time
from flows import server

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything the story is played on."""

    sites: Miniature
    mail: MailSink
    slack: SlackSink
    home: Path
    quiet: bool


def play(output: Path, *, keep: bool, json: bool) -> None:
    """Play the story and write every digest into `output`; exit 1 when one of the five kinds did not reach the reader."""
    output = output.absolute()
    signal.signal(signal.SIGTERM, _interrupt)  # ended from outside, the servers it started end too
    demo_output.clear(output)
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="beleidsradar-demo-")))
        sites = stack.enter_context(Miniature(story.START))
        stage = Stage(sites, stack.enter_context(MailSink()), stack.enter_context(SlackSink()), place, json)
        log = output / "engine.log"
        _tell(stage, "starting three miniature sites, a mail server, a Slack webhook and a Prefect server on 127.0.0.1")
        engine = stack.enter_context(_engine(stage, log))
        for step in story.STEPS:
            _step(stage, step)
        from flows.wiring import radar

        written = demo_output.write(radar(), sites, stage.mail.messages, stage.slack.messages, output)
        missing = demo_output.missing_kinds(stage.mail.messages, stage.slack.messages)
        if json:
            as_json({"output": str(output), "files": written, "missing": missing, "dashboard": engine.url if keep else ""})
        else:
            _ending(output, missing)
        for what in missing:
            complain(f"beleidsradar: the story has failed: {what}")
        if keep:
            _keep(stage, engine)
        if missing:
            raise typer.Exit(1)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _engine(stage: Stage, log: Path) -> Iterator[server.Server]:
    """The environment of the demo, and a Prefect server whose words, with those of the flows, go to a file."""
    sources = home.furnish(stage.home / "home", ROOT / "topics")
    values = home.environment(
        stage.home / "home", sources, stage.sites.connect, stage.sites.clock_url, stage.mail.address, stage.slack.address
    )
    values |= server.environment(server.free_port(), stage.home / "prefect", heartbeat=None)
    (stage.home / "prefect").mkdir()
    os.environ.update(values)  # before Prefect is imported: it reads its settings once
    started = server.start(values, log)
    try:
        from flows import logs

        logs.to_file(log)
        server.wait(started, log)
        yield started
        logs.drain()
    finally:
        started.stop()


def _step(stage: Stage, step: Step) -> None:
    if step.at > stage.sites.now:
        stage.sites.turn(step.at)
    _tell(stage, f"{day_and_time(step.at)}  {step.words}")
    from flows.digests import send_digests
    from flows.watch import watch_source

    if step.act is Act.VISIT:
        for source in step.sources:
            watch_source(source, even_if_not_due=True)
    elif step.act is Act.SEND:
        before = len(stage.mail.messages)
        send_digests()
        _show_first(stage, before)
    elif step.act is Act.FREEZE:
        stage.sites.fault(step.host, frozen=True)
    elif step.act is Act.MEND:
        stage.sites.mend(step.host)
    elif step.act is Act.REFUSE:
        stage.mail.refuse(story.RECIPIENT, 451, 1)
    elif step.act is Act.KILL:
        _kill(stage, step)


def _kill(stage: Stage, step: Step) -> None:
    """Start a visit in a process of its own, let it hang on its second paper, and kill it with -9."""
    stage.sites.clear_requests()
    stage.sites.fault(step.host, delay=PATIENCE, path="/ah-tk-")
    child = subprocess.Popen(
        [sys.executable, "-m", "cli", "run", *step.sources], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + PATIENCE
        while not stage.sites.held and time.monotonic() < end:
            if child.poll() is not None:
                raise AssertionError("the visit that should be killed ended by itself")
            time.sleep(0.05)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        stage.sites.mend(step.host)


def _show_first(stage: Stage, before: int) -> None:
    """Print the first digest as soon as it has arrived."""
    if before == 0 and stage.mail.messages and not stage.quiet:
        say()
        say(demo_output.text_of(stage.mail.messages[0][1]))
        say()


def _tell(stage: Stage, text: str) -> None:
    if not stage.quiet:
        say(text)
        sys.stdout.flush()


def _ending(output: Path, missing: tuple[str, ...]) -> None:
    say()
    say(demo_output.last_text(output))
    say()
    say(f"Every digest as mail, page, text and Slack message: {output / 'index.html'}")
    database = output / "archive" / "sources.yaml"
    say("Three commands to try:")
    for command in ("why kst-32637-480", "diff rvo:wbso", "show kst-32637-480"):
        say(f"  BELEIDSRADAR_SOURCES={database} {sys.argv[0]} {command}")
    if missing:
        say()


def _keep(stage: Stage, engine: server.Server) -> None:
    _tell(stage, f"dashboard {engine.url}, sites on {stage.sites.address}; Ctrl-C ends both")
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        logging.getLogger(__name__).info("ended by the onlooker")
    finally:
        shutil.rmtree(stage.home / "prefect", ignore_errors=True)
