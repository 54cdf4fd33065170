"""The outbox: claims, states, leases, the told ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from domain.errors import StorageError
from domain.events import DeliveryState
from storage.issues import DigestRun
from storage.leases import is_dead, this_process
from storage.outbox import Parcel
from storage.told import Ledger
from storage.unit_of_work import Store, Unit

NOW = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
LEASE = timedelta(minutes=5)


def made(unit: Unit, parts: int = 1, keys: Sequence[str] = ("k1",), due: datetime = NOW) -> DigestRun:
    run = unit.issues.make_run(
        digest="ochtend",
        number=unit.issues.next_number("ochtend"),
        form="regular",
        due=due,
        since=None,
        made=due,
        late="",
        subject="x",
        renderings={},
        claims=(),
    )
    for part in range(1, parts + 1):
        unit.outbox.add(run.id, Parcel("mail", "t" * 32, "a@example.nl", part, parts, b"frozen", f"m.{part}"), keys, due)
    return run


def test_an_issue_for_a_moment_exists_once(store: Store) -> None:
    with store.begin() as unit:
        made(unit)
        assert unit.issues.run_for("ochtend", "regular", NOW) is not None
    with pytest.raises(IntegrityError), store.begin() as unit:
        made(unit)


def test_a_delivery_is_claimed_by_one_and_finished(store: Store) -> None:
    with store.begin() as unit:
        made(unit)
        (delivery_id,) = unit.outbox.due(NOW)
        claimed = unit.outbox.claim(delivery_id, "me", NOW, LEASE)
        assert claimed is not None
        assert (claimed.attempts, claimed.envelope) == (1, b"frozen")
        assert unit.outbox.claim(delivery_id, "you", NOW, LEASE) is None
        unit.outbox.finish(delivery_id, DeliveryState.DELIVERED, at=NOW, code="250")
        assert unit.outbox.due(NOW + timedelta(days=1)) == ()
        with pytest.raises(StorageError, match="cannot become"):
            unit.outbox.finish(delivery_id, DeliveryState.RETRY, at=NOW)


def test_later_parts_wait_for_earlier_ones(store: Store) -> None:
    with store.begin() as unit:
        made(unit, parts=2)
        (first,) = unit.outbox.due(NOW)
        unit.outbox.claim(first, "me", NOW, LEASE)
        assert unit.outbox.due(NOW) == ()
        unit.outbox.finish(first, DeliveryState.DELIVERED, at=NOW)
        assert len(unit.outbox.due(NOW)) == 1


def test_a_delivery_of_a_dead_or_silent_sender_is_abandoned(store: Store) -> None:
    with store.begin() as unit:
        made(unit)
        (delivery_id,) = unit.outbox.due(NOW)
        unit.outbox.claim(delivery_id, this_process(), NOW, LEASE)
        assert unit.outbox.abandoned(NOW) == ()
        assert [found.id for found in unit.outbox.abandoned(NOW + LEASE)] == [delivery_id]


def test_told_counts_the_first_time(store: Store) -> None:
    with store.begin() as unit:
        unit.outbox.mark_told("t", ["k1"], channel="slack", digest="dringend", at=NOW)
        unit.outbox.mark_told("t", ["k1"], channel="mail", digest="ochtend", at=NOW + timedelta(days=1))
        assert unit.outbox.told("k1") == (("t", "slack", "dringend", NOW),)


def test_a_lease_goes_to_one_until_it_ends(store: Store) -> None:
    with store.begin() as unit:
        assert unit.leases.acquire("visit:rvo", "other:1:2", NOW, 60) == ""
        assert unit.leases.acquire("visit:rvo", "me", NOW, 60) == "other:1:2"
        assert unit.leases.acquire("visit:rvo", "me", NOW + timedelta(seconds=61), 60) == ""
        unit.leases.release("visit:rvo", "other:1:2")
        assert unit.leases.acquire("visit:rvo", "third:1:2", NOW, 60) == "me"


def test_this_process_lives_and_one_that_never_was_does_not() -> None:
    mine = this_process()
    assert not is_dead(mine)
    host, pid, _ = mine.split(":")
    assert is_dead(f"{host}:{pid}:1")
    assert not is_dead(f"elsewhere:{pid}:1")


def test_a_host_is_asked_at_its_rate(store: Store) -> None:
    with store.begin() as unit:
        waits = [unit.rates.reserve("www.rvo.nl", 1.0, NOW) for _ in range(3)]
        assert waits == [0.0, 1.0, 2.0]
        assert unit.rates.reserve("www.rvo.nl", 1.0, NOW + timedelta(seconds=10)) == 0.0


def test_the_ledger_keeps_hashes_and_survives_a_torn_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    target = ledger.target("mail", "Beleid@Example.nl")
    assert target == ledger.target("mail", "beleid@example.nl")
    ledger.append(target, ["k1", "k2"], NOW)
    with (tmp_path / "told.log").open("a") as file:
        file.write(f"{target} k3")
    assert Ledger(tmp_path).told(target) == {"k1", "k2"}
    assert "example" not in (tmp_path / "told.log").read_text().casefold()
    assert (tmp_path / "told.key").stat().st_mode & 0o777 == 0o600


def test_no_repr_shows_a_recipient_or_the_bytes(store: Store) -> None:
    with store.begin() as unit:
        run = made(unit)
        (delivery,) = unit.outbox.deliveries(run_id=run.id)
    parcel = Parcel("mail", "t" * 32, "a@example.nl", 1, 1, b"frozen", "m.1")
    assert (delivery.recipient, delivery.envelope) == (parcel.recipient, parcel.envelope)
    for value in (parcel, delivery):
        assert "example" not in repr(value)
        assert "frozen" not in repr(value)


def test_looking_for_what_is_due_loads_no_envelope(store: Store) -> None:
    statements: list[str] = []
    with store.begin() as unit:
        made(unit, parts=2)
    event.listen(store.engine, "before_cursor_execute", lambda c, cursor, statement, *rest: statements.append(statement))
    with store.read() as unit:
        assert len(unit.outbox.due(NOW)) == 1
    assert any("delivery" in statement for statement in statements)
    assert not any("envelope" in statement for statement in statements)


def test_what_is_not_yet_due_makes_later_parts_wait_too(store: Store) -> None:
    with store.begin() as unit:
        made(unit, parts=2)
        (first,) = unit.outbox.due(NOW)
        unit.outbox.claim(first, "me", NOW, LEASE)
        unit.outbox.finish(first, DeliveryState.RETRY, at=NOW, not_before=NOW + LEASE)
        assert unit.outbox.due(NOW) == ()
        assert unit.outbox.due(NOW + LEASE) == (first,)


def test_siblings_are_the_other_parts_for_the_same_target(store: Store) -> None:
    with store.begin() as unit:
        run = made(unit, parts=3)
        unit.outbox.add(run.id, Parcel("mail", "u" * 32, "b@example.nl", 1, 1, b"frozen", "n.1"), ["k1"], NOW)
        first, second, third, other = [delivery.id for delivery in unit.outbox.deliveries(run_id=run.id)]
        assert unit.outbox.siblings_delivered(other)  # it has none
        for delivery_id in (first, third):
            assert not unit.outbox.siblings_delivered(second)
            unit.outbox.claim(delivery_id, "me", NOW, LEASE)
            unit.outbox.finish(delivery_id, DeliveryState.DELIVERED, at=NOW)
        assert unit.outbox.siblings_delivered(second)
        assert not unit.outbox.siblings_delivered(third)


def test_a_dead_part_is_not_delivered(store: Store) -> None:
    with store.begin() as unit:
        first, second = [delivery.id for delivery in unit.outbox.deliveries(run_id=made(unit, parts=2).id)]
        unit.outbox.finish(first, DeliveryState.DEAD, at=NOW)
        assert not unit.outbox.siblings_delivered(second)


def test_the_keys_of_a_target_are_those_of_all_its_parts(store: Store) -> None:
    with store.begin() as unit:
        run = made(unit, keys=["k2", "k1"])
        for part, target, keys in ((2, "t" * 32, ["k3", "k1"]), (1, "u" * 32, ["k9"])):
            unit.outbox.add(run.id, Parcel("mail", target, "a@example.nl", part, 2, b"frozen", f"{target}{part}"), keys, NOW)
        assert unit.outbox.keys_of_target(run.id, "mail", "t" * 32) == ("k1", "k2", "k3")
        assert unit.outbox.keys_of_target(run.id, "slack", "t" * 32) == ()


def test_abandoned_deliveries_come_whole(store: Store) -> None:
    with store.begin() as unit:
        for number in range(3):
            made(unit, due=NOW + timedelta(days=number))
        later = NOW + timedelta(days=3)
        for delivery_id in unit.outbox.due(later):
            unit.outbox.claim(delivery_id, this_process(), later, LEASE)
        assert unit.outbox.abandoned(later) == ()
        assert unit.outbox.abandoned(later + LEASE) == unit.outbox.deliveries(states=[DeliveryState.SENDING])
