"""Regulations through the reader of the Staatscourant, in the shape of its XML; and the real texts beside the checkout."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from domain.amending import Action, is_amending, read_amendments
from domain.amending_changes import act_changes
from domain.change import ChangeSort
from domain.documents import Document, Field, Passage
from domain.listings import Answer, Scope
from domain.scheme_acts import read_act, stated
from domain.scheme_reader import fact_label, fact_value, read_sheet
from domain.scheme_unread import Cause, unread
from domain.text import repair
from sources import ADAPTERS

METADATA = (
    '<metadata_gegevens><metadata name="DC.identifier" scheme="OVERHEIDop.StcrtID" content="{id}"/>'
    '<metadata name="DC.title" scheme="" content="{title}"/><metadata name="DCTERMS.issued" scheme="" content="2019-02-22"/>'
    '<metadata name="DC.type" scheme="OVERHEIDop.Staatscourant" content="Ministeriële regelingen"/></metadata_gegevens>'
)
TITLE = (
    "Regeling tot wijziging van de Regeling nationale EZK- en LNV-subsidies en de "
    "Regeling openstelling EZK- en LNV-subsidies 2019"
)
ROW = "<row>{}</row>"
ENTRY = "<entry{}><al>{}</al></entry>"


def rows(*cells: tuple[tuple[str, str], ...]) -> str:
    """Rows of a CALS table; a cell is (attributes, text)."""
    return "".join(ROW.format("".join(ENTRY.format(more, text) for more, text in row)) for row in cells)


# An amending act as the publication's schema has it: lettered and numbered instructions, and a table with a cell over two rows.
TABLE = (
    "<table><tgroup cols='4'><thead>"
    + rows((("", "Titel"), ("", "Onderdeel"), ("", "Openstelling"), ("", "Subsidieplafond")))
    + "</thead><tbody>"
    + rows(
        (
            (" morerows='1'", "3.4"),
            ("", "Haalbaarheidsprojecten"),
            ("", "9 april 2019, 09:00 uur t/m 10 september 2019, 17:00 uur"),
            ("", "€ 1.500.000"),
        ),
        (("", "R&amp;D-samenwerkingsprojecten"), ("", "11-06-2019 t/m 10-09-2019"), ("", "€ 2,5 miljoen")),
        (("", "3.3"), ("", "HTSM/ICT"), ("", "15-04-2019 t/m 04-07-2019"), ("", "€ 400.000")),
    )
    + "</tbody></tgroup></table>"
)
BODY = f"""<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><staatscourant><kop><titel>{TITLE}</titel></kop><regeling>
<aanhef><al>Gelet op artikel 3;</al><afkondiging><al>Besluit:</al></afkondiging></aanhef><regeling-tekst>
<wijzig-artikel><kop><label>Artikel</label><nr>I</nr></kop>
<wat>De Regeling nationale EZK- en LNV-subsidies wordt als volgt gewijzigd:</wat>
<wijzig-lid><lidnr>A</lidnr><wat>Artikel 3.4.5 wordt als volgt gewijzigd:</wat>
<wijzig-lid><lidnr>1.</lidnr><wat>In het tweede lid wordt ‘EUR 25.000’ vervangen door ‘EUR 20.000’.</wat></wijzig-lid>
<wijzig-lid><lidnr>2.</lidnr><wat>Het vierde lid vervalt.</wat></wijzig-lid></wijzig-lid>
<wijzig-lid><lidnr>B</lidnr><wat>In artikel 3.4.16 wordt de berekening dienovereenkomstig toegepast.</wat></wijzig-lid>
</wijzig-artikel>
<wijzig-artikel><kop><label>Artikel</label><nr>II</nr></kop>
<wat>De tabel van artikel 1 van de Regeling openstelling EZK- en LNV-subsidies 2019 komt te luiden:</wat>
{TABLE}</wijzig-artikel>
<artikel><kop><label>Artikel</label><nr>III</nr></kop>
<al>Deze regeling treedt in werking met ingang van 1 april 2019.</al></artikel>
</regeling-tekst><regeling-sluiting><ondertekening><functie>De Minister van Economische Zaken en Klimaat</functie></ondertekening>
</regeling-sluiting><nota-toelichting><kop><titel>Toelichting</titel></kop><tekst>
<al>In artikel 3.4.5 wordt ‘x’ vervangen door ‘y’.</al>
</tekst></nota-toelichting></regeling></staatscourant></officiele-publicatie>"""


def gazette(body: str = BODY, title: str = TITLE) -> Document:
    """What the reader of the Staatscourant makes of this XML."""
    adapter = ADAPTERS["officielebekendmakingen"]
    url = adapter.url_for("stcrt-2019-10565")
    assert url is not None
    answers = {
        "xml": Answer(url, url, 200, (), body.encode()),
        "metadata": Answer(url, url, 200, (), METADATA.format(id="stcrt-2019-10565", title=title).encode()),
    }
    return adapter.read(url, answers, Scope("officielebekendmakingen")).document


def test_an_amending_act_with_a_table_of_openings() -> None:
    document = gazette()
    sheet = document.scheme
    assert sheet is not None
    assert (sheet.scheme, sheet.provisional) == ("mit", False)
    assert {fact_label(fact): fact_value(fact) for fact in sheet.facts} == {
        "opent (haalbaarheidsproject)": "di 9 april 2019, 09.00 uur",
        "sluit (haalbaarheidsproject)": "di 10 september 2019, 17.00 uur",
        "plafond (haalbaarheidsproject)": "€ 1.500.000",
        "opent (R&D-samenwerkingsproject)": "di 11 juni 2019",
        "sluit (R&D-samenwerkingsproject)": "di 10 september 2019",
        "plafond (R&D-samenwerkingsproject)": "€ 2.500.000",
        "maximum (haalbaarheidsproject)": "€ 20.000",
    }
    said = [(c.label, c.before, c.after, c.delta) for c in act_changes(document) if c.sort is ChangeSort.FACT]
    assert ("maximum (haalbaarheidsproject), artikel 3.4.5, tweede lid", "€ 25.000", "€ 20.000", "-20 %") in said
    assert ("artikel 3.4.5, vierde lid", "niet gelezen", "vervallen", "") in said
    assert ("plafond (HTSM/ICT), titel 3.3", "niet gelezen", "€ 400.000", "") in said
    assert [c.after for c in act_changes(document) if c.sort is ChangeSort.UNREAD] == [
        "In artikel 3.4.16 wordt de berekening dienovereenkomstig toegepast."
    ]


def test_a_regulation_about_anything_else_has_no_sheet() -> None:
    title = "Regeling tot wijziging van de Regeling verkeersborden"
    text = BODY.replace("EZK- en LNV-subsidies", "verkeersborden")
    assert gazette(text, title).scheme is None


MARK = re.compile(r"(#+)\s*(.+)")


def law(path: Path) -> tuple[str, tuple[Passage, ...]]:
    """A real act in markdown: its title and its passages."""
    title, heading = "", ""
    out: list[Passage] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = repair(line)
        if not text or text.startswith("<meta"):
            continue
        head = MARK.fullmatch(text)
        if head and len(head[1]) == 2 and not title:
            title = head[2]
            continue
        heading = head[2] if head else heading
        out.append(Passage(Field.BODY, head[2] if head else text, heading))
    return title, tuple(out)


@pytest.mark.shared
def test_real_acts_are_read_and_what_is_not_understood_is_listed(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: dict[str, tuple[int, int]] = {}
    with capsys.disabled():
        print()
        for path in sorted((shared / "real/wetten_bwb/laws-markdown").glob("*.md")):
            title, said = law(path)
            sheet = read_act(title, said)
            lines = tuple(stated(said))
            instructions = read_amendments(lines) if is_amending(title, lines) else ()
            missed = [one.sentence for one in instructions if one.action is Action.UNREAD] or [
                one.told for one in unread(lines, sheet)
            ]
            counts[path.stem] = (len(sheet.facts) if sheet else 0, len(missed))
            print(f"  {path.stem}: {counts[path.stem][0]} facts, {len(missed)} lines in figures not read: {missed[0][:90]}")
    assert len(counts) == 8
    # The text of 2017 holds dozens of schemes: no sentence of it may pass for a fact of all of them.
    assert counts["BWBR0035474"][0] == 0
    assert counts["BWBR0035474"][1] > 300
    # The publisher's text of an amending decree leaves out what it amends, so nothing can be understood.
    assert counts["BWBR0026535"][1] > 5


@pytest.mark.shared
def test_the_real_article_of_the_mit_states_what_is_known_of_it(shared: Path) -> None:
    """That article 3.4.5, second member, states the most of a feasibility project, and the third its rate."""
    _, said = law(shared / "real/wetten_bwb/laws-markdown/BWBR0035474.md")
    start = next(place for place, passage in enumerate(said) if passage.text == "Artikel 3.4.5")
    members = [passage for passage in said[start : start + 6] if re.match(r"[23]\.", passage.text)]
    found = read_sheet("mit", "MIT", [Passage(Field.BODY, member.text) for member in members]).facts
    assert [(fact_label(fact), fact_value(fact)) for fact in found] == [
        ("maximum", "€ 50.000"),
        ("subsidiepercentage (haalbaarheidsproject)", "40%"),
    ]


@pytest.mark.shared
def test_the_real_brochures_are_read_and_what_is_not_understood_is_listed(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in sorted((shared / "real/rvo/subsidie_matcher").glob("*.pdf")):
        url = f"https://www.rvo.nl/sites/default/files/2025-01/{path.name}"
        answer = Answer(url, url, 200, (("content-type", "application/pdf"),), path.read_bytes())
        document = ADAPTERS["rvo"].read(url, {"pdf": answer}, Scope("rvo")).document
        sheet = read_sheet("x", document.title, document.passages)
        missed = unread(document.passages, sheet)
        with capsys.disabled():
            causes = Counter(one.cause.value for one in missed)
            print(f"\n  {path.name}: {len(sheet.facts)} facts, {len(missed)} lines in figures not read {dict(causes)}")
            print("\n".join(f"    {fact_label(fact)}: {fact_value(fact)}" for fact in sheet.facts))
        assert len(document.passages) > 500
        assert len(missed) > 50
        assert all(one.cause in Cause for one in missed)
