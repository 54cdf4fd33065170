"""site: the reading room as files."""

from __future__ import annotations

import os
from pathlib import Path

from cli import folders, opening
from cli.output import as_json, say
from domain.errors import UsageError
from services import site as room

MARK = ".beleidsradar-site"
"""The file that makes a folder the reading room's own."""


def site(folder: Path, *, json: bool) -> None:
    """Write every page that is not there or is different; a page that a reader has open stays whole."""
    radar = opening.radar(create=False)
    folders.make(folder, "DIR")
    written = total = 0
    try:
        if any(folder.iterdir()) and not (folder / MARK).exists():
            raise UsageError(f"{folder} is not empty and was not written by `beleidsradar site`; name another folder")
        (folder / MARK).touch()
        for page in room.pages(radar):
            total += 1
            written += _write(folder / page.path, page.text)
    except OSError as error:
        raise UsageError(f"DIR: {folder} cannot be written: {(error.strerror or type(error).__name__).lower()}") from error
    if json:
        as_json({"folder": folder, "pages": total, "written": written})
    else:
        say(f"{total} pages, {written} new or changed: {folder / 'index.html'}")


def _write(file: Path, text: str) -> bool:
    data = text.encode()
    if file.is_file() and file.read_bytes() == data:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(data)
    os.replace(part, file)
    return True
