"""One polite look at each route and each kind of page, compared with what the readers lean on.

Nothing is announced and nothing goes into the archive (but for the polite rates, which hold for it too); the answers are kept in
a folder of the home.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from domain.calendar import local, working_time
from domain.errors import FetchError, FetchFailure, RadarError, ReadingError, UsageError
from domain.listings import Answer, Ask, Entry, Listing, Window
from services.calendar_data import calendar
from services.gaps import is_rolling
from services.radar import Radar
from sources.adapter import Route
from sources.assumptions import ASSUMPTIONS, Sight, Verdict
from sources.client import Client

LOOK_BACK = timedelta(days=7)
"""Over which time a windowed route is asked: long enough to hold a workday of every week."""

PAGES = 6
"""How many kinds of page are looked at, at most."""

ENDINGS = {"html": "html", "xml": "xml", "json": "json", "pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class Line:
    """One assumption with what was seen of it. `needed`: a reader depends on it. `snapshot` is the file that shows it, "" when
    nothing came."""

    source: str
    about: str
    assumption: str
    needed: bool
    verdict: Verdict
    seen: str
    snapshot: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was compared; `folder` holds the answers, "" when none came."""

    at: datetime
    folder: str
    lines: tuple[Line, ...]

    @property
    def healthy(self) -> bool:
        """True when everything that readers depend on holds, as far as it could be seen."""
        return not any(line.needed and line.verdict is Verdict.FAILS for line in self.lines)


@dataclass(slots=True)
class _Examination:
    """One source under examination."""

    radar: Radar
    source: str
    client: Client
    folder: Path
    lines: list[Line] = field(default_factory=list)
    _saved: int = 0

    def say(self, about: str, assumption: str, sight: Sight, *, needed: bool = True, snapshot: str = "") -> None:
        """Add a line to the report."""
        self.lines.append(Line(self.source, about, assumption, needed, sight.verdict, sight.seen, snapshot))

    def fetch(self, about: str, url: str) -> tuple[Answer | None, str]:
        """The answer and where it was saved; what robots.txt and the status say goes into the report."""
        host = urlsplit(url).hostname or ""
        try:
            answer = self.client.fetch(url.partition("#")[0])
        except FetchError as error:
            forbidden = error.failure is FetchFailure.FORBIDDEN_BY_ROBOTS
            what = f"robots.txt of {host} allows it" if forbidden else "it answers"
            self.say(about, what, Sight(Verdict.FAILS, f"{error.failure.value}: {error.detail}"))
            return None, ""
        path = self._save(about, answer)
        self.say(about, f"robots.txt of {host} allows it", Sight(Verdict.HOLDS), snapshot=path)
        self.say(about, "it answers", Sight(Verdict.HOLDS, f"HTTP {answer.status}, {len(answer.body)} bytes"), snapshot=path)
        return answer, path

    def _save(self, about: str, answer: Answer) -> str:
        self._saved += 1
        sort = answer.header("content-type").lower()
        ending = next((end for word, end in ENDINGS.items() if word in sort), "bin")
        name = "".join(letter if letter.isalnum() else "-" for letter in about).strip("-")
        file = self.folder / f"{self.source}-{self._saved:02}-{name}.{ending}"
        self.folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer.body)
        return str(file)


def examine(radar: Radar, sources: list[str]) -> Report:
    """Look at these sources, or at all of them. Raises UsageError for a name that is not configured."""
    unknown = [name for name in sources if name not in radar.adapters]
    if unknown:
        raise UsageError(f"there is no source {unknown[0]!r}; configured are {', '.join(radar.adapters)}")
    now = radar.clock.now()
    folder = radar.settings.home / "doctor" / local(now).strftime("%Y%m%d-%H%M%S")
    lines: list[Line] = []
    for source in sources or list(radar.adapters):
        with radar.client(source) as client:
            examination = _Examination(radar, source, client, folder)
            _examine(examination, now)
        lines += examination.lines
    return Report(now, str(folder) if folder.is_dir() else "", tuple(lines))


def _examine(on: _Examination, now: datetime) -> None:
    adapter = on.radar.adapters[on.source]
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    window = Window(midnight - LOOK_BACK, midnight + timedelta(days=1))
    entries: list[Entry] = []
    for route in adapter.routes(on.radar.settings.scope(on.source)):
        entries += _route(on, route, window, now)
    for kind, url in _samples(on, entries):
        _page(on, kind, url)


def _route(on: _Examination, route: Route, window: Window, now: datetime) -> tuple[Entry, ...]:
    """One question of a route; of a list of lists also the first part, because an index by itself names no paper."""
    ask: Ask | None = next(iter(route.asks(window)), None)
    found: list[Listing] = []
    while ask is not None and len(found) < 2:
        answer, path = on.fetch(route.name, ask.url)
        if answer is None:
            return ()
        listing = _listing(on, route, ask, answer, path)
        if listing is None:
            return ()
        found.append(listing)
        ask = listing.further[0] if listing.further and not listing.entries else None
    entries = tuple(entry for listing in found for entry in listing.entries)
    _moves(on, route, entries, now)
    return entries


def _listing(on: _Examination, route: Route, ask: Ask, answer: Answer, path: str) -> Listing | None:
    try:
        listing = route.read(ask, answer)
    except ReadingError as error:
        on.say(route.name, "it is the list that the reader knows", Sight(Verdict.FAILS, error.reason), snapshot=path)
        return None
    seen = f"{len(listing.entries)} papers" + "".join(f", {count} {what}" for what, count in listing.ignored)
    on.say(route.name, "it is the list that the reader knows", Sight(Verdict.HOLDS, seen), snapshot=path)
    for surprise in listing.surprises[:5]:
        sight = Sight(Verdict.FAILS, surprise)
        on.say(route.name, "nothing in it surprises the reader", sight, needed=False, snapshot=path)
    for one in ASSUMPTIONS.get(on.source, ()):
        if one.about == route.name:
            nothing = not listing.entries and not listing.further
            sight = Sight(Verdict.UNSEEN, "the list is empty") if nothing else one.look(answer)
            on.say(route.name, one.name, sight, needed=one.needed, snapshot=path)
    return listing


def _moves(on: _Examination, route: Route, entries: tuple[Entry, ...], now: datetime) -> None:
    """Whether a list stands still: its newest paper may not be older than the silence that its owner calls normal."""
    moments = [moment for entry in entries for moment in (entry.modified, entry.published) if isinstance(moment, datetime)]
    silence = on.radar.settings.sources[on.source].silent_workdays
    name = "it moves"
    if not moments or silence is None:
        on.say(route.name, name, Sight(Verdict.UNSEEN, "no moments in the list"), needed=False)
        return
    newest = max(moments)
    quiet = working_time(newest, now, calendar(), recess=0.5)
    # Feeds give midnight of a day, so a day of silence more proves nothing.
    verdict = Verdict.HOLDS if quiet <= silence + 1 else Verdict.FAILS
    needed = not is_rolling(route)
    on.say(route.name, name, Sight(verdict, f"newest of {local(newest):%Y-%m-%d %H:%M}, {quiet:.1f} workdays ago"), needed=needed)


def _samples(on: _Examination, entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """One address per kind of page and host, the first that a list named; kinds that the lists do not tell are one kind."""
    chosen: dict[tuple[str, str], str] = {}
    for entry in entries:
        host = urlsplit(entry.url).hostname or ""
        chosen.setdefault((host, entry.kind.value if entry.kind else "paper"), entry.url)
    for (host, kind), url in list(chosen.items())[:PAGES]:
        yield f"{kind} at {host}", url


def _page(on: _Examination, about: str, url: str) -> None:
    adapter = on.radar.adapters[on.source]
    answers: dict[str, Answer] = {}
    paths: dict[str, str] = {}
    missing: set[str] = set()
    for part in adapter.parts(url):
        if part.instead_of and part.instead_of not in missing:
            continue
        before = len(on.lines)
        answer, path = on.fetch(f"{about}, {part.role}", part.url)
        if answer is not None:
            answers[part.role], paths[part.role] = answer, path
        elif not part.required and "missing" in on.lines[-1].seen:
            missing.add(part.role)
            del on.lines[before:]  # a part that need not exist
            on.say(f"{about}, {part.role}", "it exists", Sight(Verdict.UNSEEN, "not there, and it need not be"), needed=False)
        else:
            return
    _reading(on, about, url, answers, next(iter(paths.values()), ""))
    kind, _, host = about.partition(" at ")
    for one in ASSUMPTIONS.get(on.source, ()):
        for role, answer in answers.items():
            if one.about in (f"page {host} {role}", f"page {host} {kind}"):
                on.say(f"{about}, {role}", one.name, one.look(answer), needed=one.needed, snapshot=paths[role])


def _reading(on: _Examination, about: str, url: str, answers: dict[str, Answer], path: str) -> None:
    adapter = on.radar.adapters[on.source]
    try:
        reading = adapter.read(url, answers, on.radar.settings.scope(on.source))
    except RadarError as error:
        reason = error.reason if isinstance(error, ReadingError) else str(error)
        on.say(about, "the page is one that the reader knows", Sight(Verdict.FAILS, reason), snapshot=path)
        return
    document = reading.document
    seen = f"{document.kind.value}, {len(document.passages)} passages: {document.title[:60]}"
    on.say(about, "the page is one that the reader knows", Sight(Verdict.HOLDS, seen), snapshot=path)
    text = "; ".join(reading.surprises)[:200]
    verdict = Verdict.FAILS if reading.surprises else Verdict.HOLDS
    on.say(about, "the reader finds its markers", Sight(verdict, text), snapshot=path)
