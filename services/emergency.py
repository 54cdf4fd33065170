"""When the disk is full: one short mail to the owners, past the outbox, which cannot be written then."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from domain.errors import DeliveryError, DiskFullError, StorageError
from services.radar import Radar

log = logging.getLogger(__name__)

MARK = ".disk-full"
"""An empty file in the home while the disk is full and the owners know: it takes no room."""


@contextmanager
def on_full_disk(radar: Radar) -> Iterator[None]:
    """Work that stops when the disk is full: what was being written is taken back whole, the owners hear of it once, and the
    error goes on. The next piece of work that ends well makes the warning possible again."""
    try:
        yield
    except DiskFullError as error:
        if _first(radar):
            told = tell(radar, str(error))
            log.error("%s; %s", error, f"{told} told" if told else "nobody could be told")
        raise
    for place in _marks(radar):
        with suppress(OSError):
            place.unlink(missing_ok=True)


def tell(radar: Radar, error: str) -> int:
    """Mail to every owner and to the contact; returns how many have it. Never raises: the work has failed already."""
    mail = next((one for one in radar.settings.channels.values() if one.mail and one.url is not None), None)
    if mail is None or mail.url is None:
        return 0
    url = mail.url.reveal()
    owners = dict.fromkeys([*(digest.owner for digest in radar.settings.digests.values()), radar.settings.contact])
    return sum(_sent(radar, url, mail.name, owner, error) for owner in owners)


def _sent(radar: Radar, url: str, channel: str, owner: str, error: str) -> bool:
    # Here and not above: every visit imports this module, and hardly any ever sends.
    from notifications.channels import ChannelKind, Outcome, kind_of, mail_sender, send
    from notifications.notice import notice

    if kind_of(url) is not ChannelKind.MAIL:
        return False
    name, sender = mail_sender(url)
    said = f"{radar.clock.now().isoformat()} {radar.holder} {owner}"
    identifier = f"<disk-full.{hashlib.sha256(said.encode()).hexdigest()[:24]}@{sender.rpartition('@')[2]}>"
    subject, text = _words(radar.settings.language, error)
    try:
        envelope = notice(
            ChannelKind.MAIL, subject, text, sender=sender, sender_name=name or "Beleidsradar", recipient=owner,
            message_id=identifier, date=radar.clock.now(),
        )  # fmt: skip
        receipt = send(url, envelope, recipient=owner, connect=radar.settings.connect)
    except (DeliveryError, StorageError, OSError) as failure:
        log.error("an owner cannot be told through %s: %s", channel, type(failure).__name__)
        return False
    return receipt.outcome is Outcome.DELIVERED


def _first(radar: Radar) -> bool:
    """True once: also a full disk mostly has room for the name of an empty file, and else another disk has."""
    for place in _marks(radar):
        try:
            place.touch(exist_ok=False)
        except FileExistsError:
            return False
        except OSError:
            continue
        return True
    return True


def _marks(radar: Radar) -> tuple[Path, ...]:
    home = radar.settings.home
    named = hashlib.sha256(str(home).encode()).hexdigest()[:16]
    return home / MARK, Path(tempfile.gettempdir()) / f"beleidsradar{MARK}-{named}"


def _words(language: str, error: str) -> tuple[str, str]:
    if language == "en":
        return (
            "Beleidsradar: the disk is full, watching has stopped",
            f"Nothing was lost: what was being written was taken back whole.\n\n{error}\n\n"
            "Watching goes on by itself once there is room, and makes up for the time in between.",
        )
    return (
        "Beleidsradar: de schijf is vol, het volgen staat stil",
        f"Er is niets verloren: wat werd geschreven is in zijn geheel teruggedraaid.\n\n{error}\n\n"
        "Zodra er ruimte is gaat het volgen vanzelf verder en wordt de tussentijd ingehaald.",
    )
