"""Bringing a database to the schema of this release. What a database is at stands in `storage.revisions`."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.failures import said_plainly
from storage.revisions import SCRIPTS, current, newest, require_current
from storage.unit_of_work import Store

__all__ = ["current", "downgrade", "knows", "newest", "require_current", "upgrade", "upgrade_on"]


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the database forward (an empty one: create everything), in one transaction."""
    with said_plainly(store.engine), store.engine.begin() as connection:
        upgrade_on(connection, revision)


def upgrade_on(connection: Connection, revision: str = "head") -> None:
    """Bring the database forward within a transaction of the caller's."""
    command.upgrade(_config(connection), revision)


def knows(revision: str) -> bool:
    """True when this release has that schema: a database of a later release has one that it does not know."""
    return revision in {script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()}


def downgrade(store: Store, revision: str = "-1") -> None:
    """Bring the database back, one step unless a revision is named."""
    with said_plainly(store.engine), store.engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
