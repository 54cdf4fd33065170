"""init: the first files of a home, by options or questions, and what comes next."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from cli import loading
from cli.output import as_json, complain, say
from domain.calendar import local
from domain.errors import ConfigurationError
from services import backfill, environment_file, init
from services.channel_test import ChannelTest, try_channel
from services.clock import from_environment
from services.environment import DATABASE, HOME, SOURCES
from services.init import Answers, Initialised
from services.init_kept import untaken
from services.radar import Radar
from services.secret import Secret
from services.settings_readiness import Readiness, readiness
from services.wiring import open_radar


def initialise(home: Path | None, given: Answers, *, yes: bool, test_channels: bool, json: bool) -> None:
    """Write the files, check them, try the channels when asked, and say the next steps. Exit 2 for what is missing, wrong, or
    asked for and not taken up; 1 for a channel that refuses."""
    place = init.home_for(home, os.environ)
    answers = _with(given, init.known(place, os.environ))
    ask = not yes and sys.stdin.isatty() and sys.stderr.isatty()
    if ask:
        answers = _asked(place, answers)
    done = init.begin(place, answers)
    environ = _environ(place)
    ready = readiness(place / init.SOURCES, environ)
    tested = _tested(place, environ) if test_channels and not ready.faults else ()
    left = untaken(place, given, done, environ)
    command = _backfill(environ, answers.topic) if init.SOURCES in done.written else ""
    steps = init.next_steps(place, os.environ)
    if json:
        as_json({"home": done.home, "written": done.written, "kept": done.kept, "not_written": left, "faults": ready.faults,
                 "warnings": ready.warnings, "channels": tested, "backfill": command, "next": steps})  # fmt: skip
    else:
        _say(done, ready, tested)
        if command:
            say(f"the last {init.BACKFILL_DAYS} days, quiet, after the first visit: {command}")
            if ask and not ready.faults and typer.confirm("look up what that would cost? it asks the site's lists", err=True):
                _plan(place, environ, answers.topic)
        say("next:")
        for step in steps:
            say(f"  {step}")
    _end(ready, tested, left)


def _with(given: Answers, known: Answers) -> Answers:
    return replace(given, topic=given.topic or init.TOPIC, mail=given.mail or known.mail, slack=given.slack or known.slack)


def _environ(home: Path) -> dict[str, str]:
    """The environment as a command over this home will see it; another home or sources.yaml of this shell does not count."""
    environ = {name: value for name, value in os.environ.items() if name != SOURCES} | {HOME: str(home)}
    return environ | environment_file.complete(environ)


def _asked(home: Path, answers: Answers) -> Answers:
    """Ask for what is missing, on the terminal; what was given as an option is not asked."""
    for option in init.missing(home, answers):
        if option == "--organisation":
            answers = replace(answers, organisation=typer.prompt("your organisation, as papers write it", err=True))
        elif option == "--contact":
            answers = replace(answers, contact=typer.prompt("mail address that stands in every request", err=True))
        elif option == "--mail or --slack":
            answers = replace(answers, mail=_secret("Apprise URL of your mail server, mailtos://... (empty: no mail)"))
            answers = replace(answers, slack=_secret("Apprise URL of Slack, slack://... (empty: no Slack)"))
    if "--to" in init.missing(home, answers):
        said = typer.prompt("who gets the digest? mail addresses, with commas between them", err=True)
        answers = replace(answers, to=tuple(one.strip() for one in said.split(",") if one.strip()))
    return answers


def _secret(question: str) -> Secret:
    return Secret(typer.prompt(question, default="", hide_input=True, show_default=False, err=True).strip())


@contextmanager
def _radar(home: Path, environ: dict[str, str]) -> Iterator[Radar]:
    """The product over an empty archive that goes away: before the first visit there is none, and none is made here."""
    with TemporaryDirectory(prefix="beleidsradar-") as folder:
        away = environ | {DATABASE: f"sqlite:///{Path(folder) / 'none.db'}"}
        radar = open_radar(away, create=True, path=home / init.SOURCES)
        try:
            yield radar
        finally:
            radar.store.close()


def _tested(home: Path, environ: dict[str, str]) -> tuple[ChannelTest, ...]:
    with _radar(home, environ) as radar:
        return tuple(try_channel(radar, name) for name in radar.settings.channels)


def _days(environ: dict[str, str]) -> tuple[date, date]:
    today = local(from_environment(environ).now()).date()
    return today - timedelta(days=init.BACKFILL_DAYS), today


def _backfill(environ: dict[str, str], topic: str) -> str:
    try:
        since, until = _days(environ)
    except ConfigurationError:
        return ""  # a clock that cannot be read is among the faults
    return f"beleidsradar backfill {init.BACKFILL_SOURCE} --topic {topic} --since {since} --until {until}"


def _plan(home: Path, environ: dict[str, str], topic: str) -> None:
    since, until = _days(environ)
    with _radar(home, environ) as radar:
        say(loading.in_words(backfill.plan(radar, backfill.Job(init.BACKFILL_SOURCE, since, until, "", "", topic, ""))))


def _say(done: Initialised, ready: Readiness, tested: tuple[ChannelTest, ...]) -> None:
    for name in done.written:
        say(f"wrote {done.home / name}{' (mode 0600)' if name == environment_file.FILE else ''}")
    for name, how in done.kept.items():
        say(f"kept  {done.home / name} as it stands ({how})")
    for warning in ready.warnings:
        complain(f"warning: {warning}")
    for one in tested:
        say(f"channel {one.channel}: {one.outcome} ({one.code}): {one.said}")


def _end(ready: Readiness, tested: tuple[ChannelTest, ...], left: Mapping[str, str]) -> None:
    for fault in ready.faults:
        complain(str(fault))
    for option, where in left.items():
        complain(f"beleidsradar: {option} was not taken up, what stands there is not replaced; {where}")
    if ready.faults or left:
        raise typer.Exit(2)
    for one in tested:
        if not one.works:
            complain(f"beleidsradar: channel {one.channel} refused the test message; mend {one.variable}")
            raise typer.Exit(1)
