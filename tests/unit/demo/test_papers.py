"""The papers of the story: what appears when, and that the values hold together."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from demo.koop.document_text import paragraphs, spaced
from demo.moments import local, local_day, parliamentary_year
from demo.paper import Kamervragen, Official, Paper, RvoPage, Version, WebPage
from demo.papers import story_papers

START = local("2021-12-03 15:00")
PAPERS = story_papers()


def test_ids_are_unique_and_most_papers_stand_before_the_story() -> None:
    assert max(Counter(paper.id for paper in PAPERS).values()) == 1
    early = [paper for paper in PAPERS if paper.first_seen < START]
    assert len(early) > len(PAPERS) / 2
    assert max(paper.versions[-1].visible_from for paper in PAPERS) < local("2021-12-10 07:00")


def test_the_story_happens_at_its_times() -> None:
    seen = {paper.id: paper.first_seen for paper in PAPERS}
    times = {
        "kv-tk-2021Z22416": "2021-12-03 17:10",
        "/documenten/rapporten/2021/12/06/slimme-productie-in-de-mkb-maakindustrie": "2021-12-06 11:00",
        "ah-tk-20212022-803": "2021-12-07 10:00",
        "kst-27529-275": "2021-12-08 10:00",
        "ah-tk-20212022-829": "2021-12-08 15:00",
        "kst-33009-106": "2021-12-09 09:30",
        "kst-32637-480": "2021-12-09 16:45",
        "/documenten/kamerstukken/2021/12/09/kamerbrief-met-reactie-op-brief-metaalunie-over-procesinnovatie": "2021-12-09 16:50",
    }
    assert {identifier: seen[identifier] for identifier in times} == {key: local(value) for key, value in times.items()}


@pytest.mark.parametrize("day", [date(2021, 12, 6), date(2021, 12, 7), date(2021, 12, 8), date(2021, 12, 9)])
def test_every_day_brings_ordinary_papers_on_all_three_sites(day: date) -> None:
    fresh = [paper for paper in PAPERS if paper.first_seen >= START and local_day(paper.first_seen) == day]
    for kind in (Official, WebPage, RvoPage):
        assert any(isinstance(paper.versions[0].content, kind) for paper in fresh)
    assert 5 <= len(fresh) <= 14


def test_the_letter_says_what_it_must_say() -> None:
    official = next(p for p in PAPERS if p.id == "kst-32637-480").versions[0].content
    assert isinstance(official, Official)
    text = " ".join(paragraphs(official))
    for words in (
        "geen nieuw procesinnovatie-instrument",
        "Kamerstuk 32 637, nr. 473",
        "Aanhangsel Handelingen II 2021/22, nr. 622",
        "Metaalunie voorbeelden van procesinnovatie zal aanleveren",
        "verkenning-ezk-perspectief-benutting-fieldlabs",
        "Procesinnovatie-Belastingvoordeel-voor-innovatieve-ondernemers-2021.pdf",
    ):
        assert words in text


def test_the_hospital_letter_has_no_word_that_would_lift_it() -> None:
    official = next(p for p in PAPERS if p.id == "kst-27529-275").versions[0].content
    assert isinstance(official, Official)
    text = " ".join(paragraphs(official)).casefold()
    assert "procesinnovatie" in text
    assert not [word for word in ("mkb", "maakindustrie", "economische zaken", "wbso", "metaalunie", "fieldlab") if word in text]


def test_the_debate_report_names_the_wbso_once_on_its_agenda() -> None:
    official = next(p for p in PAPERS if p.id == "kst-33009-106").versions[0].content
    assert isinstance(official, Official)
    hits = [text for text in paragraphs(official) if "WBSO" in text]
    assert len(hits) == 1
    assert hits[0].startswith("- ")


def test_extension_and_answer_belong_to_the_question_of_15_november() -> None:
    found = [p.versions[0].content for p in PAPERS if p.id in ("kv-tk-2021Z20611", "ah-tk-20212022-803", "ah-tk-20212022-829")]
    officials = [content for content in found if isinstance(content, Official)]
    assert [content.values("OVERHEIDop.vraagnummer") for content in officials] == [("2021Z20611",)] * 3
    assert {content.body.submitted for content in officials if isinstance(content.body, Kamervragen)} == {date(2021, 11, 15)}


def test_versions_must_be_in_order_and_aware() -> None:
    later = Version(datetime(2021, 12, 2, tzinfo=UTC), None)
    with pytest.raises(ValueError, match="in order"):
        Paper("x", (later, Version(datetime(2021, 12, 1, tzinfo=UTC), None)))
    with pytest.raises(ValueError, match="aware"):
        Paper("x", ())
    assert Paper("x", (later,)).at(datetime(2022, 1, 1, tzinfo=UTC)) is None


def test_small_facts_of_the_calendar_and_of_dossiers() -> None:
    assert parliamentary_year(date(2021, 9, 20)) == "2020-2021"
    assert parliamentary_year(date(2021, 9, 21)) == "2021-2022"
    assert [spaced(number) for number in ("32637", "35925-XIII", "21501-30")] == ["32 637", "35 925 XIII", "21 501-30"]
