"""Noise rules: which sentences they take out, what they never touch, and which rules are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.changes import compare
from domain.documents import Document, Field, Kind, Passage
from domain.noise import fault, strip
from domain.scheme_reader import read_sheet

CHECKED = "Laatst gecontroleerd op"


@pytest.mark.parametrize(
    ("rules", "text", "left"),
    [
        ((), "Laatst gecontroleerd op: 3 mei 2026", "Laatst gecontroleerd op: 3 mei 2026"),
        ((CHECKED,), "Laatst gecontroleerd op: 3 mei 2026", ""),
        ((CHECKED,), "LAATST GECONTROLEERD OP 3-5-2026", ""),
        ((CHECKED,), "Laatst gecontroleerd op 3 mei 2026. De subsidie is verlaagd.", "De subsidie is verlaagd."),
        ((CHECKED,), "De subsidie is verlaagd. Laatst gecontroleerd op 3 mei 2026.", "De subsidie is verlaagd."),
        ((CHECKED,), "Deze tekst is laatst gecontroleerd op 3 mei.", "Deze tekst is laatst gecontroleerd op 3 mei."),
        (("{getal} keer bekeken",), "1.204 keer bekeken", ""),
        (("{getal} keer bekeken",), "vaak keer bekeken", "vaak keer bekeken"),
        (("Bijgewerkt {datum} om {tijd}",), "Bijgewerkt 3 mei 2026 om 09.30 uur door de redactie.", ""),
        (("Bijgewerkt {DATUM}",), "Bijgewerkt gisteren", "Bijgewerkt gisteren"),
        (("a.b (c",), "a.b (c staat er", ""),
    ],
)
def test_a_rule_takes_out_the_sentences_that_begin_with_it(rules, text, left):
    said, hidden = strip(text, rules)
    assert said == left
    assert hidden.total() == (said != text)


def test_what_is_hidden_is_counted_by_rule():
    passages = tuple(Passage(Field.BODY, f"{CHECKED} 3 mei. Alinea {n}. 12 keer bekeken.") for n in range(3))
    paper = Document("rvo:x", "https://www.rvo.nl/x", Kind.SCHEME, "X", (*passages, Passage(Field.BOILERPLATE, CHECKED)))
    assert paper.hidden((CHECKED, "{getal} keer bekeken")) == {CHECKED: 3, "{getal} keer bekeken": 3}
    assert [p.text for p in paper.without((CHECKED, "{getal} keer bekeken")).passages] == [f"Alinea {n}." for n in range(3)]
    assert paper.without(()).hidden((CHECKED,)) == {CHECKED: 3}


def test_a_rule_never_hides_a_scheme_fact():
    def page(amount):
        passages = (Passage(Field.BODY, f"Het subsidieplafond is {amount}."),)
        return Document(
            "rvo:mit", "https://www.rvo.nl/mit", Kind.SCHEME, "MIT", passages, scheme=read_sheet("mit", "MIT", passages)
        )

    rule = ("Het subsidieplafond",)
    old, new = page("€ 7.150.000").without(rule), page("€ 8,35 miljoen").without(rule)
    assert old.passages == new.passages == ()
    (change,) = compare(old, new)
    assert (change.label, change.before, change.after, change.delta) == ("plafond", "€ 7.150.000", "€ 8.350.000", "+16,8 %")


def test_a_document_without_noise_stays_the_same_value():
    paper = Document("rvo:x", "https://www.rvo.nl/x", Kind.NEWS, "X", (Passage(Field.BODY, "Alinea."),))
    assert paper.without((CHECKED,)) is paper
    assert replace(paper, passages=()).without((CHECKED,)).passages == ()


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (CHECKED, ""),
        ("{getal} keer bekeken", ""),
        ("{getal} {datum}", "fewer than 4 letters"),
        ("de", "fewer than 4 letters"),
        ("{dag} bijgewerkt", "{dag} is no mark"),
        ("bijgewerkt {datum", "{datum is no mark"),
        ("(.*a){20}bijgewerkt", "{20} is no mark"),
    ],
)
def test_rules_that_cannot_be_used_say_why(rule, wrong):
    assert wrong in fault(rule)
    assert bool(fault(rule)) == bool(wrong)


def test_no_rule_is_slow_on_any_text():
    text = "12.345.678,90 " * 20_000 + "{getal}" * 1000
    said, hidden = strip(text, ("{getal} {getal} keer bekeken", "{datum} {tijd} bijgewerkt"))
    assert (said, hidden.total()) == (text, 0)
