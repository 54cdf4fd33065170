"""An HTML page as blocks of text: the main region only, scripts and menus gone, and the signs that it is no page at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from domain.errors import ReadingError
from domain.listings import Answer
from domain.text import repair, sound
from sources.decoding import decode, looks_like_html, parse_json
from sources.html_blocks import Block, blocks

_GONE = re.compile(
    r"\b(?:pagina|page)\b.{0,30}\b(?:niet\s+(?:meer\s+)?(?:gevonden|beschikbaar)|bestaat\s+niet|not\s+found)|^404\b|^fout\s*404\b",
    re.IGNORECASE,
)
_WALL = re.compile(r"^(?:inloggen|log\s?in|sign\s?in|access denied|just a moment|even geduld|toegang geweigerd)\b", re.IGNORECASE)
_GONE_PATH = re.compile(r"/(?:fout)?404\b|/fout(?:/|$)|pagina-niet-gevonden|/(?:inloggen|login)\b", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s+[|–-]\s+(?:Rijksoverheid\.nl|RVO(?:\.nl)?|Rijksdienst voor Ondernemend Nederland).*$", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")  # with it and only a region parsed, the parser warns of XML
_SILENT = ("script", "style", "noscript", "nav", "form", "button", "svg", "template", "iframe", "dialog")
_REGIONS = ("main", "article", "body")
_LEAST_TEXT = 40  # characters; a page with less in its main region says nothing


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the main region: its address as it stands there, and its words."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: its title without the site's name, its own description, its blocks, its links, and the facts of its
    JSON-LD."""

    title: str
    description: str
    blocks: tuple[Block, ...]
    facts: Mapping[str, Any]
    surprises: tuple[str, ...]
    links: tuple[Link, ...] = ()


def read_page(answer: Answer) -> Page:
    """The page. Raises ReadingError when it is no evidence: no HTML, cut off, a soft 404, a wall, or an empty main region."""
    url = answer.url
    if _GONE_PATH.search(answer.final_url.partition("://")[2].partition("?")[0]):
        raise ReadingError(url, f"redirected to {answer.final_url}")
    if not looks_like_html(answer.body):
        raise ReadingError(url, "not an HTML page")
    text, surprises = decode(answer)
    if "</html>" not in text[-4000:].lower():
        raise ReadingError(url, "the page is cut off: no </html> at its end")
    region, soup = _regions(text)
    if region is None:
        raise ReadingError(url, "a page without main region")
    if region.name != "main":
        surprises = (*surprises, f"no <main>; read from <{region.name}>")
    facts, remarks = _facts(soup)
    for name in _SILENT:
        for element in region.find_all(name):
            element.decompose()
    try:
        found = tuple(blocks(region))
    except RecursionError as error:
        raise ReadingError(url, "elements nested deeper than any page needs") from error
    title = _title(soup, found)
    _refuse_no_page(url, title, found)
    return Page(title, _description(soup), found, facts, (*surprises, *remarks), _links(region))


def _links(region: Tag) -> tuple[Link, ...]:
    elements = (element for element in region.find_all("a") if isinstance(element, Tag) and element.get("href"))
    return tuple(Link(sound(str(element["href"])), repair(element.get_text(" "))) for element in elements)


def _regions(text: str) -> tuple[Tag | None, BeautifulSoup]:
    """The main region and the soup of it with the head's elements; only those are parsed (dependencies, section 4)."""
    text = _DECLARATION.sub("", text, count=1)
    soup = BeautifulSoup("", "lxml")
    for name in _REGIONS:
        soup = BeautifulSoup(text, "lxml", parse_only=SoupStrainer([name, "title", "meta", "script"]))
        region = soup.find(name)
        if isinstance(region, Tag):
            return region, soup
    return None, soup


def _title(soup: BeautifulSoup, found: tuple[Block, ...]) -> str:
    heading = next((block.text for block in found if block.level == 1), "")
    written = soup.find("title")
    return heading or (_SITE_NAME.sub("", repair(written.get_text())) if written else "")


def _description(soup: BeautifulSoup) -> str:
    element = soup.find("meta", attrs={"name": "description"})
    return repair(str(element.get("content") or "")) if isinstance(element, Tag) else ""


def _refuse_no_page(url: str, title: str, found: tuple[Block, ...]) -> None:
    opening = [title, *(block.text for block in found[:2])]
    for line in opening:
        if _GONE.search(line[:120]):
            raise ReadingError(url, f"the site's page for what does not exist: {line[:80]!r}")
        if _WALL.match(line):
            raise ReadingError(url, f"a wall before the page: {line[:80]!r}")
    if not title:
        raise ReadingError(url, "a page without title")
    if sum(len(block.text) for block in found if block.level != 1) < _LEAST_TEXT:
        raise ReadingError(url, "a page without text in its main region")


def _facts(soup: BeautifulSoup) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """The first JSON-LD object that carries a date of publication; an empty one when there is none."""
    remarks: list[str] = []
    for script in soup.find_all("script", attrs={"type": "application/ld+json"}):
        try:
            said = parse_json("", script.get_text().encode())
        except ReadingError:
            remarks.append("JSON-LD that is no JSON")
            continue
        for candidate in _objects(said):
            if "datePublished" in candidate:
                return candidate, tuple(remarks)
    return {}, tuple(remarks)


def _objects(said: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(said, list):
        for item in said:
            yield from _objects(item)
    elif isinstance(said, dict):
        yield said
        yield from _objects(said.get("@graph", []))
