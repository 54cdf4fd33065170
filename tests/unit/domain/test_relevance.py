"""Levels and their reasons, rule by rule (docs/relevance.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from domain.assessments import Assessment, Level
from domain.changes import Change, ChangeSort
from domain.citations import Citation
from domain.documents import AttachmentRef, Document, Field, Kind, Passage
from domain.events import EventKind
from domain.relevance import Judge, concepts, own_names
from domain.schemes import SchemeSheet
from domain.topics import TopicPack, parse_pack

TOPICS = Path(__file__).resolve().parents[3] / "topics"
SEEDS = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds"
OWN = "Koninklijke Metaalunie"


def load(name: str) -> TopicPack:
    return parse_pack(YAML(typ="safe").load((TOPICS / f"{name}.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge([load("procesinnovatie"), load("energiebesparing")], OWN, ["kst-32637-473", "dossier:33009"])


def paper(*texts: str | Passage, title: str = "Brief van de minister", **more: Any) -> Document:
    passages = tuple(text if isinstance(text, Passage) else Passage(Field.BODY, text) for text in texts)
    more.setdefault("kind", Kind.LETTER)
    return Document(id="kst-1-1", url="https://example.nl/kst-1-1", title=title, passages=passages, **more)


def first(judge: Judge, document: Document, kind: EventKind = EventKind.PUBLISHED, changes: Sequence[Change] = ()) -> Assessment:
    return judge.judge(document, kind, changes)[0]


def rules(assessment: Assessment) -> set[str]:
    return {reason.rule for reason in assessment.reasons}


def weight(assessment: Assessment, term: str, field: str) -> int:
    return sum(reason.weight for reason in assessment.reasons if reason.term == term and reason.field == field)


def test_one_assessment_per_topic_in_order_and_follows_only_when_they_hit(judge: Judge) -> None:
    found = judge.judge(paper("Over niets.", dossiers=("33009",)), EventKind.PUBLISHED)
    assert [one.topic for one in found] == ["procesinnovatie", "energiebesparing", "follow:dossier:33009"]
    assert [one.topic for one in judge.judge(paper("Over niets."), EventKind.PUBLISHED)] == [
        "procesinnovatie",
        "energiebesparing",
    ]


def test_a_paper_without_a_word_of_the_topic_is_held_with_its_reason(judge: Judge) -> None:
    found = first(judge, paper("De minister schrijft over scholen."))
    assert (found.level, found.score, rules(found)) == (Level.HELD, 0, {"no_term"})


def test_points_are_tier_times_field_and_running_text_is_damped(judge: Judge) -> None:
    filler = "Dit is de inleiding van de brief. " * 60
    found = first(
        judge,
        paper(
            filler, "Procesinnovatie helpt. Procesinnovatie loont. Procesinnovatie blijft. Procesinnovatie telt. Procesinnovatie!"
        ),
    )
    assert weight(found, "procesinnovatie", "body") == 3000  # 10 points x 1, damped at 3
    found = first(judge, paper("Procesinnovatie helpt. Procesinnovatie loont."))
    assert weight(found, "procesinnovatie", "lead") == 2000  # the opening counts once
    assert found.level is Level.RELEVANT


@pytest.mark.parametrize(
    ("field", "points"),
    [
        (Field.SUBJECT, 4000),
        (Field.DICTUM, 4000),
        (Field.QUESTION, 3000),
        (Field.SUMMARY, 2500),
        (Field.LEAD, 2000),
        (Field.ATTACHMENT, 800),
        (Field.AGENDA, 500),
        (Field.FOOTNOTE, 300),
        (Field.BOILERPLATE, 0),
    ],
)
def test_where_a_word_stands_weighs(field: Field, points: int, judge: Judge) -> None:
    assert weight(first(judge, paper(Passage(field, "Over procesinnovatie."))), "procesinnovatie", field.value) == points


def test_titles_of_attachments_and_addresses_weigh_little(judge: Judge) -> None:
    document = paper(
        "Zie https://example.nl/procesinnovatie", attachments=(AttachmentRef("blg-1", "Verkenning procesinnovatie", ""),)
    )
    found = first(judge, document)
    assert weight(found, "procesinnovatie", "attachment_title") == 2000
    assert weight(found, "procesinnovatie", "url") == 500


def test_an_attachment_weighs_less_than_the_paper_itself(judge: Judge) -> None:
    document = paper("Over procesinnovatie.", title="Verkenning procesinnovatie")
    found = judge.judge(document, EventKind.PUBLISHED, attachment=True)[0]
    assert {reason.field: reason.weight for reason in found.reasons if reason.rule == "term"} == {
        "attachment_title": 2000,
        "attachment": 800,
    }


def test_the_subject_in_a_title_is_must_read(judge: Judge) -> None:
    found = first(judge, paper("De brief.", title="Reactie over productie-innovatie"))
    assert found.level is Level.MUST_READ
    assert "core_in_title" in rules(found)


def test_a_core_term_in_a_paper_of_the_ministry_is_never_held(judge: Judge) -> None:
    document = paper(
        Passage(Field.FOOTNOTE, "Zie de verkenning procesinnovatie."), authors=("De Minister van Economische Zaken en Klimaat",)
    )
    found = first(judge, document)
    assert (found.level, found.score) == (Level.MENTION, 500)
    assert "core_floor" in rules(found)


def test_the_own_name_is_always_at_least_relevant(judge: Judge) -> None:
    long = ["De leden spreken over scholen en wegen. " * 40] * 30
    found = first(judge, paper(*long, "De Metaalunie heeft hierover een brief gestuurd.", kind=Kind.DEBATE))
    assert (found.level, found.score) == (Level.RELEVANT, 1500)
    quoted = [reason.sentence for reason in found.reasons if reason.rule == "own_name_floor"]
    assert quoted == ["De Metaalunie heeft hierover een brief gestuurd."]


def test_the_own_name_in_a_title_is_must_read_and_counts_for_points_beside_the_subject(judge: Judge) -> None:
    assert first(judge, paper("De brief.", title="Brief van Metaalunie")).level is Level.MUST_READ
    found = first(judge, paper("Metaalunie wil procesinnovatie."))
    assert weight(found, "own_name", "lead") == 2000


def test_own_names_drop_the_predicate() -> None:
    assert own_names(OWN) == ("Koninklijke Metaalunie", "Metaalunie")
    assert own_names("FME") == ("FME",)
    assert own_names("") == ()


def test_surroundings_count_only_beside_the_subject(judge: Judge) -> None:
    alone = first(judge, paper("Het mkb en TNO werken aan concurrentiekracht in de fabriek."))
    assert (alone.level, rules(alone)) == (Level.HELD, {"never_alone"})
    beside = first(judge, paper("Het mkb en TNO werken met de WBSO."))
    assert weight(beside, "mkb", "lead") == 400


def test_the_sector_carries_a_title_but_not_a_passing_word(judge: Judge) -> None:
    assert first(judge, paper("Verzoekt onderzoek.", title="Motie over de maakindustrie")).level is Level.RELEVANT
    assert first(judge, paper("Ook de maakindustrie wordt genoemd.")).level is Level.HELD


def test_a_general_word_needs_its_context_nearby(judge: Judge) -> None:
    far = "Robotisering verandert veel. " + "Dit is een lange zin over scholen en wegen. " * 6 + "Een fabriek staat er ook."
    assert rules(first(judge, paper(far))) >= {"no_context"}
    assert weight(first(judge, paper("Robotisering in de maakindustrie neemt toe.")), "robotisering", "lead") == 1200


@pytest.mark.parametrize(
    ("negative", "text", "level"),
    [
        ("zorg", "Procesinnovatie in het ziekenhuis helpt de patiënt.", Level.HELD),
        ("rechtspraak", "Procesinnovatie in het strafproces en bij de rechtbank.", Level.HELD),
        ("overheid", "Bestuurlijke vernieuwing en procesinnovatie bij de VNG.", Level.HELD),
        ("landbouw", "Robotisering en productietechnologie voor veehouders met stallen in de industrie.", Level.HELD),
        ("evenementen", "Het fieldlab met een evenement onder corona, met de industrie.", Level.HELD),
        ("mit-anders", "Het MIT, Meerjarenprogramma Infrastructuur en Transport, kent subsidie en regeling.", Level.HELD),
        ("ruimtevaart", "Robotica voor een satelliet in de ruimtevaart, gemaakt door industrie.", Level.HELD),
        ("woningbouw", "Robotisering van de woningbouw in de fabriek.", Level.HELD),
        ("voedselketen", "Robotisering van slachtlijnen in de fabriek en toezicht op hygiëne.", Level.HELD),
        (
            "procesindustrie",
            "Procesoptimalisatie in de industrie: de procesindustrie en de raffinaderij, met robotica en reshoring.",
            Level.MENTION,
        ),
        ("uitvoering", "Robotisering en procesoptimalisatie bij de Belastingdienst, zoals in de industrie.", Level.MENTION),
    ],
)
def test_negatives_demote_and_say_why(negative: str, text: str, level: Level, judge: Judge) -> None:
    found = first(judge, paper(text))
    assert found.level is level
    assert f"negative:{negative}" in rules(found)


@pytest.mark.parametrize(
    ("negative", "title"),
    [
        ("verduurzaming-industrie", "Voortgang verduurzaming industriebeleid"),
        ("defensie", "Strategie voor defensie en industriebeleid"),
        ("missies", "Missies voor het industriebeleid"),
        ("raad-voor-concurrentievermogen", "Agenda Raad voor Concurrentievermogen over industriebeleid"),
    ],
)
def test_negatives_of_the_title_cap_the_whole_paper(negative: str, title: str, judge: Judge) -> None:
    found = first(judge, paper("Het industriebeleid en Smart Industry komen aan bod.", title=title))
    assert found.level is Level.MENTION
    assert f"negative:{negative}" in rules(found)


def test_a_title_about_schools_demotes_but_a_passing_word_does_not(judge: Judge) -> None:
    text = "Procesinnovatie helpt, zegt het onderwijs."
    found = first(judge, paper(text, title="Anders organiseren op school"))
    assert found.level is Level.HELD
    assert "negative:onderwijs" in rules(found)
    assert first(judge, paper(text)).level is Level.RELEVANT


def test_every_negative_of_the_pack_has_a_test_here() -> None:
    tested = {
        *(
            "zorg",
            "rechtspraak",
            "overheid",
            "landbouw",
            "evenementen",
            "mit-anders",
            "ruimtevaart",
            "woningbouw",
            "procesindustrie",
        ),
        *("onderwijs", "voedselketen"),
        *("uitvoering", "verduurzaming-industrie", "defensie", "missies", "raad-voor-concurrentievermogen"),
    }
    assert {negative.id for negative in load("procesinnovatie").negatives} == tested


def test_care_comes_back_when_makers_are_in_the_same_passage(judge: Judge) -> None:
    assert first(judge, paper("Procesinnovatie voor de zorginstelling en het mkb in de maakindustrie.")).level is Level.RELEVANT


def test_a_demoted_passage_leaves_the_others_alone(judge: Judge) -> None:
    found = first(judge, paper("Procesinnovatie in het ziekenhuis.", "Procesinnovatie bij bedrijven."))
    assert (found.level, found.score) == (Level.RELEVANT, 2000)


def test_mit_before_2008_is_a_programme_of_roads(judge: Judge) -> None:
    early = first(judge, paper("De MIT-regeling voor het mkb.", title="MIT voor het mkb", dated=date(2001, 5, 1)))
    assert (early.level, "before_its_time" in rules(early)) == (Level.HELD, True)
    assert (
        first(judge, paper("De MIT-regeling voor het mkb.", title="MIT voor het mkb", dated=date(2021, 5, 1))).level
        is not Level.HELD
    )


def test_mit_as_a_german_word_or_university_is_no_hit(judge: Judge) -> None:
    assert first(judge, paper("Ein Brief mit Subsidie für das mkb.")).level is Level.HELD
    assert first(judge, paper("Onderzoekers van MIT in Boston keken naar sterren.")).level is Level.HELD


@pytest.mark.parametrize(("dossier", "points"), [("32637", 500), ("36600-XIII", 500), ("31288", 0), ("12345", 0)])
def test_a_dossier_of_the_pack_is_always_listed(dossier: str, points: int, judge: Judge) -> None:
    found = first(judge, paper("Over niets.", dossiers=(dossier,)))
    assert found.score == points
    assert found.level is (Level.MENTION if points else Level.HELD)


def test_some_dossiers_count_only_with_the_subject(judge: Judge) -> None:
    assert "dossier" in rules(first(judge, paper("Over procesinnovatie.", dossiers=("31288",))))


def test_the_agenda_of_a_debate_is_never_relevant(judge: Judge) -> None:
    agenda = (
        "De commissie voerde overleg over: - de brief van 15 september 2020 over de WBSO in 2021 (Kamerstuk 32 637, nr. 432)."
    )
    found = first(judge, paper(agenda, kind=Kind.DEBATE, dossiers=("33009",)))
    assert weight(found, "wbso", "agenda") == 250
    assert found.level is Level.MENTION


def test_the_opening_of_a_written_question_is_the_question(judge: Judge) -> None:
    found = first(judge, paper("Welke regelingen ondersteunen procesinnovatie?", kind=Kind.QUESTION))
    assert weight(found, "procesinnovatie", "question") == 3000


def test_a_very_long_paper_is_judged_by_its_best_stretch(judge: Judge) -> None:
    filler = "De leden spreken over heel andere zaken in dit land. " * 200
    scattered = [f"{filler} De WBSO werd genoemd." for _ in range(10)]
    found = first(judge, paper(*scattered))
    assert weight(found, "wbso", "body") == 500
    assert "outside_best_stretch" in rules(found)


def test_of_a_changed_paper_only_the_changed_part_speaks(judge: Judge) -> None:
    document = paper("Over procesinnovatie en de WBSO.", title="Procesinnovatie")
    menu = Change(ChangeSort.TEXT, "tekst", "Menu: thuis", "Menu: thuis en contact")
    found = first(judge, document, EventKind.REVISED, [menu])
    assert (found.level, rules(found)) == (Level.HELD, {"only_changed_part"})
    news = Change(ChangeSort.TEXT, "tekst", "", "Er komt geen regeling voor procesinnovatie.")
    assert first(judge, document, EventKind.REVISED, [news]).level is Level.MUST_READ


def test_a_changed_fact_of_a_watched_scheme_is_news_without_any_word(judge: Judge) -> None:
    document = paper("Tekst.", kind=Kind.SCHEME, scheme=SchemeSheet("mit", "MIT", ()))
    change = Change(ChangeSort.FACT, "plafond", "7.150.000", "8.350.000", sentence="Het plafond is 8.350.000.")
    found = first(judge, document, EventKind.SCHEME_CHANGED, [change])
    assert (found.level, found.score) == (Level.MUST_READ, 4000)
    assert [reason.sentence for reason in found.reasons if reason.rule == "scheme_changed"] == ["Het plafond is 8.350.000."]
    other = paper("Tekst.", kind=Kind.SCHEME, scheme=SchemeSheet("veki", "VEKI", ()))
    assert first(judge, other, EventKind.SCHEME_CHANGED, [change]).level is Level.HELD
    assert first(judge, document).level is Level.RELEVANT


def test_a_fact_on_a_subpage_of_a_watched_scheme_is_a_fact_of_the_scheme(judge: Judge) -> None:
    subpage = paper("Tekst.", kind=Kind.SCHEME, scheme=SchemeSheet("mit/kennisvouchers", "MIT: kennisvouchers", ()))
    change = Change(ChangeSort.FACT, "maximum", "€ 3.750", "€ 5.000", sentence="U krijgt hoogstens € 5.000.")
    assert first(judge, subpage, EventKind.SCHEME_CHANGED, [change]).level is Level.MUST_READ
    assert first(judge, subpage).level is Level.HELD


def test_followed_papers_and_dossiers(judge: Judge) -> None:
    cited = Citation("kst-32637-473", "Kamerstuk 32 637, nr. 473", "Zie Kamerstuk 32 637, nr. 473.")
    citing = judge.judge(paper("Zie Kamerstuk 32 637, nr. 473."), EventKind.PUBLISHED, citations=[cited])
    assert [(one.topic, one.level, one.reasons[0].rule) for one in citing[2:]] == [
        ("follow:kst-32637-473", Level.MUST_READ, "followed_cited")
    ]
    itself = paper("Over niets.", aliases=("kst-32637-473",), dossiers=("33009",))
    assert [(one.level, one.reasons[0].rule) for one in judge.judge(itself, EventKind.WITHDRAWN)[2:]] == [
        (Level.MUST_READ, "followed"),
        (Level.RELEVANT, "followed_dossier"),
    ]


def test_an_old_citation_in_a_changed_paper_does_not_hit(judge: Judge) -> None:
    cited = Citation("kst-32637-473", "Kamerstuk 32 637, nr. 473", "Zie Kamerstuk 32 637, nr. 473.")
    change = Change(ChangeSort.TEXT, "tekst", "oud", "nieuw")
    assert len(judge.judge(paper("Zie Kamerstuk 32 637, nr. 473."), EventKind.REVISED, [change], [cited])) == 2


def test_the_small_form_means_what_it_says(judge: Judge) -> None:
    def level(text: str) -> Level:
        return judge.judge(paper(text), EventKind.PUBLISHED)[1].level

    assert level("De energiebesparingsplicht wordt strenger.") is Level.MUST_READ
    assert level("Er is meer energiebesparing, netcongestie en ook warmtepompen en DEI+.") is Level.RELEVANT
    assert level("De industrie gebruikt energie.") is Level.HELD


def test_topics_need_names_of_their_own() -> None:
    pack = load("energiebesparing")
    with pytest.raises(ValueError, match="name of its own"):
        Judge([pack, pack])
    with pytest.raises(ValueError, match="name of its own"):
        Judge([pack.named("")])


@pytest.mark.shared
def test_the_position_text_is_recognised_by_its_concepts() -> None:
    if not SEEDS.is_dir():
        pytest.skip("no shared folder beside this checkout")
    text = (SEEDS / "004_b7af3b7bf9b69162.txt").read_text(encoding="utf-8")
    assert concepts(text, load("procesinnovatie")) >= {"procesinnovatie", "mit", "berenschot", "technopolis", "metaalunie"}
