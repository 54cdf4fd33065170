"""The migrations and the tables of `storage.schema` are the same, forward and back."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from domain.errors import ConfigurationError, StorageError
from storage import migrate, revisions, schema
from storage.schema.search import is_described
from storage.unit_of_work import Store


def test_migrations_make_exactly_the_tables_of_the_schema(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_described})
        assert compare_metadata(context, schema.metadata) == []


def test_a_migrated_database_is_current(store: Store) -> None:
    migrate.require_current(store)
    assert migrate.current(store) == migrate.newest()


def test_all_the_way_back_and_forward(store: Store) -> None:
    migrate.downgrade(store, "base")
    assert migrate.current(store) is None
    with store.engine.connect() as connection:
        assert inspect(connection).get_table_names() in ([], ["alembic_version"])
    migrate.upgrade(store)
    migrate.require_current(store)


def test_an_empty_database_says_what_makes_one(url: str) -> None:
    with pytest.raises(StorageError, match="beleidsradar run"):
        migrate.require_current(Store(url))


def test_a_database_url_of_another_kind_is_refused_without_showing_it() -> None:
    with pytest.raises(ConfigurationError) as raised:
        Store("mysql://root:canary@host/db")
    assert "canary" not in str(raised.value)
    assert "BELEIDSRADAR_DATABASE_URL" in str(raised.value)


def test_a_database_that_cannot_be_opened_is_one_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(StorageError) as raised:
        migrate.current(Store(f"sqlite:///{tmp_path}/no/such/folder/radar.db"))
    assert "\n" not in str(raised.value)


def test_what_is_newest_is_found_without_alembic(store: Store) -> None:
    """Looking at a database loads no machinery for changing it; the file names and Alembic's chain agree."""
    assert revisions.newest() == ScriptDirectory(str(revisions.SCRIPTS)).get_current_head()
    assert migrate.knows(revisions.newest())
    assert not migrate.knows("9999")
    with store.engine.connect() as connection:
        assert revisions.current(store) == MigrationContext.configure(connection).get_current_revision()
