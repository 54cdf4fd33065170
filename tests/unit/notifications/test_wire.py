"""A digest of 200 items over the wire: through Apprise to a real mail server, with and without TLS and login, and to a webhook
with Slack's limits. Every fault of the connection is one plain line."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from demo.sinks import MailSink, SlackSink
from domain.digests import Digest
from notifications.channels import Blame, ChannelKind, Envelope, Outcome, freeze, send

RECIPIENT = "beleid-team@example.nl"
PASSWORD = "geheim-c4n4ry"


class Mailbox:
    """A handler that keeps what it gets."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keeps the mail."""
        self.mails.append(envelope.original_content)
        return "250 2.0.0 accepted"


def knows_one_user(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    """Login for one user."""
    return AuthResult(success=data.login == b"radar" and data.password == PASSWORD.encode(), handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and its key, made now: a key does not belong in a repository."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not on this machine: no certificate can be made")
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "cert.pem"
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30")
    names = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    subprocess.run([openssl, "req", "-x509", *curve, *names, "-keyout", key, "-out", made], check=True, capture_output=True)
    return made, key


class _Controller(Controller):
    """Listens on whichever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def server(mailbox: Mailbox, certificate: tuple[Path, Path] | None = None, *, login: bool = False) -> Iterator[int]:
    """A mail server on loopback and its port."""
    options: dict[str, Any] = {}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        options |= {"tls_context": context, "require_starttls": True}
    if login:
        options |= {"authenticator": knows_one_user, "auth_required": True, "auth_require_tls": certificate is not None}
    running = _Controller(mailbox, hostname="127.0.0.1", port=0, **options)
    running.start()
    try:
        yield running.port
    finally:
        running.stop()


@pytest.fixture
def large(many: Callable[..., Digest]) -> Digest:
    """200 items."""
    return many(must_read=10, relevant=140, mention=50)


def frozen(digest: Digest) -> Envelope:
    """The one mail."""
    (envelope,) = freeze(
        digest, ChannelKind.MAIL, sender="radar@example.nl", recipient=RECIPIENT, message_id="<x.1@example.nl>", boundary="=_b"
    )
    return envelope


WAYS = ["plain", "login", "starttls", "starttls and login"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_200_items_by_mail(large: Digest, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """Read back as a mail program would: one Message-ID, every link in both parts, short lines, HTML within 90 KB."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    tls, login = "starttls" in way, "login" in way
    mailbox = Mailbox()
    with server(mailbox, certificate if tls else None, login=login) as port:
        user = f"radar:{PASSWORD}@" if login else ""
        schema, mode = ("mailtos", "&mode=starttls") if tls else ("mailto", "")
        receipt = send(f"{schema}://{user}127.0.0.1:{port}?from=radar@example.nl{mode}", frozen(large), RECIPIENT)
    assert (receipt.outcome, receipt.code) == (Outcome.DELIVERED, "250"), receipt
    (raw,) = mailbox.mails
    message: Any = message_from_bytes(raw, policy=default)
    assert not message.defects
    assert len(message.get_all("Message-ID")) == 1
    plain, page = (part.get_content() for part in message.iter_parts())
    missing = [item.url for item in large.items if item.url not in plain or item.url.replace("&", "&amp;") not in page]
    assert missing == []
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert len(page.encode()) <= 90_000


def test_200_items_to_slack(large: Digest) -> None:
    """Every message is accepted by a webhook that keeps Slack's limits, and no item is cut in two."""
    with SlackSink() as sink:
        connect = {"hooks.slack.com": sink.address}
        parts = freeze(large, ChannelKind.SLACK)
        receipts = [send("slack://T00000000/B00000000/demodemodemo", part, "", connect) for part in parts]
        assert [receipt.outcome for receipt in receipts] == [Outcome.DELIVERED] * len(parts)
        assert (len(sink.messages), sink.refused) == (len(parts), {})
        said = [block["text"]["text"] for message in sink.messages for block in message["blocks"] if block["type"] == "section"]
    for text in said:
        assert len(text) <= 3_000
        assert text.count("<http") == text.count("|") - text.count("<mailto"), text
    shown = [item for item in large.items if any(f"<{item.url.replace('&', '&amp;')}|" in text for text in said)]
    assert len(shown) >= 10  # the must-reads at least; the others are counted with a link
    assert all(message["text"] for message in sink.messages)


def test_what_is_wrong_with_the_connection_is_one_plain_line(
    large: Digest, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate that nobody trusts, a server without TLS or login, a wrong password: the channel's fault, no secret."""
    envelope = frozen(large)
    mailbox = Mailbox()
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with server(mailbox, certificate, login=True) as port:
        url = f"mailtos://radar:{PASSWORD}@127.0.0.1:{port}?from=radar@example.nl&mode=starttls"
        untrusted = send(url, envelope, RECIPIENT)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        wrong = send(url.replace(PASSWORD, "verkeerd"), envelope, RECIPIENT)
        without = send(url.replace("mailtos", "mailto").replace("mode=starttls", "mode=insecure"), envelope, RECIPIENT)
    with server(mailbox) as port:
        plain = send(f"mailtos://127.0.0.1:{port}?from=radar@example.nl&mode=starttls", envelope, RECIPIENT)
        encrypted = send(f"mailtos://127.0.0.1:{port}?from=radar@example.nl&mode=ssl", envelope, RECIPIENT)
    assert [(one.code, one.detail) for one in (untrusted, wrong, plain, encrypted)] == [
        ("tls", "the server's certificate is not trusted"),
        ("535", "the server refuses the user or password of the channel"),
        ("not_supported", "the server does not offer what the channel asks (TLS or login)"),
        ("tls", "no TLS connection with the server: it does not speak TLS on this port"),
    ]
    for receipt in (untrusted, wrong, without, plain, encrypted):
        assert (receipt.outcome, receipt.blame) == (Outcome.PERMANENT, Blame.CHANNEL), receipt
        assert PASSWORD not in repr(receipt)
        assert "\n" not in receipt.detail
    assert mailbox.mails == []


def test_a_server_that_answers_a_letter_at_a_time_is_hung_up_on(large: Digest) -> None:
    """Its answers come before every time-out, and still it ends."""
    import socket
    import threading

    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with listener, connection:
            while not ended.wait(0.1):
                try:
                    connection.sendall(b"2")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    url = f"mailto://127.0.0.1:{listener.getsockname()[1]}?from=radar@example.nl&rto=0.4&cto=0.4"
    receipt = send(url, frozen(large), RECIPIENT)
    ended.set()
    thread.join(5)
    assert receipt.outcome is Outcome.TRANSIENT  # nothing was handed over yet


def test_a_redirect_is_not_followed(large: Digest) -> None:
    """Whatever a webhook answers, nothing goes to another address."""
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Sends on to another path."""
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(302)
            self.send_header("Location", "/elders")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the name that the server calls

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    running = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    other, *_ = freeze(large, ChannelKind.OTHER)
    first, *_ = freeze(large, ChannelKind.SLACK)
    receipts = [
        send(f"json://127.0.0.1:{running.server_port}/hook", other),
        send("slack://T00000000/B00000000/demo", first, "", {"hooks.slack.com": f"127.0.0.1:{running.server_port}"}),
    ]
    running.shutdown()
    running.server_close()
    thread.join(5)
    assert [receipt.outcome for receipt in receipts] == [Outcome.PERMANENT] * 2
    assert len(asked) == 2
    assert "/elders" not in asked


def test_the_demos_sink_takes_it_too(large: Digest) -> None:
    """The mail sink of the demo keeps the bytes as they were frozen."""
    with MailSink() as sink:
        host, port = sink.address
        assert send(f"mailto://{host}:{port}?from=radar@example.nl", frozen(large), RECIPIENT).outcome is Outcome.DELIVERED
        ((recipient, raw),) = sink.messages
    assert (recipient, raw.rstrip()) == (RECIPIENT, frozen(large).body.rstrip())
