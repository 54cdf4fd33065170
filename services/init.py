"""The first files of a home: sources.yaml, a topic pack of one's own, the environment file. Nothing that is there is replaced.

Everything is checked before anything is written, so that a wrong answer leaves no half home behind.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from domain.errors import StorageError, UsageError
from notifications.channels import validate
from services import environment, environment_file, settings_template
from services.packs import display
from services.secret import Secret, looks_secret
from services.settings_model import Mail, Name, Text
from services.settings_template import MAIL, SLACK

SOURCES = "sources.yaml"
SCHEMA = "sources.schema.json"
TOPIC = "procesinnovatie"
"""The pack that a new home extends when nobody names another."""

BACKFILL_DAYS = 90
BACKFILL_SOURCE = "officielebekendmakingen"
"""The source with a searchable past: a backfill of the others is of single papers."""

SHIPPED = Path(__file__).resolve().parents[1]
"""Where the product's own files lie: packs and schema."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody said; "" or () is no answer. `mail` and `slack` are Apprise URLs: secrets, in no `repr` and no message."""

    organisation: str = ""
    contact: str = ""
    topic: str = TOPIC
    to: tuple[str, ...] = ()
    mail: Secret = field(default=Secret(""))
    slack: Secret = field(default=Secret(""))


@dataclass(frozen=True, slots=True)
class Initialised:
    """The home, what was written and what stood there already (name: how it stands)."""

    home: Path
    written: tuple[str, ...]
    kept: Mapping[str, str]


def home_for(named: Path | None, environ: Mapping[str, str]) -> Path:
    """The home to begin: the one named, else BELEIDSRADAR_HOME, else the current folder.

    Raises UsageError for the folder of the product itself, where an update would meet the team's files, and for a file.
    """
    home = (named or Path(environ.get(environment.HOME) or ".")).expanduser().absolute()
    if home == SHIPPED:
        raise UsageError("--home: this is the folder of the product; name one of your own, such as --home ../radar")
    if home.exists() and not home.is_dir():
        raise UsageError(f"--home: {home} is a file; name a folder")
    return home


def known(home: Path, environ: Mapping[str, str]) -> Answers:
    """The channels that the environment or the home's own file already holds. Raises ConfigurationError for a wrong file."""
    found = {**environment_file.read(home / environment_file.FILE), **{k: v for k, v in environ.items() if v}}
    return Answers(mail=Secret(found.get(MAIL, "")), slack=Secret(found.get(SLACK, "")))


def missing(home: Path, answers: Answers) -> tuple[str, ...]:
    """The options without which the files that are not there yet cannot be written, in the order of asking."""
    if (home / SOURCES).exists():
        return ()
    wanted = {
        "--organisation": answers.organisation,
        "--contact": answers.contact,
        "--mail or --slack": answers.mail or answers.slack,
    }
    if answers.mail:
        wanted["--to"] = answers.to
    return tuple(name for name, value in wanted.items() if not value)


def begin(home: Path, answers: Answers) -> Initialised:
    """Write what is not there. Raises UsageError with the option that is wrong, StorageError when the home cannot be written."""
    if lacking := missing(home, answers):
        raise UsageError(f"missing: {', '.join(lacking)}; give them, or run `beleidsradar init` on a terminal to be asked")
    files = _files(home, answers)
    kept = {name: _standing(home / name) for name in files if os.path.lexists(home / name)}
    written = [name for name in files if name not in kept]
    try:
        home.mkdir(parents=True, exist_ok=True)
        for name in written:
            _write(home / name, *files[name])
    except OSError as error:
        raise StorageError(f"{home} cannot be written: {(error.strerror or type(error).__name__).lower()}") from error
    return Initialised(home, tuple(written), kept)


def _files(home: Path, answers: Answers) -> dict[str, tuple[str, int]]:
    """Every file with its text and mode; sources.yaml last, so that a home that has it is whole."""
    fresh = not (home / SOURCES).exists()
    if fresh:
        _check(answers)
    topic = _valid(Name, answers.topic, "--topic", "begin with a letter; small letters, digits and hyphens")
    shipped = SHIPPED / "topics" / f"{topic}.yaml"
    if fresh and not shipped.is_file():
        names = sorted(one.stem for one in (SHIPPED / "topics").glob("*.yaml"))
        raise UsageError(f"--topic: there is no pack {topic!r}; shipped are {', '.join(names) or 'none'}")
    channels = ((MAIL, answers.mail, "--mail"), (SLACK, answers.slack, "--slack"))
    lines = [_variable(variable, url, option) for variable, url, option in channels if url]
    files = {environment_file.FILE: (settings_template.variables(lines), environment_file.MODE)}
    if fresh:
        files[f"topics/{topic}.yaml"] = (settings_template.pack_yaml(topic, str(shipped)), 0o644)
    if (SHIPPED / SCHEMA).is_file():
        files[SCHEMA] = ((SHIPPED / SCHEMA).read_text(encoding="utf-8"), 0o644)
    files[SOURCES] = (_sources(answers) if fresh else "", 0o644)
    return files


def _sources(answers: Answers) -> str:
    return settings_template.sources_yaml(
        organisation=answers.organisation.strip(),
        contact=answers.contact,
        topic=answers.topic,
        mail=bool(answers.mail),
        slack=bool(answers.slack),
        to=answers.to,
    )


def _check(answers: Answers) -> None:
    name = answers.organisation.strip()
    _valid(Text, name, "--organisation", "write your name as papers write it")
    if looks_secret(name) or not name.isprintable():
        raise UsageError("--organisation: this is no name; write your name as papers write it")
    _valid(Mail, answers.contact, "--contact", "write one mail address")
    for address in answers.to:
        _valid(Mail, address, "--to", "write one mail address each time")
    if len({address.casefold() for address in answers.to}) < len(answers.to):
        raise UsageError("--to: an address stands there twice; keep one of the two")


def _valid(kind: Any, value: str, option: str, hint: str) -> str:
    """The value. Raises UsageError that does not repeat it: it may be an address."""
    adapter: TypeAdapter[str] = TypeAdapter(kind)
    try:
        return adapter.validate_python(value, strict=True)
    except ValidationError:
        raise UsageError(f"{option}: this will not do; {hint}") from None


def _variable(variable: str, url: Secret, option: str) -> str:
    """The line of the environment file. Raises UsageError for a URL that could not be sent by, without repeating it."""
    _, what, hint = environment.channel_url(variable, {variable: url.reveal()})
    if what:
        raise UsageError(f"{option}: {what.removeprefix('the ')} ({hint})")
    mail = environment.is_mail("", url)
    if mail != (variable == MAIL):
        raise UsageError(f"{option}: this is {'' if mail else 'no '}mail; --mail takes mailtos://, --slack slack://")
    if reason := validate(url.reveal()):
        raise UsageError(f"{option}: the URL cannot be used: {reason}; see the page of that service in the Apprise manual")
    try:
        return environment_file.line(variable, url.reveal())
    except ValueError as error:
        raise UsageError(f"{option}: {error}; write ' as %27") from None


def _write(file: Path, text: str, mode: int) -> None:
    """A new file, whole or not at all; one that appeared meanwhile is left alone (FileExistsError)."""
    file.parent.mkdir(exist_ok=True)
    # Narrow from its first moment, not made narrow after others could have opened it.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            os.fchmod(out.fileno(), mode)
            out.write(text)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _standing(file: Path) -> str:
    """What stands there, for whoever wonders whether it is theirs."""
    found = file.lstat()
    return f"{found.st_size} bytes, of {datetime.fromtimestamp(found.st_mtime, UTC):%Y-%m-%d}"


def next_steps(home: Path, environ: Mapping[str, str]) -> Sequence[str]:
    """The commands that come next, as they are typed from here."""
    here = Path(environ.get(environment.HOME) or ".").expanduser().absolute()
    first = () if here == home else (f"export {environment.HOME}={display(home) if ' ' not in str(home) else repr(str(home))}",)
    return (*first, "beleidsradar doctor", "beleidsradar serve")
