"""An office with digests of its own: papers are put into its archive, a clock is turned, and what is sent ends in sinks."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.sinks import MailSink, SlackSink
from domain.calendar import AMSTERDAM
from domain.documents import Document, Field, Kind, Passage
from domain.events import VisitState
from domain.listings import Answer, Entry
from services.acquire import Acquired
from services.radar import Radar
from services.record import record
from services.settings import load
from services.telling import Round, tell
from services.wiring import wire
from sources.adapter import Reading
from storage.unit_of_work import Store

OB = "officielebekendmakingen"
BEGIN = datetime(2021, 12, 6, 8, 0, tzinfo=AMSTERDAM)  # maandag
HEAD = """\
language: nl
organisation: Koninklijke Metaalunie
contact: radar@example.nl
sources:
  officielebekendmakingen: {visit: "0 * * * *"}
  rvo: {visit: "0 * * * *", paths: [/subsidies-financiering/wbso]}
topics:
  procesinnovatie: packs/procesinnovatie.yaml
  haven: packs/haven.yaml
channels:
  mail: {secret: BELEIDSRADAR_CHANNEL_MAIL}
  slack: {secret: BELEIDSRADAR_CHANNEL_SLACK}
  havenslack: {secret: BELEIDSRADAR_CHANNEL_HAVENSLACK}
digests:
"""
HARBOUR = """\
title: Havenlogistiek
must_read: [binnenvaartterminal, sluisdeurvervanging]
"""


class Turning:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.time = BEGIN.astimezone(UTC)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class Office:
    """The archive, its clock and where the messages end."""

    home: Path
    environ: dict[str, str]
    radar: Radar
    clock: Turning
    mail: MailSink
    slack: SlackSink

    def turn(self, *parts: int) -> None:
        """Set the clock, in Amsterdam."""
        self.clock.time = datetime(*parts, tzinfo=AMSTERDAM).astimezone(UTC)  # type: ignore[misc, arg-type]

    def letter(self, number: int, text: str = "Over procesinnovatie in de maakindustrie.", **more: Any) -> Document:
        """A letter that every team of procesinnovatie must read, unless said otherwise."""
        said = {"kind": Kind.LETTER, "title": f"Brief {number} over procesinnovatie", "dated": self.clock.time.date(), **more}
        name = f"kst-32637-{number}"
        url = f"https://zoek.officielebekendmakingen.nl/{name}.html"
        return Document(id=name, url=url, passages=(Passage(Field.BODY, text),), **said)

    def read(self, *documents: Document, source: str = OB, quiet: bool = False) -> None:
        """One accepted visit that reads these papers."""
        now = self.clock.time
        with self.radar.store.begin() as unit:
            visit = unit.visits.open(source, "live", now)
            entries = [Entry(one.url, title=one.title, kind=one.kind, dated=one.dated) for one in documents]
            priority = {one.url: 0 for one in documents}
            unit.resources.announce(source, "rss", entries, at=now, baseline=quiet, quiet=quiet, priority=priority)
        for document in documents:
            with self.radar.store.read() as unit:
                resource = unit.resources.by_url(document.url)
            assert resource is not None
            answer = Answer(document.url, document.url, 200, (), document.text().encode())
            record(self.radar, resource, Acquired(Reading(document), {"main": answer}, {}), visit.id)
        with self.radar.store.begin() as unit:
            unit.visits.close(visit.id, VisitState.ACCEPTED, at=now)

    def tell(self) -> Round:
        """What the digest flow does at every wake-up."""
        return tell(self.radar)

    def mails(self) -> list[tuple[str, str, str]]:
        """Every mail: recipient, subject, plain text."""
        found = []
        for recipient, raw in self.mail.messages:
            message = email.message_from_bytes(raw, policy=email.policy.default)
            body = message.get_body(("plain",))
            assert body is not None
            found.append((recipient, str(message["subject"]), body.get_content()))
        return found

    def slacks(self) -> list[str]:
        """Every Slack message, as one text."""
        return [json.dumps(message, ensure_ascii=False) for message in self.slack.messages]


@pytest.fixture
def make_office(tmp_path: Path, root: Path, empty_archive: Path) -> Iterator[Callable[[str], Office]]:
    """Offices by the text of their `digests:` block."""
    with ExitStack() as stack:
        made: list[Store] = []

        def make(digests: str, watching_since: datetime = BEGIN) -> Office:
            home = tmp_path / f"office{len(made)}"
            shutil.copytree(root / "topics", home / "packs")
            (home / "packs" / "haven.yaml").write_text(HARBOUR, encoding="utf-8")
            (home / "sources.yaml").write_text(HEAD + digests, encoding="utf-8")
            shutil.copy(empty_archive, home / "radar.db")
            mail, slack = stack.enter_context(MailSink()), stack.enter_context(SlackSink())
            environ = {
                "BELEIDSRADAR_DATABASE_URL": f"sqlite:///{home / 'radar.db'}",
                "BELEIDSRADAR_CONNECT": f"hooks.slack.com={slack.address}",
                "BELEIDSRADAR_CHANNEL_MAIL": f"mailto://{mail.address[0]}:{mail.address[1]}/?from=radar@example.nl",
                "BELEIDSRADAR_CHANNEL_SLACK": "slack://T00000000/B00000000/aaaaaaaaaaaaaaaaaaaaaaaa",
                "BELEIDSRADAR_CHANNEL_HAVENSLACK": "slack://T00000001/B00000001/bbbbbbbbbbbbbbbbbbbbbbbb",
            }
            settings = load(home / "sources.yaml", environ)
            store = Store(settings.database_url.reveal())
            made.append(store)
            clock = Turning()
            clock.time = watching_since.astimezone(UTC)
            with store.begin() as unit:
                for source in settings.sources:
                    unit.routes.baseline_listed(source, clock.time)
            return Office(home, environ, wire(settings, store, clock), clock, mail, slack)

        yield make
        for store in made:
            store.close()
