"""The reading room: what was told as static pages, with the history of each paper. Nothing is fetched and nothing is changed.

`index.html` lists the issues, `papers.html` the papers; `issues/` holds each issue as it was sent, `papers/` a page per paper
under the id that issues name, `differences/` what changed between two versions. A page keeps its name for good.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from domain.calendar import clock_time, local, short_day
from domain.digests import Link
from domain.events import Release
from notifications.difference_composing import compose_difference
from notifications.difference_html import render_difference_page
from notifications.room_pages import Entry, Group, RoomPage, render_room_page
from notifications.words import words_for
from services import find
from services.difference import difference
from services.radar import Radar
from services.site_words import say
from storage.events import RecordedEvent
from storage.issues import DigestRun
from storage.publications import Publication
from storage.snapshots import Version
from storage.unit_of_work import Unit

SHOWN = 12
"""Digits of a SHA-256 that are enough to tell pages apart."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path relative to the folder, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Told:
    """One paper as issues named it: the last heading, and where it stood, newest first."""

    id: str
    heading: str
    issues: tuple[DigestRun, ...]


def pages(radar: Radar) -> Iterator[Page]:
    """Every page, the index last: what it links to is there when it is."""
    with radar.store.read() as unit:
        runs = unit.issues.runs()
    told = _told(runs)
    for run in runs:
        yield Page(f"issues/{_name(run)}", run.renderings["html"])
    listed: list[_Told] = []
    for one in told:
        made = list(_paper(radar, one))
        listed += [one] if made else []
        yield from made
    yield Page("papers.html", _papers(radar, listed))
    yield Page("index.html", _index(radar, runs))


def _told(runs: tuple[DigestRun, ...]) -> list[_Told]:
    """The papers of all issues, the one told last first."""
    found: dict[str, _Told] = {}
    for run in runs:
        for item in _items(run):
            before = found.pop(item["id"], None)
            issues = (run, *(one for one in (before.issues if before else ()) if one.id != run.id))
            found[item["id"]] = _Told(item["id"], item["heading"], issues)
    return list(reversed(found.values()))


def _items(run: DigestRun) -> list[dict[str, Any]]:
    return list(json.loads(run.renderings["json"])["items"])


def _index(radar: Radar, runs: tuple[DigestRun, ...]) -> str:
    language = radar.settings.language
    names = dict.fromkeys(run.digest for run in reversed(runs))
    groups = [Group(name, tuple(_issue(run, "") for run in reversed(runs) if run.digest == name)) for name in names]
    papers = Group(say(language, "papers"), (Entry("", Link(say(language, "all_papers"), "papers.html")),))
    lines = (say(language, "intro", organisation=radar.settings.organisation),)
    return render_room_page(RoomPage(say(language, "room"), lines, (papers, *groups), language=language))


def _papers(radar: Radar, told: list[_Told]) -> str:
    language = radar.settings.language
    entries = tuple(
        Entry(_moment(one.issues[0].made), Link(one.heading, f"papers/{one.id}.html"), (Link(one.id),)) for one in told
    )
    page = RoomPage(
        say(language, "papers"),
        (),
        (Group(say(language, "told_last"), entries),),
        Link(say(language, "room"), "index.html"),
        language,
    )
    return render_room_page(page)


def _paper(radar: Radar, told: _Told) -> Iterator[Page]:
    """The differences of one paper and its own page; nothing for an id that the archive does not know any more."""
    language = radar.settings.language
    with radar.store.read() as unit:
        publication = find.publication(radar, unit, told.id)
        if publication is None:
            return
        versions = _longest(unit, publication)
        events = unit.events.of_publication(publication.id)
        copies = unit.resources.of_publication(publication.id)
        hashes = {version.id: [part.sha256 for part in unit.snapshots.parts(version.id)][:1] for version in versions}
    compared: dict[int, str] = {}
    for older, newer in pairwise(versions):
        compared[newer.seq] = f"differences/{told.id}-{older.seq}-{newer.seq}.html"
        found = difference(radar, told.id, older.seq, newer.seq)
        yield Page(compared[newer.seq], render_difference_page(compose_difference(found, language)))
    groups = (
        Group(say(language, "happened"), tuple(_event(language, event) for event in reversed(events))),
        Group(
            say(language, "versions"),
            tuple(_version(language, one, compared.get(one.seq, ""), hashes[one.id]) for one in reversed(versions)),
        ),
        Group(say(language, "stands"), tuple(Entry("", Link(copy.url, copy.url)) for copy in copies)),
        Group(say(language, "told_in"), tuple(_issue(run, "../") for run in told.issues)),
    )
    lines = (f"{publication.canonical} · {told.id}",)
    back = Link(say(language, "papers"), "../papers.html")
    yield Page(f"papers/{told.id}.html", render_room_page(RoomPage(told.heading, lines, groups, back, language)))


def _version(language: str, version: Version, compared: str, hashes: Sequence[str]) -> Entry:
    beside = [Link(say(language, "difference"), f"../{compared}")] if compared else []
    beside += [Link(f"SHA-256 {sha256[:SHOWN]}") for sha256 in hashes]
    said = say(language, "version", seq=version.seq, title=version.document.title)
    return Entry(_moment(version.created), Link(said), tuple(beside))


def _issue(run: DigestRun, up: str) -> Entry:
    return Entry(_moment(run.made), Link(run.subject, f"{up}issues/{_name(run)}"), (Link(f"{run.digest} nr. {run.number}"),))


def _longest(unit: Unit, publication: Publication) -> tuple[Version, ...]:
    """The versions at the address that has most of them: the same that `diff` compares."""
    copies = unit.resources.of_publication(publication.id)
    return max((unit.snapshots.versions(copy.id) for copy in copies), key=len, default=())


def _event(language: str, event: RecordedEvent) -> Entry:
    said = words_for(language).states.get(event.kind.value, event.kind.value).capitalize()
    if event.release is Release.QUIET:
        said = say(language, "first_look")
    return Entry(_moment(event.seen), Link(said))


def _name(run: DigestRun) -> str:
    return f"{run.digest}-{run.number}.html"


def _moment(moment: datetime) -> str:
    day = local(moment).date()
    return f"{short_day(day)} {day.year} {clock_time(moment)}"
