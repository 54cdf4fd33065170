"""The operator's view of the outbox: what waits, where, since when and why, and trying again or dropping it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.calendar import day_and_time
from domain.errors import UsageError
from domain.events import DELIVERY_MOVES, DeliveryState
from services.radar import Radar
from storage.outbox import Delivery, Purpose

PLAIN = {
    DeliveryState.PENDING: "waits for its first try",
    DeliveryState.SENDING: "is being sent",
    DeliveryState.RETRY: "waits for its next try",
    DeliveryState.UNKNOWN: "may have arrived; waits to be tried again",
    DeliveryState.DEAD: "given up",
    DeliveryState.DROPPED: "dropped",
    DeliveryState.DELIVERED: "delivered",
}
"""States in plain words."""

PURPOSES = {
    Purpose.ISSUE: "",
    Purpose.STAND_IN: "the issue to the owner, in place of its readers",
    Purpose.NOTE: "a note to the owner",
}

OPEN = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.RETRY, DeliveryState.UNKNOWN, DeliveryState.DEAD)
"""States that need something: time, or a person."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message that is not delivered. Times are ISO 8601 in UTC, "" where there is none; `reader` is the place of the address
    in the digest's `to:`, and never the address itself. `command` is what an operator does about it."""

    id: int
    digest: str
    issue: int
    subject: str
    channel: str
    variable: str
    reader: str
    part: str
    purpose: str
    state: str
    said: str
    attempts: int
    since: str
    failing_since: str
    perhaps_since: str
    last_code: str
    last_answer: str
    next_try: str
    command: str
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Silence:
    """An address that gets nothing any more, by its place in `to:`."""

    channel: str
    reader: str
    since: str
    last_answer: str
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything an operator has to know about messages that did not arrive."""

    at: str
    entries: tuple[Entry, ...]
    silenced: tuple[Silence, ...]


def standing(radar: Radar, *, dropped: bool = False, addresses: bool = False) -> Standing:
    """What is not delivered, oldest first; with `dropped` also what was dropped, with `addresses` also to whom."""
    states = (*OPEN, DeliveryState.DROPPED) if dropped else OPEN
    with radar.store.read() as unit:
        found = unit.outbox.deliveries(states=states, whole=False)
        runs = {run_id: unit.issues.get(run_id) for run_id in {one.run_id for one in found}}
        silenced = unit.correspondents.all_suppressed()
    entries = tuple(_entry(radar, one, runs[one.run_id].number, runs[one.run_id].subject, addresses=addresses) for one in found)
    silences = tuple(
        Silence(
            one.channel,
            _place_anywhere(radar, one.recipient),
            one.since.isoformat(),
            one.detail,
            one.recipient if addresses else "",
        )
        for one in silenced
    )
    return Standing(radar.clock.now().isoformat(), entries, silences)


def retry(radar: Radar, ids: Sequence[int] = (), channel: str = "", *, dead: bool = False) -> tuple[int, ...]:
    """Give messages their tries anew, due at once: those named, or of a channel (all that is not delivered), or what was given
    up. An address that was silenced gets its mail again. Returns their keys; raises UsageError for what cannot be retried."""
    now = radar.clock.now()
    wanted = (DeliveryState.DEAD,) if dead and not channel else (DeliveryState.RETRY, DeliveryState.UNKNOWN, DeliveryState.DEAD)
    with radar.store.begin() as unit:
        chosen = [_known(unit.outbox.get(one), one) for one in ids]
        if not ids:
            of_state = unit.outbox.deliveries(states=wanted, whole=False)
            chosen = [one for one in of_state if not channel or one.channel == channel]
        for one in chosen:
            if one.state is DeliveryState.DELIVERED or one.state is DeliveryState.SENDING:
                raise UsageError(f"delivery {one.id} {_is(one)}: there is nothing to try again")
            if one.state is not DeliveryState.PENDING:
                unit.outbox.again(one.id, now)
            unit.correspondents.release(one.target)
    return tuple(one.id for one in chosen)


def drop(radar: Radar, delivery_id: int, reason: str, by: str) -> Entry:
    """Decide that a message need not arrive; kept, with who, when and why. Raises UsageError for one that is finished."""
    if not reason.strip():
        raise UsageError("a drop needs a --reason: a colleague reads it in three months")
    now = radar.clock.now()
    with radar.store.begin() as unit:
        one = _known(unit.outbox.get(delivery_id), delivery_id)
        if DeliveryState.DROPPED not in DELIVERY_MOVES[one.state]:
            raise UsageError(f"delivery {delivery_id} {_is(one)}: it cannot be dropped")
        detail = f"dropped by {by or 'somebody'} on {day_and_time(now)}: {' '.join(reason.split())}"
        unit.outbox.finish(delivery_id, DeliveryState.DROPPED, at=now, code="dropped", detail=detail)
        run = unit.issues.get(one.run_id)
        after = _known(unit.outbox.get(delivery_id), delivery_id)
    return _entry(radar, after, run.number, run.subject, addresses=False)


def _known(found: Delivery | None, delivery_id: int) -> Delivery:
    if found is None:
        raise UsageError(f"there is no delivery {delivery_id}; `beleidsradar outbox list` names them")
    return found


def _is(one: Delivery) -> str:
    return PLAIN[one.state] if one.state is DeliveryState.SENDING else f"is {PLAIN[one.state]}"


def _entry(radar: Radar, one: Delivery, number: int, subject: str, *, addresses: bool) -> Entry:
    configured = radar.settings.channels.get(one.channel)
    waits = one.state in (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.UNKNOWN)
    return Entry(
        id=one.id,
        digest=one.digest,
        issue=number,
        subject=subject,
        channel=one.channel,
        variable=configured.variable if configured else "",
        reader=place(radar, one.digest, one.recipient),
        part=f"{one.part}/{one.parts}",
        purpose=PURPOSES[one.purpose],
        state=one.state.value,
        said=PLAIN[one.state],
        attempts=one.attempts,
        since=one.created.isoformat(),
        failing_since=_iso(one.failing),
        perhaps_since=_iso(one.perhaps),
        last_code=one.code,
        last_answer=one.detail,
        next_try=one.not_before.isoformat() if waits else "",
        command=_command(one),
        address=one.recipient if addresses else "",
    )


def _command(one: Delivery) -> str:
    if one.state is DeliveryState.DROPPED:
        return f"beleidsradar outbox retry {one.id}"
    by_channel = not one.recipient or not one.code.startswith("rcpt ")
    return f"beleidsradar outbox retry {f'--channel {one.channel}' if by_channel else one.id}"


def place(radar: Radar, digest: str, address: str) -> str:
    """Which reader it is, without the address: "reader 2 of 5", "owner", "" for a channel that is its own target."""
    if not address:
        return ""
    configured = radar.settings.digests.get(digest)
    if configured and address in configured.to:
        return f"reader {configured.to.index(address) + 1} of {len(configured.to)} of {digest}"
    return "owner" if configured and address == configured.owner else "a reader no longer in to:"


def _place_anywhere(radar: Radar, address: str) -> str:
    places = [place(radar, name, address) for name, digest in radar.settings.digests.items() if address in digest.to]
    return places[0] if places else "a reader no longer in to:"


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
