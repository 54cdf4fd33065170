"""What a second `init` was asked for and did not write, because nothing that stands in a home is replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from domain.errors import ConfigurationError
from services import environment_file
from services.init import SOURCES, Answers, Initialised
from services.secret import Secret
from services.settings import load
from services.settings_template import MAIL, SLACK
from services.settings_values import Settings


def untaken(home: Path, given: Answers, done: Initialised, environ: Mapping[str, str]) -> Mapping[str, str]:
    """The options that were given and are not what the home says now, each with where to write it. `given` holds what was asked
    for only; `environ` is the environment over this home. No address and no secret is repeated."""
    left = _outside(home, given) if environment_file.FILE in done.kept else {}
    if SOURCES not in done.kept:
        return left
    try:
        settings = load(home / SOURCES, environ)
    except ConfigurationError:
        return dict.fromkeys(_asked(given), f"write it into {SOURCES} when that can be read again") | left
    return {**dict(_untaken(given, settings)), **left, **dict(_unnamed(given, settings, left))}


def _outside(home: Path, given: Answers) -> dict[str, str]:
    """The channels whose URL is not the one in the environment file."""
    kept = environment_file.read(home / environment_file.FILE)
    return {
        option: f"write it as {variable} into {environment_file.FILE}"
        for option, variable, url in _channels(given)
        if kept.get(variable) != url.reveal()
    }


def _channels(given: Answers) -> Iterator[tuple[str, str, Secret]]:
    """Option, variable and URL of the channels that were given."""
    yield from (one for one in (("--mail", MAIL, given.mail), ("--slack", SLACK, given.slack)) if one[2])


def _asked(given: Answers) -> Iterator[str]:
    for option in ("organisation", "contact", "topic", "to", "mail", "slack"):
        if getattr(given, option):
            yield f"--{option}"


def _untaken(given: Answers, settings: Settings) -> Iterator[tuple[str, str]]:
    if given.organisation and given.organisation.strip() != settings.organisation:
        yield "--organisation", f"write it under `organisation:` in {SOURCES}"
    if given.contact and given.contact != settings.contact:
        yield "--contact", f"write it under `contact:` in {SOURCES}"
    if given.topic and given.topic not in settings.topics:
        yield "--topic", f"write it under `topics:` in {SOURCES}, and under `topics:` of a digest"
    told = {address for digest in settings.digests.values() for address in digest.to}
    if not told.issuperset(given.to):
        yield "--to", f"write it under `to:` of a digest in {SOURCES}"


def _unnamed(given: Answers, settings: Settings, left: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The channels whose URL is where it should be, and that sources.yaml does not name."""
    for option, variable, _ in _channels(given):
        if option not in left and not any(channel.variable == variable for channel in settings.channels.values()):
            yield option, f"name a channel with {{secret: {variable}}} under `channels:` in {SOURCES}, and in a digest"
