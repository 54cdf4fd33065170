"""The told ledger: what was told to whom, in an append-only file that lies beside the database and its backups.

A restored database may be a day old; the ledger is not restored with it, so nothing is sent again (design decision 11). Targets
are keyed hashes: the file holds no address. The key lies in a file of its own, readable by its owner only.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path


class Ledger:
    """`<home>/told.log` and its key `<home>/told.key`."""

    def __init__(self, home: Path) -> None:
        self._log = home / "told.log"
        self._key = home / "told.key"

    def target(self, channel: str, recipient: str) -> str:
        """The keyed hash (hex, 32 characters) under which a recipient of a channel stands in the ledger and the database."""
        return hmac.new(self._secret(), f"{channel}\n{recipient.casefold()}".encode(), hashlib.sha256).hexdigest()[:32]

    def append(self, target: str, event_keys: Iterable[str], at: datetime) -> None:
        """Write down that these events were told; on disk when this returns."""
        lines = "".join(f"{target} {key} {at.isoformat()}\n" for key in event_keys)
        if not lines:
            return
        descriptor = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, lines.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def told(self, target: str) -> frozenset[str]:
        """The event keys that were told to this target. A torn last line (power loss) is passed over."""
        if not self._log.exists():
            return frozenset()
        keys: set[str] = set()
        with self._log.open(encoding="utf-8") as lines:
            for line in lines:
                fields = line.split()
                if len(fields) == 3 and fields[0] == target:
                    keys.add(fields[1])
        return frozenset(keys)

    def _secret(self) -> bytes:
        """The key, made on first use. Losing it only means that the ledger's old lines no longer match anybody."""
        try:
            return bytes.fromhex(self._key.read_text().strip())
        except FileNotFoundError:
            made = secrets.token_bytes(32)
        try:
            descriptor = os.open(self._key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return bytes.fromhex(self._key.read_text().strip())
        with os.fdopen(descriptor, "w") as file:
            file.write(made.hex() + "\n")
        return made
