"""Opening the archive for a command: never by accident a new one, never a file that is none."""

from __future__ import annotations

import os

from domain.errors import StorageError
from services import settings_database as database
from services.environment import sources_path
from services.radar import Radar
from services.settings import Settings, load
from services.wiring import open_radar


def settings() -> Settings:
    """The configuration of this process. Raises ConfigurationError with every fault."""
    return load(sources_path(os.environ), os.environ)


def database_url(*, create: bool) -> str:
    """The configured database, if it can be one. Only with `create` it may be absent; else StorageError says what makes it."""
    url = settings().database_url
    said = database.unreadable(url)
    if said:
        raise StorageError(f"{said}; check BELEIDSRADAR_DATABASE_URL")
    if not create and database.absent(url):
        raise StorageError("there is no archive yet; `beleidsradar run` makes one")
    return url.reveal()


def radar(*, create: bool) -> Radar:
    """The wired product. Raises StorageError, in a line that says what to do, when the archive cannot be used."""
    database_url(create=create)
    return open_radar(os.environ, create=create)
