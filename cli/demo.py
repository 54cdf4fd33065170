"""demo: the week of `demo.story` played on the miniature sites through the real flows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import typer

from cli import demo_output
from cli.curtain import Curtain, end_group, remove
from cli.manifest import Manifest
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
    curtain: Curtain
    quiet: bool


def play(output: Path, *, keep: bool, json: bool) -> None:
    """Play the story and write every digest into `output`; exit 1 when one of the five kinds did not reach the reader.

    Ended from outside (Ctrl-C, SIGTERM, a closed terminal) it ends at once with exit code 130, and everything it started with it.
    """
    manifest = Manifest(output.absolute())
    with Curtain() as curtain:
        curtain.play(partial(_play, curtain, manifest, keep=keep, json=json))


def _play(curtain: Curtain, manifest: Manifest, *, keep: bool, json: bool) -> None:
    outside = dict(os.environ)
    with ExitStack() as stack:
        place = _place(stack, curtain)
        sites = stack.enter_context(Miniature(story.START))
        stage = Stage(sites, stack.enter_context(MailSink()), stack.enter_context(SlackSink()), place, curtain, json)
        _strangers(stage, manifest)
        _tell(stage, "starting three miniature sites, a mail server, a Slack webhook and a Prefect server on 127.0.0.1")
        engine = stack.enter_context(_engine(stage, manifest.new(demo_output.ENGINE_LOG)))
        for step in story.STEPS:
            _step(stage, step)
        from flows.wiring import radar

        written = demo_output.write(radar(), stage.mail.messages, stage.slack.messages, manifest)
        missing = demo_output.missing_kinds(stage.mail.messages, stage.slack.messages)
        if json:
            dashboard = engine.url if keep else ""
            as_json({"output": str(manifest.folder), "files": written, "missing": missing, "dashboard": dashboard})
        else:
            _ending(manifest.folder, written, outside)
        for what in missing:
            complain(f"beleidsradar: the story has failed: {what}")
        if keep:
            _keep(stage, engine)
        if missing:
            raise typer.Exit(1)


def _place(stack: ExitStack, curtain: Curtain) -> Path:
    """A folder for the home and the server's files, that is gone afterwards whatever happens."""
    with curtain.held():
        place = Path(tempfile.mkdtemp(prefix="beleidsradar-demo-"))
        curtain.add(partial(remove, place))
        stack.callback(remove, place)
    return place


def _strangers(stage: Stage, manifest: Manifest) -> None:
    """Say that files stay which the demo did not write."""
    found = manifest.foreign
    if found:
        some = ", ".join(found[:3]) + (", ..." if len(found) > 3 else "")
        _tell(stage, f"left alone in {manifest.folder}, because the demo did not write it: {some}")


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
    with stage.curtain.held():
        started = server.start(values, log)
        stage.curtain.add(partial(end_group, started.process))
    try:
        from flows import logs

        logs.to_file(log)
        server.wait(started, log)
        try:
            yield started
        finally:
            logs.drain()  # also when the story broke off: without a server Prefect complains of every line that is left
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
    with stage.curtain.held():
        child = subprocess.Popen(
            [sys.executable, "-m", "cli", "run", *step.sources],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        ending = partial(end_group, child)
        stage.curtain.add(ending)
    try:
        end = time.monotonic() + PATIENCE
        while not stage.sites.held and time.monotonic() < end:
            if child.poll() is not None:
                raise AssertionError("the visit that should be killed ended by itself")
            time.sleep(0.05)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        stage.curtain.drop(ending)
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


def _ending(output: Path, written: Sequence[str], outside: Mapping[str, str]) -> None:
    say()
    say(demo_output.last_text(output, written))
    say()
    say(f"Every digest as mail, page, text and Slack message: {output / 'index.html'}")
    say("Three commands to try:")
    for command in demo_output.commands(output, sys.argv[0], outside):
        say(f"  {command}")
    sys.stdout.flush()


def _keep(stage: Stage, engine: server.Server) -> None:
    _tell(stage, f"dashboard {engine.url}, sites on {stage.sites.address}; Ctrl-C ends both")
    while True:
        time.sleep(1)
