"""Pages of the reading room: a list of issues, a list of papers, and a page per paper. No scripts, nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from domain.digests import Link
from notifications.safe import clean, safe_url
from notifications.templating import template


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: when, what with its link, and links or words beside it."""

    when: str
    link: Link
    beside: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with a list under it."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RoomPage:
    """One page: `back` leads up; links are http addresses or paths relative to the page."""

    title: str
    lines: tuple[str, ...]
    groups: tuple[Group, ...]
    back: Link | None = None
    language: str = "nl"


def render_room_page(page: RoomPage) -> str:
    """The page as one HTML document; the same page gives the same text."""
    cleaned = RoomPage(
        clean(page.title),
        tuple(map(clean, page.lines)),
        tuple(Group(clean(group.heading), tuple(map(_entry, group.entries))) for group in page.groups if group.entries),
        _link(page.back) if page.back else None,
        page.language,
    )
    return template("room.html").render(page=cleaned)


def _entry(entry: Entry) -> Entry:
    return Entry(clean(entry.when), _link(entry.link), tuple(map(_link, entry.beside)))


def _link(link: Link) -> Link:
    return Link(clean(link.text), href(link.url))


def href(url: str) -> str:
    """An http address, or a path to another page of the room; "" for anything else."""
    line = clean(url)
    parts = line.split("/")
    inside = bool(line) and ":" not in line and not line.startswith("/") and ".." not in parts[1:] and " " not in line
    return line if inside else safe_url(line)
