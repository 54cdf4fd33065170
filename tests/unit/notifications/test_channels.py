"""Channels: which URLs are allowed, what is frozen, and that no secret shows anywhere."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from apprise import Apprise
from apprise.plugins import N_MGR

from domain.digests import Digest
from domain.errors import DeliveryError
from notifications import channels
from notifications.channels import ChannelKind, Envelope, Outcome, again, freeze, kind_of, mail_sender, register, send, validate
from notifications.mail import RadarEmail
from notifications.slack import RadarSlack

CANARY = "c4n4ryKanarie"
MAIL: dict[str, Any] = {
    "sender": "radar@example.nl",
    "recipient": "beleid@example.nl",
    "message_id": "<x.1@example.nl>",
    "boundary": "=_b",
}


def test_registering_is_idempotent_and_closes_the_rest() -> None:
    """Our plugins for mail and Slack; services that act on the machine are off, also through Apprise itself."""
    for _ in range(3):
        register()
    assert N_MGR["mailto"] is N_MGR["mailtos"] is RadarEmail
    assert N_MGR["slack"] is RadarSlack
    for url in ("dbus://", "syslog://", "windows://", "mqtt://127.0.0.1/topic", "xml://127.0.0.1", "form://127.0.0.1"):
        assert not Apprise().add(url)
    assert Apprise().add("ntfys://ntfy.example.nl/onderwerp")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("mailtos://user:pw@smtp.example.nl:587?from=radar@example.nl", ChannelKind.MAIL),
        ("mailto://127.0.0.1:2525?from=radar@example.nl", ChannelKind.MAIL),
        ("slack://T1A/B1B/c1C", ChannelKind.SLACK),
        ("slack://radar@T1A/B1B/c1C?footer=no", ChannelKind.SLACK),
        ("https://hooks.slack.com/services/T1A/B1B/c1C", ChannelKind.SLACK),
        ("mmosts://chat.example.nl/3ccdd113474722377935511fc85d3dd4", ChannelKind.OTHER),
        ("ntfys://ntfy.example.nl/radar", ChannelKind.OTHER),
        ("workflows://prod-1.westeurope.logic.azure.com:443/643e69f83c8944/sigXYZ", ChannelKind.OTHER),
        ("jsons://bridge.example.nl/hook", ChannelKind.OTHER),
    ],
)
def test_usable_urls(url: str, kind: ChannelKind) -> None:
    """No reason against them, and the right kind of message."""
    assert validate(url) is None
    assert kind_of(url) is kind


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "empty"),
        (f"{CANARY}", "not a URL"),
        (f"dbus://{CANARY}", "not an enabled service"),
        (f"file:///etc/{CANARY}", "not an enabled service"),
        (f"https://example.nl/{CANARY}", "not an enabled service"),
        (f"https://hooks.slack.com/services/T1/{CANARY}", "not an enabled service"),
        (f"slack://xoxb-1-2-{CANARY}/kanaal", "incoming webhook"),
        (f"slack://T1/{CANARY}", "incoming webhook"),
        (f"slack://T1/B1/{CANARY}?template=/etc/passwd", "template="),
        (f"mailtos://u:{CANARY}@smtp.example.nl?from=radar@example.nl&retry=3", "retry="),
        (f"mailtos://u:{CANARY}@smtp.example.nl?from=radar@example.nl&cc=x@example.nl", "cc and bcc"),
        (f"mailto://127.0.0.1:2525/?wachtwoord={CANARY}", "not a usable mailto URL"),
        (f"mailtos://u:{CANARY}@smtp.example.nl?from=radar@example.nl&mode={CANARY}", "not a usable mailtos URL"),
        (f"mmosts://{CANARY}", "not a usable mmosts URL"),
    ],
)
def test_unusable_urls_are_named_without_their_secret(url: str, reason: str, caplog: pytest.LogCaptureFixture) -> None:
    """The reason helps, and neither it nor any log at any level holds the URL."""
    caplog.set_level(logging.DEBUG)
    said = validate(url)
    assert said is not None
    assert reason in said
    assert CANARY not in said
    assert CANARY not in caplog.text
    receipt = send(url, Envelope(ChannelKind.SLACK, "x", b"{}"))
    assert (receipt.outcome, CANARY in repr(receipt)) == (Outcome.PERMANENT, False)
    assert CANARY not in caplog.text


def test_the_sender_comes_from_the_url() -> None:
    """`from=` first, else user@host; only mail has one."""
    assert mail_sender("mailto://127.0.0.1:2525?from=radar@example.nl") == ("", "radar@example.nl")
    assert mail_sender("mailtos://radar:pw@example.nl") == ("", "radar@example.nl")
    assert mail_sender("mailto://127.0.0.1?from=Radar<radar@example.nl>") == ("Radar", "radar@example.nl")
    with pytest.raises(DeliveryError):
        mail_sender("slack://T1A/B1B/c1C")


def test_envelopes_survive_storage(digest: Digest) -> None:
    """Every kind, byte for byte; what is no envelope is refused."""
    for kind in ChannelKind:
        for envelope in freeze(digest, kind, **MAIL):
            assert envelope.kind is kind
            assert Envelope.from_bytes(envelope.to_bytes()) == envelope
            assert freeze(digest, kind, **MAIL) == freeze(replace(digest), kind, **MAIL)
            assert repr(envelope.body) not in repr(envelope)
    for data in (b"", b"{}", b"[]", b'{"kind":"fax","title":"","body":""}', b'{"kind":"mail","title":"","body":1}', b"\xff"):
        with pytest.raises(DeliveryError):
            Envelope.from_bytes(data)


def test_a_second_attempt_says_so_in_chat(digest: Digest) -> None:
    """After an unknown attempt: a mail keeps its bytes, chat messages are marked within the limits."""
    for kind in (ChannelKind.MAIL, ChannelKind.SLACK, ChannelKind.OTHER):
        first, *_ = freeze(replace(digest, title="x" * 200), kind, **MAIL)
        second = again(first)
        assert (second == first) == (kind is ChannelKind.MAIL)
        assert (b"opnieuw verstuurd" in second.body) == (kind is not ChannelKind.MAIL)
    header = json.loads(again(freeze(digest, ChannelKind.SLACK)[0], "en").body)["blocks"][0]["text"]["text"]
    assert header.startswith("(sent again) BELEIDSRADAR")
    assert len(header) <= 150


def test_a_mail_needs_its_headers(digest: Digest) -> None:
    """Nothing is guessed."""
    for key in MAIL:
        with pytest.raises(DeliveryError):
            freeze(digest, ChannelKind.MAIL, **MAIL | {key: ""})


def test_kinds_do_not_mix(digest: Digest) -> None:
    """A mail cannot go through Slack."""
    (envelope,) = freeze(digest, ChannelKind.MAIL, **MAIL)
    assert send("slack://T1A/B1B/c1C", envelope).code == "kind"
    assert send("jsons://127.0.0.1:1/", envelope).code == "kind"


def test_room_of_a_service() -> None:
    """As Apprise states it; our own messages are cut to it."""
    assert channels.room_of("mmosts://chat.example.nl/3ccdd113474722377935511fc85d3dd4") == 4_000


def test_other_services_get_text(digest: Digest, caplog: pytest.LogCaptureFixture) -> None:
    """Through Apprise's own plugin; its log tells the status, its secrets are not in it."""
    caplog.set_level(logging.DEBUG)
    statuses, bodies = [200, 404, 429, 503], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Takes down the body and answers with the next status."""
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(statuses.pop(0))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"json://gebruiker:{CANARY}@127.0.0.1:{server.server_port}/{CANARY}/"
    first, *_ = freeze(digest, ChannelKind.OTHER)
    receipts = [send(url, first) for _ in range(4)]
    server.shutdown()
    server.server_close()
    thread.join(5)
    assert [(r.outcome, r.code) for r in receipts] == [
        (Outcome.DELIVERED, "sent"),
        (Outcome.PERMANENT, "404"),
        (Outcome.TRANSIENT, "429"),
        (Outcome.TRANSIENT, "503"),
    ]
    assert receipts[2].retry_after == 30.0
    assert b"BELEIDSRADAR Procesinnovatie" in bodies[0]
    assert send(url, first).outcome is Outcome.UNKNOWN
    assert CANARY not in caplog.text
    assert CANARY not in repr(receipts)


@pytest.mark.parametrize(
    "url",
    [
        f"mailto://{CANARY}:{CANARY}@127.0.0.1:1?from=radar@example.nl",
        f"mailtos://{CANARY}:{CANARY}@127.0.0.1:1?from=radar@example.nl&mode=ssl",
        f"slack://T{CANARY}/B{CANARY}/{CANARY}",
    ],
)
def test_a_canary_shows_nowhere(digest: Digest, caplog: pytest.LogCaptureFixture, url: str) -> None:
    """Not in a log at the lowest level, a receipt, an exception or a repr; nor does the recipient."""
    caplog.set_level(logging.DEBUG)
    for envelope in freeze(digest, kind_of(url), **MAIL):
        receipt = send(url, envelope, "ontvanger@example.nl", {"hooks.slack.com": "127.0.0.1:1"})
        assert receipt.outcome is Outcome.TRANSIENT
        for said in (caplog.text, repr(receipt), repr(envelope)):
            assert CANARY not in said
            assert "ontvanger@" not in said
            assert "beleid@example.nl" not in said


def test_a_plugin_that_breaks_stops_nothing(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unforeseen fault in the code of a channel is unknown, without its text."""

    def broken(self: Any, *args: Any, **kwargs: Any) -> bool:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(RadarSlack, "send", broken)
    (envelope,) = freeze(digest, ChannelKind.SLACK)
    receipt = send("slack://T1A/B1B/c1C", envelope)
    assert receipt.outcome is Outcome.UNKNOWN
    assert CANARY not in repr(receipt)
