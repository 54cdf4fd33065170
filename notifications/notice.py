"""A short note to the owner of a digest, in plain text: by mail, or through the channel that the digest has."""

from __future__ import annotations

import json
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from domain.errors import DeliveryError
from notifications.envelopes import ChannelKind, Envelope
from notifications.safe import clean, clip
from notifications.slack_blocks import escape

LONGEST = 2_900
"""Characters; a Slack block holds 3,000."""


def notice(
    kind: ChannelKind,
    subject: str,
    text: str,
    *,
    sender: str = "",
    sender_name: str = "Beleidsradar",
    recipient: str = "",
    message_id: str = "",
    date: datetime | None = None,
) -> Envelope:
    """The note as a frozen message. Mail needs `sender`, `recipient`, `message_id` and `date`; raises DeliveryError when an
    address cannot stand in a header."""
    title, body = clip(clean(subject), 120), "\n".join(clean(line) for line in text.splitlines())
    if kind is ChannelKind.SLACK:
        said = escape(clip(f"{title}\n{body}", LONGEST))
        payload = {"text": escape(title), "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": said}}]}
        return Envelope(kind, title, json.dumps(payload, ensure_ascii=False).encode())
    if kind is ChannelKind.OTHER:
        return Envelope(kind, title, clip(body, LONGEST).encode())
    message = EmailMessage(policy=SMTP)
    try:
        message["Subject"] = title
        message["From"] = Address(clean(sender_name), addr_spec=sender)
        message["To"] = Address(addr_spec=recipient)
    except (ValueError, IndexError, AttributeError):
        raise DeliveryError("the owner's address or the channel's cannot stand in a mail header") from None
    if date is not None:
        message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    return Envelope(kind, title, message.as_bytes())
