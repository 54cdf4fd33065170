"""A source that nobody here knows, from a folder beside the house: adapter, miniature pages and id shape, by entry point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ADAPTER = '''
"""A knowledge desk: one JSON list, one HTML page per report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.documents import Document, Field, Kind, Passage
from domain.errors import ReadingError
from domain.identifier_shapes import IdShape
from domain.listings import Answer, Ask, Entry, Listing, Part, Scope, Window
from sources.adapter import Rate, Reading, Route
from sources.dates import iso_day
from sources.decoding import parse_json
from sources.html_page import read_page

SITE = "https://kennisbank.example.nl"


@dataclass(frozen=True, slots=True)
class List:
    name: str = "list"
    windowed: bool = False
    reach_hours: float = 0.0
    overlap_hours: float = 0.0

    def asks(self, window: Window) -> Sequence[Ask]:
        return (Ask(f"{SITE}/lijst.json", window),)

    def read(self, ask: Ask, answer: Answer) -> Listing:
        said = parse_json(answer.url, answer.body)
        if not isinstance(said, list) or not said:
            raise ReadingError(answer.url, "an empty list")
        return Listing(tuple(
            Entry(f"{SITE}/rapport/{one['nummer']}", title=one["titel"], mark=f"list:{one['datum']}", dated=iso_day(one["datum"]),
                  ids=(f"kbank:{one['nummer']}",))
            for one in said
        ))


class Kennisbank:
    name = "kennisbank"
    title = "kennisbank.example.nl"
    parser = 1
    rates = (Rate("kennisbank.example.nl", 0.1),)
    kinds = ()
    takes_paths = False
    id_shapes = (IdShape("kbank", r"[0-9]{4}-[0-9]+", f"{SITE}/rapport/"),)

    def routes(self, scope: Scope) -> Sequence[Route]:
        return (List(),)

    def resource_url(self, url: str) -> str | None:
        return url if re.fullmatch(rf"{SITE}/rapport/[0-9]{{4}}-[0-9]+", url) else None

    def url_for(self, identifier: str) -> str | None:
        prefix, _, number = identifier.partition(":")
        return f"{SITE}/rapport/{number}" if prefix == "kbank" else None

    def parts(self, url: str) -> Sequence[Part]:
        return (Part("page", url),)

    def read(self, url: str, answers: Mapping[str, Answer], scope: Scope) -> Reading:
        page = read_page(answers["page"])
        passages = tuple(Passage(Field.BODY, block.text) for block in page.blocks if block.level == 0)
        return Reading(Document(f"kbank:{url.rpartition('/')[2]}", url, Kind.REPORT, page.title, passages, dated=None))

    def always_recheck(self, url: str, scope: Scope) -> bool:
        return False
'''
SOURCE = """  kennisbank:
    visit: "0 * * * *"
    expect: {longest_silence: 5 workdays}
topics:
"""


SCRIPT = """
from cli.main import run_command
for arguments in (["run", "kennisbank"], ["run", "kennisbank"], ["digest", "ochtend", "--preview", {preview!r}],
                  ["show", "kbank:2021-2", "--json"]):
    code = run_command(arguments)
    if code:
        raise SystemExit(f"{{arguments}} gave {{code}}")
"""


@dataclass
class Desk:
    """The miniature: what stands where; `address` is where it listens."""

    pages: dict[str, bytes] = field(default_factory=dict)
    listed: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: int = 0
    address: str = ""

    def body(self, path: str) -> bytes | None:
        """What stands at a path."""
        if path != "/lijst.json":
            return self.pages.get(path)
        shown = [report for after, report in self.listed if after <= self.asked]
        self.asked += 1
        return json.dumps(shown).encode()

    def publish(self, number: str, day: str, title: str, text: str, after_requests: int = 0) -> None:
        """Put one more report on the site; the list shows it once it has been asked for this many times."""
        self.listed.append((after_requests, {"nummer": number, "titel": title, "datum": day}))
        head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
        body = f"{head}<body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
        self.pages[f"/rapport/{number}"] = body.encode()


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The miniature on loopback."""
    found = Desk({"/robots.txt": b"User-agent: *\nDisallow: /beheer\n"})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = found.body(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *said: object) -> None:
            """Nothing: tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found.address = f"127.0.0.1:{server.server_address[1]}"
    yield found
    server.shutdown()
    server.server_close()


def _install(folder: Path) -> None:
    """What a package manager leaves behind: a module, and metadata with an entry point."""
    info = folder / "kennisbank_radar-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "kennisbank_radar.py").write_text(ADAPTER, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kennisbank-radar\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[beleidsradar.sources]\nkennisbank = kennisbank_radar:Kennisbank\n", encoding="utf-8")


def test_a_toy_source_is_watched_and_told_without_a_change_in_the_house(world, desk: Desk, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Baseline, a new report on the next visit, its place in the digest, and its id in the archive."""
    _install(tmp_path / "package")
    desk.publish("2021-1", "2021-11-01", "Jaarplan", "Dit plan noemt de onderwerpen waar de kennisbank dit jaar over schrijft.")
    sources = Path(world.environment["BELEIDSRADAR_SOURCES"])
    sources.write_text(sources.read_text(encoding="utf-8").replace("topics:\n", SOURCE, 1), encoding="utf-8")
    world.environment["PYTHONPATH"] = str(tmp_path / "package")
    world.environment["BELEIDSRADAR_CONNECT"] += f",kennisbank.example.nl={desk.address}"

    text = (
        "De minister versnelt procesinnovatie in de maakindustrie; het budget voor procesinnovatie stijgt. Procesinnovatie loont."
    )
    desk.publish("2021-2", "2021-12-03", "Procesinnovatie in de maakindustrie", text, after_requests=1)
    preview = tmp_path / "preview"
    script = SCRIPT.format(preview=str(preview))
    environment = {**os.environ, **world.environment}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=world.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = "\n".join(file.read_text(encoding="utf-8") for file in sorted(preview.glob("**/*.txt")))
    assert "Procesinnovatie in de maakindustrie" in told
    assert "https://kennisbank.example.nl/rapport/2021-2" in told
    assert "Jaarplan" not in told
    assert '"kbank:2021-2"' in done.stdout
