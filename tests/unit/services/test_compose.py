"""Composing issues from papers in an archive: every word in the language of the digest, threads, schemes, what lies ahead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.assessments import Level
from domain.digests import Ahead, CorrectionSort, Digest, DigestForm, Ground, Why
from domain.documents import Document, Field, Kind, Passage
from domain.errors import UsageError
from domain.events import EventKind, Release, VisitState
from domain.listings import Answer, Entry, Window
from domain.scheme_reader import read_sheet
from domain.source_coverage import Failing, Gap, Remark
from notifications.rendering import render_html, render_json, render_markdown, render_slack, render_text
from services import lifecycle
from services.acquire import Acquired
from services.chains import short_address
from services.coverage import coverage, lag_of
from services.digest import DueDigest, make, preview
from services.radar import Radar
from services.record import record
from services.retracting import retract
from services.settings import load
from services.wiring import wire
from sources.adapter import Reading
from storage import migrate
from storage.unit_of_work import Store

OFFICE = "De Minister van Economische Zaken en Klimaat"
NOW = datetime(2021, 12, 17, 6, 30, tzinfo=UTC)  # vrijdag 07.30 uur
OB, RVO = "officielebekendmakingen", "rvo"
SOURCES = """\
language: nl
organisation: Koninklijke Metaalunie
contact: radar@example.nl
sources:
  officielebekendmakingen: {{visit: "0 * * * *"}}
  rvo: {{visit: "0 * * * *", paths: [/subsidies-financiering/wbso]}}
topics: {{procesinnovatie: {topics}/procesinnovatie.yaml}}
channels: {{slack: {{secret: BELEIDSRADAR_CHANNEL_SLACK}}}}
digests:
  ochtend:
    topics: [procesinnovatie]
    follow: [kst-32637-473]
    when: "30 7 * * 1-5"
    channels: [slack]
    owner: radar@example.nl
  morning:
    topics: [procesinnovatie]
    follow: [kst-32637-473]
    when: "30 7 * * 1-5"
    channels: [slack]
    owner: radar@example.nl
    language: en
"""
DUTCH = (
    *("wijziging", "ongewijzigd", "gecontroleerd", "uw organisatie", "u volgt", "treffers", "ander onderwerp", "uiterste"),
    *("tarief", "procentpunt", "sluit", "opent", "uiterlijk", "antwoord verwacht", "gisteren", "vandaag", "verstreken"),
    *("niet bezocht", "storing", "lopen", "gepland", "gemaakt", "nog 3 dagen", " aan de ", "schijf", "vanaf", "gelezen"),
)
"""Words of ours that an English digest may not hold; the papers of these tests do not use them in a title or quote."""


class Stopped:
    """A clock that says what it is told."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class Desk:
    """An archive into which papers are put as if a visit had read them."""

    radar: Radar
    clock: Stopped

    def read(self, document: Document, *, source: str = OB, at: datetime = NOW - timedelta(hours=1), quiet: bool = False) -> None:
        now, self.clock.time = self.clock.time, at
        entry = Entry(document.url, title=document.title, kind=document.kind, dated=document.dated)
        with self.radar.store.begin() as unit:
            priority = {document.url: 0}
            unit.resources.announce(source, "rss", [entry], at=at, baseline=quiet, quiet=quiet, priority=priority)
            resource = unit.resources.by_url(document.url)
            visit = unit.visits.open(source, "live", at)
        assert resource is not None
        answer = Answer(document.url, document.url, 200, (), document.text().encode())
        record(self.radar, resource, Acquired(Reading(document), {"main": answer}, {}), visit.id)
        with self.radar.store.begin() as unit:
            unit.visits.close(visit.id, VisitState.ACCEPTED, at=at)
        self.clock.time = now

    def digest(self, name: str = "ochtend") -> Digest:
        return preview(self.radar, name)


@pytest.fixture
def desk(tmp_path: Path, root: Path) -> Iterator[Desk]:
    sources = tmp_path / "sources.yaml"
    sources.write_text(SOURCES.format(topics=root / "topics"), encoding="utf-8")
    environ = {"BELEIDSRADAR_DATABASE_URL": f"sqlite:///{tmp_path / 'radar.db'}"}
    settings = load(sources, environ)
    store = Store(settings.database_url.reveal())
    migrate.upgrade(store)
    clock = Stopped()
    yield Desk(wire(settings, store, clock), clock)
    store.close()


def paper(identifier: str, kind: Kind, title: str, *texts: str, **more: Any) -> Document:
    url = f"https://zoek.officielebekendmakingen.nl/{identifier}.html"
    passages = tuple(Passage(Field.QUESTION if kind is Kind.QUESTION else Field.BODY, text) for text in texts)
    return Document(identifier, url, kind, title, passages, **{"dated": date(2021, 12, 16), **more})


def question(number: int, submitted: date, title: str = "Vragen over procesinnovatie bij het mkb", **more: Any) -> Document:
    return paper(
        f"kv-tk-2021Z{number}",
        Kind.QUESTION,
        title,
        "Welke ruimte ziet u voor procesinnovatie in de maakindustrie?",
        cases=(f"2021Z{number}",),
        submitted=submitted,
        dated=submitted,
        authors=("Een lid van de Tweede Kamer",),
        addressees=(OFFICE,),
        **more,
    )


def extension(number: int, **more: Any) -> Document:
    title = "Uitstelbericht vragen over procesinnovatie bij het mkb"
    return paper(
        f"ah-tk-20212022-{number}", Kind.EXTENSION, title, "De vragen kunnen later worden beantwoord.", authors=(OFFICE,), **more
    )


def letter(identifier: str = "kst-32637-480", *texts: str, **more: Any) -> Document:
    body = texts or ("De Metaalunie vraagt om procesinnovatie.", "Procesinnovatie voeg ik niet toe aan het aanbod van nu.")
    return paper(identifier, Kind.LETTER, "Brief over procesinnovatie in de maakindustrie", *body, authors=(OFFICE,), **more)


def wbso(first_rate: str, *more: str) -> Document:
    url = "https://www.rvo.nl/subsidies-financiering/wbso"
    texts = (f"Het tarief in de eerste schijf is {first_rate}.", *more)
    passages = tuple(Passage(Field.BODY, text) for text in texts)
    return Document("rvo:wbso", url, Kind.SCHEME, "WBSO", passages, scheme=read_sheet("wbso", "WBSO", passages))


def everything(digest: Digest) -> str:
    slack = json.dumps(render_slack(digest), ensure_ascii=False)
    return "\n".join((digest.subject, render_text(digest), render_html(digest), render_markdown(digest), slack))


def test_an_english_digest_holds_no_dutch_of_ours(desk: Desk) -> None:
    """Reasons, coverage, gaps, changes, dates, coming answers and open questions (reviewer D4)."""
    desk.read(wbso("40%", "Vraag uw WBSO uiterlijk 18 december 2021 aan.", "Oude zin."), source=RVO, quiet=True)
    desk.read(wbso("32%", "Vraag uw WBSO uiterlijk 18 december 2021 aan.", "Nieuwe zin."), source=RVO)
    desk.read(letter("kst-32637-480", "De Metaalunie vraagt om procesinnovatie.", "Zie Kamerstuk 32 637, nr. 473."))
    desk.read(question(20001, date(2021, 11, 20)))
    desk.read(question(20002, date(2021, 11, 30), "Vragen over procesinnovatie bij bakkers"))
    desk.read(letter("kst-32637-481", "Over procesinnovatie in de zorg en het ziekenhuis.", dated=date(2021, 12, 15)))
    desk.read(paper("kst-1-1", Kind.LETTER, "Brief over wegen", "Over wegen."))
    with desk.radar.store.begin() as unit:
        unit.routes.route_failed(
            RVO, desk.radar.adapters[RVO].routes(desk.radar.settings.scope(RVO))[0].name, failure="timeout", at=NOW
        )
        name = desk.radar.adapters[OB].routes(desk.radar.settings.scope(OB))[0].name
        unit.routes.gap(OB, name, Window(NOW - timedelta(days=3), NOW - timedelta(days=2)), "feed too short", NOW)
    digest = replace(desk.digest("morning"), planned=NOW - timedelta(hours=1))
    said = everything(digest).casefold()
    assert [word for word in DUTCH if word in said] == []
    for english in ("you follow this paper", "percentage points", "apply by", "answer expected", "(passed)", "no answer in time"):
        assert english in said
    assert "to de minister van" in said  # the office's own name, with its article inside the sentence
    dutch = everything(replace(desk.digest("ochtend"), planned=NOW - timedelta(hours=1))).casefold()
    for word in (
        "u volgt dit stuk",
        "procentpunt",
        "aanvragen uiterlijk",
        "antwoord verwacht",
        "verstreken",
        "geen antwoord op tijd",
    ):
        assert word in dutch


def test_values_and_no_phrases_in_the_json(desk: Desk) -> None:
    """Reasons, coverage and dates as enums, numbers and moments."""
    desk.read(letter())
    desk.read(question(20001, date(2021, 11, 20)))
    said = json.loads(render_json(desk.digest()))
    grounds = {why["ground"] for found in said["items"] for why in found["why"]}
    assert grounds <= {ground.value for ground in Ground}
    assert said["open_questions"][0]["due"] == "2021-12-11"
    assert said["coverage"][0]["stale"] is None or "since" in said["coverage"][0]["stale"]


def test_the_reasons_count_each_concept_once(desk: Desk) -> None:
    desk.read(letter())
    (found,) = desk.digest().items
    assert Why(Ground.TERM, "procesinnovatie", 3) in found.why


def test_changed_facts_speak_and_the_text_is_counted(desk: Desk) -> None:
    """One plain line, not a was/wordt pair that looks like a link."""
    desk.read(wbso("40%", "Een zin over het loket.", "Nog een zin over formulieren."), source=RVO, quiet=True)
    desk.read(wbso("32%", "Een zin over iets anders.", "Nog een zin over brieven."), source=RVO)
    digest = desk.digest()
    (found,) = digest.items
    assert [(c.before, c.after) for c in found.changes] == [("40%", "32%")]
    assert found.text_changes > 1
    text = render_text(digest)
    assert f"\n  en {found.text_changes} wijzigingen in de tekst van de pagina\n" in text
    assert "tekst van de pagina:" not in text


def test_eerst_dit_begins_with_schemes_and_leaves_extensions_to_their_thread(desk: Desk) -> None:
    desk.read(question(20001, date(2021, 11, 20)), quiet=True)
    desk.read(extension(701, cases=("2021Z20001",)))
    desk.read(letter())
    desk.read(wbso("40%"), source=RVO, quiet=True)
    desk.read(wbso("32%"), source=RVO)
    digest = desk.digest()
    levels = {found.kind: found.level for found in digest.items}
    assert levels == {Kind.SCHEME: Level.MUST_READ, Kind.LETTER: Level.MUST_READ, Kind.EXTENSION: Level.RELEVANT}
    kinds = [
        next(found.kind for found in digest.items if line.startswith(found.heading.partition(" (")[0])) for line in digest.first
    ]
    assert kinds == [Kind.SCHEME, Kind.LETTER]
    assert digest.subject.startswith("WBSO: tarief eerste schijf 40% → 32% ")


def test_the_first_sight_of_an_answer_is_new(desk: Desk) -> None:
    """Not "ANTWOORD · BEANTWOORD", which says it twice."""
    desk.read(paper("ah-tk-20212022-901", Kind.ANSWER, "Antwoord over procesinnovatie", "Procesinnovatie krijgt ruimte."))
    digest = desk.digest()
    assert digest.items[0].states == (EventKind.ANSWERED,)
    assert "[ANTWOORD · NIEUW] " in render_text(digest)


def test_questions_stand_open_ahead_or_answered(desk: Desk) -> None:
    """Past its term: open. Within 30 days: a coming date, after an extension with the later day. Answered: neither."""
    desk.read(question(20001, date(2021, 11, 20)))  # due 11 December
    desk.read(question(20002, date(2021, 12, 3), "Vragen over procesinnovatie bij smeden"))  # due 24 December
    desk.read(question(20003, date(2021, 11, 13), "Vragen over procesinnovatie bij gieters"))  # due 4, extended to 25 December
    desk.read(extension(701, cases=("2021Z20003",)))
    desk.read(question(20004, date(2021, 11, 10), "Vragen over procesinnovatie bij lassers"))
    desk.read(paper("ah-tk-20212022-702", Kind.ANSWER, "Antwoord lassers", "Procesinnovatie.", cases=("2021Z20004",)))
    desk.read(question(20005, date(2021, 12, 15), "Vragen over procesinnovatie bij frezers"))  # extended to 26 January: too far
    desk.read(extension(703, cases=("2021Z20005",)), quiet=True)
    digest = desk.digest()
    assert [(asked.title, asked.due) for asked in digest.open_questions] == [
        ("Vragen over procesinnovatie bij het mkb", date(2021, 12, 11))
    ]
    assert [(c.what, c.when) for c in digest.coming if c.sort is Ahead.ANSWER] == [
        ("Vragen over procesinnovatie bij smeden", date(2021, 12, 24)),
        ("Vragen over procesinnovatie bij gieters", date(2021, 12, 25)),
    ]
    # What one issue tells of a thread is one item, under the paper that is furthest; the question stands in its chain.
    (late,) = (found for found in digest.items if found.kind is Kind.EXTENSION)
    (answered,) = (found for found in digest.items if found.kind is Kind.ANSWER)
    assert (late.due, answered.due) == (date(2021, 12, 25), None)
    for found, title in ((late, "gieters"), (answered, "lassers")):
        assert any(link.label == "question" and link.target.text.endswith(title) for link in found.chain)
    assert len([found for found in digest.items if found.kind is Kind.QUESTION]) == 3
    text = render_text(digest)
    assert " vr 24 dec: antwoord verwacht: Vragen over procesinnovatie bij smeden · nog 7 dagen · reces " in " ".join(
        text.split()
    )
    assert "mkb · antwoord uiterlijk za 11 dec (verstreken)\n    https://zoek." in text


def test_what_a_coming_date_means_for_who_applies(desk: Desk) -> None:
    """A closing and a deadline both say until when one can apply; the same day is said once."""
    texts = (
        "Wilt u beginnen op 1 januari 2022? Vraag dan uiterlijk 20 december 2021 aan.",
        "Bent u zelfstandige? U kunt aanvragen tot 1 januari 2022.",
        "Dien uw aanvraag in vóór 8 januari 2022.",
    )
    desk.read(wbso("40%", *texts), source=RVO, quiet=True)
    desk.read(letter())
    text = render_text(desk.digest())
    assert "ma 20 dec: WBSO: aanvragen uiterlijk (start 1 januari) · nog 3 dagen" in text
    assert "za 1 jan 2022: WBSO: aanvragen uiterlijk (zelfstandigen) · nog 15 dagen" in text
    assert "za 8 jan 2022: WBSO: aanvragen vóór · nog 22 dagen" in text


def test_citations_show_titles_of_known_papers_and_short_addresses_of_others(desk: Desk) -> None:
    """A page of rvo.nl that is cited by its address is the scheme that we follow under its id."""
    desk.read(wbso("40%"), source=RVO, quiet=True)
    pdf = "https://www.rvo.nl/files/file/2021/10/Procesinnovatie-Belastingvoordeel-en-subsidie-voor-bedrijven.pdf"
    page = "https://www.rvo.nl/subsidies-financiering/wbso"
    desk.read(letter("kst-32637-480", f"Procesinnovatie: zie {page} en ook {pdf} voor meer."))
    (found,) = desk.digest().items
    cited = {link.target.url: link.target.text for link in found.chain}
    assert cited[page] == "WBSO"
    assert cited[pdf] == "rvo.nl, Procesinnovatie-Belastingvoordeel-…pdf"


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://www.example.nl/", "example.nl"),
        ("https://www.example.nl/a/b%20c/", "example.nl, b c"),
        ("https://example.nl/een-hele-lange-naam-van-een-pagina-zonder-einde", "example.nl, een-hele-lange-naam-van-een-pagina…"),
    ],
)
def test_short_addresses(url: str, short: str) -> None:
    assert short_address(url) == short


def test_copies_are_loaded_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An issue asks for no version alone and walks no source (reviewer C1)."""
    for number in range(5):
        desk.read(letter(f"kst-32637-{480 + number}", f"Brief {number} over procesinnovatie.", dated=date(2021, 12, number + 1)))
    desk.read(question(20001, date(2021, 11, 20)))

    def forbidden(*_: object) -> None:
        raise AssertionError("one at a time")

    monkeypatch.setattr("storage.resources.Resources.all", forbidden)
    monkeypatch.setattr("storage.snapshots.Snapshots.latest_version", forbidden)
    digest = desk.digest()
    assert len(digest.items) == 6


def test_routes_that_are_no_longer_configured_do_not_count(desk: Desk) -> None:
    """Neither their failures, nor their gaps, nor how far they came."""
    radar = desk.radar
    with radar.store.begin() as unit:
        for route in radar.adapters[RVO].routes(radar.settings.scope(RVO)):
            unit.routes.route_answered(RVO, route.name, complete_until=NOW, at=NOW, changed=False)
        unit.routes.route_answered(RVO, "left out", complete_until=NOW - timedelta(days=9), at=NOW, changed=False)
        unit.routes.route_failed(RVO, "left out", failure="timeout", at=NOW)
        unit.routes.gap(RVO, "left out", Window(NOW - timedelta(days=9), NOW - timedelta(days=8)), "gone", NOW)
        visit = unit.visits.open(RVO, "live", NOW)
        unit.visits.close(visit.id, VisitState.ACCEPTED, at=NOW)
    with radar.store.read() as unit:
        assert lag_of(radar, unit, RVO) is None
        found = coverage(radar, unit, None)[1]
    assert (found.complete_until, found.stale, found.gaps) == (NOW, None, ())


def test_a_source_with_its_own_times_is_behind_only_when_one_of_them_was_missed(desk: Desk) -> None:
    """Visited daily at six, its lists were whole then: so they still are for the issues of eight and five; not a day later."""
    radar = desk.radar
    source = replace(radar.settings.sources[RVO], crons=("0 6 * * *",))
    radar = replace(radar, settings=replace(radar.settings, sources={**radar.settings.sources, RVO: source}))
    six = datetime(2021, 12, 17, 5, tzinfo=UTC)
    with radar.store.begin() as unit:
        for route in radar.adapters[RVO].routes(radar.settings.scope(RVO)):
            unit.routes.route_answered(RVO, route.name, complete_until=six, at=six, changed=False)
        unit.visits.close(unit.visits.open(RVO, "live", six).id, VisitState.ACCEPTED, at=six)
    for hours, behind in ((2, False), (11, False), (24 + 2, True)):
        desk.clock.time = six + timedelta(hours=hours)
        with radar.store.begin() as unit:
            if behind:  # a visit came, but it proved nothing of these lists
                at = desk.clock.time - timedelta(hours=2)
                unit.visits.close(unit.visits.open(RVO, "live", at).id, VisitState.ACCEPTED, at=at)
            found = coverage(radar, unit, desk.clock.time - timedelta(hours=1))[1]
        assert (found.complete_until, found.stale, found.behind) == (six, None, behind)


def test_coverage_is_told_in_values(desk: Desk) -> None:
    radar = desk.radar
    name = radar.adapters[RVO].routes(radar.settings.scope(RVO))[0].name
    window = Window(NOW - timedelta(days=9), NOW - timedelta(days=8))
    with radar.store.begin() as unit:
        unit.routes.route_failed(RVO, name, failure="server_error 503", at=NOW)
        unit.routes.gap(RVO, name, window, "too short", NOW)
        visit = unit.visits.open(RVO, "live", NOW)
        unit.visits.warn(RVO, "changed without any list saying so", at=NOW, visit_id=visit.id, url="https://www.rvo.nl/x")
    with radar.store.read() as unit:
        found = coverage(radar, unit, NOW - timedelta(days=1))[1]
    assert found.stale is not None
    assert (found.stale.since, found.stale.route, found.stale.failure) == (NOW, name, Failing.SITE_FAULT)
    assert found.gaps == (Gap(name, window.since, window.until),)
    assert [(note.remark, note.count) for note in found.notes] == [(Remark.BESIDE_LISTS, 1)]


def send(desk: Desk, name: str, days: int = 0) -> Any:
    """Make an issue, `days` later."""
    desk.clock.time = NOW + timedelta(days=days)
    return make(desk.radar, DueDigest(name, DigestForm.REGULAR, desk.clock.time))


def test_a_paper_that_was_told_in_error_is_corrected_once_where_it_was_told(desk: Desk) -> None:
    """In the next issue of the digest that had it, naming that issue; not in one that never told it, and not twice."""
    desk.read(letter())
    first = send(desk, "ochtend")
    done = retract(desk.radar, "kst-32637-480", "geen brief van deze minister")
    assert (done.events, done.digests) == (1, ("ochtend",))
    corrected = json.loads(send(desk, "ochtend", 3).renderings["json"])
    (said,) = corrected["corrections"]
    assert (said["sort"], said["number"], said["reason"]) == ("retracted", first.number, "geen brief van deze minister")
    assert corrected["items"] == []
    assert json.loads(send(desk, "ochtend", 4).renderings["json"])["corrections"] == []
    other = json.loads(send(desk, "morning", 4).renderings["json"])
    assert (other["corrections"], other["items"]) == ([], [])  # retracted before that digest told it
    text = render_text(preview(desk.radar, "ochtend"))
    assert "CORRECTIES" not in text
    with pytest.raises(UsageError, match="nothing of it"):
        retract(desk.radar, "kst-32637-480", "nog eens")


def vanish(desk: Desk, identifier: str) -> None:
    """The publisher says for more than a day, at every look, that there is nothing at the paper's address."""
    for hours in (1, 8, 15, 24, 31):
        desk.clock.time = NOW + timedelta(hours=hours)
        with desk.radar.store.begin() as unit:
            resource = unit.resources.by_url(f"https://zoek.officielebekendmakingen.nl/{identifier}.html")
            visit = unit.visits.open(OB, "live", desk.clock.time)
        lifecycle.missing(desk.radar, resource, visit.id, "missing: 404")
        with desk.radar.store.begin() as unit:
            unit.visits.close(visit.id, VisitState.ACCEPTED, at=desk.clock.time)


def test_a_paper_that_is_gone_is_a_correction_of_the_issue_that_told_it(desk: Desk) -> None:
    """With its own line under the corrections, naming the issue; said once, and not in a digest that never told the paper."""
    desk.read(letter())
    send(desk, "ochtend")
    vanish(desk, "kst-32637-480")
    desk.clock.time = NOW + timedelta(days=3)
    digest = desk.digest()
    assert [(one.sort, one.number) for one in digest.corrections] == [(CorrectionSort.WITHDRAWN, 1)]
    text = " ".join(render_text(digest).split())
    assert "stond «Brief over procesinnovatie in de maakindustrie»: het stuk is sindsdien verdwenen" in text
    assert desk.digest("morning").corrections == ()
    send(desk, "ochtend", 3)
    desk.clock.time = NOW + timedelta(days=4)
    assert desk.digest().corrections == ()


def test_an_answer_past_its_term_is_named_at_once_and_then_once_a_week(desk: Desk) -> None:
    """Its last day is Tuesday 21 December: Wednesday's issue names it, Thursday's does not, that of Monday does again."""
    desk.read(question(20001, date(2021, 11, 30)))
    send(desk, "ochtend")
    named = []
    for day in (3, 4, 5, 6, 10):  # ma, di, wo, do, ma
        named.append(bool(json.loads(send(desk, "ochtend", day).renderings["json"])["open_questions"]))
    assert named == [False, False, True, False, True]


def test_the_correction_reads_as_a_sentence_with_the_issue_it_corrects(desk: Desk) -> None:
    desk.read(letter())
    send(desk, "ochtend")
    retract(desk.radar, "kst-32637-480", "dubbel")
    desk.clock.time = NOW + timedelta(days=3)
    digest = desk.digest()
    assert digest.corrections[0].sort is CorrectionSort.RETRACTED
    text = " ".join(render_text(digest).split())
    assert "In de digest van vr 17 dec (nr. 1) stond «Brief over procesinnovatie in de maakindustrie»: dat had er niet" in text
    assert digest.subject == "correctie: Brief over procesinnovatie in de maakindustrie"


@pytest.mark.parametrize("urgent", [False, True])
def test_what_the_startdossier_told_is_corrected_too(desk: Desk, urgent: bool) -> None:
    """Taken back or gone, it names the Startdossier, once; also in a digest that tells nothing but what is urgent."""
    gone = replace(letter("kst-32637-481"), title="Andere brief over procesinnovatie")
    desk.read(letter(), quiet=True)
    desk.read(gone, quiet=True)
    with pytest.raises(UsageError, match="nothing of it"):
        retract(desk.radar, "kst-32637-480", "in geen nummer te lezen")
    make(desk.radar, DueDigest("ochtend", DigestForm.START, NOW))
    if urgent:
        digests = {name: replace(one, urgent=True) for name, one in desk.radar.settings.digests.items()}
        desk.radar = replace(desk.radar, settings=replace(desk.radar.settings, digests=digests))
    done = retract(desk.radar, "kst-32637-480", "niet van deze minister")
    assert (done.events, done.digests) == (1, ("ochtend",))
    with pytest.raises(UsageError, match="nothing of it"):
        retract(desk.radar, "kst-32637-480", "nog eens")
    vanish(desk, "kst-32637-481")
    corrected = json.loads(send(desk, "ochtend", 3).renderings["json"])["corrections"]
    assert {(one["sort"], one["number"]) for one in corrected} == {("retracted", 1), ("withdrawn", 1)}
    assert json.loads(send(desk, "ochtend", 4).renderings["json"])["corrections"] == []
    assert json.loads(send(desk, "morning", 4).renderings["json"])["corrections"] == []


def test_a_paper_that_calls_itself_corrected_is_a_correction_of_the_issue_that_told_it(desk: Desk) -> None:
    desk.read(letter())
    send(desk, "ochtend")
    desk.clock.time = NOW + timedelta(days=3)
    again = replace(letter("kst-32637-480", "Herziene tekst: procesinnovatie krijgt toch een regeling."), title="Brief (herdruk)")
    desk.read(again, at=NOW + timedelta(days=2))
    digest = desk.digest()
    assert [(one.sort, one.number) for one in digest.corrections] == [(CorrectionSort.CORRECTED, 1)]
    with desk.radar.store.read() as unit:
        (known,) = unit.publications.by_alias(("kst-32637-480",))
        assert {event.release for event in unit.events.of_publication(known.id)} == {Release.OPEN}


def test_what_is_not_watched_comes_with_the_first_issue_of_a_week(desk: Desk) -> None:
    settings = replace(desk.radar.settings, not_watched=("provincies",))
    radar = replace(desk.radar, settings=settings)
    make(radar, DueDigest("ochtend", DigestForm.REGULAR, NOW))
    said = []
    for days in (0, 3, 4):
        desk.clock.time = NOW + timedelta(days=days)
        said.append(bool(preview(radar, "ochtend").not_watched))
        make(radar, DueDigest("ochtend", DigestForm.REGULAR, desk.clock.time))
    assert said == [False, True, False]  # Friday after Friday's issue, Monday, Tuesday


def test_the_deadline_of_a_scheme_and_what_is_promised_stand_with_the_item(desk: Desk) -> None:
    desk.read(wbso("40%", "Vraag uw WBSO uiterlijk 20 december 2021 aan."), source=RVO, quiet=True)
    desk.read(wbso("32%", "Vraag uw WBSO uiterlijk 20 december 2021 aan."), source=RVO)
    promise = "Ik zeg de Kamer een evaluatie van procesinnovatie toe voor de zomer."
    desk.read(letter("kst-32637-480", "De Metaalunie vraagt om procesinnovatie.", "Die regeling voer ik niet in.", promise))
    found = {item.kind: item for item in desk.digest().items}
    assert found[Kind.SCHEME].due == date(2021, 12, 20)
    assert found[Kind.SCHEME].scheme == "WBSO"
    assert found[Kind.LETTER].line == "Die regeling voer ik niet in."
    assert found[Kind.LETTER].action == promise
    assert found[Kind.LETTER].mention is not None
    assert found[Kind.LETTER].mention.count == 1
