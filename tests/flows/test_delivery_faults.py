"""Deliveries with a fault at every step, on a made-up transport and a clock that is turned: nothing lost, nothing doubled where
the receiver can tell, what is unknown is named, and nobody else waits for more than one attempt.

200 deliveries in an ordinary run; 10,000 under `torture`. The transport sees what a server would see, and remembers it.
"""

from __future__ import annotations

import json
import random
import re
import socket
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo import home
from demo.sinks import MailSink, SlackSink
from domain.events import DeliveryState
from notifications import channels
from notifications.channels import Blame, ChannelKind, Envelope, Outcome, Receipt
from services import deliver
from services.radar import Radar
from services.retries import MOST_ATTEMPTS
from services.secret import Secret
from services.wiring import open_radar
from storage.outbox import Parcel, Purpose
from storage.unit_of_work import Store

START = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIME_OUT = timedelta(seconds=135)
FAULTS = ("552", "421", "429", "451", "timeout", "lost", "crash after send", "crash before send")
CHATS = tuple(f"chat{n}" for n in range(10))
WAITING = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.RETRY, DeliveryState.UNKNOWN)
STEPS = ("claim", "claimed", "ledger", "told", "marked")


class CrashError(BaseException):
    """The process is gone: nothing may catch this."""


@dataclass
class VirtualClock:
    """Time that passes when it is told to."""

    at: datetime = START

    def now(self) -> datetime:
        """The moment."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Passes at once."""
        self.at += timedelta(seconds=seconds)


@dataclass
class Transport:
    """Servers of many channels: what each accepted, and which fault the next attempt of a message meets."""

    clock: VirtualClock
    faults: dict[str, list[str]]
    accepted: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    attempts: list[tuple[datetime, str, str]] = field(default_factory=list)

    def send(self, url: str, envelope: Envelope, recipient: str = "", connect: Any = None) -> Receipt:
        """One attempt, as `notifications.channels.send` answers it."""
        name = envelope.title
        waiting = self.faults.get(name, [])
        fault = waiting.pop(0) if waiting else ""
        self.attempts.append((self.clock.at, name, fault))
        if fault == "crash before send":
            raise CrashError
        if fault == "552":
            return Receipt(Outcome.PERMANENT, "552", "mailbox full", blame=Blame.RECIPIENT)
        if fault == "451":
            return Receipt(Outcome.TRANSIENT, "451", "greylisted", blame=Blame.RECIPIENT)
        if fault == "421":
            return Receipt(Outcome.TRANSIENT, "421", "closing")
        if fault == "429":
            return Receipt(Outcome.TRANSIENT, "429", "rate_limited", 20.0)
        if fault == "timeout":
            self.clock.at += TIME_OUT
            return Receipt(Outcome.TRANSIENT, "timeout", "no answer in time")
        self.accepted[name] += 1
        self.marked[name] += b"(opnieuw verstuurd)" in envelope.body
        if fault == "crash after send":
            raise CrashError
        if fault == "lost":
            return Receipt(Outcome.UNKNOWN, "lost_after_data", "no answer after the message was sent", blame=Blame.MESSAGE)
        return Receipt(Outcome.DELIVERED, "250", "accepted")


@dataclass
class CrashingStore:
    """The store of a process that may be killed before or after any commit of a delivery."""

    store: Store
    crash: list[str]
    commits: int = 0

    def read(self) -> Any:
        """As the store's."""
        return self.store.read()

    @contextmanager
    def begin(self) -> Iterator[Any]:
        """As the store's, killed at the step that is next in `crash`."""
        self.commits += 1
        odd = self.commits % 2 == 0  # the claim is one commit, marking it the next
        if self.crash and self.crash[0] == ("claim" if odd else "told"):
            self.crash.pop(0)
            raise CrashError
        with self.store.begin() as unit:
            yield unit
        if self.crash and self.crash[0] == ("claimed" if odd else "marked"):
            self.crash.pop(0)
            raise CrashError


class CrashingLedger:
    """The ledger of a process that may be killed before it writes."""

    def __init__(self, ledger: Any, crash: list[str]) -> None:
        self._ledger, self._crash = ledger, crash

    def append(self, target: str, keys: Sequence[str], at: datetime) -> None:
        """Killed when that is the next step in `crash`."""
        if self._crash and self._crash[0] == "ledger":
            self._crash.pop(0)
            raise CrashError
        self._ledger.append(target, keys, at)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)


@dataclass
class Outside:
    """A home with an outbox full of deliveries, and the world they go into."""

    radar: Radar
    clock: VirtualClock
    transport: Transport
    crash: list[str]
    process: int = 1

    def as_new_process(self) -> Radar:
        """The product as the next process sees it; the one before is certainly dead."""
        self.process += 1
        host = socket.gethostname()
        store = CrashingStore(self.radar.store, self.crash)
        ledger = CrashingLedger(self.radar.ledger, self.crash)
        return replace(
            self.radar,
            store=store,  # type: ignore[arg-type]
            ledger=ledger,  # type: ignore[arg-type]
            holder=f"{host}:1:{self.process}",
        )

    def run(self, until: datetime) -> None:
        """Deliver again and again: a new process after each crash, else a minute later or when the next try is due."""
        while self.clock.at < until:
            try:
                deliver.deliver_due(self.as_new_process(), self.transport.send)
            except CrashError:
                continue
            with self.radar.store.read() as unit:
                waits = unit.outbox.deliveries(states=WAITING, whole=False)
            if not waits:
                return
            self.clock.at = max(self.clock.at + timedelta(minutes=1), min(one.not_before for one in waits))


def mail_bytes(name: str) -> bytes:
    """A small mail with the Message-ID that belongs to the delivery."""
    return f"Message-ID: <{name}@example.nl>\r\nSubject: {name}\r\n\r\nTekst.\r\n".encode()


def office(home_: Path, root: Path, clock: VirtualClock) -> Radar:
    """A home with one mail channel and ten of chat, and an empty outbox."""
    sources = home.furnish(home_, root / "topics")
    text = sources.read_text(encoding="utf-8")
    more = "".join(f"  {name}: {{secret: BELEIDSRADAR_CHANNEL_{name.upper()}}}\n" for name in CHATS)
    sources.write_text(text.replace("\ndigests:", f"{more}\ndigests:"), encoding="utf-8")
    environment = home.environment(home_, sources, "www.rvo.nl=127.0.0.1:1", "", ("127.0.0.1", 1), "127.0.0.1:1")
    environment |= {f"BELEIDSRADAR_CHANNEL_{name.upper()}": f"slack://T0/B0/secret{name}" for name in CHATS}
    del environment["BELEIDSRADAR_CLOCK"]
    return replace(open_radar(environment, create=True), clock=clock)


def fill(radar: Radar, number: int, count: int = 100) -> None:
    """Freeze an issue for so many targets: half mail, each to a reader of its own, half chat over ten channels."""
    with radar.store.begin() as unit:
        run = unit.issues.make_run(
            digest="ochtend",
            number=number,
            form="regular",
            due=START + timedelta(seconds=number),
            since=None,
            made=START,
            late="",
            subject=f"nr {number}",
            renderings={"text": "t", "html": "<body>h</body>", "slack": "[]"},
            claims=(),
        )
        for n in range(count):
            chat, name = n % 2 == 1, f"{number}.{n}"
            channel = CHATS[n // 2 % len(CHATS)] if chat else "mail"
            said = {"text": name, "blocks": [{"type": "header", "text": {"type": "plain_text", "text": name}}]}
            body = json.dumps(said).encode() if chat else mail_bytes(name)
            envelope = Envelope(ChannelKind.SLACK if chat else ChannelKind.MAIL, name, body)
            recipient = "" if chat else f"lezer{n}@example.nl"
            target = radar.ledger.target(channel, recipient or name)
            unit.outbox.add(
                run.id, Parcel(channel, target, recipient, 1, 1, envelope.to_bytes(), name), [f"{number:032x}"], radar.clock.now()
            )


def outbox(home_: Path, root: Path, clock: VirtualClock, count: int = 100) -> Radar:
    """An office with deliveries frozen, in issues of at most 100."""
    radar = office(home_, root, clock)
    for number in range(1, max(count, 100) // 100 + 1):
        fill(radar, number, min(count, 100))
    return radar


def tortured(tmp_path: Path, root: Path, count: int, seed: int) -> Outside:
    """Every delivery through a world in which a third of them meets one to three faults, and kills at every step."""
    drawn = random.Random(seed)
    clock = VirtualClock()
    outside = Outside(office(tmp_path / "home", root, clock), clock, Transport(clock, {}), [])
    every: dict[str, list[str]] = {}
    for number in range(1, count // 100 + 1):
        fill(outside.radar, number)
        faults: dict[str, list[str]] = {}
        for n in range(100):
            if drawn.random() < 0.33:
                possible = [fault for fault in FAULTS if n % 2 == 0 or fault not in ("552", "451")]
                faults[f"{number}.{n}"] = drawn.choices(possible, k=drawn.randint(1, 3))
        every |= faults
        outside.transport.faults = {name: list(found) for name, found in faults.items()}
        outside.crash += drawn.choices(STEPS, k=5)
        outside.run(clock.at + 30 * HOUR)
    outside.transport.faults = every  # as they were drawn
    return outside


def judge(outside: Outside, count: int) -> dict[str, int]:
    """What became of every delivery; asserts the promises, returns the figures."""
    with outside.radar.store.read() as unit:
        found = [one for one in unit.outbox.deliveries() if one.purpose.value == "issue"]
    accepted, figures = outside.transport.accepted, Counter[str]()
    assert len(found) == count
    for one in found:
        name, mail = one.message_id, one.channel == "mail"
        drawn = outside.transport.faults.get(name, [])
        figures[one.state.value] += 1
        assert one.state in (DeliveryState.DELIVERED, DeliveryState.DEAD), (name, one.state, drawn)
        if one.state is DeliveryState.DELIVERED:  # nothing is called delivered that no server took
            assert accepted[name] >= 1, name
            told = outside.radar.ledger.told(one.target)
            assert f"message:{name}" in told
        else:  # given up for a reason, and the reason is named; a copy that may have arrived is named as such
            assert one.detail
            assert "552" in drawn or one.perhaps is not None or one.attempts >= MOST_ATTEMPTS, (name, drawn, one)
            assert accepted[name] == 0 or one.perhaps is not None, name
        # Mail keeps its Message-ID: twice accepted is once read. A chat message goes out at most twice, the second time marked.
        if not mail:
            assert accepted[name] <= 2, name
            assert accepted[name] < 2 or outside.transport.marked[name] == 1, name
        figures["copies of mail under one id"] += mail * max(0, accepted[name] - 1)
        figures["copies in chat, marked as such"] += (not mail) * max(0, accepted[name] - 1)
        figures["unknown at the end, named"] += one.state is DeliveryState.DEAD and one.perhaps is not None
        figures["lost"] += one.state is DeliveryState.DELIVERED and accepted[name] == 0
    return dict(figures)


def test_200_deliveries_with_a_fault_at_every_step(tmp_path: Path, root: Path) -> None:
    outside = tortured(tmp_path, root, 200, seed=1)
    figures = judge(outside, 200)
    assert figures["lost"] == 0
    assert outside.crash == []  # every crash happened


@pytest.mark.torture
def test_10_000_deliveries_with_a_fault_at_every_step(tmp_path: Path, root: Path) -> None:
    outside = tortured(tmp_path, root, 10_000, seed=2)
    figures = judge(outside, 10_000)
    print(figures)
    assert figures["lost"] == 0
    assert outside.crash == []


def check_through_apprise(tmp_path: Path, root: Path, count: int) -> None:
    """Real mail and Slack plugins, real sockets: refusals, throttling, lost answers and kills after sending."""
    drawn = random.Random(count)
    clock = VirtualClock()
    radar = outbox(tmp_path / "home", root, clock, count)
    crash = drawn.choices(STEPS, k=count // 10)
    with MailSink() as mail, SlackSink() as slack:
        settings = radar.settings
        host, port = mail.address
        secret = Secret(f"mailto://{host}:{port}/?from=radar@example.nl&rto=5&cto=5")
        named = {**settings.channels, "mail": replace(settings.channels["mail"], url=secret)}
        radar = replace(radar, settings=replace(settings, channels=named, connect={"hooks.slack.com": slack.address}))
        outside = Outside(radar, clock, Transport(clock, {}), crash)
        for n in range(0, count, 2):
            if (fault := drawn.choice(("", "", 552, 421, 451))) and n < 100:
                mail.refuse(f"lezer{n}@example.nl", int(fault), 1)
        mail.lose_acknowledgement(1)
        slack.throttle(2, 3)
        slack.fail(503, 1)

        def send(*arguments: Any, **named: Any) -> Receipt:
            receipt = channels.send(*arguments, **named)
            if drawn.random() < 0.05:
                raise CrashError
            return receipt

        outside.transport.send = send  # type: ignore[method-assign]
        outside.run(START + 30 * HOUR)
        got = Counter(re.search(rb"^Message-ID: (\S+)", raw, re.M)[1] for _, raw in mail.messages)  # type: ignore[index]
        said = Counter(message["text"].removeprefix("(opnieuw verstuurd) ") for message in slack.messages)
        again = Counter(m["text"].split(") ")[1] for m in slack.messages if m["text"].startswith("(opnieuw"))
    with radar.store.read() as unit:
        found = [one for one in unit.outbox.deliveries() if one.purpose is Purpose.ISSUE]
    assert len(found) == count
    for one in found:
        took = said[one.message_id] if one.channel != "mail" else got[f"<{one.message_id}@example.nl>".encode()]
        if one.state is DeliveryState.DELIVERED:
            assert took >= 1
            assert one.channel == "mail" or took - 1 <= again[one.message_id] <= 1
        else:
            assert one.state is DeliveryState.DEAD
            assert one.detail
            assert took == 0 or one.perhaps is not None
    print(len(found), Counter(one.state.value for one in found), "copies of mail", sum(got.values()) - len(got))


def test_10_deliveries_through_apprise_with_faults(tmp_path: Path, root: Path) -> None:
    check_through_apprise(tmp_path, root, 10)


@pytest.mark.torture
def test_200_deliveries_through_apprise_with_faults(tmp_path: Path, root: Path) -> None:
    check_through_apprise(tmp_path, root, 200)


def test_a_channel_that_hangs_delays_nobody_by_more_than_one_attempt(tmp_path: Path, root: Path) -> None:
    clock = VirtualClock()
    radar = outbox(tmp_path / "home", root, clock, 40)
    faults = {f"1.{n}": ["timeout"] * 50 for n in range(0, 40, 2)}  # every mail
    outside = Outside(radar, clock, Transport(clock, faults), [])
    outside.run(START + HOUR)
    first: dict[str, datetime] = {}
    for at, name, _ in outside.transport.attempts:
        first.setdefault(name, at)
    others = [at for name, at in first.items() if int(name.split(".")[1]) % 2]
    assert len(others) == 20
    assert max(others) <= START + TIME_OUT  # at worst behind one attempt of the server that hangs
    turns: dict[datetime, int] = defaultdict(int)
    for at, _, fault in outside.transport.attempts:
        turns[at.replace(second=0)] += fault == "timeout"
    assert sum(turns.values()) < 60  # it is asked a few times an hour, not twenty times a minute


def test_a_bad_address_keeps_no_reader_of_its_server_waiting(tmp_path: Path, root: Path) -> None:
    clock = VirtualClock()
    radar = outbox(tmp_path / "home", root, clock, 40)
    bad = {f"1.{n}": [fault] * 9 for n, fault in ((0, "552"), (2, "451"), (4, "lost"), (6, "552"))}
    outside = Outside(radar, clock, Transport(clock, {name: list(f) for name, f in bad.items()}), [])
    deliver.deliver_due(outside.as_new_process(), outside.transport.send)
    assert {name for _, name, _ in outside.transport.attempts} >= {f"1.{n}" for n in range(40)}
    assert clock.at == START
    with radar.store.read() as unit:
        done = [one for one in unit.outbox.deliveries(states=[DeliveryState.DELIVERED]) if one.purpose is Purpose.ISSUE]
    assert len(done) == 36


def test_a_wait_that_is_asked_for_is_kept_by_the_whole_channel(tmp_path: Path, root: Path) -> None:
    clock = VirtualClock()
    radar = outbox(tmp_path / "home", root, clock, 40)
    outside = Outside(radar, clock, Transport(clock, {"1.1": ["429"]}), [])
    deliver.deliver_due(outside.as_new_process(), outside.transport.send)
    asked = [name for _, name, _ in outside.transport.attempts if int(name.split(".")[1]) % 20 == 1]
    assert asked == ["1.1"]  # chat0 was told to wait
    assert sum(outside.transport.accepted.values()) == 38
    clock.at += timedelta(seconds=19)
    deliver.deliver_due(outside.as_new_process(), outside.transport.send)
    assert sum(outside.transport.accepted.values()) == 38
    clock.at += timedelta(seconds=20)
    deliver.deliver_due(outside.as_new_process(), outside.transport.send)
    assert sum(outside.transport.accepted.values()) == 40
