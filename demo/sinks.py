"""Where the demo's and the tests' messages end: a mail server and a Slack webhook on loopback that keep what they get."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from demo.exchange import TEXT, Request
from demo.front import Sent
from demo.server import LoopbackServer
from demo.slack_rules import PayloadError, check, read


class _Arrivals:
    """A list that can be waited for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: list[Any] = []

    def add(self, item: Any) -> None:
        """Keep an item and wake who waits."""
        with self._changed:
            self._items.append(item)
            self._changed.notify_all()

    def all(self) -> tuple[Any, ...]:
        """Everything so far, oldest first."""
        with self._changed:
            return tuple(self._items)

    def wait(self, count: int, seconds: float) -> bool:
        """True once there are so many; False when the time is up."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._items) >= count, seconds)


class _Controller(Controller):
    """A controller that listens on whichever port is free."""

    def _trigger_server(self) -> None:
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class MailSink:
    """An SMTP server on 127.0.0.1 as a context manager. It delivers nothing anywhere."""

    def __init__(self) -> None:
        """Not listening yet."""
        self._arrivals = _Arrivals()
        self._lock = threading.Lock()
        self._refusals: dict[str, list[int]] = {}
        self._lost = 0
        self._hang = 0
        self._hanging = threading.Event()
        self._released = threading.Event()
        self._controller = _Controller(self, hostname="127.0.0.1", port=0, enable_SMTPUTF8=True)

    def __enter__(self) -> MailSink:
        self._controller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._released.set()
        self._controller.stop()

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return "127.0.0.1", int(self._controller.port)

    @property
    def messages(self) -> tuple[tuple[str, bytes], ...]:
        """What arrived, oldest first: recipient and the bytes exactly as received; one entry per recipient of a message."""
        return self._arrivals.all()

    def refuse(self, recipient: str, code: int = 451, times: int = 1) -> None:
        """Refuse the next mails to this recipient with this SMTP code, so many times; then accept again."""
        with self._lock:
            self._refusals[recipient.lower()] = [code] * times

    def lose_acknowledgement(self, times: int = 1) -> None:
        """Keep the next mails but end the connection before saying so: the sender cannot know."""
        with self._lock:
            self._lost = times

    def hang(self, times: int = 1) -> None:
        """Keep the next mails and then say nothing until `release`: the sender waits for an answer."""
        with self._lock:
            self._hang = times

    @property
    def hanging(self) -> bool:
        """True once a mail was kept without an answer."""
        return self._hanging.is_set()

    def release(self) -> None:
        """Answer the mails that hang."""
        self._released.set()

    def wait(self, count: int, seconds: float) -> bool:
        """Wait until at least so many mails have arrived, for at most so many real seconds; True when they have."""
        return self._arrivals.wait(count, seconds)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Refuse or take a recipient; called by aiosmtpd."""
        with self._lock:
            waiting = self._refusals.get(address.lower(), [])
            code = waiting.pop(0) if waiting else 0
        if code:
            return f"{code} {code // 100}.3.0 <{address}> refused by the sink"  # servers repeat whom they refuse
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Keep a message; called by aiosmtpd."""
        for recipient in envelope.rcpt_tos:
            self._arrivals.add((recipient, envelope.original_content or b""))
        with self._lock:
            lost = self._lost > 0
            self._lost -= lost
            hang = self._hang > 0
            self._hang -= hang
        if hang:
            self._hanging.set()
            while not self._released.is_set():
                await asyncio.sleep(0.05)
        if lost and server.transport is not None:
            server.transport.close()
        return "250 OK"


class SlackSink:
    """A Slack incoming webhook on 127.0.0.1 as a context manager, with Slack's documented limits. Real Slack is never asked."""

    def __init__(self) -> None:
        """Not listening yet."""
        self._arrivals = _Arrivals()
        self._lock = threading.Lock()
        self._troubles: list[tuple[int, int]] = []
        self._refused: Counter[str] = Counter()
        self._server = LoopbackServer(self._answer)

    def __enter__(self) -> SlackSink:
        self._server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.close()

    @property
    def address(self) -> str:
        """Where it listens: "127.0.0.1:PORT"; webhooks lie at `/services/T…/B…/X…`."""
        return self._server.address

    @property
    def messages(self) -> tuple[dict[str, Any], ...]:
        """The accepted messages as parsed JSON, oldest first."""
        return self._arrivals.all()

    @property
    def refused(self) -> dict[str, int]:
        """How many messages were refused, by Slack's error word."""
        with self._lock:
            return dict(self._refused)

    def throttle(self, times: int = 1, seconds: int = 1) -> None:
        """Answer the next messages, so many times, with 429 and `Retry-After: seconds`."""
        with self._lock:
            self._troubles += [(429, seconds)] * times

    def fail(self, status: int = 500, times: int = 1) -> None:
        """Answer the next messages, so many times, with this status."""
        with self._lock:
            self._troubles += [(status, 0)] * times

    def wait(self, count: int, seconds: float) -> bool:
        """Wait until at least so many messages were accepted, for at most so many real seconds; True when they were."""
        return self._arrivals.wait(count, seconds)

    def _answer(self, request: Request, body: bytes) -> Sent:
        if request.method != "POST" or len(request.path.split("/")) != 5 or not request.path.startswith("/services/"):
            return _said("no_service", 404)
        with self._lock:
            status, seconds = self._troubles.pop(0) if self._troubles else (0, 0)
        if status == 429:
            return Sent(429, (("Content-Type", TEXT), ("Retry-After", str(seconds))), b"rate_limited")
        if status:
            return _said("server_error", status)
        try:
            payload = read(body, request.headers.get("content-type", ""))
            check(payload)
        except PayloadError as error:
            with self._lock:
                self._refused[error.word] += 1
            return _said(error.word, 400)
        self._arrivals.add(payload)
        return _said("ok", 200)


def _said(word: str, status: int) -> Sent:
    return Sent(status, (("Content-Type", TEXT),), word.encode())
