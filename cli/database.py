"""db: the archive's database."""

from __future__ import annotations

from cli import opening
from cli.output import as_json, say
from storage import migrate
from storage.unit_of_work import Store


def check(*, json: bool) -> None:
    """Schema and content hash."""
    radar = opening.radar(create=False)
    with radar.store.read() as unit:
        content = unit.content_hash()
    if json:
        as_json({"schema": migrate.newest(), "content_hash": content})
    else:
        say(f"schema {migrate.newest()}, content {content}")


def upgrade(*, json: bool) -> None:
    """To the schema of this release; an absent archive is not made here, and a database of somebody else is left alone."""
    store = Store(opening.database_url(create=False))
    before = migrate.current(store)
    if before is None:
        migrate.require_current(store)  # raises, and says which of the two it is
    migrate.upgrade(store)
    if json:
        as_json({"from": before, "to": migrate.newest()})
    else:
        say(f"schema {before or 'none'} -> {migrate.newest()}")
