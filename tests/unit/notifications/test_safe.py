"""Text of others is harmless after cleaning, whatever it held."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changes import Change, ChangeSort
from notifications.differences import step
from notifications.markdown import escape as escape_markdown
from notifications.parts import defang
from notifications.safe import clean, clip, mailto, redact, safe_url
from notifications.slack_blocks import escape as escape_slack


@given(st.text())
def test_clean_text_is_one_visible_line(text: str) -> None:
    """No breaks, no control or direction marks, and cleaning again changes nothing."""
    line = clean(text)
    assert clean(line) == line
    assert "\n" not in line
    assert "\r" not in line
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") for c in line)
    assert not any(unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI") for c in line)


@given(st.text(), st.integers(2, 200))
def test_clipped_text_fits(text: str, most: int) -> None:
    """Never longer than asked, and untouched when it fits."""
    assert len(clip(text, most)) <= most
    assert len(text) > most or clip(text, most) == text


@given(st.text())
def test_slack_text_holds_nothing_that_slack_acts_on(text: str) -> None:
    """No angle bracket survives, and every ampersand begins an escape."""
    said = escape_slack(text)
    assert not set("<>*~`") & set(said)
    assert said.count("&") == said.count("&amp;") + said.count("&lt;") + said.count("&gt;")


@given(st.text())
def test_markdown_text_has_every_mark_escaped(text: str) -> None:
    """A mark stands only behind a backslash."""
    said = escape_markdown(text).replace("\\\\", "")
    for mark in "*_[]`~|":
        assert said.count(mark) == said.count(f"\\{mark}")
    assert "<" not in said


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.nl/a?b=1&c=2#d", "https://example.nl/a?b=1&c=2#d"),
        ('https://example.nl/a b|<c>"d', "https://example.nl/a%20b%7C%3Cc%3E%22d"),
        ("https://example.nl/%C3%A9/é", "https://example.nl/%C3%A9/%C3%A9"),
        ("javascript:alert(1)", ""),
        ("JavaScript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.nl/x", ""),
        ("https://[unfinished", ""),
        ("", ""),
    ],
)
def test_only_pages_and_mail_are_linked(url: str, safe: str) -> None:
    """Other schemes, and what is no address, link to nothing."""
    assert safe_url(url) == safe


@given(st.text())
def test_a_safe_address_has_one_of_three_schemes(url: str) -> None:
    """For any text at all."""
    safe = safe_url(url)
    assert not safe or (urlsplit(safe).scheme in ("http", "https", "mailto") and not set(' <>"|\n') & set(safe))


def test_mail_links_need_an_address() -> None:
    """A team's name is no address."""
    assert mailto("a@example.nl", "item R-1 & meer?") == "mailto:a@example.nl?subject=item%20R-1%20%26%20meer%3F"
    assert mailto("team Beleid", "x") == ""


def test_receipts_hold_no_addresses_or_secrets() -> None:
    """Servers like to repeat the recipient."""
    said = redact("5.1.1 <jan@example.nl> unknown, see https://help.example/?u=jan\r\nhunter2", ["hunter2"])
    assert said == "5.1.1 <***> unknown, see *** ***"


def test_chat_text_calls_nobody_but_keeps_addresses() -> None:
    """@everyone and link marks are broken; a mail address and a page's address are not."""
    said = defang("@everyone <!channel> [klik](http://x.example) a@example.nl https://example.nl/a_b?c=1")
    assert "@everyone" not in said
    assert "<!" not in said
    assert "](" not in said
    assert "a@example.nl https://example.nl/a_b?c=1" in said


words_list = st.lists(st.sampled_from(["de", "het", "40%", "50%", "aanvraag", "loket"]), max_size=30)


@given(words_list, words_list)
def test_a_step_loses_no_changed_word(before: list[str], after: list[str]) -> None:
    """What is marked plus what is shared gives both sides back, as far as it is not shortened."""
    old, new = " ".join(before), " ".join(after)
    if old == new:
        return
    shown = step(Change(ChangeSort.TEXT, "alinea", old, new))
    assert shown.before or shown.after
    for side, whole in ((shown.before, old), (shown.after, new)):
        if "…" not in shown.lead + shown.tail and whole:
            assert " ".join(p for p in (shown.lead, side, shown.tail) if p) == whole
