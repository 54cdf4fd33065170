"""Mail over real SMTP on loopback: accepted, refused, deferred, lost before and after the message."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from domain.digests import Digest
from notifications.channels import ChannelKind, Envelope, Outcome, Receipt, freeze, send

RECIPIENT = "beleid-team@example.nl"


class Mailbox:
    """A handler that keeps what it gets, and answers RCPT and DATA as told."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.rcpt_answer = ""
        self.data_answer = "250 2.0.0 accepted as 1"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Accepts the recipient unless told otherwise."""
        if self.rcpt_answer:
            return self.rcpt_answer.format(address=address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keeps the mail."""
        self.mails.append(envelope)
        return self.data_answer


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox() -> Mailbox:
    """The mailbox behind `relay`."""
    return Mailbox()


@pytest.fixture
def relay(mailbox: Mailbox) -> Iterator[str]:
    """The URL of a mail server that listens."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"mailto://127.0.0.1:{controller.port}?from=radar@example.nl&rto=2&cto=2"
    controller.stop()


@pytest.fixture
def envelope(digest: Digest) -> Envelope:
    """A frozen mail."""
    (frozen,) = freeze(
        digest, ChannelKind.MAIL, sender="radar@example.nl", recipient=RECIPIENT, message_id="<x.1@example.nl>", boundary="=_b"
    )
    return frozen


def test_frozen_bytes_arrive_unchanged(mailbox: Mailbox, relay: str, envelope: Envelope) -> None:
    """Byte for byte, from and to the right addresses; a second attempt sends the same."""
    for _ in range(2):
        receipt = send(relay, envelope, RECIPIENT)
        assert receipt == Receipt(Outcome.DELIVERED, "250", "2.0.0 accepted as 1")
    first, second = mailbox.mails
    assert first.mail_from == "radar@example.nl"
    assert first.rcpt_tos == [RECIPIENT]
    assert first.content.rstrip() == envelope.body.rstrip()
    assert first.content == second.content


def test_lines_that_begin_with_a_dot_survive(mailbox: Mailbox, relay: str) -> None:
    """RFC 5321, 4.5.2."""
    body = b"Subject: x\r\n\r\n.een punt\r\n..\r\n.\r\neinde\r\n"
    assert send(relay, Envelope(ChannelKind.MAIL, "x", body), RECIPIENT).outcome is Outcome.DELIVERED
    assert mailbox.mails[0].content == body


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        ("550 5.1.1 <{address}> unknown", Outcome.PERMANENT, "550"),
        ("451 4.7.1 greylisted {address}", Outcome.TRANSIENT, "451"),
        ("452 4.2.2 full", Outcome.TRANSIENT, "452"),
        ("554 no", Outcome.PERMANENT, "554"),
    ],
)
def test_refused_recipients(mailbox: Mailbox, relay: str, envelope: Envelope, answer: str, outcome: Outcome, code: str) -> None:
    """The code decides, and the receipt does not repeat the address."""
    mailbox.rcpt_answer = answer
    receipt = send(relay, envelope, RECIPIENT)
    assert (receipt.outcome, receipt.code) == (outcome, code)
    assert RECIPIENT not in receipt.detail
    assert not mailbox.mails


@pytest.mark.parametrize(("answer", "outcome"), [("552 too large", Outcome.PERMANENT), ("451 try later", Outcome.TRANSIENT)])
def test_refused_messages(mailbox: Mailbox, relay: str, envelope: Envelope, answer: str, outcome: Outcome) -> None:
    """An answer after DATA is an answer: nothing unknown about it."""
    mailbox.data_answer = answer
    assert send(relay, envelope, RECIPIENT).outcome is outcome


def test_nobody_listens(envelope: Envelope) -> None:
    """Safe to try again."""
    receipt = send(f"mailto://127.0.0.1:{free_port()}?from=radar@example.nl", envelope, RECIPIENT)
    assert (receipt.outcome, receipt.code) == (Outcome.TRANSIENT, "connect")


def test_what_the_channel_asks_is_not_offered(relay: str, envelope: Envelope) -> None:
    """No STARTTLS, no AUTH on this server: a fault of the configuration."""
    tls = relay.replace("mailto://", "mailtos://") + "&mode=starttls"
    assert send(tls, envelope, RECIPIENT).outcome is Outcome.PERMANENT
    login = relay.replace("mailto://", "mailto://user:geheim@")
    assert send(login, envelope, RECIPIENT).outcome is Outcome.PERMANENT
    ssl = relay.replace("mailto://", "mailtos://") + "&mode=ssl"
    assert send(ssl, envelope, RECIPIENT).outcome in (Outcome.PERMANENT, Outcome.TRANSIENT)


def script(answers: dict[bytes, bytes | None], after_data: bytes | None) -> tuple[int, threading.Thread]:
    """A one-session server that speaks SMTP badly: answers by verb (None = hang up), and after the message."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with listener, connection, connection.makefile("rwb") as stream:
            try:
                stream.write(answers.get(b"", b"220 hi\r\n") or b"")
                stream.flush()
                while line := stream.readline():
                    verb = line[:4].upper().strip()
                    answer = answers.get(verb, b"354 go\r\n" if verb == b"DATA" else b"250 ok\r\n")
                    if answer is None:
                        return
                    stream.write(answer)
                    stream.flush()
                    if verb == b"DATA" and answer.startswith(b"354"):
                        while stream.readline() not in (b".\r\n", b""):
                            pass
                        if after_data is None:
                            return
                        stream.write(after_data)
                        stream.flush()
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return int(listener.getsockname()[1]), thread


@pytest.mark.parametrize(
    ("answers", "after_data", "outcome", "code"),
    [
        ({}, None, Outcome.UNKNOWN, "lost_after_data"),
        ({b"QUIT": None}, b"250 ok\r\n", Outcome.DELIVERED, "250"),
        ({b"QUIT": b"500 what\r\n"}, b"250 ok\r\n", Outcome.DELIVERED, "250"),
        ({b"MAIL": None}, b"", Outcome.TRANSIENT, "connect"),
        ({b"DATA": None}, b"", Outcome.TRANSIENT, "connect"),
        ({b"DATA": b"451 later\r\n"}, b"", Outcome.TRANSIENT, "451"),
        ({b"": b"421 busy\r\n"}, b"", Outcome.TRANSIENT, "421"),
        ({b"": b"554 go away\r\n"}, b"", Outcome.TRANSIENT, "554"),
        ({b"MAIL": b"530 log in first\r\n"}, b"", Outcome.PERMANENT, "530"),
    ],
)
def test_servers_that_break_off(
    envelope: Envelope, answers: dict[bytes, bytes | None], after_data: bytes | None, outcome: Outcome, code: str
) -> None:
    """Before the message is on its way it is safe to repeat; after it nobody knows; after 250 it is delivered."""
    port, thread = script(answers, after_data)
    receipt = send(f"mailto://127.0.0.1:{port}?from=radar@example.nl&rto=2&cto=2", envelope, RECIPIENT)
    assert (receipt.outcome, receipt.code) == (outcome, code)
    thread.join(5)


def test_a_server_that_hangs_after_the_message(envelope: Envelope) -> None:
    """No answer within the read timeout: unknown."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with listener, connection, connection.makefile("rwb") as stream:
            stream.write(b"220 hi\r\n")
            stream.flush()
            while line := stream.readline():
                stream.write(b"354 go\r\n" if line.upper().startswith(b"DATA") else b"250 ok\r\n")
                stream.flush()
                if line.upper().startswith(b"DATA"):
                    done.wait(10)
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    url = f"mailto://127.0.0.1:{listener.getsockname()[1]}?from=radar@example.nl&rto=0.5&cto=2"
    receipt = send(url, envelope, RECIPIENT)
    done.set()
    thread.join(5)
    assert receipt.outcome is Outcome.UNKNOWN


def test_without_a_recipient_the_urls_only_target_is_used(mailbox: Mailbox, relay: str, envelope: Envelope) -> None:
    """And with none or several there is nobody to send to."""
    assert send(f"{relay}&to=een@example.nl", envelope).outcome is Outcome.DELIVERED
    assert mailbox.mails[0].rcpt_tos == ["een@example.nl"]
    assert send(f"{relay}&to=een@example.nl,twee@example.nl", envelope).outcome is Outcome.PERMANENT
    assert len(mailbox.mails) == 1
    assert send(relay, envelope, "é@example.nl").code == "address"


def login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    """Knows one user."""
    return AuthResult(success=data.login == b"radar" and data.password == b"geheim", handled=False)


@pytest.mark.parametrize(
    ("password", "outcome", "code"), [("geheim", Outcome.DELIVERED, "250"), ("verkeerd", Outcome.PERMANENT, "535")]
)
@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_login(mailbox: Mailbox, envelope: Envelope, password: str, outcome: Outcome, code: str) -> None:
    """The URL's user and password are used; a refusal is permanent and shows neither."""
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=login,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    try:
        url = f"mailto://radar:{password}@127.0.0.1:{controller.port}?from=radar@example.nl"
        receipt = send(url, envelope, RECIPIENT)
    finally:
        controller.stop()
    assert (receipt.outcome, receipt.code) == (outcome, code)
    assert password not in repr(receipt)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate with its key that nobody trusts."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_starttls_wants_a_trusted_certificate(mailbox: Mailbox, envelope: Envelope, certificate: Path) -> None:
    """An unknown one is a permanent fault, unless the operator's URL says not to verify."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True)
    controller.start()
    try:
        url = f"mailtos://127.0.0.1:{controller.port}?from=radar@example.nl&mode=starttls"
        receipt = send(url, envelope, RECIPIENT)
        assert (receipt.outcome, receipt.code) == (Outcome.PERMANENT, "tls")
        assert send(f"{url}&verify=no", envelope, RECIPIENT).outcome is Outcome.DELIVERED
    finally:
        controller.stop()
    assert len(mailbox.mails) == 1
