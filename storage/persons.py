"""What the archive holds about a person, by mail address, by name, and by the keyed hashes under which they are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from domain.events import DeliveryState
from storage import schema
from storage.retention import FINISHED

FORGOTTEN = "forgotten"
"""What stands in the place of a name."""


class Persons:
    """Persons inside one transaction. Names and addresses are compared without regard to case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def deliveries(self, name: str) -> tuple[dict[str, Any], ...]:
        """Messages to this address, without their bytes."""
        table, run = schema.delivery, schema.digest_run
        columns = [table.c[one] for one in ("id", "channel", "part", "state", "created", "delivered", "message_id", "detail")]
        return self._rows(
            select(*columns, run.c.digest, run.c.number)
            .join(run, run.c.id == table.c.digest_run_id)
            .where(_is(table.c.recipient, name))
            .order_by(table.c.id)
        )

    def unfinished(self, name: str) -> tuple[tuple[int, DeliveryState], ...]:
        """Messages to this address that may still go out."""
        table = schema.delivery
        rows = self._connection.execute(
            select(table.c.id, table.c.state)
            .where(_is(table.c.recipient, name), table.c.state.not_in(FINISHED))
            .order_by(table.c.id)
        )
        return tuple((row.id, DeliveryState(row.state)) for row in rows)

    def suppressed(self, name: str) -> tuple[dict[str, Any], ...]:
        """That nothing is sent to this address any more."""
        table = schema.suppressed
        return self._rows(select(table.c.channel, table.c.since, table.c.detail).where(_is(table.c.recipient, name)))

    def mutes(self, name: str) -> tuple[dict[str, Any], ...]:
        """What this person muted or took back."""
        table = schema.mute
        columns = [table.c[one] for one in ("target", "topic", "reason", "who", "since", "until", "ended", "ended_by")]
        return self._rows(select(*columns).where(or_(_is(table.c.who, name), _is(table.c.ended_by, name))).order_by(table.c.id))

    def told(self, targets: Iterable[str]) -> tuple[dict[str, Any], ...]:
        """What was told to these targets: event keys with channel, digest and moment."""
        table = schema.told
        columns = [table.c[one] for one in ("event_key", "channel", "digest", "at")]
        return self._rows(select(*columns).where(table.c.target.in_(tuple(targets))).order_by(table.c.at, table.c.event_key))

    def issues(self, name: str) -> tuple[dict[str, Any], ...]:
        """Issues whose page names this address (an owner stands at the foot)."""
        table = schema.digest_run
        return tuple(
            {"digest": row.digest, "number": row.number}
            for row in self._connection.execute(select(table).where(table.c.number.is_not(None)).order_by(table.c.id))
            if any(name.casefold() in text.casefold() for text in row.renderings.values())
        )

    def forget(self, name: str) -> dict[str, int]:
        """Take the address and name out of everything that is finished; returns how many rows by what they are."""
        delivery, suppressed, mute = schema.delivery, schema.suppressed, schema.mute
        return {
            "deliveries": self._changed(
                update(delivery).where(_is(delivery.c.recipient, name)).values(recipient="", envelope=b"", detail="")
            ),
            "suppressed": self._changed(suppressed.delete().where(_is(suppressed.c.recipient, name))),
            "mutes": self._changed(update(mute).where(_is(mute.c.who, name)).values(who=FORGOTTEN))
            + self._changed(update(mute).where(_is(mute.c.ended_by, name)).values(ended_by=FORGOTTEN)),
            "issues": self._out_of_issues(name),
        }

    def _out_of_issues(self, name: str) -> int:
        table = schema.digest_run
        count = 0
        for row in self._connection.execute(select(table.c.id, table.c.renderings).order_by(table.c.id)).all():
            kept = {form: _without(text, name) for form, text in row.renderings.items()}
            if kept != row.renderings:
                self._connection.execute(update(table).where(table.c.id == row.id).values(renderings=kept))
                count += 1
        return count

    def _rows(self, query: Any) -> tuple[dict[str, Any], ...]:
        return tuple(dict(row._mapping) for row in self._connection.execute(query))

    def _changed(self, statement: Any) -> int:
        return int(self._connection.execute(statement).rowcount)


def _is(column: Any, name: str) -> Any:
    return func.lower(column) == name.lower()


def _without(text: str, name: str) -> str:
    """The text with another word in the place of the address, whatever its case."""
    low, wanted, begin, parts = text.lower(), name.lower(), 0, []
    if len(low) != len(text):  # a letter whose lower case is longer: places would differ
        return text.replace(name, FORGOTTEN)
    while (found := low.find(wanted, begin)) >= 0:
        parts += [text[begin:found], FORGOTTEN]
        begin = found + len(wanted)
    return "".join([*parts, text[begin:]])
