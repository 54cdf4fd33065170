"""What an owner gets when a delivery is given up: the issue itself by mail when its channel is shut, a note when one reader is.

Both are deliveries of the same issue, written down in the same commit as the giving up, so that neither is lost. They are not
stood in for again.
"""

from __future__ import annotations

from datetime import datetime

from domain.calendar import clock_time, local
from domain.errors import DeliveryError
from notifications.channels import Blame, ChannelKind
from notifications.mail import Letter
from notifications.stored import with_preface
from notifications.words import words_for
from services.parcels import letter_parcel, route, stored_letter
from services.radar import Radar
from services.settings import DigestSettings
from storage.correspondents import HARD_BOUNCES, Suppressed
from storage.outbox import Delivery, Purpose
from storage.unit_of_work import Unit

BOUNCES = 2
"""Refusals of an address in a row after which nothing is sent there any more."""


def given_up(radar: Radar, unit: Unit, delivery: Delivery, code: str, detail: str, blame: Blame) -> None:
    """Tell the owner of a delivery that just became dead, in the caller's transaction; nothing when no mail can reach them."""
    digest = radar.settings.digests.get(delivery.digest)
    if delivery.purpose is not Purpose.ISSUE or digest is None:
        return
    bounced = code in HARD_BOUNCES and unit.correspondents.hard_bounces(delivery.target) >= BOUNCES
    if bounced:
        now = radar.clock.now()
        unit.correspondents.suppress(Suppressed(delivery.target, delivery.channel, delivery.recipient, now, detail))
    one_reader = bool(delivery.recipient) and blame is not Blame.CHANNEL
    channel = _mail_channel(radar, digest, "" if one_reader else delivery.channel)
    if not channel:
        return
    # One for all parts and readers that meet the same; a reader who alone is refused has one of their own.
    pseudonym = f"{delivery.channel} {delivery.recipient if one_reader else ''} {digest.owner}"
    target = radar.ledger.target(channel, pseudonym)
    beside = {one.target for one in unit.outbox.deliveries(run_id=delivery.run_id, whole=False)}
    if target in beside:
        return
    issue = stored_letter(radar, unit.issues.get(delivery.run_id))
    subject, preface = _words(radar, digest, delivery, detail, bounced=bounced, one_reader=one_reader)
    if one_reader or radar.ledger.target(channel, digest.owner) in beside:  # the owner has the issue
        purpose, said = Purpose.NOTE, _note(issue, subject, preface)
    else:
        purpose, said = Purpose.STAND_IN, with_preface(issue, f"{subject}: {issue.subject}", preface)
    message = f"{delivery.message_id.rpartition('.')[0]}.{purpose.value}.{target[:12]}"
    try:
        parcel = letter_parcel(radar, radar.clock.now(), said, channel, digest.owner, target, message, purpose)
    except DeliveryError:
        return  # the sender of that channel cannot stand in a header; `outbox list` still shows what was given up
    keys = unit.outbox.event_keys(delivery.id) if purpose is Purpose.STAND_IN else ()
    unit.outbox.add(delivery.run_id, parcel, keys, radar.clock.now())


def _mail_channel(radar: Radar, digest: DigestSettings, shut: str) -> str:
    """The mail channel by which the owner is reached, the digest's own before others; never the one that is shut."""
    usable = [name for name in radar.settings.channels if name != shut and route(radar, name).kind is ChannelKind.MAIL]
    return next((name for name in (*digest.channels, *usable) if name in usable), "")


def _note(issue: Letter, subject: str, preface: str) -> Letter:
    empty = Letter(issue.name, issue.language, subject, "", "<html><body></body></html>", issue.owner)
    return with_preface(empty, subject, preface)


def _words(
    radar: Radar, digest: DigestSettings, delivery: Delivery, detail: str, *, bounced: bool, one_reader: bool
) -> tuple[str, str]:
    """Subject and lines above the issue, in the digest's language."""
    words = words_for(digest.language)
    configured = radar.settings.channels.get(delivery.channel)
    said = {
        "channel": delivery.channel,
        "variable": configured.variable if configured else "",
        "since": _moment(delivery.failing or radar.clock.now()),
        "detail": detail,
        "address": delivery.recipient,
        "id": str(delivery.id),
    }
    kind = "suppressed" if bounced else "refused" if one_reader else "shut"
    lines = [words.say(f"{kind}_body", **said)]
    if delivery.perhaps is not None:
        lines.append(words.say("shut_perhaps", since=_moment(delivery.perhaps)))
    command = f"outbox retry {delivery.id}" if one_reader else f"outbox retry --channel {delivery.channel}"
    lines.append(words.say("shut_retry", command=f"beleidsradar {command}"))
    return words.say(f"{kind}_subject", **said), "\n".join(lines)


def _moment(at: datetime) -> str:
    return f"{local(at).date().isoformat()} {clock_time(at)}"
