"""Captured responses and the seed letter through the same path as live pages (the folder `shared` beside the checkout)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from demo import home
from demo.exchange import Request
from demo.front import Sent
from demo.moments import http_date
from demo.server import LoopbackServer
from demo.sinks import MailSink, SlackSink
from domain.events import VisitState
from domain.relevance import concepts
from services import digest as making
from services import watch
from services.deliver import deliver_due
from services.explain import why
from services.radar import Radar
from services.wiring import open_radar

pytestmark = pytest.mark.shared

ZOEK = "zoek.officielebekendmakingen.nl"
SRU = "repository.overheid.nl"
CAPTURES = "real/officielebekendmakingen/plooi-it/repository.overheid.nl"
PAPERS = {"kst-32545-143": "kst/32545/kst-32545-143/1", "ah-tk-20202021-3235": "ah-tk/20202021/ah-tk-20202021-3235/1"}
LETTER = "kst-32637-480"
START = datetime(2021, 12, 9, 9, 0, tzinfo=UTC)
LATER = datetime(2021, 12, 9, 16, 0, tzinfo=UTC)


class Captured:
    """A loopback server that answers with captured bytes; the letter appears when it is told to."""

    def __init__(self, shared: Path) -> None:
        self.letter_out = False
        folder = shared / CAPTURES
        self.pages: dict[tuple[str, str], bytes] = {(SRU, "/sru"): (folder / "sru.xml").read_bytes()}
        for identifier, place in PAPERS.items():
            root = folder / "frbr/officielepublicaties" / place
            self.pages[ZOEK, f"/{identifier}.xml"] = (root / f"xml/{identifier}.xml").read_bytes()
            self.pages[ZOEK, f"/{identifier}/metadata.xml"] = (root / "metadata/metadata.xml").read_bytes()
        seed = next(shared.glob("seeds/000_*.txt")).read_text(encoding="utf-8")
        self.pages[ZOEK, f"/{LETTER}.xml"] = letter_xml(seed)
        self.pages[ZOEK, f"/{LETTER}/metadata.xml"] = letter_metadata()
        self.server = LoopbackServer(self.answer, lambda: http_date(START))

    def answer(self, request: Request, _body: bytes) -> Sent:
        """Captured bytes, 404 for everything else."""
        if request.path == "/robots.txt":
            return Sent(404, (), b"")
        if request.host == ZOEK and request.path == "/rss":
            return Sent(200, (("Content-Type", "application/rss+xml"),), feed([LETTER] if self.letter_out else []))
        body = self.pages.get((request.host, request.path))
        if body is None:
            return Sent(404, (("Content-Type", "text/html"),), b"<h1>404</h1>")
        return Sent(200, (("Content-Type", "text/xml"),), body)


def feed(identifiers: list[str]) -> bytes:
    items = "".join(
        f"<item><title>{i} : Tweede Kamer</title><description>Brief</description><link>https://{ZOEK}/{i}.html</link>"
        "<pubDate>Thu, 09 Dec 2021 00:00:00 +0100</pubDate></item>"
        for i in identifiers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def letter_xml(seed: str) -> bytes:
    """The seed as the publisher would print it: its paragraphs as `al`, line ends and all."""
    blocks = [block for block in re.split(r"\n\s*\n", seed) if block.strip()]
    paragraphs = "".join(f"<al>{escape(block)}</al>" for block in blocks[1:])
    return (
        '<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><kamerstuk><dossier><dossiernummer><dossiernr>32 637'
        '</dossiernr></dossiernummer><titel>Bedrijfslevenbeleid</titel></dossier><stuk><stuknr>Nr. <ondernummer kamer="2">480'
        "</ondernummer></stuknr><titel>BRIEF VAN DE MINISTER VAN ECONOMISCHE ZAKEN EN KLIMAAT</titel><algemeen><vrije-tekst>"
        f"<tekst>{paragraphs}</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    ).encode()


def letter_metadata() -> bytes:
    said = {
        "DC.identifier": LETTER,
        "DC.title": "Bedrijfslevenbeleid; Brief regering; Reactie op de brief over de verkenning procesinnovatie",
        "DC.type": "Kamerstuk",
        "OVERHEIDop.dossiernummer": "32637",
        "OVERHEIDop.dossiertitel": "Bedrijfslevenbeleid",
        "OVERHEIDop.ondernummer": "480",
        "OVERHEIDop.publicationName": "Kamerstuk",
        "OVERHEIDop.vergaderjaar": "2021-2022",
        "DCTERMS.issued": "2021-12-09",
        "DCTERMS.available": "2021-12-09",
    }
    schemes = {"DC.type": "OVERHEIDop.Parlementair", "DC.identifier": "OVERHEIDop.ParlID"}
    lines = [
        f"<metadata name={quoteattr(k)} scheme={quoteattr(schemes.get(k, ''))} content={quoteattr(v)}/>" for k, v in said.items()
    ]
    lines.append('<metadata name="DC.type" scheme="OVERHEIDop.KamerstukTypen" content="Brief"/>')
    return ("<metadata_gegevens>" + "".join(lines) + "</metadata_gegevens>").encode()


@pytest.fixture
def captured(shared: Path) -> Iterator[Captured]:
    found = Captured(shared)
    found.server.start()
    yield found
    found.server.close()


@pytest.fixture
def told(captured: Captured, tmp_path: Path, root: Path) -> Iterator[tuple[Radar, MailSink, Path]]:
    """A radar over the official source only, SRU switched on with a reason, and a clock in a file."""
    with MailSink() as mail, SlackSink() as slack:
        sources = home.furnish(tmp_path, root / "topics")
        text = sources.read_text(encoding="utf-8")
        begin, end = text.index("  rijksoverheid:"), text.index("topics:")
        text = text[:begin] + text[end:]
        text = text.replace(
            "    expect: {per_workday: 5",
            "    use_sru: true\n    sru_reason: de proef leest vastgelegde antwoorden\n    expect: {per_workday: 5",
        )
        sources.write_text(text, encoding="utf-8")
        clock = tmp_path / "clock"
        clock.write_text(START.isoformat())
        connect = f"{ZOEK}={captured.server.address},{SRU}={captured.server.address}"
        environment = home.environment(tmp_path, sources, connect, "", mail.address, slack.address)
        environment["BELEIDSRADAR_CLOCK"] = str(clock)
        yield open_radar(environment, create=True), mail, clock


def send(radar: Radar) -> None:
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)


def test_captured_papers_are_read_through_the_whole_path(told: tuple[Radar, MailSink, Path]) -> None:
    radar, _, _ = told
    visit = watch.visit(radar, "officielebekendmakingen")
    assert visit.state is VisitState.ACCEPTED
    motion, answer = why(radar, "kst-32545-143"), why(radar, "ah-tk-20202021-3235")
    assert (motion.state, answer.state) == ("not_matched", "not_matched")
    with radar.store.read() as unit:
        kinds = {}
        for identifier in PAPERS:
            (found,) = unit.publications.by_alias((identifier,))
            (copy,) = unit.resources.of_publication(found.id)
            latest = unit.snapshots.latest_version(copy.id)
            assert latest is not None
            kinds[identifier] = latest.document.kind.value
            assert len(unit.snapshots.parts(latest.id)) == 2
    assert kinds == {"kst-32545-143": "motion", "ah-tk-20202021-3235": "answer"}


def test_the_seed_letter_stands_in_the_digest_with_a_quoted_reason(
    told: tuple[Radar, MailSink, Path], captured: Captured
) -> None:
    radar, mail, clock = told
    watch.visit(radar, "officielebekendmakingen")
    send(radar)
    clock.write_text(LATER.isoformat())
    captured.letter_out = True
    watch.visit(radar, "officielebekendmakingen")
    clock.write_text(datetime(2021, 12, 10, 6, 30, tzinfo=UTC).isoformat())
    send(radar)

    from email import message_from_bytes, policy

    text = message_from_bytes(mail.messages[-1][1], policy=policy.default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    flat = " ".join(text.split())
    assert "[KAMERBRIEF · NIEUW]" in flat
    assert "geen nieuw procesinnovatie-instrument" in flat
    assert "U WORDT GENOEMD" in flat
    assert f"https://{ZOEK}/{LETTER}.html" in text
    (story,) = why(radar, LETTER).events
    topic = next(a for a in story.assessments if a.topic == "procesinnovatie")
    assert topic.level.value == "must_read"
    sentences = [reason.sentence for reason in topic.reasons if reason.sentence]
    assert sentences
    assert sum(reason.weight for reason in topic.reasons) == topic.score
    assert any("procesinnovatie" in sentence.casefold() for sentence in sentences)


def test_the_position_text_is_recognised_and_never_news(told: tuple[Radar, MailSink, Path], shared: Path) -> None:
    radar, _, _ = told
    seed = next(shared.glob("seeds/004_*.txt")).read_text(encoding="utf-8")
    assert {"procesinnovatie", "mit", "berenschot"} <= concepts(seed, radar.settings.topics["procesinnovatie"])
    address = "https://metaalkrant.nl/2023/07/14/metaalunie-wil-dat-overheid-meer-ruimte-creeert"
    assert all(adapter.resource_url(address) is None for adapter in radar.adapters.values())
    assert why(radar, address).state == "out_of_scope"
