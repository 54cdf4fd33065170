"""The mail as bytes: both parts whole, headers right, every line short, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from domain.digests import Digest
from domain.errors import DeliveryError
from notifications.mail import compose

SETTINGS: dict[str, Any] = {
    "sender": "radar@example.nl",
    "sender_name": "Beleidsradar",
    "recipient": "beleid-team@example.nl",
    "reply_to": "radar-beheer@example.nl",
    "message_id": "<ochtend-12-mail-1.3f7a@example.nl>",
    "references": (),
    "date": datetime(2021, 12, 10, 6, 30, tzinfo=UTC),
    "boundary": "=_beleidsradar_3f7a",
}


def parsed(body: bytes) -> EmailMessage:
    """The mail as a mail program reads it."""
    message = message_from_bytes(body, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_headers(digest: Digest) -> None:
    """What delivery needs, once each."""
    message = parsed(compose(digest, **SETTINGS | {"references": ("<a@example.nl>", "<b@example.nl>")}))
    assert message["Subject"] == digest.subject
    assert message["From"] == "Beleidsradar <radar@example.nl>"
    assert message["To"] == "beleid-team@example.nl"
    assert message["Reply-To"] == "radar-beheer@example.nl"
    assert message.get_all("Message-ID") == ["<ochtend-12-mail-1.3f7a@example.nl>"]
    assert message["X-Delivery-Id"] == "ochtend-12-mail-1.3f7a"
    assert message["In-Reply-To"] == "<b@example.nl>"
    assert message["References"] == "<a@example.nl> <b@example.nl>"
    assert message["Date"] == "Fri, 10 Dec 2021 06:30:00 +0000"
    assert message["List-Id"] == "<ochtend.beleidsradar.example.nl>"
    assert message["List-Unsubscribe"] == "<mailto:radar-beheer@example.nl?subject=Stoppen%20of%20wijzigen%3A%20ochtend>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "nl"
    assert message["MIME-Version"] == "1.0"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_both_parts_hold_every_items_link(many: Callable[..., Digest], digest: Digest) -> None:
    """Two hundred items, decoded from the wire."""
    for case in (digest, many(must_read=10, relevant=140, mention=50)):
        message = parsed(compose(case, **SETTINGS))
        plain, page = (part.get_content() for part in message.iter_parts())
        for item in case.items:
            assert item.url in plain
            assert item.url.replace("&", "&amp;") in page


def test_lines_are_short_and_ascii(many: Callable[..., Digest], hostile: Digest) -> None:
    """RFC 5322's 998 and its better 78, also with long words and long headers."""
    for case in (many(relevant=200), replace(hostile, subject="é" * 400)):
        references = [f"<{'r' * 50}{n}@example.nl>" for n in range(20)]
        body = compose(case, **SETTINGS | {"references": references, "message_id": f"<{'m' * 50}@example.nl>"})
        assert body.isascii()
        long = [line for line in body.split(b"\r\n") if len(line) > 78]
        assert not [line for line in long if not line.startswith(b"List-Unsubscribe: ")]
        assert max(len(line) for line in body.split(b"\r\n")) < 998
        assert b"\n" not in body.replace(b"\r\n", b"")
        message = parsed(body)
        assert str(message["References"]).split() == [references[0], *references[-9:]]
        assert message["Message-ID"] == f"<{'m' * 50}@example.nl>"
        assert len(message["Subject"]) <= 120


def test_hostile_titles_make_no_header(hostile: Digest) -> None:
    """A line break in a scraped title stays inside the subject."""
    message = parsed(compose(hostile, **SETTINGS))
    assert message["X-Kop"] is None
    assert "X-Kop: 1gnp" in message["Subject"]
    assert len(message.get_all("Subject") or []) == 1


def test_bytes_are_fixed(digest: Digest) -> None:
    """Date, Message-ID and boundary come from outside, so a retry is byte-identical."""
    assert compose(digest, **SETTINGS) == compose(replace(digest), **SETTINGS)


def test_replies_go_to_someone(digest: Digest) -> None:
    """Reply address, else the owner's, else the sender's."""
    assert parsed(compose(digest, **SETTINGS | {"reply_to": ""}))["Reply-To"] == digest.owner
    team = replace(digest, owner="team Beleid")
    message = parsed(compose(team, **SETTINGS | {"reply_to": ""}))
    assert message["Reply-To"] == "radar@example.nl"
    assert str(message["List-Unsubscribe"]).startswith("<mailto:radar@example.nl?")


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": "geen adres"},
        {"recipient": "a@example.nl\r\nBcc: b@example.nl"},
        {"recipient": ""},
        {"sender": "radar"},
        {"message_id": "no-brackets@example.nl"},
        {"message_id": "<a@example.nl>\r\nX: 1"},
        {"message_id": f"<{'m' * 800}@example.nl>"},
        {"references": ("<kapot>",)},
    ],
)
def test_what_cannot_stand_in_a_header_is_refused(digest: Digest, wrong: dict[str, Any]) -> None:
    """One clear error that names no address."""
    with pytest.raises(DeliveryError) as fault:
        compose(digest, **SETTINGS | wrong)
    assert "@example.nl" not in str(fault.value)
    assert fault.value.__cause__ is None


def test_one_click_only_where_there_is_an_address_for_it(digest: Digest) -> None:
    """RFC 8058: the https address first, the mail address beside it, and the header that says that one click is enough."""
    assert parsed(compose(digest, **SETTINGS))["List-Unsubscribe-Post"] is None
    message = parsed(compose(digest, **SETTINGS, unsubscribe="https://radar.example.nl/stop?r=3f7a"))
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(message["List-Unsubscribe"]).startswith("<https://radar.example.nl/stop?r=3f7a>, <mailto:")
    for wrong in ("http://radar.example.nl/", "https://a.nl/>\r\nX: 1", "https://a.nl/ b"):
        with pytest.raises(DeliveryError):
            compose(digest, **SETTINGS, unsubscribe=wrong)
