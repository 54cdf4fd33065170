"""Opening the archive for a command: never by accident a new one, never a file that is none."""

from __future__ import annotations

import os

from domain.errors import Fault, StorageError
from services import in_force as configuration
from services import last_good
from services import settings_database as database
from services.environment import sources_path
from services.radar import Radar
from services.secret import Secret
from services.settings import Settings, load
from services.wiring import open_in_force, open_radar


def settings() -> Settings:
    """The configuration of this process. Raises ConfigurationError with every fault."""
    return load(sources_path(os.environ), os.environ)


def database_url(*, create: bool) -> str:
    """The configured database, if it can be one. Only with `create` it may be absent; else StorageError says what makes it."""
    url = settings().database_url
    _usable(url, create=create)
    return url.reveal()


def _usable(url: Secret, *, create: bool) -> None:
    said = database.unreadable(url)
    if said:
        raise StorageError(f"{said}; check BELEIDSRADAR_DATABASE_URL")
    if not create and database.absent(url):
        raise StorageError("there is no archive yet; `beleidsradar run` makes one")


def radar(*, create: bool) -> Radar:
    """The wired product. Raises StorageError, in a line that says what to do, when the archive cannot be used.

    With `create` (whoever visits and judges) the configuration is written down as in force (`services.in_force`).
    """
    database_url(create=create)
    found = open_radar(os.environ, create=create)
    if create:
        configuration.keep(found)
    return found


def in_force(*, create: bool) -> tuple[Radar, tuple[Fault, ...]]:
    """As `radar`, but a broken edit leaves the last good configuration in force; the faults of that edit too."""
    url = last_good.load(sources_path(os.environ), os.environ).settings.database_url
    _usable(url, create=create)
    return open_in_force(os.environ, create=create)
