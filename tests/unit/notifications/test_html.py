"""The HTML: well formed, complete, small enough, and readable without colour, pictures or styles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as parser

from domain.assessments import Level
from domain.digests import Digest, DigestForm
from notifications.html import LARGEST
from notifications.rendering import render_html, render_text


def links(page: str) -> list[str]:
    """All addresses in a page."""
    return [str(href) for href in parser.document_fromstring(page).xpath("//a/@href")]


def counted(page: str) -> int:
    """How many papers a page says that it does not show."""
    return sum(int(n) for n in re.findall(r"\bnog (\d+) stuk", parser.document_fromstring(page).text_content()))


def test_every_link_of_the_model_is_there(digest: Digest) -> None:
    """Items, chain, copies, schemes, dates."""
    there = set(links(render_html(digest)))
    wanted = {item.url for item in digest.items} | {state.url for state in digest.schemes} | {c.url for c in digest.coming}
    wanted |= {copy.url for item in digest.items if not item.seen_in_full for copy in item.also}
    wanted |= {link.target.url for link in digest.items[0].chain if link.target.url}
    assert wanted <= there


def test_item_mails_name_the_item(digest: Digest) -> None:
    """ "Niet relevant?" and the stored copy go to the owner with the item's id."""
    mails = [link for link in links(render_html(digest)) if link.startswith("mailto:")]
    assert "mailto:radar-beheer@example.nl?subject=Niet%20relevant%3A%20item%20R-2021-0412" in mails
    assert "mailto:radar-beheer@example.nl?subject=Bewaarde%20kopie%20van%20item%20R-2021-0412" in mails


def test_structure(digest: Digest) -> None:
    """Language, role, real tables with a name and scopes, ins and del, dark mode, nothing loaded from elsewhere."""
    page = render_html(digest)
    tree = parser.document_fromstring(page)
    assert tree.get("lang") == "nl"
    (article,) = tree.xpath("//*[@role='article']")
    assert article.get("lang") == "nl"
    (table,) = tree.xpath("//table")
    assert table.xpath("./caption/text()") == ["Wat er veranderde"]
    assert len(table.xpath(".//th[@scope='row']")) == 2
    assert len(table.xpath(".//th[@scope='col']")) == 3
    assert tree.xpath("//td/del/text()") == ["40%", "50%"]
    assert tree.xpath("//td/ins/text()") == ["32%", "40%"]
    assert all("underline" in ins.get("style") for ins in tree.xpath("//ins"))
    assert all("line-through" in one.get("style") for one in tree.xpath("//del"))
    assert "prefers-color-scheme: dark" in page
    assert page.count("<style") == 1
    assert tree.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]
    assert "<!--[if mso]>" in page
    assert not tree.xpath("//img | //script | //link | //*[@src]")
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_unchanged_schemes_have_a_list_of_their_own(digest: Digest) -> None:
    """Under a heading, not glued under the changed one; and the changed one's title stands there once."""
    tree = parser.document_fromstring(render_html(digest))
    (heading,) = tree.xpath("//h3[text()='Andere regelingen']")
    below = heading.getnext()
    assert below.tag == "ul"
    assert [" ".join(node.text_content().split()) for node in below] == [
        "MIT: ongewijzigd (gecontroleerd 07.22) · status gesloten voor aanvragen"
    ]
    section = "".join(tree.xpath("//h2[text()='REGELINGEN: WAS / WORDT']/following-sibling::*[position() < 3]//text()"))
    assert section.count("WBSO 2022") == 1
    alone = parser.document_fromstring(render_html(replace(digest, items=digest.items[:1])))
    assert alone.xpath("//h2[text()='REGELINGEN']/following-sibling::*[1]")[0].tag == "ul"


def test_badge_lines_and_order_are_those_of_the_text(digest: Digest) -> None:
    """The same items in the same order in both parts of a mail."""
    tree = parser.document_fromstring(render_html(digest))
    titles = [" ".join(node.text_content().split()) for node in tree.xpath("//h3|//h4|//li")]
    in_html = [title for title in titles if title.startswith("[")]
    in_text = [line for line in render_text(digest).splitlines() if line.startswith("[")]
    assert in_html == in_text
    assert in_html[0].startswith("[KAMERBRIEF · NIEUW] Antwoord op de brief")


@pytest.mark.parametrize("counts", [(2, 150, 48), (20, 140, 40), (0, 0, 200), (200, 0, 0), (40, 100, 60)])
def test_two_hundred_items_fit(many: Callable[..., Digest], counts: tuple[int, int, int]) -> None:
    """At most 90 kB; what is left out is counted, must-read items never are; the text has all."""
    digest = many(*counts)
    page, text = render_html(digest), render_text(digest)
    assert len(page.encode()) <= LARGEST
    shown = set(links(page))
    must = {item.url for item in digest.items if item.level is Level.MUST_READ}
    assert must <= shown
    left = sum(item.url not in shown for item in digest.items)
    assert counted(page) == left
    assert all(f"{item.url}\n" in text for item in digest.items)


def test_a_flood_is_counted(many: Callable[..., Digest]) -> None:
    """Eight hundred items still make one readable mail."""
    digest = many(must_read=5, relevant=595, mention=200)
    page = render_html(digest)
    assert len(page.encode()) <= LARGEST
    left = sum(item.url not in page for item in digest.items)
    assert left > 0
    assert counted(page) == left
    assert all(item.url in page for item in digest.at(Level.MUST_READ))


def test_other_forms(digest: Digest, empty_digest: Digest) -> None:
    """Start, urgent and empty digests render; English is marked as English."""
    assert "Niets hierin is nieuw" in render_html(replace(digest, form=DigestForm.START))
    urgent = render_html(replace(digest, form=DigestForm.URGENT))
    assert "DRINGEND" in urgent
    assert "KOMENDE DATA" not in urgent
    assert "Niets nieuws sinds do 07.30" in render_html(empty_digest)
    assert '<html lang="en">' in render_html(replace(digest, language="en"))
