"""Slack's webhook over real HTTP on loopback: accepted, limited, gone, silent, elsewhere."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from domain.digests import Digest
from notifications.channels import Blame, ChannelKind, Envelope, Outcome, Receipt, freeze, send

URL = "slack://T0000AAAA/B0000BBBB/canaryCanaryCanary"


class Sink:
    """What the webhook got, and what it answers next: status, body, headers; `hang` keeps it silent."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, bytes]] = []
        self.answer: tuple[int, bytes, dict[str, str]] = (200, b"ok", {})
        self.hang = False
        self.released = threading.Event()


@pytest.fixture
def sink() -> Sink:
    """The sink behind `connect`."""
    return Sink()


@pytest.fixture
def connect(sink: Sink) -> Iterator[dict[str, str]]:
    """A connect map that leads Slack's host to the sink."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Takes down the request and answers as told."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sink.seen.append((self.headers["Host"], self.path, body))
            if sink.hang:
                sink.released.wait(10)
                return
            status, said, headers = sink.answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield {"hooks.slack.com": f"127.0.0.1:{server.server_port}"}
    sink.released.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def envelope(digest: Digest) -> Envelope:
    """A frozen Slack message."""
    (frozen,) = freeze(digest, ChannelKind.SLACK)
    return frozen


@pytest.mark.parametrize("url", [URL, "https://hooks.slack.com/services/T0000AAAA/B0000BBBB/canaryCanaryCanary"])
def test_the_payload_arrives_unchanged(sink: Sink, connect: dict[str, str], envelope: Envelope, url: str) -> None:
    """Both ways of writing a webhook; the real host in Host, the real path, our bytes."""
    assert send(url, envelope, connect=connect) == Receipt(Outcome.DELIVERED, "200", "ok")
    host, path, body = sink.seen[0]
    assert host == "hooks.slack.com"
    assert path == "/services/T0000AAAA/B0000BBBB/canaryCanaryCanary"
    assert body == envelope.body
    assert json.loads(body)["blocks"][0]["type"] == "header"


@pytest.mark.parametrize(
    ("status", "said", "headers", "receipt"),
    [
        (429, b"rate_limited", {"Retry-After": "12"}, Receipt(Outcome.TRANSIENT, "429", "rate_limited", 12.0)),
        (429, b"rate_limited", {}, Receipt(Outcome.TRANSIENT, "429", "rate_limited", 30.0)),
        (503, b"", {}, Receipt(Outcome.TRANSIENT, "503", "")),
        (404, b"no_service", {}, Receipt(Outcome.PERMANENT, "404", "no_service")),
        (400, b"invalid_blocks", {}, Receipt(Outcome.PERMANENT, "400", "invalid_blocks", blame=Blame.MESSAGE)),
        (410, b"channel_is_archived", {}, Receipt(Outcome.PERMANENT, "410", "channel_is_archived")),
        (302, b"", {"Location": "http://127.0.0.1:1/"}, Receipt(Outcome.PERMANENT, "302", "redirected elsewhere")),
    ],
)
def test_refusals(
    sink: Sink, connect: dict[str, str], envelope: Envelope, status: int, said: bytes, headers: dict[str, str], receipt: Receipt
) -> None:
    """By status; nothing is tried twice or followed."""
    sink.answer = (status, said, headers)
    assert send(URL, envelope, connect=connect) == receipt
    assert len(sink.seen) == 1


def test_a_date_in_retry_after(sink: Sink, connect: dict[str, str], envelope: Envelope) -> None:
    """Relative to the answer's own Date, so at least not negative and about right."""
    sink.answer = (503, b"", {"Retry-After": "Fri, 31 Dec 2100 00:00:00 GMT"})
    receipt = send(URL, envelope, connect=connect)
    assert receipt.retry_after is not None
    assert receipt.retry_after > 3_600
    sink.answer = (503, b"", {"Retry-After": "straks"})
    assert send(URL, envelope, connect=connect).retry_after is None


def test_an_answer_that_is_not_slacks(sink: Sink, connect: dict[str, str], envelope: Envelope) -> None:
    """A login page of something in between: perhaps delivered, perhaps not."""
    sink.answer = (200, b"<html>Log in</html>", {})
    assert send(URL, envelope, connect=connect).outcome is Outcome.UNKNOWN


def test_silence_is_unknown(sink: Sink, connect: dict[str, str], envelope: Envelope) -> None:
    """The message went out, no answer came."""
    sink.hang = True
    receipt = send(f"{URL}?rto=0.3&cto=1", envelope, connect=connect)
    assert (receipt.outcome, receipt.code) == (Outcome.UNKNOWN, "lost")


def test_a_server_that_breaks_off_is_unknown(envelope: Envelope) -> None:
    """Connected, and then nothing: the message may have been read."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        connection.recv(100)
        connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    receipt = send(URL, envelope, connect={"hooks.slack.com": f"127.0.0.1:{listener.getsockname()[1]}"})
    thread.join(5)
    listener.close()
    assert receipt.outcome is Outcome.UNKNOWN


def test_nobody_listens(envelope: Envelope) -> None:
    """Nothing was sent: safe to try again."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    receipt = send(URL, envelope, connect={"hooks.slack.com": f"127.0.0.1:{port}"})
    assert (receipt.outcome, receipt.code) == (Outcome.TRANSIENT, "connect")


def test_a_connect_map_leads_to_loopback_only(envelope: Envelope) -> None:
    """Anything else is a mistake, and nothing is sent."""
    receipt = send(URL, envelope, connect={"hooks.slack.com": "192.0.2.1:80"})
    assert (receipt.outcome, receipt.code) == (Outcome.PERMANENT, "connect_map")
