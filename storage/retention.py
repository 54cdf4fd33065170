"""What is let go of after how long, table by table.

Never: snapshots, versions, events, assessments, what was told, gaps, packs in force, mutes, judgements. They are the archive and
its proof.

Each function takes the moment before which something is old, and returns how many rows it dropped or emptied.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, func, or_, select, update

from domain.events import DeliveryState, VisitState
from storage import schema

FINISHED = tuple(state.value for state in (DeliveryState.DELIVERED, DeliveryState.DEAD, DeliveryState.DROPPED))
KEPT_RENDERINGS = ("html", "json")
"""What the reading room and the coverage register are made of."""


class Retention:
    """Letting go inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def messages(self, before: datetime) -> int:
        """Address and bytes of messages that were finished before; who was told what stays, under keyed hashes."""
        table = schema.delivery
        ended = func.coalesce(table.c.delivered, table.c.created)
        old = and_(table.c.state.in_(FINISHED), ended < before, or_(table.c.recipient != "", func.length(table.c.envelope) > 0))
        return self._changed(update(table).where(old).values(recipient="", envelope=b""))

    def renderings(self, before: datetime) -> int:
        """Forms of an issue that were made to be sent; the page and the facts stay."""
        table = schema.digest_run
        rows = self._connection.execute(
            select(table.c.id, table.c.renderings).where(table.c.made < before, table.c.number.is_not(None))
        ).all()
        count = 0
        for row in rows:
            kept = {name: text for name, text in row.renderings.items() if name in KEPT_RENDERINGS}
            if kept != row.renderings:
                self._connection.execute(update(table).where(table.c.id == row.id).values(renderings=kept))
                count += 1
        return count

    def warnings(self, before: datetime) -> int:
        """Warnings about pages; the pages themselves stay."""
        return self._changed(delete(schema.warning).where(schema.warning.c.at < before))

    def visits(self, before: datetime) -> int:
        """Closed visits that brought nothing, but for the first of each source: it says since when the source is watched."""
        table = schema.visit
        first = select(func.min(table.c.id)).group_by(table.c.source)
        used = [
            exists(select(1).where(other.c.visit_id == table.c.id)) for other in (schema.version, schema.event, schema.warning)
        ]
        nothing = and_(*(~one for one in used))
        closed = table.c.state != VisitState.OPEN.value
        return self._changed(delete(table).where(table.c.started < before, closed, nothing, table.c.id.not_in(first)))

    def incidents(self, before: datetime) -> int:
        """Incidents that ended, and broken edits that were mended."""
        incident, edit = schema.incident, schema.broken_edit
        return self._changed(delete(incident).where(incident.c.ended < before)) + self._changed(
            delete(edit).where(edit.c.mended < before)
        )

    def backfills(self, before: datetime) -> int:
        """Checkpoints of backfills: asking for that stretch again asks the lists again and reads what is new."""
        return self._changed(delete(schema.window).where(schema.window.c.done < before))

    def questions(self, before: datetime) -> int:
        """Validators of questions that are not asked any more, robots.txt that ran out, turns at hosts, leases nobody holds."""
        asked, robots, rate, lease = schema.asked, schema.robots, schema.rate, schema.lease
        return sum(
            self._changed(statement)
            for statement in (
                delete(asked).where(asked.c.answered < before),
                delete(robots).where(robots.c.until < before),
                delete(rate).where(rate.c.next_at < before),
                delete(lease).where(lease.c.until < before),
            )
        )

    def sweep(self, limits: Mapping[str, datetime]) -> Mapping[str, int]:
        """Let go of everything that is older than the limit of its name; a name without a limit is kept."""
        every = (self.messages, self.renderings, self.warnings, self.visits, self.incidents, self.backfills, self.questions)
        return {one.__name__: one(limits[one.__name__]) for one in every if one.__name__ in limits}

    def _changed(self, statement: object) -> int:
        return int(self._connection.execute(statement).rowcount)  # type: ignore[call-overload]
