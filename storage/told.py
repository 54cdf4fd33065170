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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from domain.errors import StorageError

KEY_BYTES = 32
PROBE_BYTES = 4096
"""One block: what `check_writable` writes and throws away, so that a full disk shows before anything is sent."""


class Ledger:
    """`<home>/told.log` and its key `<home>/told.key`."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._log = home / "told.log"
        self._key = home / "told.key"

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
        lines = "".join(f"{target} {key} {at.isoformat()}\n" for key in event_keys)
        if not lines:
            return
        with _named(self._log):
            descriptor = self._open()
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)  # between the look at the last byte and the writing nobody else writes
                size = os.fstat(descriptor).st_size
                torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
                _write_all(descriptor, (b"\n" if torn else b"") + lines.encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if size == 0:
                _sync_folder(self._home)

    def told(self, target: str) -> frozenset[str]:
        """The event keys that were told to this target. A line that power loss tore or filled with rubbish is passed over."""
        keys: set[str] = set()
        with _named(self._log):
            try:
                lines = self._log.open(encoding="ascii", errors="replace")
            except FileNotFoundError:
                return frozenset()
            with lines:
                for line in lines:
                    fields = line.split()
                    if len(fields) == 3 and fields[0] == target:
                        keys.add(fields[1])
        return frozenset(keys)

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

    def _make_key(self) -> None:
        """Whole or not at all, whatever dies meanwhile: written under another name, then linked. Who links first, wins."""
        descriptor, name = tempfile.mkstemp(prefix=".told.key.", dir=self._home)  # mode 0600
        try:
            try:
                _write_all(descriptor, f"{secrets.token_hex(KEY_BYTES)}\n".encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            with suppress(FileExistsError):
                os.link(name, self._key)
            _sync_folder(self._home)
        finally:
            os.unlink(name)


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
