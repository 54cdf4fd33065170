"""One mail to one recipient over SMTP, step by step, so that "not accepted" and "perhaps accepted" are never mixed up."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from dataclasses import dataclass, field

from notifications.envelopes import Outcome, Receipt
from notifications.safe import redact


@dataclass(frozen=True, slots=True)
class Relay:
    """The server to hand mail to. `mode` is Apprise's: insecure, starttls or ssl. Timeouts in seconds."""

    host: str
    port: int
    mode: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    verify: bool = True
    connect_timeout: float = 15.0
    read_timeout: float = 60.0


class _RefusedError(Exception):
    """The server said no, with this code and text."""

    def __init__(self, code: int, text: bytes | str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def submit(message: bytes, relay: Relay, sender: str, recipient: str) -> Receipt:
    """Hands over the message as it stands. Never raises for anything the network or server does.

    4xx and everything that fails before the message is on its way: transient. 5xx and a TLS fault: permanent. Lost after DATA:
    unknown. Accepted with 250: delivered, whatever QUIT does after it.
    """
    secrets = (relay.user, relay.password, recipient, sender)
    if not (sender.isascii() and recipient.isascii()):
        return Receipt(Outcome.PERMANENT, "address", "addresses outside ASCII cannot be sent to")
    try:
        server = _connect(relay, sender)
    except (OSError, smtplib.SMTPException, _RefusedError) as fault:
        return _not_accepted(fault, secrets)
    try:
        return _hand_over(server, message, sender, recipient, secrets)
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):  # what was accepted stays accepted
            server.quit()
        server.close()


def _hand_over(server: smtplib.SMTP, message: bytes, sender: str, recipient: str, secrets: tuple[str, ...]) -> Receipt:
    try:
        _expect(server.mail(sender), 250)
        _expect(server.rcpt(recipient), 250, 251)
        _expect(server.docmd("data"), 354)
    except (OSError, smtplib.SMTPException, _RefusedError) as fault:
        return _not_accepted(fault, secrets)
    try:
        server.send(_dotted(message))
        code, text = server.getreply()
    except (OSError, smtplib.SMTPException) as fault:
        return Receipt(Outcome.UNKNOWN, "lost_after_data", f"no answer after the message was sent ({type(fault).__name__})")
    if code == 250:
        return Receipt(Outcome.DELIVERED, "250", redact(text.decode("utf-8", "replace"), secrets))
    return _not_accepted(_RefusedError(code, text), secrets)


def _connect(relay: Relay, sender: str) -> smtplib.SMTP:
    """A session, encrypted and logged in as the relay asks. Raises OSError, SMTPException or _RefusedError."""
    context = ssl.create_default_context()
    if not relay.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    # The name given in EHLO is the sender's domain: the machine's own name is nobody's business.
    name = sender.rpartition("@")[2]
    server: smtplib.SMTP
    if relay.mode == "ssl":
        server = smtplib.SMTP_SSL(relay.host, relay.port, name, timeout=relay.connect_timeout, context=context)
    else:
        server = smtplib.SMTP(relay.host, relay.port, name, timeout=relay.connect_timeout)
    try:
        if server.sock is not None:
            server.sock.settimeout(relay.read_timeout)
        server.ehlo_or_helo_if_needed()
        if relay.mode == "starttls":
            _expect(server.starttls(context=context), 220)
            server.ehlo()
        if relay.user and relay.password:
            server.login(relay.user, relay.password)
    except (OSError, smtplib.SMTPException, _RefusedError):
        server.close()
        raise
    return server


def _not_accepted(fault: Exception, secrets: tuple[str, ...]) -> Receipt:
    """The receipt for a fault before the message was on its way."""
    if isinstance(fault, smtplib.SMTPConnectError):  # the greeting: the server is busy or closing, whatever its code
        return Receipt(Outcome.TRANSIENT, str(fault.smtp_code), "the server did not greet")
    if isinstance(fault, smtplib.SMTPResponseException):
        error = fault.smtp_error
        fault = _RefusedError(fault.smtp_code, error)
    if isinstance(fault, _RefusedError):
        permanent = 500 <= fault.code < 600
        outcome = Outcome.PERMANENT if permanent else Outcome.TRANSIENT
        return Receipt(outcome, str(fault.code), redact(fault.text, secrets))
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return Receipt(Outcome.PERMANENT, "not_supported", "the server does not offer what the channel asks (TLS or login)")
    if isinstance(fault, smtplib.SMTPHeloError):
        return Receipt(Outcome.TRANSIENT, "helo", "the server did not answer the greeting")
    if isinstance(fault, ssl.SSLError):
        return Receipt(Outcome.PERMANENT, "tls", "no trusted TLS connection with the server")
    if isinstance(fault, smtplib.SMTPException) and not isinstance(fault, smtplib.SMTPServerDisconnected):
        return Receipt(Outcome.PERMANENT, "login", "the server offers no way of logging in that we know")
    return Receipt(Outcome.TRANSIENT, "connect", f"no connection with the server ({type(fault).__name__})")


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    code, text = answer
    if code not in codes:
        raise _RefusedError(code, text)


def _dotted(message: bytes) -> bytes:
    """The message with CRLF line ends, leading dots doubled, and the line that ends it (RFC 5321, 4.5.2)."""
    lines = message.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"
