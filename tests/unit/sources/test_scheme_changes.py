"""Real changes of schemes (the labelled rows beside the checkout) on miniature pages in our own words: every step exact.

A row gives field, before and after; the sentences are ours. Rows that no field of a sheet can hold stand in `REASONS`.
"""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from domain.amending_changes import act_changes
from domain.documents import Document, Field, Kind, Passage
from domain.fact_changes import fact_changes
from domain.listings import Answer, Scope
from domain.scheme_acts import read_act
from domain.schemes import SchemeSheet
from sources import ADAPTERS

pytestmark = pytest.mark.shared

NEW = "niet gelezen"
Told = tuple[str, str, str, str]
REASONS = {
    ("WBSO", "2022-01-01", "aanvraagperiode"): "how periods may overlap is said in words; a sheet holds days",
    ("WBSO", "2022-01-01", "aftrek zelfstandigen"): "a deduction for the self-employed is no field of a sheet",
    ("WBSO", "2025-01-01", "aftrek zelfstandigen"): "a deduction for the self-employed is no field of a sheet",
    ("WBSO", "2025-01-01 (definitief 2024-12-17)", "budget"): "after is a rounded figure (ruim): no exact value is stated",
    ("WBSO", "2026-01-01", "budget"): "before is a rounded figure (ruim): no exact value is stated",
    ("MIT", "2015-05-19", "budget"): "after is a rounded figure (ruim): no exact value is stated",
    ("MIT", "2015-05-21", "status advies/haalbaarheid"): "oversubscribed is no status label of rvo.nl",
    ("MIT", "2019", "deelnemende provincies"): "which provinces take part is no field of a sheet",
    ("MIT", "2021", "doel/aansluiting"): "the aim is no field of a sheet",
    ("MIT", "2022", "uitvoerder haalbaarheidsprojecten"): "who carries it out is no field of a sheet",
    ("MIT", "2022", "thema"): "a theme is no field of a sheet",
    ("MIT", "2024", "indeling R&D-samenwerking"): "before speaks of the subsidy, after of the costs: not one fact",
    ("MIT", "2025", "instrumenten"): "parts that are dropped are told by the articles that lapse; the row names no article",
}


def sheet(scheme: str, status: str, body: str) -> SchemeSheet:
    """What the reader of rvo.nl makes of a page."""
    url = f"https://www.rvo.nl/subsidies-financiering/{scheme}"
    page = (
        f"<!DOCTYPE html><html><head><title>Regeling | RVO.nl</title></head><body><main><h1>Regeling</h1><div>{status}</div>"
        f"{body}"
        "<p>Een gewone regel die nergens over gaat.</p></main></body></html>"
    )
    answer = Answer(url, url, 200, (("content-type", "text/html; charset=utf-8"),), page.encode())
    found = ADAPTERS["rvo"].read(url, {"page": answer}, Scope("rvo")).document.scheme
    assert found is not None
    return found


def told(
    scheme: str, before: str, after: str, statuses: tuple[str, str] = ("Open voor aanvragen", "Open voor aanvragen")
) -> set[Told]:
    """What is told of a page that said `before` and says `after`."""
    changes = fact_changes(sheet(scheme, statuses[0], before), sheet(scheme, statuses[1], after))
    return {(c.label, c.before, c.after, c.delta) for c in changes}


def points(before: str, after: str) -> str:
    """The step between two rates, reckoned apart from the product."""
    step = Decimal(after.rstrip("%").replace(",", ".")) - Decimal(before.rstrip("%").replace(",", "."))
    return f"{'+' if step > 0 else '-'}{str(abs(step)).replace('.', ',')} procentpunt"


def share(before: int, after: int) -> str:
    """The step between two amounts in euros, one decimal, half up."""
    step = (Decimal(after - before) * 100 / Decimal(before)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{'+' if step > 0 else '-'}{str(abs(step)).replace('.', ',').removesuffix(',0')} %"


def euros(text: str) -> int:
    """The first amount of a row ("1438 mln EUR", "350000 EUR")."""
    found = re.search(r"(\d+(?:,\d+)?)( mln| mld)?", text)
    assert found
    return int(Decimal(found[1].replace(",", ".")) * {None: 1, " mln": 10**6, " mld": 10**9}[found[2]])


def money(value: int) -> str:
    """Euros as a Dutch page writes them."""
    return f"€ {value:,}".replace(",", ".")


def rates(row: dict[str, str], name: str, label: str) -> tuple[set[Told], set[Told]]:
    body = "<table><tr><th>Onderdeel</th><th>Waarde</th></tr><tr><td>{}</td><td>{}</td></tr></table>"
    before, after = (row[side] for side in ("before", "after"))
    return told("wbso", body.format(name, before), body.format(name, after)), {(label, before, after, points(before, after))}


def amounts(row: dict[str, str], sentence: str, label: str, scheme: str) -> tuple[set[Told], set[Told]]:
    after = euros(row["after"])
    if row["before"] is None:
        return told(scheme, "", sentence.format(money(after))), {(label, NEW, money(after), "")}
    before = euros(row["before"])
    made = told(scheme, sentence.format(money(before)), sentence.format(money(after)))
    return made, {(label, money(before), money(after), share(before, after))}


def brackets(row: dict[str, str]) -> tuple[set[Told], set[Told]]:
    """Three rates that stay; a limit that the later row adds is met for the first time."""
    sentence = "<p>U krijgt {} in de eerste schijf ({} voor starters) en {} in de tweede schijf.</p>"
    pages = [sentence.format(*re.findall(r"\d+%", row[side])) for side in ("before", "after")]
    limit = re.search(r"grens (\d+)", row["after"])
    extra = f"<p>De eerste schijf loopt tot {money(int(limit[1]))}.</p>" if limit else ""
    return told("wbso", pages[0], pages[1] + extra), {("grens eerste schijf", NEW, money(int(limit[1])), "")} if limit else set()


def period(row: dict[str, str], before: str, after: str, expected: set[Told]) -> tuple[set[Told], set[Told]]:
    return told("mit", before, after), expected


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    def line(tag: str, cells: tuple[str, ...]) -> str:
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"

    return f"<table>{line('th', head)}{''.join(line('td', row) for row in rows)}</table>"


def run(row: dict[str, str]) -> tuple[set[Told], set[Told]]:
    """What is told of the row's change, and what has to be told of it."""
    key = (row["scheme"], row["effective"], row["field"])
    field = row["field"]
    if row["scheme"] == "WBSO":
        if field in ("tarief 1e schijf", "tarief 1e schijf starters", "tarief 2e schijf"):
            name = field.replace("1e", "eerste").replace("2e", "tweede")
            return rates(row, name.capitalize(), name.replace(" starters", ", starters"))
        if field == "tarieven":
            return brackets(row)
        if field == "grens 1e schijf":
            return amounts(row, "<p>De eerste schijf loopt tot {}.</p>", "grens eerste schijf", "wbso")
        if field == "budget":
            return amounts(row, "<p>Het budget is {}.</p>", "budget", "wbso")
    if field == "budget":
        return amounts(row, "<p>Het budget is {}.</p>", "budget", "mit")
    if field.startswith("maximum "):
        name = "R&D-samenwerkingsproject" if "R&D" in field else "haalbaarheidsproject"
        return amounts(row, f"<p>Voor een {name.replace('&', '&amp;')} krijgt u maximaal {{}}.</p>", f"maximum ({name})", "mit")
    if field == "vervaldatum regeling":
        return lapsing(row)
    return BY_HAND[key](row)


def lapsing(row: dict[str, str]) -> tuple[set[Told], set[Told]]:
    """The day on which a regulation lapses is changed by an amending act."""
    line = "In artikel 3.4.25 wordt “1 maart 2018” vervangen door “1 maart 2023”."
    assert (row["before"], row["after"]) == ("2018-03-01", "2023-03-01")
    title = "Regeling tot wijziging van de Regeling nationale EZ-subsidies"
    passages = (Passage(Field.BODY, "Artikel I", "Artikel I"), Passage(Field.BODY, line, "Artikel I"))
    act = Document("stcrt-2018-1", "u", Kind.REGULATION, title, passages, scheme=read_act(title, passages))
    return {(c.label, c.before, c.after, c.delta) for c in act_changes(act)}, {
        ("artikel 3.4.25", "do 1 maart 2018", "wo 1 maart 2023", "")
    }


WHEN = ("Onderdeel", "Openstelling")
BY_HAND = {
    ("WBSO", "2022-01-01", "indiendatum voor start 1 januari"): lambda row: period(
        row,
        "",
        "<p>Wilt u beginnen op 1 januari 2022? Dien uw aanvraag uiterlijk 20 december 2021 in.</p>"
        "<p>Bent u zelfstandige? Dan kunt u aanvragen tot en met 1 januari 2022.</p>",
        {
            ("uiterste datum (start 1 januari)", NEW, "ma 20 december 2021", ""),
            ("sluit (zelfstandigen)", NEW, "za 1 januari 2022", ""),
        },
    ),
    ("WBSO", "2025", "laatste indiendatum lopend jaar"): lambda row: period(
        row,
        "",
        "<p>Dien uw laatste aanvraag voor dit jaar uiterlijk 30 september 2025 in.</p>",
        {("uiterste datum", NEW, "di 30 september 2025", "")},
    ),
    ("MIT", "2013-05-15", "openstelling"): lambda row: period(
        row,
        "",
        table(
            WHEN,
            ("HTSM", "15-05-2013 t/m 01-07-2013"),
            ("T&amp;U", "15-05-2013 t/m 01-07-2013"),
            ("Water", "22-05-2013 t/m 01-07-2013"),
        ),
        {
            *((f"opent ({part})", NEW, "wo 15 mei 2013", "") for part in ("HTSM", "T&U")),
            ("opent (Water)", NEW, "wo 22 mei 2013", ""),
            *((f"sluit ({part})", NEW, "ma 1 juli 2013", "") for part in ("HTSM", "T&U", "Water")),
        },
    ),
    ("MIT", "2013-09-25", "extra openstelling"): lambda row: period(
        row,
        table(("Onderdeel", "Openstelling", "Plafond"), ("HTSM", "15-05-2013 t/m 01-07-2013", "")),
        table(("Onderdeel", "Openstelling", "Plafond"), ("HTSM", "25-09-2013 t/m 03-10-2013", "€ 1,54 mln")),
        {
            ("opent (HTSM)", "wo 15 mei 2013", "wo 25 september 2013", ""),
            ("sluit (HTSM)", "ma 1 juli 2013", "do 3 oktober 2013", ""),
            ("plafond (HTSM)", NEW, "€ 1.540.000", ""),
        },
    ),
    ("MIT", "2017-04-11", "percentage haalbaarheidsproject"): lambda row: period(
        row,
        "",
        "<p>Voor een haalbaarheidsproject krijgt u 40% van de subsidiabele kosten.</p>"
        "<p>Voor experimentele ontwikkeling in een haalbaarheidsproject is het percentage 35%.</p>",
        {
            ("subsidiepercentage (haalbaarheidsproject)", NEW, "40%", ""),
            ("subsidiepercentage (haalbaarheidsproject, experimentele ontwikkeling)", NEW, "35%", ""),
        },
    ),
    ("MIT Zuid", "2018-04-17", "status haalbaarheid"): lambda row: (
        told(
            "mit",
            "<p>Het plafond voor haalbaarheidsprojecten is € 3.139.200.</p>",
            "<p>Het plafond voor haalbaarheidsprojecten is € 3.139.200.</p>"
            "<p>Het plafond voor haalbaarheidsprojecten is op de eerste "
            "dag bereikt.</p>",
        ),
        {("status (haalbaarheidsproject)", NEW, "budget uitgeput", "")},
    ),
    ("MIT", "2019-04-09", "openstelling"): lambda row: period(
        row,
        "",
        table(
            WHEN,
            ("Haalbaarheidsproject", "09-04-2019 t/m 10-09-2019"),
            ("Kennisvoucher", "09-04-2019 t/m 10-09-2019"),
            ("R&amp;D-samenwerkingsproject", "11-06-2019 t/m 10-09-2019"),
        ),
        {
            *((f"opent ({part})", NEW, "di 9 april 2019", "") for part in ("haalbaarheidsproject", "kennisvoucher")),
            ("opent (R&D-samenwerkingsproject)", NEW, "di 11 juni 2019", ""),
            *(
                (f"sluit ({p})", NEW, "di 10 september 2019", "")
                for p in ("haalbaarheidsproject", "kennisvoucher", "R&D-samenwerkingsproject")
            ),
        },
    ),
    ("MIT R&D AI", "2023-03-21", "openstelling"): lambda row: period(
        row,
        "",
        "<p>Onder voorbehoud kunt u aanvragen van 21 maart t/m 9 mei 2023.</p>",
        {("opent", NEW, "di 21 maart 2023", ""), ("sluit", NEW, "di 9 mei 2023", "")},
    ),
    ("MIT", "2023-04-04", "openstelling"): lambda row: period(
        row,
        "",
        "<p>Voor een haalbaarheidsproject kunt u aanvragen vanaf 4 april 2023.</p>"
        "<p>Voor een R&amp;D-samenwerkingsproject kunt u aanvragen van 6 juni tot en met 12 september 2023.</p>",
        {
            ("opent (haalbaarheidsproject)", NEW, "di 4 april 2023", ""),
            ("opent (R&D-samenwerkingsproject)", NEW, "di 6 juni 2023", ""),
            ("sluit (R&D-samenwerkingsproject)", NEW, "di 12 september 2023", ""),
        },
    ),
    ("MIT R&D AI", "2024-03-19", "openstelling"): lambda row: period(
        row,
        "<p>U kunt aanvragen van 21 maart tot en met 9 mei 2023.</p>",
        "<p>U kunt aanvragen van 19 maart tot en met 7 mei 2024. Er is ruim € 3,5 mln beschikbaar.</p>",
        {("opent", "di 21 maart 2023", "di 19 maart 2024", ""), ("sluit", "di 9 mei 2023", "di 7 mei 2024", "")},
    ),
    ("MIT", "2025", "percentage haalbaarheidsproject"): lambda row: (
        told(
            "mit",
            "<p>Voor een haalbaarheidsproject krijgt u 40% van de subsidiabele kosten.</p>",
            "<p>Voor een haalbaarheidsproject krijgt u 35% van de subsidiabele kosten.</p>",
        ),
        {("subsidiepercentage (haalbaarheidsproject)", "40%", "35%", "-5 procentpunt")},
    ),
    ("Smart Industry fieldlabs", "2017-02-01", "openstelling"): lambda row: period(
        row,
        "",
        "<p>Aanvragen kan van 1 februari 2017 tot en met 31 maart 2017.</p><p>U krijgt 60% van de subsidiabele kosten.</p>"
        "<p>Per project is dat maximaal € 3 mln.</p>",
        {
            ("opent", NEW, "wo 1 februari 2017", ""),
            ("sluit", NEW, "vr 31 maart 2017", ""),
            ("subsidiepercentage", NEW, "60%", ""),
            ("maximum", NEW, "€ 3.000.000", ""),
        },
    ),
    ("Smart Industry fieldlabs", "2020-05-07 (laatst gecontroleerd)", "status"): lambda row: (
        told("smart-industry-fieldlabs", "", "", ("Open voor aanvragen", "Gesloten")),
        {("status", "open voor aanvragen", "gesloten voor aanvragen", "")},
    ),
}


def test_every_labelled_change_is_told_exactly_or_listed_with_its_reason(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [json.loads(line) for line in (shared / "eval/scheme_changes.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong, exact, facts = [], 0, 0
    listed: list[str] = []
    for row in rows:
        key = (row["scheme"], row["effective"], row["field"])
        if key in REASONS:
            listed.append(f"{' · '.join(key)}: {REASONS[key]}")
            continue
        made, expected = run(row)
        if made == expected:
            exact, facts = exact + 1, facts + len(expected)
        else:
            wrong.append((key, sorted(made ^ expected)))
    with capsys.disabled():
        print(
            f"\nscheme_changes: {len(rows)} rows, {exact} told exactly ({facts} facts), {len(listed)} listed, {len(wrong)} wrong"
        )
        print("\n".join(f"  not told: {line}" for line in listed))
    assert wrong == []
    assert exact + len(listed) == len(rows) == 53
