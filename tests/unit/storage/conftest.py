"""Every storage test runs on SQLite, and on PostgreSQL too where its binaries are on the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from storage import migrate
from storage.unit_of_work import Store


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _as_postgres(*command: str) -> None:
    """PostgreSQL refuses to run as root; as root, its own user runs it."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of this test run, on a socket in a folder of its own."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's binaries are not on this machine")
    with tempfile.TemporaryDirectory(prefix="radar-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = f"{folder}/data"
        _as_postgres(str(binaries / "initdb"), "-D", data, "-U", "radar", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off"
        _as_postgres(str(binaries / "pg_ctl"), "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start")
        try:
            yield f"postgresql+psycopg://radar@/{{database}}?host={folder}"
        finally:
            _as_postgres(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop")


def _made(connection: Connection, template: str) -> str:
    """How a database is made: a copy of one, file by file (a third faster), or an empty one.

    The empty one sorts as a dictionary does, unlike SQLite: what has to come out the same must not lean on it."""
    server = connection.dialect.server_version_info or (0,)
    if server < (15,):
        return f"TEMPLATE {template}" if template else ""
    return f"TEMPLATE {template} STRATEGY FILE_COPY" if template else "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'nl-NL'"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on."""
    return str(request.param)


@pytest.fixture
def url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'radar.db'}"
    return _created(request.getfixturevalue("postgres"), _name(request), "")


@pytest.fixture(scope="session")
def sqlite_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the present schema, to be copied: migrating takes a quarter of a second and there are many tests."""
    file = tmp_path_factory.mktemp("archive") / "radar.db"
    opened = Store(f"sqlite:///{file}")
    migrate.upgrade(opened)
    opened.close()
    return file


@pytest.fixture(scope="session")
def postgres_archive(postgres: str) -> str:
    """The name of a database with the present schema, for PostgreSQL to copy."""
    opened = Store(_created(postgres, "archive", ""))
    migrate.upgrade(opened)
    opened.close()
    return "archive"


@pytest.fixture
def store(request: pytest.FixtureRequest, kind: str, url: str, tmp_path: Path) -> Iterator[Store]:
    """An empty archive, at `url`."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_archive"), tmp_path / "radar.db")
    else:
        template = request.getfixturevalue("postgres_archive")
        _created(request.getfixturevalue("postgres"), _name(request), template)
    opened = Store(url)
    yield opened
    opened.close()


def _name(request: pytest.FixtureRequest) -> str:
    return f"t{abs(hash(request.node.nodeid)):x}"


def _created(pattern: str, name: str, template: str) -> str:
    """The URL of a database made anew; a copy of a template, or empty."""
    admin = create_engine(pattern.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} {_made(connection, template)}"))
    admin.dispose()
    return pattern.format(database=name)
