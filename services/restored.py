"""After a restored backup: what the told ledger knows and the database has forgotten was told before, and is not told again.

The ledger stands beside the database and is not restored with it (design decision 11). It holds every event that a target was
told, and every issue that it got, by the moment for which that was made.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.digests import DigestForm
from services.compose import recipients
from services.radar import Radar
from services.settings import DigestSettings
from storage.unit_of_work import Unit

FORM = "restored"
"""The form under which it stands in the archive that rows were told before a restore; no issue has it."""


def issue_key(digest: str, form: str, due: datetime) -> str:
    """How the ledger names an issue: the same whatever its number or content is after a restore."""
    return f"issue:{digest}.{form}.{due.isoformat()}"


def got_before(radar: Radar, settings: DigestSettings, form: DigestForm, due: datetime) -> frozenset[tuple[str, str]]:
    """The recipients (channel, address) that got the issue of this moment already, by the ledger."""
    key = issue_key(settings.name, form.value, due)
    return frozenset(one for one in recipients(radar, settings) if key in radar.ledger.told(radar.ledger.target(one[0], one[1])))


def pass_told(radar: Radar, unit: Unit, settings: DigestSettings) -> int:
    """Pass every waiting row whose event all recipients were told before, while the database knows nothing of that; returns how
    many. Without a restore there are none: what is told stands in both."""
    targets = [radar.ledger.target(channel, recipient) for channel, recipient in recipients(radar, settings)]
    if not targets:
        return 0
    by_ledger = frozenset.intersection(*(radar.ledger.told(target) for target in targets))
    found = []
    for claim in unit.issues.waiting(settings.name):
        key = unit.events.get(claim.event_id).key
        if key in by_ledger and not {target for target, *_ in unit.outbox.told(key)} & set(targets):
            found.append(claim)
    if found:
        now = radar.clock.now()
        due = now
        while unit.issues.is_passed(settings.name, FORM, due):
            due += timedelta(microseconds=1)
        unit.issues.pass_by(settings.name, FORM, due, now, found)
    return len(found)
