"""Slack: our Apprise plugin that posts a frozen Block Kit payload to an incoming webhook and tells what Slack said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from apprise.plugins.slack import NotifySlack
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from notifications.envelopes import Blame, Envelope, Outcome, Receipt
from notifications.safe import redact

DEFAULT_WAIT = 30.0  # seconds to wait after a 429 that does not say how long
LONGEST_WAIT = 86_400.0  # seconds; whoever asks for more is asked again after a day
_TRANSIENT = frozenset({408, 425, 429})
_MESSAGE = frozenset({400, 413, 422})  # about these bytes; anything else is about the webhook
_BEFORE_SENDING = (NewConnectionError, ConnectTimeoutError, NameResolutionError)


class RadarSlack(NotifySlack):  # type: ignore[no-untyped-call]  # Apprise is only partly typed
    """Stock slack URLs of incoming webhooks; posts the payload in `envelope` as it is and records the answer in `receipt`.

    `connect` sends a host's traffic to a loopback server instead (`{"hooks.slack.com": "127.0.0.1:8080"}`); demo and tests only.
    """

    socket_connect_timeout = 5.0
    socket_read_timeout = 20.0
    envelope: Envelope | None = None
    recipient: str = ""
    connect: Mapping[str, str] = {}
    receipt: Receipt | None = None

    def send(
        self, body: str, title: str = "", notify_type: Any = None, attach: Any = None, body_format: Any = None, **kwargs: Any
    ) -> bool:
        """Posts the envelope. The arguments are ignored: they only wake the plugin."""
        if self.envelope is None or not self.token_a:
            self.receipt = Receipt(Outcome.PERMANENT, "no_envelope", "only incoming webhooks, and only frozen messages")
            return False
        base = self.webhook_gov_url if self.mode == "webhook-gov" else self.webhook_url
        url = f"{base}/{self.token_a}/{self.token_b}/{self.token_c}"
        secrets = (str(self.token_a), str(self.token_b), str(self.token_c))
        self.receipt = post(url, self.envelope.body, self.request_timeout, bool(self.verify_certificate), self.connect, secrets)
        return self.receipt.outcome is Outcome.DELIVERED


def post(
    url: str,
    body: bytes,
    timeout: tuple[float, float],
    verify: bool = True,
    connect: Mapping[str, str] | None = None,
    secrets: tuple[str, ...] = (),
) -> Receipt:
    """One POST of JSON. Never follows a redirect, never raises for anything the network or server does.

    No text of an exception is used: it would hold the address, which is the secret of a webhook.
    """
    address, headers = _routed(url, connect or {})
    with requests.Session() as session:
        session.trust_env = address == url  # a proxy has no business with loopback traffic
        try:
            with session.post(
                address,
                data=body,
                headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "Beleidsradar", **headers},
                timeout=timeout,
                verify=verify,
                allow_redirects=False,
                stream=True,  # the answer is read up to a few words: it is not ours to store
            ) as response:
                said = next(response.iter_content(256), b"").decode("utf-8", "replace")
                return _answered(response, said, secrets)
        except requests.RequestException as fault:
            return _failed(fault)


def _answered(response: requests.Response, said: str, secrets: tuple[str, ...]) -> Receipt:
    status, detail = response.status_code, redact(said, secrets)
    if status == 200:
        if said.strip() == "ok":
            return Receipt(Outcome.DELIVERED, "200", "ok")
        return Receipt(Outcome.UNKNOWN, "200", f"the answer was not Slack's: {detail}")
    if status in _TRANSIENT or status >= 500:
        wait = _retry_after(response)
        return Receipt(Outcome.TRANSIENT, str(status), detail, DEFAULT_WAIT if wait is None and status == 429 else wait)
    detail = "redirected elsewhere" if 300 <= status < 400 else detail
    blame = Blame.MESSAGE if status in _MESSAGE else Blame.CHANNEL
    return Receipt(Outcome.PERMANENT, str(status), detail, blame=blame)


def _failed(fault: requests.RequestException) -> Receipt:
    """The receipt for a request without an answer: safe to repeat only when nothing can have been sent."""
    name = type(fault).__name__
    if isinstance(fault, requests.exceptions.SSLError):
        return Receipt(Outcome.PERMANENT, "tls", "no trusted TLS connection")
    cause = getattr(fault.args[0], "reason", None) if fault.args else None
    if isinstance(fault, requests.ConnectTimeout | requests.exceptions.ProxyError) or isinstance(cause, _BEFORE_SENDING):
        return Receipt(Outcome.TRANSIENT, "connect", f"no connection ({name})")
    if isinstance(fault, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return Receipt(Outcome.PERMANENT, "url", "the address cannot be used")
    return Receipt(Outcome.UNKNOWN, "lost", f"no answer after the message was sent ({name})")


def _retry_after(response: requests.Response) -> float | None:
    """The seconds in Retry-After; a date there is taken relative to the answer's own Date, so that no clock is needed."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_WAIT)
    try:
        until, now = parsedate_to_datetime(value), parsedate_to_datetime(response.headers.get("Date", ""))
    except ValueError:
        return None
    return min(max(0.0, _seconds(until, now)), LONGEST_WAIT)


def _seconds(until: datetime, now: datetime) -> float:
    return until.timestamp() - now.timestamp()


def _routed(url: str, connect: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The address to call and the Host header to send along, for a host that the connect map sends to loopback."""
    parts = urlsplit(url)
    target = connect.get(parts.hostname or "")
    if target is None:
        return url, {}
    return urlunsplit(("http", target, parts.path, parts.query, "")), {"Host": parts.netloc}
