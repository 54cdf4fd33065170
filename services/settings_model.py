"""The shape of sources.yaml as strict pydantic models: the one place that says which keys exist and what they may hold.

Unknown keys are errors and nothing is guessed: text is text, a number is a number. The descriptions are the hints that users see
and the help of the published schema (sources.schema.json), so each says what to write. References between blocks (a digest that
names a topic) are checked in `settings_checks`, because they need the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Annotated, Literal
from urllib.parse import urlsplit

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from domain import noise
from domain.identifiers import from_url, is_known, normalise
from services.environment import CHANNEL, is_loopback
from services.secret import shown

_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")
_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[^\s?#]*)?")
_ONE_CLICK = re.compile(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?/[A-Za-z0-9._~/?&=%+{}-]*")
_HOURS = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


def refuse(what: str, hint: str) -> PydanticCustomError:
    """The error of a value that breaks a rule: what is wrong, and what to do about it."""
    return PydanticCustomError("rule", "{what}", {"what": what, "hint": hint})


def _crons(text: str) -> str:
    for cron in crons_of(text):
        if len(cron.split()) != 5:
            raise refuse(
                f"{shown(cron)} is not a cron", "write five fields: minute hour day month weekday, such as '30 7 * * 1-5'"
            )
        try:
            next(CronSim(cron, datetime(2026, 1, 1, tzinfo=UTC)))
        except CronSimError as error:
            raise refuse(f"{shown(cron)} is not a cron: {str(error).lower()}", "fields: minute hour day month weekday") from None
        except StopIteration:
            raise refuse(f"{shown(cron)} never comes", "there is no such day in any year") from None
    return text


def _when(text: str) -> str:
    if text in {"immediately", "hourly"}:
        return text
    if len(text.split()) < 2:
        raise refuse(f"{shown(text)} is not a time", "write a cron such as '30 7 * * 1-5', or immediately, or hourly")
    return _crons(text)


def _mail(text: str) -> str:
    # The value is never repeated: addresses of recipients stand in no message (domain.errors).
    if not _MAIL.fullmatch(text):
        raise refuse("this is not a mail address", "write one address, such as beleid@example.nl")
    return text


def _site(text: str | None) -> str | None:
    if text and not _SITE.fullmatch(text):
        raise refuse("this is not an address of a site", "write https://..., without a log-in, or leave it empty")
    return text


def _one_click(text: str | None) -> str | None:
    if text and not _ONE_CLICK.fullmatch(text):
        hint = "write https://..., with {recipient} where the reader's code belongs, or leave it empty"
        raise refuse("this is not an https address", hint)
    return text


def _heartbeat(text: str | None) -> str | None:
    parts = urlsplit(text or "")
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if text and (not safe or not parts.hostname or parts.username):
        raise refuse("this is not an https address without a log-in", "write https://..., or leave it empty")
    return text


def _silence(text: str) -> str:
    if not re.fullmatch(r"1 workday|[1-9]\d? workdays", text):
        raise refuse(f"{shown(text)} is not a number of workdays", "write '1 workday' or '2 workdays', at most 99")
    return text


def _hours(text: str) -> str:
    found = _HOURS.fullmatch(text)
    try:
        begin, end = (time.fromisoformat(part) for part in found.groups()) if found else (time(), time())
    except ValueError:
        begin = end = time()
    if begin == end:
        raise refuse(f"{shown(text)} is not a stretch of the day", "write 20:00-07:00")
    return text


def _path(text: str) -> str:
    if not re.fullmatch(r"/[^\s?#]*", text) or ".." in text.split("/"):
        raise refuse(f"{shown(text)} is not a path of the site", "begin with /, without the host and without ?")
    return text


def _followed(text: str) -> str:
    if text.startswith(("https://", "http://")):
        text = from_url(text) or text
    try:
        known = is_known(normalise(text))
    except ValueError:
        known = False
    if not known:
        hint = "write an id such as kst-32637-473, stcrt-2025-11338, dossier:32637, rvo:wbso, org:TNO, or an address"
        raise refuse(f"{shown(text)} is not an id that can be followed", hint)
    return text


def _noise(text: str) -> str:
    if wrong := noise.fault(text):
        raise refuse(f"{shown(text)}: {wrong}", "write the first words of the sentence, such as 'Laatst gecontroleerd op'")
    return text


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    seen: set[str] = set()
    for number, value in enumerate(values, 1):
        if value.casefold() in seen:
            raise refuse(f"entry {number} of this list stands there twice", "keep one of the two")
        seen.add(value.casefold())
    return values


def crons_of(text: str) -> tuple[str, ...]:
    """The crons of a `visit:` or `when:`, which may hold several with ';' between them."""
    return tuple(part.strip() for part in text.split(";"))


NAME = "^[a-z][a-z0-9_-]{0,39}$"

Text = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"\S")]
Name = Annotated[str, StringConstraints(pattern=NAME)]
Variable = Annotated[str, StringConstraints(pattern=CHANNEL)]
Crons = Annotated[str, AfterValidator(_crons)]
When = Annotated[str, AfterValidator(_when)]
Mail = Annotated[str, AfterValidator(_mail)]
Site = Annotated[str | None, AfterValidator(_site)]
OneClick = Annotated[str | None, AfterValidator(_one_click)]
HeartbeatUrl = Annotated[str | None, AfterValidator(_heartbeat)]
Workdays = Annotated[str, AfterValidator(_silence)]
Hours = Annotated[str, AfterValidator(_hours)]
SitePath = Annotated[str, AfterValidator(_path)]
Noise = Annotated[Text, AfterValidator(_noise)]
Followed = Annotated[str, AfterValidator(_followed)]
Texts = Annotated[tuple[Text, ...], AfterValidator(_unique)]
Names = Annotated[tuple[Name, ...], AfterValidator(_unique)]
Mails = Annotated[tuple[Mail, ...], AfterValidator(_unique)]
Paths = Annotated[tuple[SitePath, ...], AfterValidator(_unique)]
Follows = Annotated[tuple[Followed, ...], AfterValidator(_unique)]
LevelName = Literal["must_read", "relevant", "mention", "held"]
Levels = Annotated[tuple[LevelName, ...], AfterValidator(_unique), Field(min_length=1)]
Language = Literal["nl", "en"]


class _Strict(BaseModel):
    """Every key is known, every value has its type, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ExpectModel(_Strict):
    """What is normal for a source; quieter than this is a warning."""

    per_workday: Annotated[int, Field(ge=1, le=100_000)] | None = Field(
        None, description="how many papers a workday usually brings"
    )
    longest_silence: Workdays | None = Field(default=None, description="how long nothing new is normal, such as '2 workdays'")


class IgnoreModel(_Strict):
    """Text that is never news, and why."""

    text: Noise = Field(
        description="a sentence that begins with these words is left out of every comparison; {getal}, {datum} and {tijd} "
        "stand for any number, date or time"
    )
    reason: Text = Field(description="why it is not news; shown to whoever asks")


class SourceModel(_Strict):
    """One site that is watched."""

    visit: Crons = Field(description="when to look: one or more crons with ';' between them, Europe/Amsterdam")
    kinds: Texts = Field(default=(), description="which kinds of papers; without this all kinds that the source knows")
    paths: Paths = Field(default=(), description="which parts of the site, each beginning with /")
    expect: ExpectModel = Field(default=ExpectModel.model_validate({}), description="what is normal; quieter is a warning")
    ignore: tuple[IgnoreModel, ...] = Field(default=(), description="text that is never news: {text: ..., reason: ...}")
    use_sru: bool = Field(
        default=False, description="true only when the owner decided so, because that host's robots.txt forbids it"
    )
    sru_reason: Text | None = Field(default=None, description="who decided to use SRU, and why")


class ChannelModel(_Strict):
    """One way to reach people; the address itself stands in the environment."""

    secret: Variable = Field(
        description="the name of the environment variable that holds the Apprise URL, such as BELEIDSRADAR_CHANNEL_MAIL"
    )


class DigestModel(_Strict):
    """One selection that is sent to a group of people at set times."""

    topics: Names = Field(default=(), description="which of the topics above")
    levels: Levels | None = Field(default=None, description="which levels are shown; lower ones are counted")
    only: Literal["urgent"] | None = Field(default=None, description="urgent: only what cannot wait for the next regular digest")
    follow: Follows = Field(default=(), description="ids of papers and dossiers that are always told, without any topic word")
    when: When = Field(description="a cron in Dutch time, or immediately, or hourly")
    if_empty: Literal["short", "skip"] | None = Field(
        None, description="short: three lines that say there is nothing new; skip: no message"
    )
    channels: Names = Field(min_length=1, description="which of the channels above")
    to: Mails = Field(default=(), description="the mail addresses that get it, one mail each")
    owner: Mail = Field(description="the mail address of whoever gets replies and mends it when something is wrong")
    quiet_hours: Hours | None = Field(default=None, description="hours in which nothing is sent, such as 20:00-07:00")
    even_at_night: bool = Field(default=False, description="true: quiet hours do not hold back what is urgent")
    on_holidays: Literal["move", "keep", "skip"] | None = Field(
        None,
        description="a time on a public holiday: move (to the next working day; the default), keep (default if hourly) or skip",
    )
    per_hour: Annotated[int, Field(ge=1, le=60)] = Field(
        5, description="when immediately: how many messages an hour one recipient gets; what comes after is told in one, later"
    )
    length: Literal["headings", "short", "context"] = Field(default="context", description="how much of each item is shown")
    language: Language | None = Field(default=None, description="nl or en; without this the language of the file")


Days = Annotated[int, Field(ge=1, le=36_500)]


class RetentionModel(_Strict):
    """After how many days something is let go of. What was published, seen and told is never let go of."""

    messages: Days = Field(default=90, description="days after which delivered messages lose their bytes and address")
    renderings: Days = Field(default=400, description="days after which an issue keeps only its page and its facts")
    warnings: Days = Field(default=180, description="days after which warnings about pages go")
    visits: Days = Field(default=800, description="days after which visits that brought nothing go")
    incidents: Days = Field(default=800, description="days after which incidents that ended and edits that were mended go")
    backfills: Days = Field(default=365, description="days after which checkpoints of finished backfills go")


class SettingsModel(_Strict):
    """sources.yaml of Beleidsradar: what is watched, which topics, which digests go to whom, and when."""

    language: Language = Field(default="nl", description="the language readers see: nl or en")
    organisation: Text = Field(description="your own name as papers write it; a paper that names you is at least relevant")
    contact: Mail = Field(description="a mail address that you read; it stands in every request to the sites")
    site_url: Site = Field(default=None, description="the address of your reading room; empty when you have none")
    unsubscribe_url: OneClick = Field(
        default=None,
        description="an https address of yours that ends a reader's mail at one click (RFC 8058); {recipient} stands for the "
        "reader's code and {digest} for the digest's name. Empty: readers stop by mail to the owner",
    )
    heartbeat_url: HeartbeatUrl = Field(
        default=None, description="an https address that is asked after each delivered digest, for a service that misses it"
    )
    not_watched: Texts = Field(
        default=(), description="what readers might expect and this does not watch; stands under the digests"
    )
    retention: RetentionModel = Field(
        default=RetentionModel(), description="after how many days something is let go of; without it the usual numbers"
    )
    sources: dict[Name, SourceModel] = Field(min_length=1, description="the sites that are watched")
    topics: dict[Name, Text] = Field(min_length=1, description="topic name: path of its topic pack")
    channels: dict[Name, ChannelModel] = Field(min_length=1, description="channel name: {secret: VARIABLE}")
    digests: dict[Name, DigestModel] = Field(min_length=1, description="the digests, by name")


# Which model stands where; "*" is any name or number. Used to say which keys are known at a place.
PLACES: tuple[tuple[tuple[str, ...], type[BaseModel]], ...] = (
    ((), SettingsModel),
    (("sources", "*"), SourceModel),
    (("sources", "*", "expect"), ExpectModel),
    (("sources", "*", "ignore", "*"), IgnoreModel),
    (("channels", "*"), ChannelModel),
    (("digests", "*"), DigestModel),
    (("retention",), RetentionModel),
)


def model_at(where: Sequence[str | int]) -> type[BaseModel] | None:
    """The model whose keys stand at this place of the file, or None."""
    for place, model in PLACES:
        if len(place) == len(where) and all(p in {"*", str(w)} for p, w in zip(place, where, strict=True)):
            return model
    return None
