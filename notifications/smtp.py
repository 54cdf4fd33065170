"""One mail to one recipient over SMTP, step by step, so that "not accepted" and "perhaps accepted" are never mixed up."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from dataclasses import dataclass, field

from notifications.bounded import hang_up_after
from notifications.envelopes import Blame, Outcome, Receipt
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

    @property
    def longest(self) -> float:
        """Seconds after which we hang up, wherever the conversation stands: a server may answer a letter at a time."""
        return self.connect_timeout + 2 * self.read_timeout


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
        return Receipt(Outcome.PERMANENT, "address", "addresses outside ASCII cannot be sent to", blame=Blame.RECIPIENT)
    context = ssl.create_default_context()
    if not relay.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    # The name given in EHLO is the sender's domain: the machine's own name is nobody's business.
    name = sender.rpartition("@")[2]
    if relay.mode == "ssl":
        server: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=name, timeout=relay.connect_timeout, context=context)
    else:
        server = smtplib.SMTP(local_hostname=name, timeout=relay.connect_timeout)
    with hang_up_after(relay.longest, lambda: server.sock):
        try:
            _log_in(server, relay, context)
        except (OSError, smtplib.SMTPException, _RefusedError) as fault:
            server.close()
            return _not_accepted(fault, secrets)
        try:
            return _hand_over(server, message, sender, recipient, secrets)
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):  # what was accepted stays accepted
                server.quit()
            server.close()


def _hand_over(server: smtplib.SMTP, message: bytes, sender: str, recipient: str, secrets: tuple[str, ...]) -> Receipt:
    blame = Blame.CHANNEL
    try:
        _expect(server.mail(sender), 250)
        blame = Blame.RECIPIENT
        _expect(server.rcpt(recipient), 250, 251)
        blame = Blame.MESSAGE
        _expect(server.docmd("data"), 354)
    except (OSError, smtplib.SMTPException, _RefusedError) as fault:
        return _not_accepted(fault, secrets, blame)
    try:
        server.send(_dotted(message))
        code, text = server.getreply()
    except (OSError, smtplib.SMTPException) as fault:
        return Receipt(Outcome.UNKNOWN, "lost_after_data", f"no answer after the message was sent ({type(fault).__name__})")
    if code == 250:
        return Receipt(Outcome.DELIVERED, "250", redact(text.decode("utf-8", "replace"), secrets))
    return _not_accepted(_RefusedError(code, text), secrets, Blame.MESSAGE)


def _log_in(server: smtplib.SMTP, relay: Relay, context: ssl.SSLContext) -> None:
    """Open the session, encrypted and logged in as the relay asks. Raises OSError, SMTPException or _RefusedError."""
    code, text = _greeting(server, relay)
    if code != 220:
        raise smtplib.SMTPConnectError(code, text)
    if server.sock is not None:
        server.sock.settimeout(relay.read_timeout)
    server.ehlo_or_helo_if_needed()
    if relay.mode == "starttls":
        _expect(server.starttls(context=context), 220)
        server.ehlo()
    if relay.user and relay.password:
        server.login(relay.user, relay.password)


def _greeting(server: smtplib.SMTP, relay: Relay) -> tuple[int, bytes]:
    # smtplib takes the name for the certificate from the host of its constructor only, which would connect at once.
    server._host = relay.host  # type: ignore[attr-defined]
    return server.connect(relay.host, relay.port)


def _not_accepted(fault: Exception, secrets: tuple[str, ...], blame: Blame = Blame.CHANNEL) -> Receipt:
    """The receipt for a fault before the message was on its way; `blame` is what a refusal at this point is about."""
    if isinstance(fault, smtplib.SMTPConnectError):  # the greeting: the server is busy or closing, whatever its code
        return Receipt(Outcome.TRANSIENT, str(fault.smtp_code), "the server did not greet")
    if isinstance(fault, smtplib.SMTPAuthenticationError) and fault.smtp_code >= 500:
        return Receipt(Outcome.PERMANENT, str(fault.smtp_code), "the server refuses the user or password of the channel")
    if isinstance(fault, smtplib.SMTPResponseException):
        error = fault.smtp_error
        fault = _RefusedError(fault.smtp_code, error)
    if isinstance(fault, _RefusedError):
        permanent = 500 <= fault.code < 600
        outcome = Outcome.PERMANENT if permanent else Outcome.TRANSIENT
        # 421: the server closes the session, whatever it was asked.
        return Receipt(outcome, str(fault.code), redact(fault.text, secrets), None, Blame.CHANNEL if fault.code == 421 else blame)
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return Receipt(Outcome.PERMANENT, "not_supported", "the server does not offer what the channel asks (TLS or login)")
    if isinstance(fault, smtplib.SMTPHeloError):
        return Receipt(Outcome.TRANSIENT, "helo", "the server did not answer the greeting")
    if isinstance(fault, ssl.SSLCertVerificationError):
        return Receipt(Outcome.PERMANENT, "tls", "the server's certificate is not trusted")
    if isinstance(fault, ssl.SSLError):
        return Receipt(Outcome.PERMANENT, "tls", "no TLS connection with the server: it does not speak TLS on this port")
    if isinstance(fault, smtplib.SMTPException) and not isinstance(fault, smtplib.SMTPServerDisconnected):
        return Receipt(Outcome.PERMANENT, "login", "the server offers no way of logging in that we know")
    if isinstance(fault, TimeoutError):
        return Receipt(Outcome.TRANSIENT, "timeout", "the server does not answer in time")
    return Receipt(Outcome.TRANSIENT, "connect", f"no connection with the server ({type(fault).__name__})")


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    code, text = answer
    if code not in codes:
        raise _RefusedError(code, text)


def _dotted(message: bytes) -> bytes:
    """The message with CRLF line ends, leading dots doubled, and the line that ends it (RFC 5321, 4.5.2)."""
    lines = message.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"
