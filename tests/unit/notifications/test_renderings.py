"""What holds for all renderings together: the same items, nothing of others that acts, the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html as parser

from domain.digests import Digest, Length
from notifications.rendering import render_html, render_json, render_markdown, render_slack, render_text
from notifications.slack_blocks import to_json

ALL: dict[str, Callable[[Digest], str]] = {
    "text": render_text,
    "html": render_html,
    "markdown": render_markdown,
    "json": render_json,
    "slack": lambda digest: "\n".join(to_json(message).decode() for message in render_slack(digest)),
}


@pytest.mark.parametrize("name", ALL)
def test_every_item_in_reading_order(digest: Digest, name: str) -> None:
    """No rendering leaves an item out or moves it."""
    said = ALL[name](digest)
    places = [said.rindex(item.heading) for item in digest.items]
    assert places == sorted(places)


@pytest.mark.parametrize("length", list(Length))
@pytest.mark.parametrize("name", [name for name in ALL if name != "json"])
def test_every_badge_at_every_length(digest: Digest, name: str, length: Length) -> None:
    """Kind and state stand before each heading, everywhere."""
    said = ALL[name](replace(digest, length=length))
    for badge in ("KAMERBRIEF · NIEUW", "ANTWOORD · NIEUW", "REGELING · GEWIJZIGD", "RAPPORT · GECORRIGEERD", "DEBAT · NIEUW"):
        assert f"[{badge}]" in said


@pytest.mark.parametrize("name", [name for name in ALL if name != "json"])
def test_longer_lengths_say_more(digest: Digest, name: str) -> None:
    """Headings are shorter than short, short than context."""
    sizes = [len(ALL[name](replace(digest, length=length))) for length in (Length.HEADINGS, Length.SHORT, Length.CONTEXT)]
    assert sizes == sorted(set(sizes))


@pytest.mark.parametrize("name", ALL)
def test_renderings_are_deterministic(digest: Digest, name: str) -> None:
    """Byte by byte."""
    assert ALL[name](digest) == ALL[name](replace(digest))


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_turns_nothing_around(hostile: Digest, name: str) -> None:
    """Direction marks are gone; a line break in a title makes no new line."""
    said = ALL[name](hostile)
    assert "\u202e" not in said
    assert not re.search(r"^\s*X-Kop", said, re.MULTILINE)


def test_hostile_html_is_text(hostile: Digest) -> None:
    """No script, no attribute that acts, no scheme but the web's and mail's."""
    tree = parser.document_fromstring(render_html(hostile))
    assert not tree.xpath("//script | //b[text()='Beleid']")
    assert not [a for node in tree.iter() for a in node.attrib if a.startswith("on")]
    assert all(href.startswith(("http://", "https://", "mailto:")) for href in tree.xpath("//a/@href"))
    assert not any("evil.example" in href for href in tree.xpath("//a/@href"))
    assert "<script>alert(1)</script>" in tree.text_content()


def test_hostile_slack_is_text(hostile: Digest) -> None:
    """The only angle brackets are those of our own links."""
    for message in render_slack(hostile):
        texts = [message["text"], *(b["text"]["text"] for b in message["blocks"] if b["type"] == "section")]
        for text in texts:
            rest = re.sub(r"<(https?://|mailto:)[^<>|]*\|[^<>|]*>", "", text)
            assert "<" not in rest
            assert "*vet*" not in text
            assert "_schuin_" not in text


def test_hostile_markdown_is_text(hostile: Digest) -> None:
    """No tag, no link but ours, no cell too many."""
    said = render_markdown(hostile)
    assert "<script" not in said
    assert "[klik](" not in said
    assert "javascript:" not in said
    (row,) = [line for line in said.splitlines() if line.startswith("| &lt;script")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 4


def test_markdown_shows_tables_and_links(digest: Digest) -> None:
    """A pipe table for Was/Wordt, links with their label."""
    said = render_markdown(digest)
    assert "| tarief eerste schijf | 40% | 32% (-8 procentpunt) |" in said
    assert "[Lees](https://zoek.officielebekendmakingen.nl/kst-32637-480.html)" in said
    for item in digest.items:
        assert item.url in said


def test_json_holds_the_whole_value(digest: Digest) -> None:
    """Every field, enums by value, moments in ISO 8601, and the counts."""
    said = json.loads(render_json(digest))
    assert said["counts"] == {"must_read": 3, "relevant": 2, "mention": 1, "held": 3}
    assert said["items"][0]["id"] == "R-2021-0412"
    assert said["items"][0]["states"] == ["published"]
    assert said["items"][2]["changes"][0]["sort"] == "fact"
    assert said["made"] == "2021-12-10T06:30:00+00:00"
    assert said["coming"][0]["when"] == "2022-01-01"
    assert said["items"][0]["event_keys"] == ["a" * 32]
