"""Plain notes to operators: the owners of the digests, by mail, or through a channel of their digest where there is no mail."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.errors import DeliveryError
from notifications.channels import ChannelKind, Outcome, kind_of, mail_sender, send
from notifications.notice import notice
from services.radar import Radar
from services.settings import ChannelSettings, DigestSettings

Words = Callable[[str], tuple[str, str]]
"""Subject and text in a language, nl or en."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """One way to an operator; `recipient` is "" for a channel that is no mail."""

    channel: ChannelSettings
    recipient: str
    language: str


def tell(radar: Radar, key: str, words: Words) -> bool:
    """One note to each operator; True when at least one of them has it. The same key is the same mail to a mail program.

    False is no promise that nothing arrived: whoever asks writes down what was told, and tries again.
    """
    told = [_sent(radar, found, key, words) for found in dict.fromkeys(_reached(radar))]  # all of them, not until the first
    return any(told)


def _reached(radar: Radar) -> Iterator[_Reached]:
    for digest in radar.settings.digests.values():
        channel = _channel(radar, digest)
        if channel is not None:
            yield _Reached(channel, digest.owner if channel.mail else "", digest.language)


def _channel(radar: Radar, digest: DigestSettings) -> ChannelSettings | None:
    """A mail channel of any digest, else one of the digest's own."""
    usable = [one for one in radar.settings.channels.values() if one.url is not None]
    mail = [one for one in usable if one.mail]
    return next((one for one in (*mail, *usable) if one.mail or one.name in digest.channels), None)


def _sent(radar: Radar, found: _Reached, key: str, words: Words) -> bool:
    assert found.channel.url is not None
    url = found.channel.url.reveal()
    subject, text = words(found.language)
    kind = kind_of(url)
    try:
        if kind is ChannelKind.MAIL:
            name, sender = mail_sender(url)
            target = radar.ledger.target(found.channel.name, found.recipient)[:12]
            identifier = f"<note.{hashlib.sha256(key.encode()).hexdigest()[:16]}.{target}@{sender.rpartition('@')[2]}>"
            envelope = notice(
                kind,
                subject,
                text,
                sender=sender,
                sender_name=name or "Beleidsradar",
                recipient=found.recipient,
                message_id=identifier,
                date=radar.clock.now(),
            )
        else:
            envelope = notice(kind, subject, text)
    except DeliveryError:
        return False  # an address that cannot stand in a header: `check` says so, and the dashboard shows the note as untold
    return send(url, envelope, recipient=found.recipient, connect=radar.settings.connect).outcome is Outcome.DELIVERED
