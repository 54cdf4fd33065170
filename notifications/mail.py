"""Mail: one MIME message per recipient, and our Apprise plugin that hands its bytes over and tells what the server said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from apprise.plugins.email.base import NotifyEmail

from domain.digests import Digest
from domain.errors import DeliveryError
from notifications.envelopes import Envelope, Outcome, Receipt
from notifications.html import render_html
from notifications.plain_text import render_text
from notifications.safe import clean, clip, is_address, mailto
from notifications.smtp import Relay, submit
from notifications.words import words_for

LONGEST_SUBJECT = 120
_MOST_REFERENCES = 10
_LONGEST_ID = 250


class _Policy(EmailPolicy):
    """CRLF and 78 columns, but headers of ids and addresses break only between ids: the standard folding would leave the first
    line of a long one empty, which some mail programs read as an empty header."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as it goes over the wire."""
        if name in ("Message-ID", "In-Reply-To", "References", "List-Unsubscribe", "List-Id"):
            return (f"{name}: " + f"{self.linesep} ".join(str(value).split()) + self.linesep).encode()
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", max_line_length=78)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, rendered: `name` is the digest's, `owner` whoever gets replies when the channel names nobody."""

    name: str
    language: str
    subject: str
    text: str
    html: str
    owner: str = field(repr=False)


def letter_of(digest: Digest) -> Letter:
    """The digest as a mail says it."""
    subject = clean(digest.subject) or f"Beleidsradar {clean(digest.title)}"
    return Letter(digest.name, digest.language, subject, render_text(digest), render_html(digest), digest.owner)


def compose(
    letter: Digest | Letter,
    *,
    sender: str,
    sender_name: str,
    recipient: str,
    reply_to: str,
    message_id: str,
    references: Sequence[str],
    date: datetime,
    boundary: str,
    unsubscribe: str = "",
) -> bytes:
    """The digest as a mail: plain text and HTML, pure ASCII on the wire, no line over 998. The same input gives the same bytes.

    `message_id` and `references` are in angle brackets; `date` is aware; `boundary` must be plain ASCII and not occur in the
    text. `reply_to` may be "" (then replies go to the owner when that is an address, else to the sender). `unsubscribe` is the
    HTTPS address of this reader for one click (RFC 8058), "" when there is none. Raises DeliveryError when an address or id
    cannot stand in a header.
    """
    digest = letter_of(letter) if isinstance(letter, Digest) else letter
    message = EmailMessage(policy=_POLICY)
    answers = next((a for a in (reply_to, digest.owner) if is_address(a)), sender)
    words = words_for(digest.language)
    try:
        message["Subject"] = clip(clean(digest.subject), LONGEST_SUBJECT)
        message["From"] = Address(clean(sender_name), addr_spec=sender)
        message["To"] = Address(addr_spec=recipient)
        message["Reply-To"] = Address(addr_spec=answers)
    except (ValueError, IndexError, AttributeError):  # what the standard library raises for what is no address
        raise DeliveryError("a mail address in the channel or digest cannot stand in a mail header") from None
    message["Date"] = format_datetime(date)
    message["Message-ID"] = _identifier(message_id)
    if references:
        kept = _kept([_identifier(reference) for reference in references])
        message["In-Reply-To"] = kept[-1]
        message["References"] = " ".join(kept)
    domain = sender.rpartition("@")[2]
    message["List-Id"] = f"<{_label(digest.name)}.beleidsradar.{domain}>"
    stop = f"<{mailto(answers, words.say('mail_stop', name=clean(digest.name)))}>"
    if unsubscribe:
        stop = f"<{_one_click(unsubscribe)}>, {stop}"
    message["List-Unsubscribe"] = stop
    if unsubscribe:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Delivery-Id"] = message_id.strip("<>").partition("@")[0]
    message.set_content(digest.text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(digest.html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = words.language  # only now: earlier it would move into the first part
    message.set_boundary(boundary)
    return message.as_bytes()


def sender_of(plugin: NotifyEmail) -> tuple[str, str]:
    """Name ("" when the URL gives none) and address that a mail channel sends from, by its URL (`from=` or user@host)."""
    name, address = plugin.from_addr
    return (str(name) if name and name != plugin.app_id else "", str(address))


class RadarEmail(NotifyEmail):  # type: ignore[no-untyped-call]  # Apprise is only partly typed
    """Stock mailto URLs; submits the frozen bytes in `envelope` as they are and records what happened in `receipt`.

    The stock plugin would build its own message (no links in the plain part, a second Message-ID) and hide the server's answer.
    """

    socket_read_timeout = 60.0  # the answer to DATA may be slow: filters run before it
    envelope: Envelope | None = None
    recipient: str = ""
    receipt: Receipt | None = None

    def send(self, body: str, title: str = "", notify_type: Any = None, attach: Any = None, **kwargs: Any) -> bool:
        """Hands the envelope to the relay of this URL. The arguments are ignored: they only wake the plugin."""
        if self.envelope is None or not self.recipient:
            self.receipt = Receipt(Outcome.PERMANENT, "no_envelope", "a mail needs its frozen message and one recipient")
            return False
        relay = Relay(
            host=self.smtp_host,
            port=int(self.port or 0),
            mode=str(self.secure_mode),
            user=self.user or "",
            password=self.password or "",
            verify=bool(self.verify_certificate),
            connect_timeout=self.socket_connect_timeout,
            read_timeout=self.socket_read_timeout,
        )
        self.receipt = submit(self.envelope.body, relay, sender_of(self)[1], self.recipient)
        return self.receipt.outcome is Outcome.DELIVERED


def _identifier(value: str) -> str:
    """A message id that fits on one header line. Raises DeliveryError otherwise."""
    inner = value[1:-1]
    if not (
        value.startswith("<") and value.endswith(">") and is_address(inner) and value.isascii() and len(value) <= _LONGEST_ID
    ):
        raise DeliveryError("a Message-ID must look like <local@domain>, plain ASCII, not too long")
    return value


def _kept(references: list[str]) -> list[str]:
    """At most so many as a mail program needs: the first, which began the conversation, and the last ones (RFC 5322, 3.6.4)."""
    return references if len(references) <= _MOST_REFERENCES else [references[0], *references[1 - _MOST_REFERENCES :]]


def _one_click(url: str) -> str:
    """The address as it may stand in a header. Raises DeliveryError otherwise."""
    if not (url.isascii() and url.startswith("https://") and not set(url) & set('<>,"') and not any(c.isspace() for c in url)):
        raise DeliveryError("unsubscribe_url cannot stand in a mail header: an https:// address without spaces, <, > or commas")
    return url


def _label(name: str) -> str:
    """The digest's name as one label of a List-Id."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in clean(name).lower()).strip("-") or "digest"
