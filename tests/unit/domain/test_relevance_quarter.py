"""One simulated quarter: ordinary papers of every ministry and labelled ones among them, judged as the archive would.

The ordinary papers are made from a seed, in the words of two dozen policy fields, one in five with a word that also stands in
papers on the subject. Printed (`-s`) is what a reader would get: relevant a day and must-read a week, in the median.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from domain.assessments import Level
from domain.calendar import is_workday
from domain.documents import Document, Field, Kind, Passage
from domain.evaluation import read_row
from domain.events import EventKind
from domain.relevance import Judge
from domain.topics import TopicPack, parse_pack
from domain.volume import Volume, in_english, volume

START = date(2026, 7, 1)
WORKDAYS = tuple(day for n in range(92) if is_workday(day := START + timedelta(days=n)))
PAPERS = 15_000
FIELDS = {
    "onderwijs": "scholen leraren examens lerarentekort passend onderwijs kansengelijkheid studiefinanciering stagediscriminatie",
    "zorg": "huisartsen wachtlijsten ziekenhuizen verpleegkundigen geneesmiddelen jeugdzorg eigen risico preventie",
    "verkeer": "spoorlijnen rijkswegen verkeersveiligheid snelheid fietspaden openbaar vervoer luchtvaart geluidhinder",
    "wonen": "huurprijzen woningcorporaties nieuwbouw leegstand vergunningen bouwgrond starters funderingen",
    "landbouw": "stikstof veehouders mest natuurgebieden pacht pootgoed bestrijdingsmiddelen dierenwelzijn",
    "justitie": "gevangenissen aangiften rechtbanken slachtoffers ondermijning vreemdelingen toezicht reclassering",
    "klimaat": "uitstoot windparken waterstof warmtenetten netcongestie kernenergie isolatie salderen",
    "financiën": "belastingaangifte toeslagen accijnzen pensioenfondsen banken witwassen begroting staatsschuld",
    "sociaal": "bijstand minimumloon kinderopvang arbeidsmigranten pensioenleeftijd schulden participatie verlof",
    "defensie": "munitie oefenterreinen marine vliegbases reservisten missies veteranen materieel",
    "cultuur": "musea omroepen bibliotheken erfgoed subsidies makers leesbevordering auteursrecht",
    "water": "dijken waterschappen droogte drinkwater vaarwegen zoetwater overstromingen baggeren",
    "bestuur": "gemeenten verkiezingen burgemeesters privacy digitale overheid lobbyregister integriteit herindeling",
    "buitenland": "ambassades verdragen sancties ontwikkelingshulp handelsmissies mensenrechten visa noodhulp",
    "economie": "winkeltijden toerisme ondernemers faillissementen mededinging postmarkt telecom consumenten",
    "sport": "zwembaden evenementen topsport doping verenigingen blessures gokken stadions",
}
# Words that papers on the subject share with others: in passing, as they turn up everywhere.
NEAR = (
    *(
        "het mkb",
        "innovatie",
        "een nieuwe subsidieregeling",
        "digitalisering",
        "de industrie",
        "automatisering",
        "robots in de zorg",
    ),
    *(
        "arbeidsproductiviteit",
        "een fieldlab in de landbouw",
        "het bedrijfsleven",
        "TNO",
        "de RVO",
        "het innovatieproces",
        "technologie",
    ),
    *(
        "productie van stroom",
        "productinnovatie",
        "het strafproces",
        "het budget",
        "de evaluatie",
        "een fabriek",
        "de WBSO en andere regelingen",
    ),
)
SENTENCES = (
    "De minister informeert de Kamer over {a} en {b}.",
    "In het debat vroegen verschillende leden aandacht voor {a}, met name waar {b} in het geding zijn.",
    "Voor de zomer volgt een voorstel over {a}; met gemeenten en provincies wordt gesproken over {b}.",
    "Uit onderzoek blijkt dat {a} onder druk staan en dat {b} vaker voorkomen dan vijf jaar geleden.",
    "Daarbij is ook gekeken naar {a}, {b} en de uitvoerbaarheid daarvan.",
    "Kunt u aangeven welke gevolgen dit heeft voor {a} en voor {b}?",
    "Het kabinet stelt middelen beschikbaar voor {a}, maar niet voor {b}.",
)
KINDS = (Kind.LETTER, Kind.QUESTION, Kind.ANSWER, Kind.MOTION, Kind.REPORT, Kind.DEBATE, Kind.NEWS, Kind.REGULATION)
WEIGHTS = (30, 12, 12, 14, 8, 4, 12, 8)


def ordinary(rng: random.Random, number: int) -> Document:
    """One paper of some policy field; one in five names a word that is near the subject."""
    name = rng.choice(list(FIELDS))
    words = FIELDS[name].split()
    opening = rng.choice(("Voortgang", "Beleid", "Vragen over", "Reactie op onderzoek naar", "Stand van zaken"))
    title = f"{opening} {' en '.join(rng.sample(words, 2))}"
    texts = []
    for _ in range(rng.randint(3, 9)):
        a, b = rng.sample(words, 2)
        texts.append(rng.choice(SENTENCES).format(a=a, b=b))
    if rng.random() < 0.2:
        texts.insert(rng.randrange(len(texts)), f"Zijdelings komt {rng.choice(NEAR)} aan de orde.")
    kind = rng.choices(KINDS, WEIGHTS)[0]
    return Document(f"gewoon-{number}", "", kind, title, tuple(Passage(Field.BODY, text) for text in texts))


def labelled(file: Path) -> list[Document]:
    """Official labelled papers, without their dates: they count as new."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [read_row({**row, "date": ""}) for row in rows if row["government_publication"]]


def quarter(pack: TopicPack, known: list[Document], papers: int) -> Volume:
    """What a quarter of these papers asks of a reader; scaled down, the working days are scaled with it."""
    rng = random.Random(2026)
    days = WORKDAYS[: max(1, len(WORKDAYS) * papers // PAPERS)]
    known = rng.sample(known, min(len(known), max(1, len(known) * papers // PAPERS)))
    judge = Judge([pack], "Koninklijke Metaalunie")
    stream: Iterator[Document] = (*(ordinary(rng, n) for n in range(papers)), *known).__iter__()
    judged = [(rng.choice(days), judge.judge(paper, EventKind.PUBLISHED)[0].level) for paper in stream]
    false = sum(level.rank <= Level.RELEVANT.rank for _, level in judged[:papers])
    found = volume(judged, days)
    print(
        f"\nquarter: {papers} ordinary papers and {len(known)} labelled ones over {found.days} working days: median "
        f"{float(found.relevant_a_day):g} relevant a day, {float(found.must_read_a_week):g} must-read a week; "
        f"{false} ordinary papers at relevant or higher"
    )
    return found


@pytest.fixture(scope="module")
def pack(root: Path) -> TopicPack:
    return parse_pack(YAML(typ="safe").load((root / "topics" / "procesinnovatie.yaml").read_text(encoding="utf-8")))


def own_examples(root: Path) -> list[Document]:
    return labelled(root / "tests" / "examples" / "relevance" / "eigen.jsonl")


def test_a_sample_of_a_quarter_stays_within_the_budget(pack: TopicPack, root: Path) -> None:
    found = quarter(pack, own_examples(root), PAPERS // 20)
    assert found.relevant_a_day <= pack.budget.relevant_per_day
    assert found.must_read_a_week <= pack.budget.must_read_per_week


@pytest.mark.torture
def test_a_whole_quarter_stays_within_the_budget(pack: TopicPack, root: Path) -> None:
    found = quarter(pack, own_examples(root), PAPERS)
    assert not found.over(pack.budget)


@pytest.mark.torture
@pytest.mark.shared
def test_a_whole_quarter_with_the_labelled_examples_stays_within_the_budget(pack: TopicPack, shared: Path) -> None:
    found = quarter(pack, labelled(shared / "eval" / "relevance.jsonl"), PAPERS)
    assert not found.over(pack.budget)


def test_a_topic_that_is_about_everything_warns_its_owner(root: Path) -> None:
    wide = parse_pack({"topic": "breed", "relevant": ["gemeente", "onderzoek", "voorstel"]})
    found = quarter(wide, own_examples(root), PAPERS // 6)
    assert found.over(wide.budget)
    assert "topic breed asks more than its budget" in in_english("breed", found, wide.budget)
