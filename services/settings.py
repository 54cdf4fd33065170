"""Reading the settings: sources.yaml, its topic packs and the environment, read once and never changed.

`load` gives settings or raises with every fault; `faults` is what `beleidsradar check` shows. pydantic stays behind this door.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from domain.documents import canonical_json
from domain.errors import ConfigurationError, Fault
from services import environment
from services.clock import from_environment
from services.packs import LoadedPack, display, load_pack
from services.settings_checks import problems
from services.settings_faults import read_model
from services.settings_values import (
    ChannelSettings,
    DigestSettings,
    Settings,
    SourceSettings,
    Timing,
    digest_settings,
    source_settings,
)
from services.yaml_lines import Marked, read_file
from sources import FAULTS as ADAPTER_FAULTS

__all__ = ["ChannelSettings", "DigestSettings", "Settings", "SourceSettings", "Timing", "faults", "load"]


@dataclass(frozen=True, slots=True)
class _Outcome:
    settings: Settings | None
    faults: tuple[Fault, ...]  # without these the settings cannot be used
    missing: tuple[Fault, ...]  # channels that the environment does not hold: watching works, sending does not


def load(
    path: Path, environ: Mapping[str, str], *, need_channels: bool = False, kept: Mapping[Path, str] | None = None
) -> Settings:
    """The settings in this sources.yaml. Raises ConfigurationError with every fault.

    A channel whose URL is not in the environment is a fault only with `need_channels`; without it such a channel has no `url`.
    `kept` are texts that are read in the place of the files (`services.last_good`).
    """
    outcome = _read(path, environ, kept)
    faults = outcome.faults + (outcome.missing if need_channels else ())
    if outcome.settings is None or faults:
        raise ConfigurationError(_sorted(faults))
    return outcome.settings


def faults(path: Path, environ: Mapping[str, str]) -> tuple[Fault, ...]:
    """Everything wrong with the configuration, channels and clock included, by file and line; empty when all is well."""
    outcome = _read(path, environ)
    try:
        from_environment(environ)
    except ConfigurationError as error:
        return _sorted(outcome.faults + outcome.missing + error.faults)
    return _sorted(outcome.faults + outcome.missing)


def _read(path: Path, environ: Mapping[str, str], kept: Mapping[Path, str] | None = None) -> _Outcome:
    name = display(path)
    hint = f"name it with {environment.SOURCES}, or stand in the folder that holds it"
    marked = read_file(path, name, hint, kept)
    home, found = environment.home_of(path, environ)
    url, more = environment.database_url(home, environ)
    connect, still_more = environment.connect_map(environ)
    found += marked.faults + more + still_more + ADAPTER_FAULTS
    if marked.data is None and marked.faults:
        return _Outcome(None, found, ())
    model, wrong = read_model(marked.data)
    channels, missing = _channels(marked, environ)
    wrong += tuple(problems(marked.data, _mails(channels)))
    packs, pack_faults = _packs(marked, home, kept)
    found += tuple(marked.fault(p.where, p.what, p.hint) for p in wrong) + pack_faults
    if model is None or found:
        return _Outcome(None, found, missing)
    settings = Settings(
        path=path,
        home=home,
        language=model.language,
        organisation=model.organisation,
        contact=model.contact,
        site_url=model.site_url or "",
        heartbeat_url=model.heartbeat_url or "",
        not_watched=model.not_watched,
        sources=MappingProxyType({name: source_settings(name, one) for name, one in model.sources.items()}),
        topics=MappingProxyType({name: loaded.pack.named(name) for name, loaded in packs.items() if loaded.pack is not None}),
        packs=MappingProxyType({name: _hash(loaded.said) for name, loaded in packs.items()}),
        channels=MappingProxyType(channels),
        digests=MappingProxyType({name: digest_settings(name, one, model.language) for name, one in model.digests.items()}),
        database_url=url,
        connect=MappingProxyType(connect),
        files=tuple(dict.fromkeys((path, *(file for loaded in packs.values() for file in loaded.files)))),
        fingerprint=_hash({"settings": marked.data, "packs": {name: loaded.said for name, loaded in packs.items()}}),
        retention=MappingProxyType(model.retention.model_dump()),
        unsubscribe_url=model.unsubscribe_url or "",
    )
    return _Outcome(settings, (), missing)


def _hash(said: object) -> str:
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _channels(marked: Marked, environ: Mapping[str, str]) -> tuple[dict[str, ChannelSettings], tuple[Fault, ...]]:
    found: dict[str, ChannelSettings] = {}
    missing: list[Fault] = []
    block = marked.data.get("channels") if isinstance(marked.data, dict) else None
    for name, channel in block.items() if isinstance(block, dict) else ():
        variable = channel.get("secret") if isinstance(channel, dict) else None
        if not isinstance(variable, str) or not re.fullmatch(environment.CHANNEL, variable):
            continue  # the model refuses it
        url, what, hint = environment.channel_url(variable, environ)
        if what:
            missing.append(marked.fault(("channels", name), f"channels.{name}: {what}", hint))
        found[name] = ChannelSettings(name, variable, url, environment.is_mail(name, url))
    return found, tuple(missing)


def _mails(channels: Mapping[str, ChannelSettings]) -> Callable[[str], bool | None]:
    def mails(name: str) -> bool | None:
        channel = channels.get(name)
        if channel is None or (channel.url is None and not channel.mail):
            return None
        return channel.mail

    return mails


def _packs(marked: Marked, home: Path, kept: Mapping[Path, str] | None) -> tuple[dict[str, LoadedPack], tuple[Fault, ...]]:
    block = marked.data.get("topics") if isinstance(marked.data, dict) else None
    packs: dict[str, LoadedPack] = {}
    found: tuple[Fault, ...] = ()
    for name, file in block.items() if isinstance(block, dict) else ():
        if not isinstance(file, str) or not file.strip():
            continue  # the model refuses it
        path = home / file
        if kept is None and not path.is_file():
            what = f"topics.{name}: there is no file {display(path)}"
            found += (marked.fault(("topics", name), what, "paths are relative to the home; check the name"),)
            continue
        packs[name] = load_pack(path, kept)
        found += packs[name].faults
    return packs, found


def _sorted(found: tuple[Fault, ...]) -> tuple[Fault, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: (fault.file, fault.line, fault.what)))
