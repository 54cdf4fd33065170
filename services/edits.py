"""Edits of the configuration: which packs are in force from when, and broken ones, of which the owner hears once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from domain.documents import canonical_json
from domain.errors import DeliveryError, Fault, StorageError
from notifications.channels import ChannelKind, Outcome, kind_of, mail_sender, send
from notifications.notice import notice
from services import in_force
from services.radar import Radar
from services.settings import ChannelSettings, DigestSettings

SHOWN = 20
"""Faults that a note names; `beleidsradar check` names all."""


def note(radar: Radar, faults: Sequence[Fault]) -> None:
    """Write down what is in force now, and tell the owner, once, of an edit that is not. A note that cannot be sent is tried
    again by the next process that reads the configuration."""
    now = radar.clock.now()
    if not faults:
        in_force.keep(radar)
        return
    said = [str(fault) for fault in faults]
    with radar.store.begin() as unit:
        edit = unit.broken_edits.find(hashlib.sha256(canonical_json(said)).hexdigest(), said, now)
        if edit.told is not None:
            return
        unit.broken_edits.mark_told(edit, now)  # first: two processes may not tell both
    if not _tell(radar, said, edit.fingerprint):
        with radar.store.begin() as unit:
            unit.broken_edits.mark_told(edit, None)


def _tell(radar: Radar, faults: Sequence[str], fingerprint: str) -> bool:
    """One note to each owner; True when at least one of them has it."""
    told: set[tuple[str, str]] = set()
    for digest in radar.settings.digests.values():
        channel = _channel(radar, digest)
        if channel is None:
            continue
        recipient = digest.owner if channel.mail else ""
        if (channel.name, recipient) not in told and _sent(radar, digest, channel, recipient, faults, fingerprint):
            told.add((channel.name, recipient))
    return bool(told)


def _channel(radar: Radar, digest: DigestSettings) -> ChannelSettings | None:
    """The channel on which an owner is reached: a mail channel of any digest, else one of the digest's own."""
    usable = [one for one in radar.settings.channels.values() if one.url is not None]
    mail = [one for one in usable if one.mail]
    return next((one for one in (*mail, *usable) if one.mail or one.name in digest.channels), None)


def _sent(
    radar: Radar, digest: DigestSettings, channel: ChannelSettings, recipient: str, faults: Sequence[str], fingerprint: str
) -> bool:
    assert channel.url is not None
    url = channel.url.reveal()
    subject, text = _words(digest.language, faults)
    kind = kind_of(url)
    try:
        if kind is ChannelKind.MAIL:
            name, sender = mail_sender(url)
            domain = sender.rpartition("@")[2]
            identifier = f"<edit.{fingerprint[:16]}.{radar.ledger.target(channel.name, recipient)[:12]}@{domain}>"
            envelope = notice(
                kind, subject, text, sender=sender, sender_name=name or "Beleidsradar", recipient=recipient,
                message_id=identifier, date=radar.clock.now(),
            )  # fmt: skip
        else:
            envelope = notice(kind, subject, text)
    except DeliveryError as error:
        raise StorageError(f"the owner of {digest.name} cannot be told of a broken edit: {error}") from error
    return send(url, envelope, recipient=recipient, connect=radar.settings.connect).outcome is Outcome.DELIVERED


def _words(language: str, faults: Sequence[str]) -> tuple[str, str]:
    """Subject and text in the language of the digest; the faults themselves are for whoever edits, in English as `check` says
    them."""
    more = len(faults) - SHOWN
    shown = "\n".join([*faults[:SHOWN], *([f"... + {more}"] if more > 0 else [])])
    if language == "en":
        return (
            "Beleidsradar: the settings have a fault, the last good ones stay in force",
            f"An edit cannot be read. Watching goes on with the last good settings until it is mended:\n\n{shown}\n\n"
            "After mending: beleidsradar check",
        )
    return (
        "Beleidsradar: fout in de instellingen, de vorige blijven gelden",
        "Een wijziging is niet te lezen. Het volgen gaat door met de laatste goede instellingen tot dit is hersteld:\n\n"
        f"{shown}\n\n"
        "Na herstel: beleidsradar check",
    )
