"""The messages of one issue for one reader, with frozen bytes: which channel, which ids, which conversation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.citations import extract_ids
from domain.digests import Digest, DigestForm, Item
from domain.documents import canonical_json
from domain.identifiers import from_url
from notifications.channels import ChannelKind, Envelope, freeze, freeze_letter, kind_of, mail_sender, room_of, validate
from notifications.mail import Letter
from notifications.parts import SMALLEST_ROOM
from notifications.stored import chat_envelopes, letter
from services.radar import Radar
from storage.issues import DigestRun
from storage.parcels import Parcel, Purpose
from storage.unit_of_work import Unit

MOST_THREADS = 50
"""Conversations that a mail is written down for; an issue of hundreds of papers belongs to none of them."""


@dataclass(frozen=True, slots=True)
class Route:
    """How a channel is reached now: the kind of its messages (LATER while its URL is not set), the sender of its mail, the room
    of one of its messages. Holds nothing of the URL."""

    kind: ChannelKind
    sender_name: str = "Beleidsradar"
    sender: str = ""
    room: int = SMALLEST_ROOM


def unreachable(radar: Radar, channel: str) -> str:
    """Why nothing can be sent through this channel at present, naming its variable; "" when it can be tried."""
    configured = radar.settings.channels.get(channel)
    if configured is None:
        return f"there is no channel {channel} in sources.yaml any more; put it back, or drop what waits for it"
    if configured.url is None:
        return f"{configured.variable} is not set; put the Apprise URL into it"
    fault = validate(configured.url.reveal())
    return f"the URL in {configured.variable} cannot be used: {fault}" if fault else ""


def route(radar: Radar, channel: str) -> Route:
    """The route of a channel; LATER also for one whose URL is no use, so that it stops no issue from being made."""
    configured = radar.settings.channels.get(channel)
    if configured is None or configured.url is None or unreachable(radar, channel):
        return Route(ChannelKind.LATER)
    url = configured.url.reveal()
    kind = kind_of(url)
    if kind is ChannelKind.MAIL:
        name, sender = mail_sender(url)
        return Route(kind, name or "Beleidsradar", sender)
    return Route(kind, room=room_of(url) if kind is ChannelKind.OTHER else SMALLEST_ROOM)


def parcels(
    radar: Radar, unit: Unit, digest: Digest, channel: str, recipient: str, form: DigestForm, due: datetime
) -> list[Parcel]:
    """The messages of one issue for one target. A channel whose URL is not in the environment gets a place in the outbox all the
    same; its messages are built once it is there (`thawed`)."""
    found = route(radar, channel)
    target = radar.ledger.target(channel, recipient)
    # Also what it tells and for which moment: after a restored backup the numbers start again, with other content.
    keys = [key for made in digest.items for key in made.event_keys]
    content = hashlib.sha256(canonical_json([due.isoformat(), keys])).hexdigest()[:10]
    message = f"{digest.name}.{form.value}.{digest.number}.{content}.{target[:12]}"
    if found.kind is not ChannelKind.MAIL:
        return _parcels(freeze(digest, found.kind, room=found.room), channel, target, recipient, message)
    threads = threads_of(digest.items)
    mail_id = _mail_id(message, found)
    (envelope,) = freeze(
        digest,
        found.kind,
        sender=found.sender,
        sender_name=found.sender_name,
        recipient=recipient,
        reply_to=digest.owner,
        message_id=mail_id,
        references=_references(unit, target, threads[:1], mail_id),
        date=digest.made,
        boundary=_boundary(message),
        unsubscribe=_unsubscribe(radar, digest.name, target),
    )
    return _parcels([envelope], channel, target, recipient, message, threads=threads, mail_id=mail_id)


def thawed(radar: Radar, run: DigestRun, channel: str, recipient: str, message: str) -> list[Parcel]:
    """The same from the stored issue, for a channel that was not there, or was another service, when it was made."""
    found = route(radar, channel)
    target = radar.ledger.target(channel, recipient)
    if found.kind is ChannelKind.MAIL:
        return [letter_parcel(radar, run.made, stored_letter(radar, run), channel, recipient, target, message)]
    return _parcels(chat_envelopes(run.renderings, run.subject, found.kind, found.room), channel, target, recipient, message)


def letter_parcel(
    radar: Radar,
    at: datetime,
    said: Letter,
    channel: str,
    recipient: str,
    target: str,
    message: str,
    purpose: Purpose = Purpose.ISSUE,
) -> Parcel:
    """A letter as one mail through a mail channel."""
    found = route(radar, channel)
    envelope = freeze_letter(
        said,
        sender=found.sender,
        sender_name=found.sender_name,
        recipient=recipient,
        message_id=_mail_id(message, found),
        date=at,
        boundary=_boundary(message),
        unsubscribe=_unsubscribe(radar, said.name, target) if purpose is Purpose.ISSUE else "",
    )
    (parcel,) = _parcels([envelope], channel, target, recipient, message, purpose=purpose)
    return parcel


def threads_of(items: Sequence[Item]) -> tuple[str, ...]:
    """The conversations that a mail about these items belongs to, that of the first item first: the dossier of a parliamentary
    paper, else the paper or scheme itself."""
    found = dict.fromkeys(filter(None, map(_thread, items)))
    return tuple(found) if len(found) <= MOST_THREADS else tuple(found)[:1]


def _thread(item: Item) -> str:
    ids = [from_url(item.url) or "", *extract_ids(item.reference)]
    paper = next((one for one in ids if one.startswith("kst-")), "")
    return f"dossier:{paper.removeprefix('kst-').rpartition('-')[0]}" if paper else item.id


def _references(unit: Unit, target: str, threads: Sequence[str], mail_id: str) -> tuple[str, ...]:
    domain = mail_id.rpartition("@")[2]
    found = [one for thread in threads for one in unit.correspondents.mails_of_thread(target, thread)]
    return tuple(one for one in found if one != mail_id and one.rpartition("@")[2] == domain)


def stored_letter(radar: Radar, run: DigestRun) -> Letter:
    """The stored issue as a mail says it, in the language and under the owner that its digest has now."""
    digest = radar.settings.digests.get(run.digest)
    language = digest.language if digest else radar.settings.language
    owner = digest.owner if digest else ""
    return letter(run.renderings, run.subject, name=run.digest, language=language, owner=owner)


def _unsubscribe(radar: Radar, digest: str, target: str) -> str:
    url = radar.settings.unsubscribe_url
    return url.replace("{digest}", digest).replace("{recipient}", target)


def _mail_id(message: str, found: Route) -> str:
    return f"<{message}@{found.sender.rpartition('@')[2]}>"


def _boundary(message: str) -> str:
    return f"=_{hashlib.sha256(message.encode()).hexdigest()[:32]}"


def _parcels(
    envelopes: Sequence[Envelope],
    channel: str,
    target: str,
    recipient: str,
    message: str,
    *,
    purpose: Purpose = Purpose.ISSUE,
    threads: tuple[str, ...] = (),
    mail_id: str = "",
) -> list[Parcel]:
    total = len(envelopes)
    return [
        Parcel(channel, target, recipient, part, total, envelope.to_bytes(), f"{message}.{part}", purpose, threads, mail_id)
        for part, envelope in enumerate(envelopes, 1)
    ]
