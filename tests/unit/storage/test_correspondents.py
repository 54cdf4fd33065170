"""Conversations by mail, addresses that refuse, and the moves of the outbox that no attempt makes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import StorageError
from domain.events import DeliveryState
from storage.correspondents import Suppressed
from storage.outbox import Parcel
from storage.unit_of_work import Store, Unit

NOW = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
TARGET = "t" * 32


def sent(unit: Unit, number: int, state: DeliveryState, code: str = "", threads: tuple[str, ...] = ()) -> int:
    """An issue of one mail that ended like this; returns the key of the delivery."""
    at = NOW + timedelta(days=number)
    run = unit.issues.make_run(
        digest="ochtend",
        number=number,
        form="regular",
        due=at,
        since=None,
        made=at,
        late="",
        subject="x",
        renderings={},
        claims=(),
    )
    parcel = Parcel(
        "mail", TARGET, "a@example.nl", 1, 1, b"x", f"m{number}.1", threads=threads, mail_id=f"<m{number}@example.nl>"
    )
    key = unit.outbox.add(run.id, parcel, ["k"], at)
    if state is not DeliveryState.PENDING:
        unit.outbox.claim(key, "me", at, timedelta(minutes=5))
        unit.outbox.finish(key, state, at=at, code=code)
    return key


def test_a_conversation_is_of_one_reader_and_dossier(store: Store) -> None:
    with store.begin() as unit:
        sent(unit, 1, DeliveryState.DELIVERED, threads=("dossier:32637", "R-1"))
        sent(unit, 2, DeliveryState.DEAD, threads=("dossier:32637",))
        sent(unit, 3, DeliveryState.PENDING, threads=("dossier:32637",))
        assert unit.correspondents.mails_of_thread(TARGET, "dossier:32637") == ("<m1@example.nl>", "<m3@example.nl>")
        assert unit.correspondents.mails_of_thread(TARGET, "R-1") == ("<m1@example.nl>",)
        assert unit.correspondents.mails_of_thread("u" * 32, "R-1") == ()


def test_refusals_count_as_long_as_nothing_arrives_in_between(store: Store) -> None:
    with store.begin() as unit:
        counts = []
        for number, (state, code) in enumerate(
            (
                (DeliveryState.DEAD, "rcpt 550"),
                (DeliveryState.DELIVERED, "250"),
                (DeliveryState.DEAD, "rcpt 550"),
                (DeliveryState.DEAD, "rcpt 551"),
                (DeliveryState.DEAD, "550"),  # the message was refused, not the address
            ),
            start=1,
        ):
            sent(unit, number, state, code)
            counts.append(unit.correspondents.hard_bounces(TARGET))
        assert counts == [1, 0, 1, 2, 0]


def test_nothing_is_sent_to_a_silenced_address_until_it_is_released(store: Store) -> None:
    found = Suppressed(TARGET, "mail", "a@example.nl", NOW, "550")
    assert "example" not in repr(found)
    with store.begin() as unit:
        unit.correspondents.suppress(found)
        unit.correspondents.suppress(Suppressed(TARGET, "mail", "a@example.nl", NOW + timedelta(days=1), "later"))
        assert unit.correspondents.suppressed(TARGET) == found
        assert unit.correspondents.release(TARGET)
        assert not unit.correspondents.release(TARGET)
        assert unit.correspondents.all_suppressed() == ()


def test_what_may_have_arrived_stays_marked_until_it_is_delivered(store: Store) -> None:
    with store.begin() as unit:
        key = sent(unit, 1, DeliveryState.UNKNOWN, "lost")
        since = NOW + timedelta(days=1)
        for state in (DeliveryState.RETRY, DeliveryState.DEAD):
            unit.outbox.claim(key, "me", NOW, timedelta(minutes=5))
            unit.outbox.finish(key, state, at=NOW + timedelta(days=2))
            found = unit.outbox.get(key)
            assert found is not None
            assert (found.perhaps, found.failing) == (since, since)
        unit.outbox.again(key, NOW)
        found = unit.outbox.get(key)
        assert found is not None
        assert (found.state, found.attempts, found.perhaps, found.failing) == (DeliveryState.RETRY, 0, since, None)
        unit.outbox.claim(key, "me", NOW, timedelta(minutes=5))
        with pytest.raises(StorageError, match="cannot be tried again"):
            unit.outbox.again(key, NOW)
        unit.outbox.finish(key, DeliveryState.DELIVERED, at=NOW)
        found = unit.outbox.get(key)
        assert found is not None
        assert found.perhaps is None


def test_messages_are_built_anew_only_while_none_was_tried(store: Store) -> None:
    with store.begin() as unit:
        fresh, tried = (unit.outbox.get(sent(unit, n, s)) for n, s in ((1, DeliveryState.PENDING), (2, DeliveryState.RETRY)))
        assert fresh is not None
        assert tried is not None
        parts = [Parcel("mail", TARGET, "", part, 2, b"new", f"m1.{part}") for part in (1, 2)]
        assert unit.outbox.replace(fresh, parts, ["k"], NOW)
        assert not unit.outbox.replace(tried, parts, ["k"], NOW)
        assert [one.envelope for one in unit.outbox.deliveries()] == [b"x", b"new", b"new"]
        assert unit.outbox.keys_of_target(fresh.run_id, "mail", TARGET) == ("k",)


def test_channels_take_turns_and_trouble_comes_last(store: Store) -> None:
    with store.begin() as unit:
        run = unit.issues.make_run(
            digest="ochtend",
            number=1,
            form="regular",
            due=NOW,
            since=None,
            made=NOW,
            late="",
            subject="x",
            renderings={},
            claims=(),
        )
        for channel, readers in (("mail", 3), ("slack", 1), ("teams", 1)):
            for n in range(readers):
                unit.outbox.add(run.id, Parcel(channel, f"{channel}{n}", "", 1, 1, b"x", f"{channel}{n}"), [], NOW)
        first = unit.outbox.turns(NOW)[0]
        unit.outbox.claim(first.id, "me", NOW, timedelta(minutes=5))
        unit.outbox.finish(first.id, DeliveryState.RETRY, at=NOW, not_before=NOW)
        order = [(turn.channel, turn.attempts) for turn in unit.outbox.turns(NOW)]
        assert order == [("slack", 0), ("teams", 0), ("mail", 0), ("mail", 0), ("mail", 1)]
        unit.outbox.wait([turn.id for turn in unit.outbox.turns(NOW)], NOW + timedelta(minutes=1))
        assert unit.outbox.turns(NOW) == ()
