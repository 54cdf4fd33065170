"""Who gets mail: the conversations they had, and the addresses that refused it for good."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from domain.events import DeliveryState
from storage import schema
from storage.parcels import Purpose

REFUSED = "rcpt "
"""How the code of an attempt begins when the address refused, and not the server or the message."""

HARD_BOUNCES = frozenset(f"{REFUSED}{code}" for code in (550, 551, 553))
"""Answers to RCPT TO that say that there is no such address (RFC 5321, 4.2.3)."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """An address of a channel that nothing is sent to, since when and why. Its repr does not show the address."""

    target: str
    channel: str
    recipient: str = field(repr=False)
    since: datetime
    detail: str


class Correspondents:
    """Conversations and refusals inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mails_of_thread(self, target: str, thread: str) -> tuple[str, ...]:
        """The Message-IDs of the mails that told this target of this thread, oldest first; not those that were given up."""
        table, mails = schema.delivery, schema.mail_thread
        gone = (DeliveryState.DEAD.value, DeliveryState.DROPPED.value)
        rows = self._connection.execute(
            select(mails.c.message_id)
            .join(table, table.c.id == mails.c.delivery_id)
            .where(mails.c.target == target, mails.c.thread == thread, table.c.state.not_in(gone))
            .order_by(mails.c.delivery_id)
        )
        return tuple(row.message_id for row in rows)

    def hard_bounces(self, target: str) -> int:
        """How many issues in a row, the last one included, this target's address refused for good."""
        table = schema.delivery
        ended = (DeliveryState.DELIVERED.value, DeliveryState.DEAD.value)
        rows = self._connection.execute(
            select(table.c.state, table.c.code)
            .where(table.c.target == target, table.c.state.in_(ended), table.c.purpose == Purpose.ISSUE.value)
            .order_by(table.c.id.desc())
        )
        count = 0
        for row in rows:
            if row.state != DeliveryState.DEAD.value or row.code not in HARD_BOUNCES:
                break
            count += 1
        return count

    def suppress(self, found: Suppressed) -> None:
        """Send nothing to this address from now on; the first time counts."""
        if self.suppressed(found.target) is None:
            values = {name: getattr(found, name) for name in ("target", "channel", "recipient", "since", "detail")}
            self._connection.execute(insert(schema.suppressed).values(**values))

    def release(self, target: str) -> bool:
        """Send to this address again; False when nothing stood in the way."""
        return self._connection.execute(delete(schema.suppressed).where(schema.suppressed.c.target == target)).rowcount > 0

    def suppressed(self, target: str) -> Suppressed | None:
        """Since when and why nothing is sent to this target; None when it gets its mail."""
        return next((one for one in self.all_suppressed() if one.target == target), None)

    def all_suppressed(self) -> tuple[Suppressed, ...]:
        """Every address that nothing is sent to, the longest first."""
        table = schema.suppressed
        rows = self._connection.execute(select(table).order_by(table.c.since, table.c.target))
        return tuple(Suppressed(row.target, row.channel, row.recipient, row.since, row.detail) for row in rows)
