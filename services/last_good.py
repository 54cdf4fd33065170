"""The last good configuration: a broken edit leaves it in force, for the service and every process that it starts.

What was read last without a fault is kept in the home, as text. A broken edit is never half in force: either everything is read
from the files, or everything from what was kept.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigurationError, Fault, StorageError
from services import settings as reading
from services.environment import home_of
from services.settings import Settings

FILE = "last-good.json"


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings in force, and the faults of the files when these could not be used (() when they are what is in force)."""

    settings: Settings
    faults: tuple[Fault, ...]


def load(path: Path, environ: Mapping[str, str]) -> InForce:
    """The settings of the files, or the ones that were good last. Raises ConfigurationError when there are none."""
    try:
        return InForce(reading.load(path, environ), ())
    except ConfigurationError as error:
        kept = _kept(home_of(path, environ)[0])
        if kept is None:
            raise
        try:
            return InForce(reading.load(path, environ, kept=kept), error.faults)
        except ConfigurationError:
            raise error from None  # not the files are wrong, but the environment: what was kept does not help


def keep(settings: Settings) -> bool:
    """Keep the files of these settings as the last good ones; returns whether they differ from what was kept. Whole or not at
    all. Raises StorageError when the home cannot be written."""
    file = settings.home / FILE
    try:
        files = {os.path.abspath(one): one.read_text(encoding="utf-8-sig") for one in settings.files}
        text = json.dumps({"fingerprint": settings.fingerprint, "files": files}, ensure_ascii=False, indent=1) + "\n"
        if file.exists() and file.read_text(encoding="utf-8") == text:
            return False
        descriptor, name = tempfile.mkstemp(prefix=".last-good.", dir=settings.home)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            os.replace(name, file)
        except BaseException:
            os.unlink(name)
            raise
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or type(error).__name__).lower()
        raise StorageError(f"{file} cannot be written: {reason}; a broken edit could not be survived") from error
    return True


def _kept(home: Path) -> Mapping[Path, str] | None:
    """The texts that were good last, by absolute path; None when nothing was kept or it cannot be read."""
    try:
        said = json.loads((home / FILE).read_text(encoding="utf-8"))
        return {Path(name): str(text) for name, text in said["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
