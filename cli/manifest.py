"""The folder that a demo writes into: it remembers what it wrote, and a later demo removes just that."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cli.folders import make
from domain.errors import UsageError

MARK = ".beleidsradar-demo"
"""The file that makes a folder a demo's own; a name a line, relative to the folder."""

BESIDE_A_DATABASE = ("-wal", "-shm")


class Manifest:
    """A folder for a demo, with the names of everything the demo put into it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder: make it, or clear away what an earlier demo left in it.

        Raises UsageError, and touches nothing, for a folder with content that no demo made, and for one that cannot be written.
        """
        make(folder, "--output")
        self.folder = folder
        self._mark = folder / MARK
        try:
            if not self._mark.exists() and any(folder.iterdir()):
                raise UsageError(f"{folder} is not empty and was not written by the demo; name another folder with --output")
            self._clear()
            self._mark.write_text("", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"cannot write into {folder}: {error.strerror}; name another folder with --output") from error

    def new(self, name: str) -> Path:
        """Where to write a file of this name; the name is kept before the file is made, so a killed demo leaves none unnamed."""
        self.own([name])
        return self.folder / name

    def own(self, names: Iterable[str]) -> None:
        """These files, by their names relative to the folder, are the demo's."""
        with self._mark.open("a", encoding="utf-8") as mark:
            mark.writelines(f"{name}\n" for name in names)

    @property
    def foreign(self) -> tuple[str, ...]:
        """What stands in the folder and is not the demo's, sorted."""
        own = {MARK, *self._named()}
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if not path.is_dir())
        return tuple(sorted(name for name in found if name not in own))

    def _named(self) -> tuple[str, ...]:
        if not self._mark.exists():
            return ()
        named = [name for name in self._mark.read_text(encoding="utf-8").splitlines() if name]
        return tuple(named + [name + end for name in named if name.endswith(".db") for end in BESIDE_A_DATABASE])

    def _clear(self) -> None:
        inside = self.folder.resolve()
        for name in self._named():
            path = self.folder / name
            # A line that leads out of the folder was not written by any demo.
            if path.parent.resolve().is_relative_to(inside) and (path.is_symlink() or path.is_file()):
                path.unlink()
        for folder in sorted((path for path in self.folder.rglob("*") if path.is_dir()), reverse=True):
            if not folder.is_symlink():
                with suppress(OSError):  # something that is not ours stands in it
                    folder.rmdir()
