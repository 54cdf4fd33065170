"""What nobody foresaw: its traceback goes to a file that only its owner can read, for it may hold addresses or log-ins."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from services.environment import home_of, sources_path

NAME = "error.log"


def folder(environ: Mapping[str, str]) -> Path:
    """The home, where the file belongs; it need not exist."""
    home, _ = home_of(sources_path(environ), environ)
    return home


def write(error: BaseException, home: Path) -> Path:
    """Append the traceback to the file in the home (in the folder for temporary files when the home cannot be written)."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    text = f"--- {moment}\n{''.join(traceback.format_exception(error))}\n"
    try:
        return _append(home / NAME, text)
    except OSError:
        return _append(Path(tempfile.gettempdir()) / f"beleidsradar-{os.getuid()}-{NAME}", text)


def _append(file: Path, text: str) -> Path:
    # Not through a link that somebody else put there.
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as out:
        os.fchmod(descriptor, 0o600)
        out.write(text)
    return file
