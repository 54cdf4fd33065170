"""The archive that the first release filled, brought to this release: nothing of what it says changes, on either database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.errors import StorageError
from domain.search_words import words_of
from storage import migrate, rows
from storage.content import content_hash
from storage.revisions import SCRIPTS
from storage.unit_of_work import Store

REVISIONS = sorted(file.name[:4] for file in (SCRIPTS / "versions").glob("0*.py"))[1:]


@pytest.fixture
def said(root: Path) -> Any:
    """What the first release said of its archive."""
    return json.loads((root / "tests" / "fixtures" / "first_release.json").read_text())


@pytest.fixture
def first(kind: str, url: str, first_release: Path, tmp_path: Path) -> Iterator[Store]:
    """Its archive at schema 0001; on PostgreSQL the same rows."""
    if kind == "sqlite":
        shutil.copy(first_release, tmp_path / "radar.db")
        store = Store(url)
    else:
        store, old = Store(url), Store(f"sqlite:///{first_release}")
        migrate.upgrade(store, "0001")
        with store.engine.begin() as connection, old.engine.connect().execution_options(reading=True) as reading:
            rows.load(connection, rows.lines(reading))
        old.close()
    yield store
    store.close()


def _hash(store: Store) -> str:
    with store.engine.connect().execution_options(reading=True) as connection:
        return content_hash(connection)


def _rows(store: Store) -> list[bytes]:
    with store.engine.connect().execution_options(reading=True) as connection:
        return list(rows.lines(connection))


def test_the_content_hash_stays_on_the_way_up_and_down(first: Store, said: Any) -> None:
    assert (migrate.current(first), _hash(first)) == (said["schema"], said["content_hash"])
    migrate.upgrade(first)
    migrate.require_current(first)
    assert _hash(first) == said["content_hash"]
    before = _rows(first)
    for revision in reversed(REVISIONS):
        migrate.downgrade(first)
        assert migrate.current(first) < revision  # type: ignore[operator]
        assert _hash(first) == said["content_hash"], f"back from {revision}"
    migrate.upgrade(first)
    assert _rows(first) == before


@pytest.mark.parametrize("kind", ["sqlite"])
def test_everything_can_be_read_and_found_afterwards(first: Store, said: Any) -> None:
    migrate.upgrade(first)
    with first.begin() as unit:
        assert unit.search.rebuild() == said["versions"]
    with first.read() as unit:
        damaged = [wrong for _, wrong in unit.snapshots.check_blobs() if wrong]
        assert (len(list(unit.snapshots.check_blobs())), damaged) == (said["blobs"], [])
        versions = [one for key in unit.snapshots.resources_with_versions() for one in unit.snapshots.versions(key)]
        assert len(versions) == said["versions"]
        letter = next(one for one in versions if one.document.id == "kst-32637-480")
        word = next(word for word in words_of(letter.document) if word.startswith("procesinnovat"))
        assert letter.resource_id in unit.search.holders(word)


def test_a_database_of_a_later_release_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for use in (migrate.require_current, migrate.upgrade):
        with pytest.raises(StorageError, match="schema 9999, which a later release made") as raised:
            use(store)
        assert "\n" not in str(raised.value)
