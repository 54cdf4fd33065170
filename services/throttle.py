"""At most so many messages an hour of what goes out immediately; what comes after is told in one message, when there is room.

Nothing is lost: what has to wait stays in the rows that are still to be told, and the next issue tells it all. The hour is any
sixty minutes, so there is no full hour at whose end two portions fall together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.compose import recipients
from services.radar import Radar
from services.settings import DigestSettings
from storage.issues import ToTell
from storage.unit_of_work import Unit

HOUR = timedelta(hours=1)

WORTH_SAYING = timedelta(minutes=10)
"""Who waited for one wake-up did not wait."""


def is_full(radar: Radar, unit: Unit, settings: DigestSettings, now: datetime) -> bool:
    """True when one of the digest's recipients had all the messages of this hour, of whichever immediate digests."""
    return any(_full_until(sent, settings.per_hour, now) for sent in _sent(radar, unit, settings, now - HOUR, now))


def collects_since(
    radar: Radar, unit: Unit, settings: DigestSettings, claims: Sequence[ToTell], now: datetime
) -> datetime | None:
    """Since when these rows had to wait for room, the time of the last message before; None when they did not wait."""
    first = min((claim.created for claim in claims), default=now)
    waited = []
    for sent in _sent(radar, unit, settings, first - HOUR - HOUR, now):
        until = _full_until(sent, settings.per_hour, sent[-1]) if sent else None
        if until is not None and until - first >= WORTH_SAYING:
            waited.append(sent[-1])
    return max(waited, default=None)


def _full_until(sent: Sequence[datetime], most: int, now: datetime) -> datetime | None:
    """Until when there is no room for another message, None when there is."""
    recent = [at for at in sent if now - HOUR < at <= now]
    return recent[-most] + HOUR if len(recent) >= most else None


def _sent(radar: Radar, unit: Unit, settings: DigestSettings, since: datetime, until: datetime) -> list[tuple[datetime, ...]]:
    targets = {radar.ledger.target(channel, recipient) for channel, recipient in recipients(radar, settings)}
    return [unit.issues.urgent_messages(target, since, until) for target in sorted(targets)]
