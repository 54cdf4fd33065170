"""The settings as values: what the services read, free of files, YAML and pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from pathlib import Path

from domain.assessments import Level
from domain.calendar import QuietHours
from domain.digests import Length
from domain.identifiers import normalise
from domain.listings import NoiseRule, Scope
from domain.schedules import OnHoliday, Schedule
from domain.topics import TopicPack
from services.secret import Secret
from services.settings_model import DigestModel, RetentionModel, SourceModel, crons_of

_ALL_SHOWN = (Level.MUST_READ, Level.RELEVANT, Level.MENTION)


class Timing(StrEnum):
    """How a digest is timed."""

    CRON = "cron"
    HOURLY = "hourly"
    IMMEDIATELY = "immediately"


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One watched site. `crons` are in Europe/Amsterdam; `per_workday` and `silent_workdays`: None when nothing is expected."""

    name: str
    crons: tuple[str, ...]
    kinds: tuple[str, ...]
    paths: tuple[str, ...]
    per_workday: int | None
    silent_workdays: int | None
    noise: tuple[NoiseRule, ...]
    use_sru: bool
    sru_reason: str


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """One way to reach people. `url` is None when the environment does not hold it; `mail` says whether it sends mail."""

    name: str
    variable: str
    url: Secret | None
    mail: bool


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """One digest. `crons` is empty only for IMMEDIATELY; `follow` holds canonical ids; `quiet` is local begin and end, or None.
    `per_hour` is how many messages an hour one recipient gets of what goes out immediately.

    Recipients and owner are left out of `repr`, so that no log shows an address.
    """

    name: str
    topics: tuple[str, ...]
    levels: tuple[Level, ...]
    urgent: bool
    follow: tuple[str, ...]
    timing: Timing
    crons: tuple[str, ...]
    skip_empty: bool
    channels: tuple[str, ...]
    to: tuple[str, ...] = field(repr=False)
    owner: str = field(repr=False)
    quiet: QuietHours | None
    even_at_night: bool
    on_holidays: OnHoliday
    per_hour: int
    length: Length
    language: str

    @property
    def silence(self) -> QuietHours | None:
        """The hours in which this digest sends nothing."""
        return None if self.even_at_night else self.quiet

    @property
    def schedule(self) -> Schedule:
        """When it is due; without any time for one that goes out immediately."""
        return Schedule(self.crons, self.on_holidays, self.silence)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything configured.

    `home` is absolute; `files` are sources.yaml and every pack file. `packs` holds per topic the fingerprint (SHA-256, hex) of
    what its pack files say together; `fingerprint` that of the whole configuration. Neither changes with a comment or a secret.
    `retention` are days by the names of `services.retention`.
    """

    path: Path
    home: Path
    language: str
    organisation: str
    contact: str
    site_url: str
    not_watched: tuple[str, ...]
    sources: Mapping[str, SourceSettings]
    topics: Mapping[str, TopicPack]
    packs: Mapping[str, str]
    channels: Mapping[str, ChannelSettings]
    digests: Mapping[str, DigestSettings]
    database_url: Secret
    connect: Mapping[str, str]
    files: tuple[Path, ...]
    fingerprint: str
    retention: Mapping[str, int] = field(default_factory=lambda: RetentionModel().model_dump())
    unsubscribe_url: str = ""
    heartbeat_url: str = field(default="", repr=False)

    def scope(self, source: str) -> Scope:
        """What an adapter may know of the configuration of its source. Raises KeyError for a source that is not configured."""
        found = self.sources[source]
        return Scope(source, found.kinds, found.paths, found.noise, found.use_sru)


def source_settings(name: str, model: SourceModel) -> SourceSettings:
    """One source, from its checked block."""
    silence = model.expect.longest_silence
    return SourceSettings(
        name=name,
        crons=crons_of(model.visit),
        kinds=model.kinds,
        paths=model.paths,
        per_workday=model.expect.per_workday,
        silent_workdays=int(silence.split()[0]) if silence else None,
        noise=tuple(NoiseRule(rule.text, rule.reason) for rule in model.ignore),
        use_sru=model.use_sru,
        sru_reason=model.sru_reason or "",
    )


def digest_settings(name: str, model: DigestModel, language: str) -> DigestSettings:
    """One digest, from its checked block; `language` is that of the file."""
    timing = Timing(model.when) if model.when in {"hourly", "immediately"} else Timing.CRON
    crons = {Timing.CRON: crons_of(model.when), Timing.HOURLY: ("0 * * * *",), Timing.IMMEDIATELY: ()}[timing]
    begin, _, end = (model.quiet_hours or "").partition("-")
    # What is sent as it happens has nothing to say when nothing happened; a digest at a set time must show that it ran.
    skip = model.if_empty == "skip" if model.if_empty else timing is not Timing.CRON
    return DigestSettings(
        name=name,
        topics=model.topics,
        levels=tuple(Level(level) for level in model.levels) if model.levels else _ALL_SHOWN,
        urgent=model.only == "urgent",
        follow=tuple(normalise(identifier) for identifier in model.follow),
        timing=timing,
        crons=crons,
        skip_empty=skip,
        channels=model.channels,
        to=model.to,
        owner=model.owner,
        quiet=(time.fromisoformat(begin), time.fromisoformat(end)) if end else None,
        even_at_night=model.even_at_night,
        on_holidays=OnHoliday(model.on_holidays) if model.on_holidays else _on_holidays(timing),
        per_hour=model.per_hour,
        length=Length(model.length),
        language=model.language or language,
    )


def _on_holidays(timing: Timing) -> OnHoliday:
    """Every hour means every hour; a digest at a set time waits for readers to be back."""
    return OnHoliday.KEEP if timing is Timing.HOURLY else OnHoliday.MOVE
