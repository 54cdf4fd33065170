"""The told ledger: what was told to whom, in an append-only file that lies beside the database and its backups.

A restored database may be a day old; the ledger is not restored with it, so nothing is sent again (design decision 11). Targets
are keyed hashes: the file holds no address. The key lies in a file of its own, made readable by its owner only.

Every OSError leaves this module as a StorageError that names the file.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from domain.errors import StorageError

KEY_BYTES = 32
PROBE_BYTES = 4096
"""One block: what `check_writable` writes and throws away, so that a full disk shows before anything is sent."""

REMEMBERED = 512
"""Bytes before the place up to which the ledger was read, by which it is known again."""


class Ledger:
    """`<home>/told.log` and its key `<home>/told.key`."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._log = home / "told.log"
        self._key = home / "told.key"
        self._read = _Reading()
        self._turn = threading.Lock()

    def target(self, channel: str, recipient: str) -> str:
        """The keyed hash (hex, 32 characters) under which a recipient of a channel stands in the ledger and the database."""
        return hmac.new(self._secret(), f"{channel}\n{recipient.casefold()}".encode(), hashlib.sha256).hexdigest()[:32]

    def check_writable(self) -> None:
        """Raises StorageError when what is told could not be written down: then nothing may be sent."""
        self._secret()
        with _named(self._log):
            os.close(self._open())
            with tempfile.TemporaryFile(dir=self._home, buffering=0) as probe:
                _write_all(probe.fileno(), bytes(PROBE_BYTES))
                os.fsync(probe.fileno())

    def append(self, target: str, event_keys: Iterable[str], at: datetime) -> None:
        """Write down that these events were told; on disk when this returns. Raises StorageError when it is not."""
        self._add("".join(f"{target} {key} {at.isoformat()}\n" for key in event_keys).encode())

    def _add(self, lines: bytes) -> None:
        if not lines:
            return
        with _named(self._log):
            descriptor = self._open()
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)  # between the look at the last byte and the writing nobody else writes
                size = os.fstat(descriptor).st_size
                torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
                _write_all(descriptor, (b"\n" if torn else b"") + lines)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if size == 0:
                _sync_folder(self._home)

    def copy(self) -> tuple[bytes, bytes]:
        """The ledger's whole lines and its key, for a backup; b"" for what is not there."""
        with _named(self._log):
            log = self._log.read_bytes() if self._log.exists() else b""
            key = self._key.read_bytes() if self._key.exists() else b""
        return log[: log.rfind(b"\n") + 1], key

    def take_in(self, log: bytes, key: bytes) -> int | None:
        """Add the lines of a copy that are missing here; returns how many. Nothing that stands here is changed.

        Without a key here that of the copy is taken. None, and nothing added, when the copy has another key: its lines would
        match nobody.
        """
        with _named(self._key):
            if key and not self._key.exists():
                self._make_key(key)
            if key and self._key.read_bytes().strip() != key.strip():
                return None
        with _named(self._log):
            here = set(self._log.read_bytes().splitlines()) if self._log.exists() else set()
        missing = [line for line in log.splitlines() if len(line.split()) == 3 and line not in here]
        self._add(b"".join(line + b"\n" for line in missing))
        return len(missing)

    def told(self, target: str) -> frozenset[str]:
        """The event keys that were told to this target. A line that power loss tore or filled with rubbish is passed over.

        Only what was added since the last look is read, whoever added it.
        """
        with self._turn, _named(self._log):
            try:
                file = self._log.open("rb")
            except FileNotFoundError:
                self._read = _Reading()
                return frozenset()
            with file:
                return self._read.on(file).of(target)

    def _open(self) -> int:
        return os.open(self._log, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    def _secret(self) -> bytes:
        """The key, made on first use. Losing it only means that the ledger's old lines no longer match anybody.

        A key that others can read is used all the same: a team may share its home with a group on purpose.
        """
        with _named(self._key):
            try:
                return self._read_key()
            except FileNotFoundError:
                self._make_key()
            return self._read_key()

    def _read_key(self) -> bytes:
        try:
            key = bytes.fromhex(self._key.read_bytes().decode("ascii").strip())
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise StorageError(
                f"{self._key} is not a key of {KEY_BYTES} bytes in hex; restore it from a backup "
                "(without it a new one is made, and what was told before may be told again)"
            )
        return key

    def _make_key(self, key: bytes = b"") -> None:
        """A new one, or this one. Whole or not at all, whatever dies meanwhile: written under another name, then linked. Who
        links first, wins."""
        descriptor, name = tempfile.mkstemp(prefix=".told.key.", dir=self._home)  # mode 0600
        try:
            try:
                _write_all(descriptor, key or f"{secrets.token_hex(KEY_BYTES)}\n".encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            with suppress(FileExistsError):
                os.link(name, self._key)
            _sync_folder(self._home)
        finally:
            os.unlink(name)


class _Reading:
    """How far the ledger was read, and what stood there. A file that is not the one of the last look is read from its begin."""

    def __init__(self) -> None:
        self._file = (0, 0)
        self._place = 0
        self._before = b""  # the bytes that stood before that place
        self._told: dict[bytes, set[str]] = {}
        self._tail = b""

    def on(self, file: BinaryIO) -> _Reading:
        """Read what was added. The last line may be torn; it is looked at each time, until it ends."""
        status = os.fstat(file.fileno())
        if (status.st_dev, status.st_ino) != self._file or not self._same(file):
            self._file, self._place, self._before, self._told = (status.st_dev, status.st_ino), 0, b"", {}
        file.seek(self._place)
        added = file.read()
        whole = added.rfind(b"\n") + 1
        for line in added[:whole].splitlines():
            self._take(line, self._told)
        self._tail = added[whole:]
        self._place += whole
        self._before = (self._before + added[:whole])[-REMEMBERED:]
        return self

    def of(self, target: str) -> frozenset[str]:
        """What was told to a target."""
        torn: dict[bytes, set[str]] = {}
        self._take(self._tail, torn)
        name = target.encode("ascii", "replace")
        return frozenset(self._told.get(name, set()) | torn.get(name, set()))

    def _same(self, file: BinaryIO) -> bool:
        file.seek(self._place - len(self._before))
        return file.read(len(self._before)) == self._before

    @staticmethod
    def _take(line: bytes, told: dict[bytes, set[str]]) -> None:
        fields = line.split()
        if len(fields) == 3:
            told.setdefault(fields[0], set()).add(fields[1].decode("ascii", "replace"))


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StorageError(
            f"the told ledger cannot be used: {path}: {reason}; check who may write there and the room on the disk"
        ) from error


def _write_all(descriptor: int, data: bytes) -> None:
    """Every byte: the system may take fewer at a time (a signal, an almost full disk)."""
    while data:
        data = data[os.write(descriptor, data) :]


def _sync_folder(folder: Path) -> None:
    """A new name in a folder survives power loss only when the folder itself is on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
