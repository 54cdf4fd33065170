"""Prinsjesdag: hundreds of papers in one morning make one digest that can be read, and nothing that must be read is left out."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.assessments import Level
from domain.attention import BEST, MOST
from domain.digests import DigestForm
from domain.documents import AttachmentRef, Document, Field, Kind, Passage
from domain.events import VisitState
from domain.listings import Answer, Entry
from notifications.html import LARGEST
from notifications.rendering import render_html, render_json, render_markdown, render_slack, render_text
from services.acquire import Acquired
from services.digest import DueDigest, make, preview
from services.radar import Radar
from services.record import record
from services.settings import load
from services.wiring import wire
from sources.adapter import Reading
from storage import migrate
from storage.unit_of_work import Store

MORNING = datetime(2021, 9, 22, 5, 30, tzinfo=UTC)  # the day after Prinsjesdag, 07.30 uur
OB = "officielebekendmakingen"
CHAPTERS = ("III", "V", "VI", "VIII", "IX", "XII", "XIII", "XV")
SOURCES = """\
language: nl
organisation: Koninklijke Metaalunie
contact: radar@example.nl
sources: {{officielebekendmakingen: {{visit: "0 * * * *"}}}}
topics: {{procesinnovatie: {topics}/procesinnovatie.yaml}}
channels:
  mail: {{secret: BELEIDSRADAR_CHANNEL_MAIL}}
  slack: {{secret: BELEIDSRADAR_CHANNEL_SLACK}}
digests:
  ochtend:
    topics: [procesinnovatie]
    when: "30 7 * * 1-5"
    channels: [mail, slack]
    to: [lezer@example.nl]
    owner: radar@example.nl
"""


class Stopped:
    """A clock that says what it is told."""

    def __init__(self) -> None:
        self.time = MORNING

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def radar(tmp_path: Path, root: Path) -> Iterator[Radar]:
    """The product with an empty archive and a mail and a Slack channel."""
    sources = tmp_path / "sources.yaml"
    sources.write_text(SOURCES.format(topics=root / "topics"), encoding="utf-8")
    environ = {
        "BELEIDSRADAR_DATABASE_URL": f"sqlite:///{tmp_path / 'radar.db'}",
        "BELEIDSRADAR_CHANNEL_MAIL": "mailto://127.0.0.1:2525/?from=radar@example.nl",
        "BELEIDSRADAR_CHANNEL_SLACK": "slack://T00000000/B00000000/demodemodemodemodemodemo",
    }
    settings = load(sources, environ)
    store = Store(settings.database_url.reveal())
    migrate.upgrade(store)
    yield wire(settings, store, Stopped())
    store.close()


def budget_paper(number: int, texts: tuple[str, ...]) -> Document:
    """One paper of the budget, in the dossier of its chapter."""
    chapter, at = CHAPTERS[number % len(CHAPTERS)], number // len(CHAPTERS) + 1
    identifier = f"kst-35925-{chapter}-{at}"
    return Document(
        identifier,
        f"https://zoek.officielebekendmakingen.nl/{identifier}.html",
        Kind.LETTER,
        f"Begrotingsstuk {number} over de vernieuwing van productie in hoofdstuk {chapter}",
        tuple(Passage(Field.BODY, text) for text in texts),
        dated=date(2021, 9, 21),
        published=date(2021, 9, 21),
        authors=("De Minister van Financiën",),
        dossiers=(f"35925-{chapter}",),
        dossier_title=f"Vaststelling van de begroting, hoofdstuk {chapter}",
        attachments=(AttachmentRef(f"blg-{number}", "Beslisnota", ""),),
    )


def papers(count: int, must: int) -> Iterator[Document]:
    """`must` papers that name the reader's organisation and its subject, the others that touch on the subject."""
    for number in range(count):
        if number < must:
            yield budget_paper(
                number, ("De Metaalunie vroeg om procesinnovatie.", "Een eigen regeling voor procesinnovatie voer ik niet in.")
            )
        else:
            yield budget_paper(number, ("Voor de WBSO en het fieldlab is € 2 miljoen begroot.", f"Dit is regel {number}."))


def read(radar: Radar, documents: Iterator[Document]) -> None:
    """Put papers into the archive as one visit would have read them."""
    at = MORNING - timedelta(hours=1)
    with radar.store.begin() as unit:
        visit = unit.visits.open(OB, "live", at)
    for document in documents:
        entry = Entry(document.url, title=document.title, kind=document.kind, dated=document.dated)
        with radar.store.begin() as unit:
            priority = {document.url: 0}
            unit.resources.announce(OB, "rss", [entry], at=at, baseline=False, quiet=False, priority=priority)
            resource = unit.resources.by_url(document.url)
        assert resource is not None
        answer = Answer(document.url, document.url, 200, (), document.text().encode())
        record(radar, resource, Acquired(Reading(document), {"main": answer}, {}), visit.id)
    with radar.store.begin() as unit:
        unit.visits.close(visit.id, VisitState.ACCEPTED, at=at)


def made(radar: Radar) -> tuple[dict[str, Any], Any, str, str, list[dict[str, Any]]]:
    """The issue: its JSON, the mail as a mail program reads it, and what was frozen for Slack."""
    run = make(radar, DueDigest("ochtend", DigestForm.REGULAR, MORNING))
    assert run is not None
    with radar.store.read() as unit:
        frozen = [json.loads(one.envelope) for one in unit.outbox.deliveries(run_id=run.id)]
    (mail,) = [one["body"].encode() for one in frozen if one["kind"] == "mail"]
    assert max(map(len, mail.splitlines())) <= 998
    assert mail.lower().count(b"\nmessage-id:") == 1
    message = email.message_from_bytes(mail, policy=email.policy.default)
    slack = [json.loads(one["body"]) for one in frozen if one["kind"] == "slack"]
    parts = [message.get_body((kind,)).get_content() for kind in ("plain", "html")]  # type: ignore[union-attr]
    return json.loads(run.renderings["json"]), message, parts[0], parts[1], slack


@pytest.mark.parametrize(("count", "must"), [(44, 4), pytest.param(400, 30, marks=pytest.mark.torture)])
def test_one_digest_that_fits_and_holds_all_that_must_be_read(radar: Radar, count: int, must: int) -> None:
    read(radar, papers(count, must))
    renderings: tuple[Callable[..., Any], ...] = (render_html, render_json, render_markdown, render_slack, render_text)
    one, other = (preview(radar, "ochtend") for _ in range(2))
    # The same archive and clock give the same bytes.
    assert [render(one) for render in renderings] == [render(other) for render in renderings]
    digest, message, plain, page, slack = made(radar)
    items = digest["items"]
    assert len(items) == count > MOST
    assert len(message["Subject"]) <= 90
    assert len(page.encode()) <= LARGEST
    least = [item["url"] for item in items if item["level"] == Level.MUST_READ]
    assert len(least) == must
    said = json.dumps(slack, ensure_ascii=False)
    for url in least:
        assert url in plain
        assert f'"{url}"' in page
        assert f"<{url}|" in said
    shown = [item["url"] for item in items if f'"{item["url"]}"' in page]
    assert {item["url"] for item in items} <= set(plain.split())  # the text is whole
    # Per chapter the best three of each level; the rest is counted, to the last paper.
    for chapter in CHAPTERS:
        below = [item for item in items if item["dossier_id"] == f"35925-{chapter}" and item["level"] != Level.MUST_READ]
        assert sum(item["url"] in shown for item in below) == min(BEST, len(below))
    assert sum(map(int, re.findall(r"en nog (\d+) stuk", page))) == count - len(shown)
    assert "Dossier 35 925 XIII · Vaststelling van de begroting, hoofdstuk XIII" in page
    assert len(slack) <= 6
    order = [item["url"] for item in items if item["url"] in shown]
    assert sorted(order, key=page.index) == order  # the same order as in the data
