"""Backups: one by hand, one a night of which seven are kept, and putting one back so that nothing is told a second time."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.calendar import day_and_time
from domain.errors import BusyError, StorageError, UsageError
from services import settings_database as database
from services.clock import Clock
from services.radar import Radar
from services.settings import Settings
from storage import backup as files
from storage import migrate, restore
from storage.backup import Manifest
from storage.told import Ledger
from storage.unit_of_work import Store

FOLDER = "backups"
ENDING = ".tar.zst"
KEEP = 7
NIGHTLY = "nightly-"
BEFORE_UPGRADE = "before-upgrade-"
BEFORE_RESTORE = "before-restore-"
INCIDENT = "backup"
"""The kind of incident under which a failed nightly backup stands, at no source."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One backup: the file, its size in bytes and what it says of itself."""

    file: Path
    bytes: int
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: `aside` is where the archive that stood there is kept, `told` how many lines the ledger gained (None:
    the backup's ledger has another key and was left alone)."""

    file: Path
    manifest: Manifest
    schema: str
    aside: Path | None
    told: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the nightly backups stand: when the last one was taken (ISO 8601, "" when never), how many there are, their bytes, and
    why the last try failed ("" when it did not)."""

    last: str
    kept: int
    bytes: int
    failure: str


def backup(radar: Radar, to: Path | None = None, *, name: str = "by-hand-") -> Taken:
    """Take a backup while the service goes on, to this file or into the home's own folder.

    Raises UsageError for a file that exists, StorageError when the archive is damaged or there is no room.
    """
    now = radar.clock.now()
    target = to if to is not None else _folder(radar.settings) / f"{name}{_stamp(now)}{ENDING}"
    if to is not None and to.exists():
        raise UsageError(f"--to: {to} exists; name another file")
    if not target.parent.is_dir():
        raise UsageError(f"--to: there is no folder {target.parent}; make it, or name another file")
    return _take(radar.store, radar.ledger, radar.settings, target, now)


def nightly(radar: Radar) -> Taken:
    """The backup of this night; the seven newest are kept, and older ones go only when this one is whole.

    What failed stands in `status` until one succeeds. Raises StorageError then.
    """
    now = radar.clock.now()
    try:
        taken = backup(radar, name=NIGHTLY)
    except StorageError as error:
        with radar.store.begin() as unit:
            unit.incidents.note("", INCIDENT, f"the nightly backup failed: {error}", now)
        raise
    with radar.store.begin() as unit:
        unit.incidents.end("", INCIDENT, now)
    for old in _nightly(radar.settings)[:-KEEP]:
        old.unlink(missing_ok=True)
    return taken


def standing(radar: Radar) -> Standing:
    """How the nightly backups stand."""
    found = _nightly(radar.settings)
    with radar.store.read() as unit:
        failed = unit.incidents.open("", INCIDENT)
    stamp = found[-1].name.removeprefix(NIGHTLY).removesuffix(ENDING) if found else ""
    said = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC).isoformat() if stamp else ""
    return Standing(said, len(found), sum(one.stat().st_size for one in found), failed.said if failed else "")


def before_upgrade(settings: Settings, clock: Clock) -> Taken:
    """A backup of the archive as it is, at whatever schema, before it is brought to that of this release."""
    store = Store(settings.database_url.reveal())
    now = clock.now()
    target = _folder(settings) / f"{BEFORE_UPGRADE}{_stamp(now)}{ENDING}"
    try:
        return _take(store, Ledger(settings.home), settings, target, now)
    finally:
        store.close()


def put_back(settings: Settings, clock: Clock, file: Path, *, force: bool = False) -> Restored:
    """Restore a backup: verified first, the present archive kept aside, and the ledger of what was told only ever added to.

    Raises BusyError while somebody works on the archive (unless `force`), StorageError for a backup that is not whole or of a
    later release; the archive is as it was then.
    """
    now = clock.now()
    url = settings.database_url
    place = database.sqlite_file(url)
    if place is not None and not place.parent.is_dir():
        raise StorageError(f"the folder {place.parent} for the database is not there; make it first")
    with restore.ready(file, place) as (manifest, archive, log, key):
        if not force:
            _nobody_works(settings, now)
        if place is not None:
            aside = restore.into_file(manifest, archive, place, _stamp(now))
        else:
            aside = _into_server(settings, manifest, archive, now)
        told = Ledger(settings.home).take_in(log, key)
    return Restored(file, manifest, migrate.newest(), aside, told)


def _into_server(settings: Settings, manifest: Manifest, archive: Path, now: datetime) -> Path | None:
    """The present database is exported before it is replaced: a server has no file to keep."""
    store = Store(settings.database_url.reveal())
    try:
        aside = None
        if migrate.current(store) is not None:
            aside = _folder(settings) / f"{BEFORE_RESTORE}{_stamp(now)}{ENDING}"
            _take(store, Ledger(settings.home), settings, aside, now)
        restore.into_server(manifest, archive, store)
        return aside
    finally:
        store.close()


def _nobody_works(settings: Settings, now: datetime) -> None:
    if database.absent(settings.database_url) or database.unreadable(settings.database_url):
        return
    store = Store(settings.database_url.reveal())
    try:
        found = restore.working(store, now)
    except StorageError as error:
        raise StorageError(f"{error}; --force restores without looking who works on it") from error
    finally:
        store.close()
    if found:
        raise BusyError(f"{found}: stop the service first (--force restores all the same)")


def _take(store: Store, ledger: Ledger, settings: Settings, target: Path, now: datetime) -> Taken:
    _room(settings, target.parent)
    manifest = files.take(store, ledger, target, now)
    return Taken(target, target.stat().st_size, manifest)


def _room(settings: Settings, folder: Path) -> None:
    """Raises StorageError when the copy would fill the disk: then the service could not write any more either."""
    file = database.sqlite_file(settings.database_url)
    if file is None or not file.exists():
        return
    needed = 2 * file.stat().st_size
    free = shutil.disk_usage(folder).free
    if free < needed:
        said = f"a backup needs about {needed // 1_000_000 + 1} MB and {folder} has {free // 1_000_000} MB free"
        raise StorageError(f"{said}; make room, or name another disk with `beleidsradar db backup --to`")


def _folder(settings: Settings) -> Path:
    """The home's folder of backups, made when it is not there; its owner's alone, for backups hold addresses."""
    folder = settings.home / FOLDER
    with files.named(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _nightly(settings: Settings) -> list[Path]:
    """The nightly backups, oldest first: their names hold the moment."""
    return sorted((settings.home / FOLDER).glob(f"{NIGHTLY}*{ENDING}"))


_STAMP = "%Y%m%dT%H%M%SZ"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):{_STAMP}}"


def in_words(found: Standing) -> str:
    """A line for operators."""
    if found.failure:
        return found.failure
    if not found.last:
        return "no nightly backup yet"
    size = found.bytes / 1_000_000
    return f"{found.kept} kept, {size:.1f} MB, the last one of {day_and_time(datetime.fromisoformat(found.last))}"
