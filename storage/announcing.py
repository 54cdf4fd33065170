"""What becomes of an address when a route names it: new, changed, wanted after all, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.listings import Entry
from storage import schema
from storage.columns import plain
from storage.queries import chunks
from storage.resource import ResourceState


@dataclass(frozen=True, slots=True)
class Announcement:
    """Who names addresses, and how: the parameters of `Resources.announce`."""

    source: str
    route: str
    at: datetime
    baseline: bool
    quiet: bool
    live: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What an announcement can change of an address that is known already."""

    id: int
    state: str
    quiet: bool
    marks: Mapping[str, str]
    read_marks: Mapping[str, str]


def announce(
    connection: Connection, said: Announcement, entries: Iterable[Entry], priority: Mapping[str, int]
) -> tuple[int, int]:
    """See `Resources.announce`. A thousand entries are a handful of statements."""
    named = {plain(entry.url): entry for entry in entries}
    new: list[dict[str, Any]] = []
    changed: list[Known] = []
    touched: list[Known] = []
    for urls in chunks(named):
        known = _known(connection, urls)
        for url in urls:
            entry = named[url]
            before = known.get(url)
            if before is None:
                new.append(_first(said, entry, priority.get(entry.url, 0)))
                continue
            after, counts = _again(said, entry, before)
            if after != before:
                touched.append(after)
            if counts:
                changed.append(after)
    if new:
        connection.execute(insert(schema.resource), new)
    if touched:
        _update(connection, touched)
    return len(new), len(changed)


def _known(connection: Connection, urls: list[str]) -> dict[str, Known]:
    table = schema.resource
    columns = (table.c.url, table.c.id, table.c.state, table.c.quiet, table.c.marks, table.c.read_marks)
    rows = connection.execute(select(*columns).where(table.c.url.in_(urls)))
    return {row.url: Known(row.id, row.state, row.quiet, row.marks, row.read_marks) for row in rows}


def _first(said: Announcement, entry: Entry, priority: int) -> dict[str, Any]:
    state = ResourceState.LISTED if said.baseline and not entry.recent else ResourceState.WAITING
    return {
        "source": said.source,
        "url": entry.url,
        "title": entry.title,
        "kind": entry.kind.value if entry.kind else "",
        "dated": entry.dated,
        "baseline": said.baseline,
        "quiet": said.quiet,
        "first_listed": said.at,
        "priority": priority,
        "state": state.value,
        "marks": {said.route: entry.mark} if said.route else {},
        "read_marks": {},
        "validators": {},
    }


def _again(said: Announcement, entry: Entry, before: Known) -> tuple[Known, bool]:
    """What a known address becomes, and whether that counts as a change."""
    if not said.route or before.marks.get(said.route) == entry.mark:
        return before, False
    first_here = said.route not in before.marks
    after = replace(before, marks={**before.marks, said.route: entry.mark})
    match before.state:
        case ResourceState.READ if first_here:
            # A second route that names a paper we know says nothing new about it.
            return replace(after, read_marks={**before.read_marks, said.route: entry.mark}), False
        case ResourceState.LISTED if not first_here or entry.recent:
            return replace(after, state=ResourceState.WAITING.value), True
        case ResourceState.WAITING | ResourceState.FAILED if _found_by_backfill(before) and said.live and not said.baseline:
            return replace(after, quiet=False), True  # not read yet, and now a list of today brings it: news after all
    return after, not first_here


def _found_by_backfill(known: Known) -> bool:
    """True for what only a backfill named so far: it writes no marks."""
    return known.quiet and not known.marks


def _update(connection: Connection, touched: list[Known]) -> None:
    table = schema.resource
    names = ("state", "quiet", "marks", "read_marks")
    statement = update(table).where(table.c.id == bindparam("key")).values({name: bindparam(f"new_{name}") for name in names})
    connection.execute(
        statement, [{"key": after.id, **{f"new_{name}": getattr(after, name) for name in names}} for after in touched]
    )
