"""The Slack messages: inside the limits whatever comes in, items whole, headings with what follows them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from domain.assessments import Level
from domain.changes import Change, ChangeSort
from domain.digests import Digest, DigestForm, Ground, Link, Why
from notifications.rendering import render_slack
from notifications.slack_blocks import link, to_json


def check_limits(messages: tuple[dict[str, Any], ...]) -> None:
    """Slack's limits as we keep them, for every message."""
    for message in messages:
        blocks = message["blocks"]
        assert 0 < len(blocks) <= 45
        assert len(to_json(message).decode()) <= 11_000
        assert message["text"]
        assert message["unfurl_links"] is False
        assert message["unfurl_media"] is False
        assert blocks[0]["type"] == "header"
        assert len(blocks[0]["text"]["text"]) <= 150
        for block in blocks[1:]:
            assert block["type"] == "section"
            assert 0 < len(block["text"]["text"]) <= 2_900


def sections(messages: tuple[dict[str, Any], ...]) -> list[str]:
    """The texts of all sections in order."""
    return [block["text"]["text"] for message in messages for block in message["blocks"] if block["type"] == "section"]


def test_a_normal_digest_is_one_message(digest: Digest) -> None:
    """No number, every item's link, Was/Wordt in words."""
    messages = render_slack(digest)
    check_limits(messages)
    (message,) = messages
    assert message["blocks"][0]["text"]["text"] == "BELEIDSRADAR Procesinnovatie · nr. 12 · vrijdag 10 december 2021, 07.30 uur"
    said = "\n".join(sections(messages))
    for item in digest.items:
        assert item.url.replace("&", "&amp;") in said
    assert "• tarief eerste schijf: was 40% → wordt 32% (-8 procentpunt)" in said
    assert "beantwoord deze mail" not in said


@pytest.mark.parametrize("counts", [(2, 150, 48), (60, 100, 40), (200, 0, 0), (0, 0, 200), (0, 45, 0)])
def test_many_items(many: Callable[..., Digest], counts: tuple[int, int, int]) -> None:
    """Forty items, then a count with a link; numbered messages; each item in one section."""
    digest = many(*counts)
    messages = render_slack(digest)
    check_limits(messages)
    assert len(messages) <= 6
    texts = sections(messages)
    shown = [item for item in digest.items if sum(text.count(f"<{item.url}|") for text in texts) == 1]
    must = [item for item in digest.items if item.level is Level.MUST_READ]
    assert len(shown) == max(40, len(must))
    assert shown[: len(must)] == must
    left = sum(int(n) for text in texts for n in re.findall(r"\bnog (\d+) stuk", text))
    assert left == len(digest.items) - len(shown)
    assert not left or any(f"<{digest.site_url}|" in text for text in texts)
    if len(messages) > 1:
        for number, message in enumerate(messages, start=1):
            assert message["blocks"][0]["text"]["text"].endswith(f"({number}/{len(messages)})")


def test_without_a_site_the_rest_is_only_counted(many: Callable[..., Digest]) -> None:
    """No link to nowhere."""
    said = "\n".join(sections(render_slack(replace(many(relevant=60), site_url=""))))
    assert sum(int(n) for n in re.findall(r"\bnog (\d+) stuk", said)) == 20
    assert "bekijk de lijst" not in said


def test_a_heading_never_ends_a_message(many: Callable[..., Digest]) -> None:
    """Headings travel with the first thing under them."""
    for count in range(10, 41, 3):
        for message in render_slack(many(must_read=count // 3, relevant=count)):
            assert not message["blocks"][-1]["text"]["text"].startswith(("*MOET", "*RELEVANT*", "*VERMELDING"))


def test_urgent_is_short(digest: Digest) -> None:
    """Subject and items."""
    texts = sections(render_slack(replace(digest, form=DigestForm.URGENT, items=digest.items[:1])))
    assert texts[0].startswith("Kamerbrief procesinnovatie")
    assert len(texts) == 5  # subject, heading, item, correction, closing


def test_long_and_hostile_items_stay_inside_one_section(digest: Digest, hostile: Digest) -> None:
    """Everything long at once: escapes that grow, an address of two thousand characters, thirty changes."""
    long = "&<é" * 2_000
    item = replace(
        digest.items[0],
        heading=long,
        who=long,
        line=long,
        why=(Why(Ground.TERM, long, 3),) * 5,
        url="https://example.nl/" + "a" * 2_000,
        also=(Link(long, "https://example.nl/"),) * 30,
        changes=tuple(Change(ChangeSort.TEXT, f"alinea {n}", long, "kort") for n in range(30)),
    )
    case = replace(digest, items=(item,) * 3, subject=long, title=long, first=(long,) * 3, not_watched=(long,), owner=long)
    check_limits(render_slack(case))
    check_limits(render_slack(hostile))


def test_links_cannot_be_broken_out_of() -> None:
    """Bars, angle brackets and ampersands in labels and addresses."""
    said = link(Link("a|b> <!here> `c`", "https://example.nl/?a=<b>|c&d=1"))
    assert said == "<https://example.nl/?a=%3Cb%3E%7Cc&amp;d=1|a¦b&gt; &lt;!here&gt; 'c'>"


def test_bytes_are_fixed(digest: Digest) -> None:
    """The same digest gives the same bytes, readable as UTF-8 JSON."""
    one, other = (b"".join(to_json(message) for message in render_slack(digest)) for _ in range(2))
    assert one == other
    assert "é".encode() in to_json({"text": "é"})
    assert json.loads(one)["unfurl_links"] is False
