"""What changed in a paper, as a reader is told it, and what the changes amount to."""

from dataclasses import replace

import pytest

from domain.changes import Change, ChangeSort, compare, event_kind
from domain.documents import AttachmentRef, Document, Field, Kind, Passage
from domain.events import EventKind
from domain.scheme_reader import read_sheet

BASE = Document(
    "kst-32637-480",
    "https://zoek.officielebekendmakingen.nl/kst-32637-480.html",
    Kind.LETTER,
    "Reactie op de verkenning",
    (Passage(Field.BODY, "Eerste alinea."), Passage(Field.BODY, "Tweede alinea over het mkb."), Passage(Field.BODY, "Slot.")),
)


def scheme(*lines):
    passages = tuple(Passage(Field.BODY, line) for line in lines)
    url = "https://www.rvo.nl/subsidies-financiering/wbso"
    return Document("rvo:wbso", url, Kind.SCHEME, "WBSO", passages, scheme=read_sheet("wbso", "WBSO", passages))


def text(document, *lines):
    return replace(document, passages=tuple(Passage(Field.BODY, line) for line in lines))


def told(old, new):
    return [(change.label, change.before, change.after, change.delta) for change in compare(old, new)]


def test_equal_content_is_no_change_wherever_it_stands():
    assert compare(BASE, BASE) == ()
    assert compare(BASE, replace(BASE, url="https://example.org/elders", id="url:https://example.org/elders")) == ()


def test_a_change_is_never_empty():
    with pytest.raises(ValueError, match="no change"):
        Change(ChangeSort.TEXT, "tekst", "zo", "zo")


def test_facts_come_first_with_their_step():
    old = scheme(
        "Tarief eerste schijf: 40%",
        "Tarief eerste schijf starters: 50%",
        "Het budget is € 7.150.000.",
        "Status: Open voor aanvragen",
    )
    new = scheme(
        "Tarief eerste schijf: 32%", "Tarief eerste schijf starters: 40%", "Het budget is € 8,35 miljoen.", "Status: Gesloten"
    )
    changes = compare(old, new)
    facts = [(c.label, c.before, c.after, c.delta) for c in changes if c.sort is ChangeSort.FACT]
    assert facts == [
        ("tarief eerste schijf", "40%", "32%", "-8 procentpunt"),
        ("tarief eerste schijf, starters", "50%", "40%", "-10 procentpunt"),
        ("budget", "€ 7.150.000", "€ 8.350.000", "+16,8 %"),
        ("status", "open voor aanvragen", "gesloten voor aanvragen", ""),
    ]
    assert [c.sort for c in changes[: len(facts)]] == [ChangeSort.FACT] * len(facts)
    assert changes[0].sentence == "Tarief eerste schijf: 32%"
    assert event_kind(old, new, changes) is EventKind.SCHEME_CHANGED


def test_a_fact_that_is_gone_is_told_without_a_made_up_value():
    old, new = scheme("Het subsidieplafond is € 5 miljoen."), scheme("Het plafond wordt later bekend.")
    (fact, *_) = compare(old, new)
    assert (fact.label, fact.before, fact.after, fact.delta) == ("plafond", "€ 5.000.000", "niet gelezen", "niet meer vermeld")


def test_a_new_fact_and_a_sheet_read_for_the_first_time():
    old, new = scheme("Tekst."), scheme("Tekst.", "U kunt aanvragen vanaf 17 januari 2022, 09:00 uur.")
    assert told(old, new)[0] == ("opent", "niet gelezen", "ma 17 januari 2022, 09.00 uur", "")
    unread = replace(new, scheme=None)
    assert told(unread, new) == [("gegevens van de regeling", "niet gelezen", "gelezen", "")]


def test_rewording_around_a_fact_is_no_fact_change():
    old = scheme("Het budget voor 2022 is € 5 miljoen.")
    new = scheme("Voor 2022 heeft de minister een budget van € 5.000.000 vrijgemaakt.")
    assert {change.sort for change in compare(old, new)} == {ChangeSort.TEXT}


def test_provisional_becomes_final():
    old = scheme("Het budget is € 5 miljoen.")
    assert old.scheme is not None
    new = replace(old, scheme=replace(old.scheme, provisional=False))
    assert told(old, new) == [("status van de gegevens", "voorlopig", "definitief", "")]


def test_title_and_kind():
    new = replace(BASE, title="Reactie op het rapport", kind=Kind.REPORT)
    assert told(BASE, new) == [
        ("titel", "Reactie op de verkenning", "Reactie op het rapport", ""),
        ("soort stuk", "brief", "rapport", ""),
    ]


def test_paragraphs_added_dropped_rewritten_and_moved():
    assert told(BASE, text(BASE, "Eerste alinea.", "Tweede alinea over het mkb.", "Nieuw hier.", "Slot.")) == [
        ("alinea toegevoegd", "", "Nieuw hier.", "")
    ]
    assert told(BASE, text(BASE, "Eerste alinea.", "Slot.")) == [("alinea vervallen", "Tweede alinea over het mkb.", "", "")]
    assert told(BASE, text(BASE, "Eerste alinea.", "Tweede alinea over het grootbedrijf.", "Slot.")) == [
        ("alinea gewijzigd", "Tweede alinea over het mkb.", "Tweede alinea over het grootbedrijf.", "")
    ]
    assert told(BASE, text(BASE, "Slot.", "Eerste alinea.", "Tweede alinea over het mkb.")) == [
        ("alinea verplaatst", "alinea 3", "alinea 1", "")
    ]


def test_a_rewritten_paragraph_shows_only_the_sentences_that_differ_and_the_step():
    old = text(BASE, "Dit blijft zo staan. De subsidie is maximaal € 20.000 per project. Dit ook.")
    new = text(BASE, "Dit blijft zo staan. De subsidie is maximaal € 25.000 per project. Dit ook.")
    assert told(old, new) == [
        (
            "alinea gewijzigd",
            "De subsidie is maximaal € 20.000 per project.",
            "De subsidie is maximaal € 25.000 per project.",
            "+25 %",
        )
    ]


def test_a_paragraph_is_named_by_its_heading():
    old = replace(BASE, passages=(Passage(Field.BODY, "Alinea een.", "Budget"),))
    new = replace(BASE, passages=(Passage(Field.BODY, "Alinea twee.", "Budget"),))
    assert told(old, new)[0][0] == "alinea gewijzigd onder «Budget»"


def test_headings_and_places_alone_are_told_as_well():
    old = replace(BASE, passages=(Passage(Field.BODY, "Alinea.", "Oud kopje"),))
    assert told(old, replace(BASE, passages=(Passage(Field.BODY, "Alinea.", "Nieuw kopje"),))) == [
        ("kop boven de tekst", "Oud kopje", "Nieuw kopje", "")
    ]
    assert told(old, replace(BASE, passages=(Passage(Field.SUMMARY, "Alinea.", "Oud kopje"),))) == [
        ("plaats van de tekst in het stuk", "body", "summary", "")
    ]


NOTE = AttachmentRef("blg-1", "Beslisnota", "")
REPORT = AttachmentRef("blg-2", "Onderzoek", "")


@pytest.mark.parametrize(
    ("before", "after", "expected", "kind"),
    [
        ((), (NOTE,), [("bijlage toegevoegd", "", "Beslisnota", "")], EventKind.ATTACHMENT_ADDED),
        ((NOTE,), (), [("bijlage vervallen", "Beslisnota", "", "")], EventKind.ATTACHMENT_REMOVED),
        (
            (NOTE,),
            (AttachmentRef("blg-1", "Beslisnota bij de brief", ""),),
            [("bijlage hernoemd", "Beslisnota", "Beslisnota bij de brief", "")],
            EventKind.ATTACHMENT_REPLACED,
        ),
        (
            (NOTE,),
            (AttachmentRef("blg-9", "Beslisnota", ""),),
            [("bijlage vervangen: Beslisnota", "blg-1", "blg-9", "")],
            EventKind.ATTACHMENT_REPLACED,
        ),
        (
            (NOTE, REPORT),
            (REPORT, NOTE),
            [("volgorde van de bijlagen", "Beslisnota (blg-1); Onderzoek (blg-2)", "Onderzoek (blg-2); Beslisnota (blg-1)", "")],
            EventKind.ATTACHMENT_REPLACED,
        ),
    ],
)
def test_attachments(before, after, expected, kind):
    old, new = replace(BASE, attachments=before), replace(BASE, attachments=after)
    assert told(old, new) == expected
    assert event_kind(old, new, compare(old, new)) is kind


@pytest.mark.parametrize(
    ("old_title", "title", "number", "kind"),
    [
        ("Brief", "Brief (rectificatie)", "480", EventKind.CORRECTED),
        ("Brief", "Brief, herdruk", "480", EventKind.CORRECTED),
        ("Brief", "Brief", "480-h1", EventKind.CORRECTED),
        ("Ongecorrigeerd stenogram", "Gecorrigeerd stenogram", "", EventKind.CORRECTED),
        ("Brief, herdruk", "Brief, herdruk", "480", EventKind.REVISED),
        ("Brief", "Andere brief", "480", EventKind.REVISED),
    ],
)
def test_corrections(old_title, title, number, kind):
    old = replace(BASE, title=old_title)
    new = text(replace(BASE, title=title, number=number), "Andere tekst.")
    assert event_kind(old, new, compare(old, new)) is kind
