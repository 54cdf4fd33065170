"""News that is no change of words: dates that come near, papers that vanish, contradictions, what ran out, what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.assessments import Level
from domain.changes import Change, ChangeSort
from domain.digests import Digest, DigestForm, Item
from domain.documents import Kind
from domain.events import EventKind
from notifications.headlines import first_lines, subject
from notifications.html import LARGEST
from notifications.rendering import render_html, render_markdown, render_slack, render_text

MADE = datetime(2021, 12, 13, 6, 0, tzinfo=UTC)  # maandag 07.00 uur
OPENS = Change(ChangeSort.AHEAD, "opent", "", "di 14 december 2021, 09.00 uur")
GONE = Change(
    ChangeSort.PLACE, "verdwenen", "te lezen op rvo.nl", "niet meer te vinden sinds vrijdag 3 december 2021, 5 keer gecontroleerd"
)
CONFLICT = Change(
    ChangeSort.CONFLICT,
    "bronnen spreken elkaar tegen: opent",
    "di 7 juni 2022 (rvo.nl, voorlopig)",
    "wo 8 juni 2022 (stcrt, definitief)",
)


def scheme(*changes: Change, state: EventKind = EventKind.SCHEME_CHANGED) -> Item:
    url = "https://www.rvo.nl/subsidies-financiering/mit/kennisvouchers"
    return Item("R-1", Level.RELEVANT, Kind.SCHEME, (state,), "MIT: kennisvouchers", url, changes=changes, scheme="MIT")


def news(item: Item, language: str = "nl", made: datetime = MADE) -> str:
    return subject(DigestForm.REGULAR, (item,), "P", 3, language, made)


@pytest.mark.parametrize(
    ("after", "hour", "day", "said"),
    [
        ("di 14 december 2021, 09.00 uur", 6, 14, "opent vandaag om 09.00 uur"),
        ("di 14 december 2021, 09.00 uur", 6, 13, "opent morgen om 09.00 uur"),
        ("di 14 december 2021, 09.00 uur", 6, 10, "opent over 4 dagen: di 14 dec om 09.00 uur"),
        ("di 14 december 2021, 09.00 uur", 9, 14, "opent vandaag om 09.00 uur (verstreken)"),
        ("di 14 december 2021", 6, 13, "opent morgen"),
    ],
)
def test_an_opening_is_told_as_of_the_day_of_the_issue(after: str, hour: int, day: int, said: str) -> None:
    item = scheme(replace(OPENS, after=after), state=EventKind.MOMENT)
    assert news(item, made=datetime(2021, 12, day, hour, tzinfo=UTC)) == f"MIT kennisvouchers: {said}"


@pytest.mark.parametrize(
    ("label", "after", "dutch", "english"),
    [
        ("sluit", "di 14 december 2021, 17.00 uur", "sluit morgen om 17.00 uur", "closes tomorrow at 17:00"),
        (
            "uiterste datum (start 1 januari)",
            "ma 20 december 2021",
            "aanvragen kan uiterlijk ma 20 dec (nog 7 dagen) · start 1 januari",
            "apply by Mon 20 Dec (7 days left) · start 1 January",
        ),
        (
            "antwoord verwacht",
            "uiterlijk donderdag 16 december 2021",
            "antwoord verwacht uiterlijk do 16 dec (nog 3 dagen)",
            "answer expected by Thu 16 Dec (3 days left)",
        ),
    ],
)
def test_other_dates_in_both_languages(digest: Digest, label: str, after: str, dutch: str, english: str) -> None:
    item = scheme(Change(ChangeSort.AHEAD, label, "", after), state=EventKind.MOMENT)
    assert news(item) == f"MIT kennisvouchers: {dutch}"
    assert news(item, "en") == f"MIT kennisvouchers: {english}"
    text = render_text(replace(digest, items=(item,), made=MADE))
    assert f"\n  {dutch[0].upper()}{dutch[1:]}\n" in text
    assert "wordt:" not in text


def test_a_budget_that_ran_out_leads_over_the_status() -> None:
    closed = Change(ChangeSort.FACT, "status", "open voor aanvragen", "gesloten voor aanvragen")
    out = Change(ChangeSort.FACT, "status (kennisvoucher)", "niet gelezen", "budget uitgeput")
    assert news(scheme(closed, out)) == "MIT kennisvouchers: budget uitgeput"
    assert news(scheme(closed)) == "MIT kennisvouchers: gesloten voor aanvragen"
    ceiling = Change(ChangeSort.FACT, "plafond", "niet gelezen", "€ 8.350.000")
    assert news(scheme(ceiling)) == "MIT kennisvouchers: plafond € 8.350.000"


def test_a_long_heading_gives_way_to_the_name_of_the_scheme() -> None:
    fact = Change(ChangeSort.FACT, "maximum, artikel 3.4.5, tweede lid", "€ 25.000", "€ 20.000")
    act = replace(scheme(fact), heading="Regeling van de Minister tot wijziging van de Regeling nationale subsidies")
    assert news(act) == "MIT: maximum € 25.000 → € 20.000"


@pytest.mark.parametrize(
    ("state", "changes", "headline", "sentence"),
    [
        (
            EventKind.WITHDRAWN,
            (GONE,),
            "verdwenen: MIT kennisvouchers",
            "Verdwenen: niet meer te vinden op rvo.nl sinds vrijdag 3 december 2021 (5 keer gecontroleerd). "
            "De bewaarde kopie blijft.",
        ),
        (
            EventKind.RESTORED,
            (Change(ChangeSort.PLACE, "terug", "verdwenen sinds vrijdag 3 december 2021", "weer te lezen op rvo.nl"),),
            "terug: MIT kennisvouchers",
            "Terug: weer te lezen op rvo.nl, verdwenen sinds vrijdag 3 december 2021.",
        ),
        (
            EventKind.REVISED,
            (CONFLICT,),
            "MIT kennisvouchers: bronnen spreken elkaar tegen (opent)",
            "Bronnen spreken elkaar tegen: opent is di 7 juni 2022 (rvo.nl, voorlopig), maar wo 8 juni 2022 (stcrt, definitief).",
        ),
        (
            EventKind.REVISED,
            (Change(ChangeSort.UNREAD, "niet gelezen", "", "In artikel 3 wordt iets anders."),),
            "gewijzigd: MIT kennisvouchers",
            "Niet gelezen: «In artikel 3 wordt iets anders.»",
        ),
    ],
)
def test_what_happened_is_a_sentence_in_every_rendering(
    digest: Digest, state: EventKind, changes: tuple[Change, ...], headline: str, sentence: str
) -> None:
    item = scheme(*changes, state=state)
    assert news(item) == headline
    issue = replace(digest, items=(item,))
    texts: tuple[Callable[[Digest], Any], ...] = (render_text, render_html, render_markdown, lambda one: str(render_slack(one)))
    for render in texts:
        assert sentence in " ".join(str(render(issue)).replace("\\", "").split())
    assert "Gone: not to be found on rvo.nl since Friday 3 December 2021" in render_text(
        replace(digest, items=(scheme(GONE),), language="en")
    ).replace("\n  ", " ")


def test_a_date_that_is_near_keeps_its_place_in_eerst_dit(digest: Digest) -> None:
    lines = first_lines(digest.items, digest.coming, digest.made, "nl")
    assert len(lines) == 3
    assert lines[-1] == "WBSO: aanvragen kan uiterlijk ma 20 dec om 17.00 uur (nog 10 dagen) · start 1 januari"
    assert any("uw organisatie wordt 11x genoemd" in line for line in lines)


@pytest.mark.parametrize("counts", [pytest.param((400, 0, 0), marks=pytest.mark.torture), (30, 200, 170)])
def test_four_hundred_items_fit_and_lose_nothing_that_must_be_read(
    many: Callable[..., Digest], counts: tuple[int, int, int]
) -> None:
    issue = many(*counts)
    chapters = ("III", "VIII", "XIII", "XV")
    items = tuple(replace(item, dossier_id=f"36700-{chapters[n % 4]}") for n, item in enumerate(issue.items))
    issue = replace(issue, items=items)
    page, text = render_html(issue), render_text(issue)
    assert len(page.encode()) <= LARGEST
    slack = "".join(block["text"]["text"] for message in render_slack(issue) for block in message["blocks"])
    for item in issue.at(Level.MUST_READ):
        assert f'"{item.url}"' in page
        assert f"<{item.url}|" in slack
    assert all(f"{item.url}\n" in text for item in items)
