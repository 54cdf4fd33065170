"""Channels by Apprise URL: which services may be used, freezing a digest into envelopes, and sending one of them.

One envelope goes to one recipient of one URL with a fresh `Apprise` object; Apprise's own retries stay off, because they are
blind (a 404 is retried, a mail that was accepted is sent again). URLs are secrets: no log, error or `repr` shows one.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.plugins import N_MGR, NotifyBase

from domain.digests import Digest
from domain.errors import DeliveryError
from notifications import addresses, mail, slack_blocks
from notifications.addresses import ENABLED, kind_of
from notifications.bounded import within
from notifications.envelopes import Blame, ChannelKind, Envelope, Outcome, Receipt
from notifications.mail import RadarEmail
from notifications.parts import SMALLEST_ROOM, split_text
from notifications.quiet import CodeLog, silence
from notifications.safe import clean, clip
from notifications.slack import RadarSlack
from notifications.words import words_for

__all__ = [
    "Blame",
    "ChannelKind",
    "Envelope",
    "Outcome",
    "Receipt",
    "again",
    "freeze",
    "freeze_letter",
    "kind_of",
    "mail_sender",
    "register",
    "room_of",
    "send",
    "validate",
]

LONGEST = 60.0
"""Seconds that a message to a chat service may take in all. Mail has its own limit, which knows how far it came."""

_LOCK = threading.RLock()  # Apprise's registry and logger are process-wide


def register() -> None:
    """Puts our mail and Slack plugins in place of Apprise's and disables every service that is not named in `addresses`.

    Can be called any number of times; every function here that needs it calls it.
    """
    silence()
    with _LOCK:
        if N_MGR["slack"] is RadarSlack and N_MGR["mailto"] is RadarEmail:
            return
        for plugin in (RadarEmail, RadarSlack):
            N_MGR.add(plugin, force=True)  # type: ignore[no-untyped-call]
        N_MGR.enable_only(*ENABLED)  # type: ignore[no-untyped-call]


def validate(url: str) -> str | None:
    """Why this URL cannot be used as a channel, in one line without anything of the URL but its schema; None when it can."""
    reason = addresses.fault(url)
    if reason is not None:
        return reason
    try:
        plugin = _plugin(url)
    except DeliveryError as fault:
        return str(fault)
    if isinstance(plugin, RadarEmail) and (plugin.cc or plugin.bcc):
        return "cc and bcc are repeated for every recipient: list recipients in the digest's `to`"
    return None


def mail_sender(url: str) -> tuple[str, str]:
    """Name ("" if the URL has none) and address that a mail URL sends from. Raises DeliveryError for any other URL."""
    plugin = _plugin(url)
    if not isinstance(plugin, RadarEmail):
        raise DeliveryError("only a mail channel has a sender")
    return mail.sender_of(plugin)


def room_of(url: str) -> int:
    """How many characters one message of this channel holds by its service; hand it to `freeze` for OTHER channels."""
    return int(_plugin(url).body_maxlen)


def freeze(
    digest: Digest,
    kind: ChannelKind,
    *,
    sender: str = "",
    sender_name: str = "Beleidsradar",
    recipient: str = "",
    reply_to: str = "",
    message_id: str = "",
    references: Sequence[str] = (),
    date: datetime | None = None,
    boundary: str = "",
    unsubscribe: str = "",
    room: int = SMALLEST_ROOM,
) -> tuple[Envelope, ...]:
    """The digest as frozen message parts for one recipient, one delivery each. The same input gives the same bytes.

    Mail needs `sender`, `recipient`, `message_id` and `boundary`; `date` defaults to when the digest was made. `room` counts
    only for OTHER. Raises DeliveryError when a mail cannot be built.
    """
    if kind is ChannelKind.MAIL:
        if not (sender and recipient and message_id and boundary):
            raise DeliveryError("a mail needs a sender, a recipient, a Message-ID and a boundary")
        body = mail.compose(
            digest,
            sender=sender,
            sender_name=sender_name,
            recipient=recipient,
            reply_to=reply_to,
            message_id=message_id,
            references=references,
            date=date or digest.made,
            boundary=boundary,
            unsubscribe=unsubscribe,
        )
        return (Envelope(kind, _title(digest), body),)
    if kind is ChannelKind.LATER:
        return (Envelope(kind, _title(digest), b""),)
    if kind is ChannelKind.SLACK:
        payloads = slack_blocks.render_slack(digest)
        return tuple(Envelope(kind, payload["text"], slack_blocks.to_json(payload)) for payload in payloads)
    return tuple(Envelope(kind, _title(digest), text.encode()) for text in split_text(digest, room))


def freeze_letter(
    letter: mail.Letter,
    *,
    sender: str,
    sender_name: str,
    recipient: str,
    message_id: str,
    date: datetime,
    boundary: str,
    unsubscribe: str = "",
) -> Envelope:
    """A letter as a frozen mail; replies go to its owner. Raises DeliveryError when it cannot be built."""
    body = mail.compose(
        letter,
        sender=sender,
        sender_name=sender_name,
        recipient=recipient,
        reply_to=letter.owner,
        message_id=message_id,
        references=(),
        date=date,
        boundary=boundary,
        unsubscribe=unsubscribe,
    )
    return Envelope(ChannelKind.MAIL, clip(clean(letter.subject), mail.LONGEST_SUBJECT), body)


def again(envelope: Envelope, language: str = "nl") -> Envelope:
    """The envelope for one more attempt after an unknown one, where the reader may get it twice.

    A mail stays as it is: its Message-ID lets the receiver recognise the copy. A chat message says that it was sent again.
    """
    mark = words_for(language).say("again")
    if envelope.kind is ChannelKind.SLACK:
        return replace(envelope, body=slack_blocks.mark_again(envelope.body, mark))
    if envelope.kind is ChannelKind.OTHER:
        return replace(envelope, body=f"{mark} ".encode() + envelope.body)
    return envelope


def send(url: str, envelope: Envelope, recipient: str = "", connect: Mapping[str, str] | None = None) -> Receipt:
    """One attempt to deliver one envelope through one URL, and what came of it. Never raises for what the other side does.

    `recipient` is for mail; without one the URL's single target is used. `connect` leads a host to loopback (demo and tests).
    """
    try:
        plugin = _plugin(url)
    except DeliveryError as fault:
        return Receipt(Outcome.PERMANENT, "url", str(fault))
    expected = kind_of(url)
    if expected is not envelope.kind:
        detail = f"a {envelope.kind.value} message cannot go through a {expected.value} URL"
        return Receipt(Outcome.PERMANENT, "kind", detail, blame=Blame.MESSAGE)
    if isinstance(plugin, RadarEmail):
        return _send_frozen(plugin, envelope, recipient, connect or {})
    if isinstance(plugin, RadarSlack):
        done = within(LONGEST, lambda: _send_frozen(plugin, envelope, recipient, connect or {}))
    else:
        done = within(LONGEST, lambda: _send_text(plugin, envelope))
    return done or Receipt(Outcome.UNKNOWN, "timeout", "no answer in time; it may have arrived")


def _send_frozen(plugin: RadarEmail | RadarSlack, envelope: Envelope, recipient: str, connect: Mapping[str, str]) -> Receipt:
    """Lets our own plugin do it: the body in the call only wakes it, the receipt tells more than Apprise's bool."""
    plugin.envelope = envelope
    if isinstance(plugin, RadarSlack):
        if any(urlsplit(f"//{target}").hostname not in ("127.0.0.1", "::1") for target in connect.values()):
            return Receipt(Outcome.PERMANENT, "connect_map", "a connect map leads to loopback only")
        plugin.connect = dict(connect)
    else:
        targets = [str(address) for _, address in plugin.targets]
        plugin.recipient = recipient or (targets[0] if len(targets) == 1 else "")
    channel = Apprise(asset=plugin.asset)
    channel.add(plugin)
    try:
        channel.notify(body="frozen", title="")
    except Exception as fault:  # noqa: BLE001  # a plugin that breaks must not stop the outbox, and its text may hold the URL
        return Receipt(Outcome.UNKNOWN, "broken", f"the channel's code broke off ({type(fault).__name__})")
    return plugin.receipt or Receipt(Outcome.UNKNOWN, "broken", "the channel's code broke off")


def _send_text(plugin: NotifyBase, envelope: Envelope) -> Receipt:
    """A stock Apprise service: all it tells is a bool and, in its log, often the HTTP status."""
    channel = Apprise(asset=_asset())
    channel.add(plugin)
    if not _LOCK.acquire(timeout=LONGEST / 2):  # the log is the process's: one at a time
        return Receipt(Outcome.TRANSIENT, "busy", "another message is on its way; nothing was sent")
    with _released(), CodeLog() as log:
        try:
            done = channel.notify(body=envelope.body.decode(), title=envelope.title, body_format=NotifyFormat.TEXT)
        except Exception as fault:  # noqa: BLE001  # see _send_frozen
            return Receipt(Outcome.UNKNOWN, "broken", f"the channel's code broke off ({type(fault).__name__})")
    if done:
        return Receipt(Outcome.DELIVERED, "sent", "accepted by the service")
    if log.code:
        status = int(log.code)
        transient = status in (408, 425, 429) or status >= 500
        wait = 30.0 if status == 429 else None
        blame = Blame.MESSAGE if status in (400, 413, 422) else Blame.CHANNEL
        return Receipt(Outcome.TRANSIENT if transient else Outcome.PERMANENT, log.code, "refused by the service", wait, blame)
    if log.connection:
        return Receipt(Outcome.UNKNOWN, "lost", "the connection failed; the service does not tell when")
    return Receipt(Outcome.PERMANENT, "refused", "the service refused or could not be used", blame=Blame.MESSAGE)


@contextmanager
def _released() -> Iterator[None]:
    try:
        yield
    finally:
        _LOCK.release()


def _plugin(url: str) -> NotifyBase:
    """A fresh instance of the service behind a URL. Raises DeliveryError without the URL in it."""
    register()
    reason = addresses.fault(url)
    if reason is not None:
        raise DeliveryError(reason)
    schema = re.match(r"[a-z]+", url.lower())
    try:
        plugin = Apprise.instantiate(url, asset=_asset())
    except Exception:  # noqa: BLE001  # whatever a plugin raises, its text may hold the secret
        plugin = None
    if plugin is None:
        raise DeliveryError(f"not a usable {schema.group() if schema else '?'} URL: see the service's page in the Apprise manual")
    return plugin


def _asset() -> AppriseAsset:
    return AppriseAsset(app_id="Beleidsradar", app_desc="Beleidsradar", http_redirects=False, async_mode=False)


def _title(digest: Digest) -> str:
    return clip(clean(digest.subject) or f"Beleidsradar {clean(digest.title)}", mail.LONGEST_SUBJECT)
