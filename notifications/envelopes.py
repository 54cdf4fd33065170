"""What travels: frozen bytes to one recipient of one channel, and what became of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import DeliveryError


class ChannelKind(StrEnum):
    """How a message for a channel is built."""

    MAIL = "mail"  # mailto, mailtos: one MIME message
    SLACK = "slack"  # Slack webhooks: Block Kit payloads
    OTHER = "other"  # any other enabled Apprise service: plain text
    LATER = "later"  # the channel is not known yet: the message is built from the stored issue once it is


class Outcome(StrEnum):
    """What became of one attempt. UNKNOWN is: perhaps delivered, the answer was lost after the message went out."""

    DELIVERED = "delivered"
    TRANSIENT = "transient"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


class Blame(StrEnum):
    """What a failed attempt is about, and so who else will meet the same."""

    CHANNEL = "channel"  # the server, the log-in, the webhook: every message of the channel
    RECIPIENT = "recipient"  # this address
    MESSAGE = "message"  # these bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """The result of one attempt: `code` as the other side gave it or a word of ours ("250", "429", "connect"), `detail` one
    line without secrets or recipients, `retry_after` seconds the other side asks to wait (None when it does not say)."""

    outcome: Outcome
    code: str
    detail: str = ""
    retry_after: float | None = None
    blame: Blame = Blame.CHANNEL


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message part, frozen before the first attempt so that a retry is byte-identical. The body never shows in `repr`,
    because a mail's headers name its recipient."""

    kind: ChannelKind
    title: str
    body: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        """The envelope as JSON, fit to be stored. Raises UnicodeDecodeError when the body is not UTF-8 (ours always is)."""
        return json.dumps({"kind": self.kind.value, "title": self.title, "body": self.body.decode()}, ensure_ascii=False).encode()

    @staticmethod
    def from_bytes(data: bytes) -> Envelope:
        """The envelope that `to_bytes` wrote down. Raises DeliveryError for anything else."""
        try:
            raw = json.loads(data)
            return Envelope(ChannelKind(raw["kind"]), raw["title"], raw["body"].encode())
        except (ValueError, KeyError, TypeError, AttributeError):
            raise DeliveryError("a stored message cannot be read: not an envelope of this program") from None
