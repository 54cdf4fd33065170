"""Citations: every shape of the reference table, what must not be read, and the labelled rows where they are at hand."""

import json
from pathlib import Path

import pytest

from domain.citations import extract_ids, read_citations

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
# Rows of the labelled set on which we differ from the labeller, with the reason. None so far.
DISAGREED: dict[str, str] = {}

SHAPES = [
    ("Kamerstuk 32 637, nr. 473", "kst-32637-473"),
    ("kamerstuk 32637 nr 473", "kst-32637-473"),
    ("Kamerstuk 32.637, nummer 473", "kst-32637-473"),
    ("Kamerstuk 32\u2009637,\u00a0nr.\u202f473", "kst-32637-473"),
    ("(Kamerstuk 32 637, nr. 473", "kst-32637-473"),
    ("Kamerstuk 32 637, nr. 473)2 en", "kst-32637-473"),
    ("Kamerstuk\n32 637,\n\nnr. 473", "kst-32637-473"),
    ("Kamerstuk, 34 000, nr. 4", "kst-34000-4"),
    ("Kamerstuk 26 643, nr.701", "kst-26643-701"),
    ("Kamerstuk 32 793, 199)", "kst-32793-199"),
    ("29 344 nr. 67", "kst-29344-67"),
    ("29323, nr. 38", "kst-29323-38"),
    ("Kamerstukken 33 009 en 32 637, nr. 121", "kst-33009-121"),
    ("Kamerstukken 33 009, 32 637 en 31 288, nr. 117", "kst-33009-117"),
    ("Kamerstuk 33009/32637-121", "kst-33009-121"),
    ("32637; 33009, nr. 276", "kst-32637-276"),
    ("Kamerstukken 27 813 en 21 501-08, nr. 36", "kst-27813-36"),
    ("Kamerstukken 21 501-07 en 33 009, nr.1711", "kst-21501-07-1711"),
    ("Kamerstuk 36 200 XIII, nr. 127", "kst-36200-XIII-127"),
    ("Kamerstuk 36 200 L, nr. 9", "kst-36200-L-9"),
    ("35 099 (R2114), nr. D", "kst-35099-D"),
    ("35315-(R2137)-1", "kst-35315-1"),
    ("35300-IX-8", "kst-35300-IX-8"),
    ("21501-02-2074", "kst-21501-02-2074"),
    ("motie (35300-X, nr. 21)", "kst-35300-X-21"),
    ("vervangt 36064-14", "kst-36064-14"),
    ("kamerstukdossier 21501 30-476", "kst-21501-30-476"),
    ("kamerstukdossier 32637 -510", "kst-32637-510"),
    ("Kamerstukken 32 637, nrs. 395, 402 en 410", "kst-32637-395 kst-32637-402 kst-32637-410"),
    ("Kamerstuk 32 637, nrs 1-2", "kst-32637-1 kst-32637-2"),
    ("Kamerstuk 32 637, nr. 3 t/m 5", "kst-32637-3 kst-32637-4 kst-32637-5"),
    ("Kamerstuk 32 637, nr. 395 en nr. 402", "kst-32637-395 kst-32637-402"),
    ("Kamerstukken 32 637, nrs. 395 en 33 009, nr. 5", "kst-32637-395 kst-33009-5"),
    ("Kamerstuk 32 637, nr. 12 en 13 december", "kst-32637-12"),
    ("Kamerstukken II 2021/22, 32 637, nr. 480, p. 3", "kst-32637-480"),
    ("TK 2008–2009, 27 406, nr. 121", "kst-27406-121"),
    ("Tweede Kamer, vergaderjaar 2018–2019, 32 637, nr. 358", "kst-32637-358"),
    ("Kamerstukken I 2021/22, 35 925 XIII, F", "kst-35925-XIII-F"),
    ("Kamerstukken I 2015/16, 34 059, I)", "kst-34059-I"),
    ("Kamerstukken I 1998/99, 23 706, nr. 25d", "kst-19981999-23706-25d"),
    ("36349-E", "kst-36349-E"),
    ("Kamerstuk 36 349 E", "kst-36349-E"),
    ("Kamerstuk 36100-VII", "dossier:36100-VII"),
    ("Kamerstuk 36 200 L (begroting)", "dossier:36200-L"),
    ("Kamerstuk 21 501-30", "dossier:21501-30"),
    ("dossier 32 637", "dossier:32637"),
    ("KST3300978", "kst-33009-78"),
    ("KST2150130476", "kst-21501-30-476"),
    ("KST1173100 en Reference 36349, nr. C", "kst-36349-C"),
    ("kst-32637-\n480", "kst-32637-480"),
    ("kst-36349-e", "kst-36349-E"),
    ("Aanhangsel Handelingen II 2021/22, nr. 622", "ah-tk-20212022-622"),
    ("Aanhangsel van de Handelingen, vergaderjaar 2020-2021, nr. 4008", "ah-tk-20202021-4008"),
    ("Aanhangsel Handelingen, vergaderjaar 2024–2025, nr. 1028", "ah-tk-20242025-1028"),
    ("Aanh. II 2021/22, 622", "ah-tk-20212022-622"),
    ("Aanhangsel Handelingen I 2021/22, nr. 3", "ah-ek-20212022-3"),
    ("vergaderjaar 2020–2021, Aanhangsel 3235", "ah-tk-20202021-3235"),
    ("Handelingen II 2022/23, nr. 22, item 19", "h-tk-20222023-22-19"),
    ("Handelingen II 2012/13, nr. 87, nr. 25, blz. 42–45", "h-tk-20122013-87-25"),
    ("Handelingen II 2018/19, nr. 34, items 22 en 23", "h-tk-20182019-34-22 h-tk-20182019-34-23"),
    ("Handelingen II 2018/19, nr. 34", "h-tk-20182019-34"),
    ("Handelingen II 2005/06, nr. 14, blz. 991–996", "h-tk-20052006-991-996"),
    ("2018Z07804", "tkzaak:2018Z07804"),
    ("2025D24877", "tkdoc:2025D24877"),
    ("Staatscourant 2025, 42014", "stcrt-2025-42014"),
    ("Stcrt. 2017, nr. 30743", "stcrt-2017-30743"),
    ("Staatscourant 2017 nr. 30743 van 1 juni", "stcrt-2017-30743"),
    ("Stb. 2011, 15", "stb-2011-15"),
    ("Trb. 2012, 4", "trb-2012-4"),
    ("zie www.rvo.nl/files/brochure.pdf.", "url:https://www.rvo.nl/files/brochure.pdf"),
    ("(https://example.org/a_(b))", "url:https://example.org/a_(b)"),
    ("https://zoek.officielebekendmakingen.nl/behandelddossier/stb-2011-15.html", "stb-2011-15"),
    ("https://zoek.officielebekendmakingen.nl/stb-2022-270.html/kst-24446-73.html?x=1", "kst-24446-73"),
    ("https://zoek.officielebekendmakingen.nl/\nkst-32637-480.html", "kst-32637-480"),
    ("https://example.org/een-\n\ntwee.pdf", "url:https://example.org/een-twee.pdf"),
    ("https://example.org/een.\nDaarna", "url:https://example.org/een"),
]


@pytest.mark.parametrize(("text", "ids"), SHAPES)
def test_every_shape(text, ids):
    assert extract_ids(text) == tuple(ids.split())


@pytest.mark.parametrize(
    "text",
    [
        "nr. WJZ/ 97790503",
        "Regeling van 8 december 2016, nr. WJZ/16182614",
        "no. 2025000999, advies nr. W16.25.00102/II",
        "artikel 25, derde lid; nr. 2006/C 323/01 (PbEU C 323)",
        "Raadpleegbaar via www.tweedekamer.nl",
        "activiteit 2024A04275",
        "tussen 10 000 en 20 000 euro, op 5 mei",
        "van € 25.000, 32 637 deelnemers",
        "Aanhangsel Handelingen II 2021/23, nr. 3",
        "Staatsblad 2021-09",
        "de h-index van 12",
        "KST1173100",
        "",
    ],
)
def test_what_is_no_citation(text):
    assert extract_ids(text) == ()


def test_order_is_that_of_the_text_and_nothing_comes_twice():
    text = "Zie Stb. 2011, 15, Kamerstuk 32 637, nr. 4, nogmaals Stb. 2011, 15 en https://zoek.officielebekendmakingen.nl/kst-32637-4.html"
    assert extract_ids(text) == ("stb-2011-15", "kst-32637-4")


def test_the_sentence_is_the_one_around_the_citation():
    text = "De cijfers volgen later. Ik wijs op mijn eerdere brief (Kamerstuk 32 637,\nnr. 473) over dit onder-\nwerp. Tot zover."
    (found,) = read_citations(text)
    assert found.id == "kst-32637-473"
    assert found.raw == "Kamerstuk 32 637, nr. 473"
    assert found.sentence == "Ik wijs op mijn eerdere brief (Kamerstuk 32 637, nr. 473) over dit onderwerp."


def test_on_repaired_text_the_sentence_is_an_exact_quote():
    text = "Eerst dit. Daarna Aanhangsel Handelingen II 2021/22, nr. 622, en meer. Dan dat."
    (found,) = read_citations(text)
    assert found.sentence in text
    assert found.sentence.startswith("Daarna")


def test_one_citation_may_name_two_papers_with_the_same_words():
    found = read_citations("https://www.tweedekamer.nl/kamerstukken/kamervragen/detail?did=2021D42701&id=2021Z14507")
    assert [one.id for one in found] == ["tkdoc:2021D42701", "tkzaak:2021Z14507"]
    assert len({one.raw for one in found}) == 1


@pytest.mark.shared
def test_labelled_rows():
    rows = SHARED / "eval" / "citations.jsonl"
    if not rows.is_file():
        pytest.skip("the labelled rows are not beside the checkout")
    wrong = {}
    for line in rows.read_text().splitlines():
        row = json.loads(line)
        if list(extract_ids(row["text"])) != row["expected"]:
            wrong[row["id"]] = extract_ids(row["text"])
    assert set(wrong) == set(DISAGREED), wrong
