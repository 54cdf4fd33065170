"""The mail sink and the Slack sink: what they keep, refuse and hold back."""

from __future__ import annotations

import json
import smtplib
from typing import Any

import pytest

from demo.sinks import MailSink, SlackSink

MAIL = b"Subject: proef\r\nFrom: radar@example.nl\r\n\r\n.punt aan het begin\r\nregel twee\r\n"
HOOK = "/services/T000/B000/XXXX"


def deliver(sink: MailSink, *recipients: str) -> dict[str, tuple[int, bytes]]:
    """Send the mail to these recipients; gives the refused ones."""
    with smtplib.SMTP(*sink.address, timeout=5) as client:
        return client.sendmail("radar@example.nl", list(recipients), MAIL)


def test_mail_is_kept_byte_for_byte_per_recipient() -> None:
    with MailSink() as sink:
        deliver(sink, "een@example.nl", "twee@example.nl")
        assert sink.wait(2, 5)
        assert sink.messages == (("een@example.nl", MAIL), ("twee@example.nl", MAIL))
        assert not sink.wait(3, 0.01)


def test_a_recipient_is_refused_so_many_times() -> None:
    with MailSink() as sink:
        sink.refuse("een@example.nl", code=451, times=2)
        sink.refuse("dood@example.nl", code=550)
        refused = deliver(sink, "een@example.nl", "dood@example.nl", "twee@example.nl")
        assert {name: code for name, (code, _) in refused.items()} == {"een@example.nl": 451, "dood@example.nl": 550}
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            deliver(sink, "een@example.nl")
        assert deliver(sink, "een@example.nl") == {}
        assert [recipient for recipient, _ in sink.messages] == ["twee@example.nl", "een@example.nl"]


def test_an_acknowledgement_can_get_lost() -> None:
    with MailSink() as sink:
        sink.lose_acknowledgement()
        with pytest.raises(smtplib.SMTPServerDisconnected):
            deliver(sink, "een@example.nl")
        assert len(sink.messages) == 1
        assert deliver(sink, "een@example.nl") == {}


def section(text: str) -> dict[str, Any]:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def header(text: str) -> dict[str, Any]:
    """A header block."""
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"text": "kort"}, "ok"),
        ({"text": "x", "blocks": [header("a" * 150), section("b" * 3000), {"type": "divider"}]}, "ok"),
        ({"blocks": [section("a")] * 50}, "ok"),
        ({"blocks": [section("a")] * 51}, "invalid_blocks"),
        ({"blocks": [section("a" * 3001)]}, "invalid_blocks"),
        ({"blocks": [section("")]}, "invalid_blocks"),
        ({"blocks": [header("a" * 151)]}, "invalid_blocks"),
        ({"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "a"}}]}, "invalid_blocks"),
        ({"blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"blocks": [{"type": "context", "elements": []}]}, "invalid_blocks"),
        ({"blocks": [{"type": "onbekend"}]}, "invalid_blocks"),
        ({"blocks": "geen lijst"}, "invalid_blocks"),
        ({"blocks": [section("a" * 2900)] * 5}, "msg_blocks_too_long"),
        ({"attachments": [{"blocks": [section("a" * 3001)]}]}, "invalid_blocks"),
        ({"attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
        ({"text": "a" * 40_001}, "msg_too_long"),
        ({}, "no_text"),
        (["geen object"], "invalid_payload"),
    ],
)
def test_slack_limits(send_to: Any, payload: Any, said: str) -> None:
    with SlackSink() as sink:
        got = send_to(
            sink.address, "hooks.slack.com", HOOK, "POST", json.dumps(payload).encode(), Content_Type="application/json"
        )
        assert (got.status, got.body.decode()) == (200 if said == "ok" else 400, said)
        assert sink.messages == ((payload,) if said == "ok" else ())
        assert sink.refused == ({} if said == "ok" else {said: 1})


def test_slack_throttles_and_fails_on_request(send_to: Any) -> None:
    with SlackSink() as sink:
        sink.throttle(times=1, seconds=7)
        sink.fail(500)
        got = [send_to(sink.address, "hooks.slack.com", HOOK, "POST", b'{"text": "a"}') for _ in range(3)]
        assert [one.status for one in got] == [429, 500, 200]
        assert got[0].headers["retry-after"] == "7"
        assert sink.wait(1, 1)


def test_slack_knows_only_webhooks(send_to: Any) -> None:
    with SlackSink() as sink:
        assert send_to(sink.address, "hooks.slack.com", "/elders", "POST", b"{}").body == b"no_service"
        assert send_to(sink.address, "hooks.slack.com", HOOK).status == 404
        assert send_to(sink.address, "hooks.slack.com", HOOK, "POST", b"{").body == b"invalid_payload"
