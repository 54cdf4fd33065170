"""Who works on what, and how often a host may be asked: rows that hold across processes."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage import schema


def this_process() -> str:
    """The name of this process as a holder of leases: host, process id, and when it started (a re-used id differs)."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_started(pid)}"


def is_dead(holder: str) -> bool:
    """True when the holder certainly no longer runs: it was on this machine and its process is gone."""
    host, _, rest = holder.rpartition(":")[0].rpartition(":")
    pid_text, started = rest, holder.rpartition(":")[2]
    if host != socket.gethostname() or not pid_text.isdigit():
        return False
    now_started = _started(int(pid_text))
    return now_started == "" or (started != "" and now_started != started)


def _started(pid: int) -> str:
    """The start time of a process in clock ticks since boot (Linux, proc(5) field 22); "" when there is no such process."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            return stat.read_text().rpartition(")")[2].split()[19]
        except OSError:
            return ""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        return "?"
    return "?"


class Leases:
    """Named leases with an end, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def acquire(self, name: str, holder: str, now: datetime, seconds: float) -> str:
        """ "" when the lease is now ours, else the present holder.

        A lease can be taken when it is free, ours already, past its end, or its holder is dead (this machine only).
        """
        table = schema.lease
        row = self._connection.execute(select(table).where(table.c.name == name).with_for_update()).one_or_none()
        until = now + timedelta(seconds=seconds)
        if row is None:
            self._connection.execute(insert(table).values(name=name, holder=holder, until=until))
            return ""
        if row.holder != holder and row.until > now and not is_dead(row.holder):
            if row.until > until:  # taken by a clock that ran ahead: it holds no longer than one taken now
                self._connection.execute(update(table).where(table.c.name == name).values(until=until))
            return str(row.holder)
        self._connection.execute(update(table).where(table.c.name == name).values(holder=holder, until=until))
        return ""

    def renew(self, holder: str, now: datetime, seconds: float) -> int:
        """Extend every lease that this holder still holds to `seconds` from now, none to less; returns how many it holds.

        A lease past its end that nobody took is still ours.
        """
        table = schema.lease
        until = now + timedelta(seconds=seconds)
        self._connection.execute(update(table).where(table.c.holder == holder, table.c.until < until).values(until=until))
        held = select(func.count()).select_from(table).where(table.c.holder == holder)
        return int(self._connection.execute(held).scalar_one())

    def release(self, name: str, holder: str) -> None:
        """Give the lease back; nothing happens when it is no longer ours."""
        table = schema.lease
        self._connection.execute(delete(table).where(table.c.name == name, table.c.holder == holder))


LONGEST_REST = timedelta(days=1)
"""No host is left alone for longer; a moment further off was written by a clock that ran ahead."""


class Rates:
    """When a host may be asked next."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reserve(self, host: str, seconds: float, now: datetime) -> float:
        """Reserve the next free moment for one request to this host; returns how many seconds away it is (0 when now)."""
        row = self._connection.execute(_NEXT, {"name": host}).one_or_none()
        begin = now if row is None or not now < row.next_at <= now + LONGEST_REST else row.next_at
        following = begin + timedelta(seconds=seconds)
        if row is None:
            self._connection.execute(insert(schema.rate), {"host": host, "next_at": following})
        else:
            self._connection.execute(_UPDATE, {"name": host, "next_at": following})
        return (begin - now).total_seconds()

    def take_free(self, host: str, seconds: float, now: datetime) -> float:
        """Take a turn of this host only when nobody waits for one: 0 when it is ours now, else the seconds until it is free
        again, with nothing reserved. Whoever reserves goes first."""
        row = self._connection.execute(_NEXT, {"name": host}).one_or_none()
        if row is not None and now < row.next_at <= now + LONGEST_REST:
            return float((row.next_at - now).total_seconds())
        return self.reserve(host, seconds, now)


# Said once: putting a statement together takes longer than carrying it out.
_NEXT = select(schema.rate.c.next_at).where(schema.rate.c.host == bindparam("name")).with_for_update()
_UPDATE = update(schema.rate).where(schema.rate.c.host == bindparam("name"))
