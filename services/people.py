"""What is stored about a person, and taking them out of it.

What was told to whom stands in the ledger and the archive under keyed hashes, without an address: it stays, so that nothing is
told twice. What others keep (a mail server's logs, mail that was sent, backups until they are replaced) is named, not touched.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.errors import BusyError, StorageError, UsageError
from domain.events import DELIVERY_MOVES, DeliveryState
from services import labels
from services.backup import FOLDER, KEEP
from services.packs import display
from services.radar import Radar
from storage.persons import FORGOTTEN


@dataclass(frozen=True, slots=True)
class Person:
    """Everything stored about a person. `told` are event keys under a keyed hash; `configured` are places in sources.yaml."""

    person: str
    at: datetime
    configured: tuple[str, ...]
    deliveries: tuple[Mapping[str, Any], ...]
    suppressed: tuple[Mapping[str, Any], ...]
    told: tuple[Mapping[str, Any], ...]
    mutes: tuple[Mapping[str, Any], ...]
    labels: tuple[Mapping[str, Any], ...]
    issues: tuple[Mapping[str, Any], ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows lost their address or name, by what they are, and what could not be touched."""

    changed: Mapping[str, int]
    elsewhere: tuple[str, ...]

    @property
    def total(self) -> int:
        """All rows together."""
        return sum(self.changed.values())


def export(radar: Radar, name: str) -> Person:
    """Everything stored about a mail address or a name; nothing is changed. Raises UsageError for an empty one."""
    _asked(name)
    targets = [radar.ledger.target(channel.name, name) for channel in radar.settings.channels.values() if channel.mail]
    with radar.store.read() as unit:
        return Person(
            name,
            radar.clock.now(),
            tuple(_configured(radar, name)),
            unit.persons.deliveries(name),
            unit.persons.suppressed(name),
            unit.persons.told(targets),
            unit.persons.mutes(name),
            tuple(_labels(radar, name)),
            unit.persons.issues(name),
            _elsewhere(radar),
        )


def forget(radar: Radar, name: str) -> Forgotten:
    """Take a mail address or name out of the archive. Messages that wait are dropped first.

    Raises UsageError for somebody who still stands in sources.yaml: their mail would go on, and with it the address. BusyError
    while a message to them is being sent.
    """
    _asked(name)
    configured = tuple(_configured(radar, name))
    if configured:
        raise UsageError(
            f"{name} still stands in {display(radar.settings.path)} under {', '.join(configured)}; take it out first"
        )
    now = radar.clock.now()
    with radar.store.begin() as unit:
        for delivery_id, state in unit.persons.unfinished(name):
            if DeliveryState.DROPPED not in DELIVERY_MOVES[state]:
                raise BusyError("a message to this person is being sent at this moment; try again in a few minutes")
            unit.outbox.finish(delivery_id, DeliveryState.DROPPED, at=now, code="forgotten", detail="")
        changed = unit.persons.forget(name)
    return Forgotten({**changed, "labels": _forget_labels(radar.settings.home / labels.FILE, name)}, _elsewhere(radar))


def _asked(name: str) -> None:
    if len(name.strip()) < 2 or name.strip().casefold() == FORGOTTEN:
        raise UsageError("name a mail address, or a name as `mutes` and labels show it")


def _configured(radar: Radar, name: str) -> Iterator[str]:
    """Where in sources.yaml this address stands."""
    wanted = name.casefold()
    if radar.settings.contact.casefold() == wanted:
        yield "contact"
    for digest in radar.settings.digests.values():
        if wanted in (address.casefold() for address in digest.to):
            yield f"digests.{digest.name}.to"
        if digest.owner.casefold() == wanted:
            yield f"digests.{digest.name}.owner"


def _labels(radar: Radar, name: str) -> Iterator[Mapping[str, Any]]:
    for one in labels.labels(radar.settings.home):
        if one.who.casefold() == name.casefold():
            yield {"id": one.id, "topic": one.topic, "level": one.level.value, "at": one.at, "reason": one.reason}


def _elsewhere(radar: Radar) -> tuple[str, ...]:
    settings, backups = display(radar.settings.path), display(radar.settings.home / FOLDER)
    return (
        f"{settings} and last-good.json beside it: take the address out; last-good.json follows with the next run",
        f"{backups}: nightly backups hold what the archive held; after {KEEP} nights they are replaced. Backups by hand, before "
        "an upgrade or a restore: delete them yourself",
        "told.log: keyed hashes without addresses, kept so that nothing is told twice",
        "mail that was sent, the logs of the mail server, and the history of Slack: with whoever runs those",
    )


def _forget_labels(file: Path, name: str) -> int:
    """Another word in the place of the name, in every line; the file is replaced whole."""
    if not file.exists():
        return 0
    count, lines = 0, []
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = _row(line)
            if row is not None and str(row.get("who", "")).casefold() == name.casefold():
                row["who"] = FORGOTTEN
                line = json.dumps(row, ensure_ascii=False)
                count += 1
            lines.append(line)
        if count:
            descriptor, made = tempfile.mkstemp(prefix=".labels.", dir=file.parent)
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                out.write("\n".join(lines) + "\n")
                out.flush()
                os.fsync(out.fileno())
            os.chmod(made, file.stat().st_mode & 0o777)
            os.replace(made, file)
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {(error.strerror or type(error).__name__).lower()}") from error
    return count


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None
