"""The plain text, against files that a Dutch reader has read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from domain.assessments import Level
from domain.digests import Ahead, ComingDate, Digest, DigestForm, Length, Quoted
from domain.source_coverage import Gap, Note, Remark, Stale
from notifications.headlines import first_lines
from notifications.parts import split_text
from notifications.rendering import render_html, render_markdown, render_slack, render_text

MADE = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> str:
    """What stands in a golden file."""
    return (GOLDEN / name).read_text(encoding="utf-8")


def test_regular(digest: Digest) -> None:
    """Every section in the order of the sample."""
    assert render_text(digest) == golden("regular.txt")


def test_headings(digest: Digest) -> None:
    """The shortest length still has every item, address and changed fact."""
    assert render_text(replace(digest, length=Length.HEADINGS)) == golden("headings.txt")


def test_short_in_english(digest: Digest) -> None:
    """Everything of ours in English around the papers' own Dutch."""
    first = first_lines(digest.items, digest.coming, digest.made, "en")
    assert render_text(replace(digest, language="en", first=first, length=Length.SHORT)) == golden("short_english.txt")


def test_start(digest: Digest) -> None:
    """A Startdossier says that nothing in it is new, and no badge says otherwise."""
    text = render_text(replace(digest, form=DigestForm.START, number=1, since=None, length=Length.SHORT))
    assert text == golden("start.txt")
    assert "NIEUW" not in text
    bare = render_text(replace(digest, form=DigestForm.START, items=()))
    assert "\nREGELINGEN\n  MIT: stand 07.22 · status gesloten voor aanvragen\n" in bare


def test_overview(digest: Digest) -> None:
    """A catch-up says which period it is about."""
    text = render_text(replace(digest, form=DigestForm.OVERVIEW))
    assert "· overzicht ·" in text
    assert "Over donderdag 9 december 2021 tot en met vrijdag 10 december 2021:" in text


def test_urgent(digest: Digest) -> None:
    """Items only, under the subject."""
    assert render_text(replace(digest, form=DigestForm.URGENT, items=(digest.items[0], digest.items[2]))) == golden("urgent.txt")


def test_empty_is_three_lines(empty_digest: Digest) -> None:
    """Nothing new, and the proof of it."""
    text = render_text(empty_digest)
    assert text == golden("empty.txt")
    assert len(text.splitlines()) == 3


def test_an_empty_digest_still_says_what_went_wrong(digest: Digest, empty_digest: Digest) -> None:
    """Stale sources, corrections and urgent dates are never left out for brevity."""
    text = render_text(
        replace(
            empty_digest,
            coverage=digest.coverage,
            corrections=digest.corrections,
            coming=digest.coming,
            planned=MADE - timedelta(minutes=50),
        )
    )
    late = "Later dan gepland: gepland 06.40, gemaakt 07.30"
    for said in ("rvo.nl: niet volledig gecontroleerd sinds", "CORRECTIES", "LET OP ma 20 dec 17.00", late):
        assert said in text
    assert "za 1 jan" not in text


def test_coverage_that_is_missing_is_said(digest: Digest) -> None:
    """No source, never complete, gaps: each has its words."""
    assert "Bronnen: geen enkele bron gecontroleerd" in render_text(replace(digest, coverage=()))
    gap = Gap("rss", datetime(2021, 12, 6, 8, 0, tzinfo=UTC), datetime(2021, 12, 6, 10, 0, tzinfo=UTC))
    never = replace(digest.coverage[0], complete_until=None, notes=(), gaps=(gap,))
    text = render_text(replace(digest, coverage=(never,)))
    assert "Bronnen: 0 van 1 volledig gecontroleerd\n" in text
    assert "officielebekendmakingen.nl: nog nooit volledig gecontroleerd" in text
    assert "officielebekendmakingen.nl, gat: rss van ma 6 dec 09.00 tot ma 6 dec 11.00" in text
    assert "geen gaten" not in text
    whole = replace(digest.coverage[0], notes=())
    assert "Bronnen: 1 van 1 volledig gecontroleerd tot 07.24 · geen gaten\n" in render_text(
        replace(digest, number=1, coverage=(whole,))
    )


def test_a_source_that_lags_is_named_and_never_counted_as_whole(digest: Digest) -> None:
    """Lists that the site itself does not keep up, lists that stand still, a visit that did not come, and a source that was not
    whole at its last planned visit: beside none of them stands that there are no gaps."""
    whole = replace(digest.coverage[0], notes=())
    before = whole.complete_until - timedelta(days=2)
    lagging = {
        "de lijsten van de site lopen achter": replace(whole, notes=(Note(Remark.BESIDE_LISTS, 2),)),
        "langer dan normaal; mogelijk staan ze stil": replace(whole, notes=(Note(Remark.SILENT_DAYS, 3),)),
        "niet bezocht sinds do 9 dec 16.40": replace(whole, stale=Stale(datetime(2021, 12, 9, 15, 40, tzinfo=UTC))),
        "niet volledig gecontroleerd sinds wo 8 dec 07.24": replace(whole, complete_until=before, behind=True),
    }
    for said, source in lagging.items():
        text = render_text(replace(digest, coverage=(whole, replace(source, name="rvo.nl"))))
        assert "Bronnen: 1 van 2 volledig gecontroleerd tot 07.24\n" in text, said
        (line,) = (line for line in text.splitlines() if line.startswith("rvo.nl: "))
        assert said in line
        assert "geen gaten" not in text


def test_a_source_that_keeps_its_own_times_is_whole_until_the_next_of_them(digest: Digest) -> None:
    """The second issue of a day: nothing was to be asked since the first one."""
    daily = replace(digest.coverage[0], notes=(), complete_until=digest.since - timedelta(hours=1))
    text = render_text(replace(digest, coverage=(daily,)))
    assert "Bronnen: 1 van 1 volledig gecontroleerd tot do 06.30 · geen gaten" in text
    assert "niet volledig gecontroleerd sinds" not in text


def test_what_ranks_lower_is_counted_and_can_be_seen(digest: Digest) -> None:
    """How many, why, and the command that names each: the same in every rendering; no page holds the list."""
    command = "beleidsradar held ochtend"
    slack = json.dumps(render_slack(digest), ensure_ascii=False)
    for said in (render_text(digest), render_html(digest), render_markdown(digest), slack):
        assert "LAGER (3)" in said.replace("\\", "")
        assert command in said
        assert "KOMENDE DATA (30 dagen)" in said


def test_a_quote_that_is_no_sentence_of_the_paper_says_what_it_is(digest: Digest) -> None:
    """In every rendering, behind the quote."""
    item = replace(digest.items[0], line_is=Quoted.ROW, why_quote_is=Quoted.QUESTION)
    shown = replace(digest, items=(item,))
    slack = json.dumps(render_slack(shown), ensure_ascii=False)
    page = re.sub(r"<[^>]+>", "", render_html(shown))
    for said in (render_text(shown), page, render_markdown(shown), slack):
        assert re.search(rf"{item.line[-30:-1]}.{{1,40}}· uit een tabel of lijst", " ".join(said.split()))
    assert 'tijd en geld." · uit de vraag' in " ".join(render_text(shown).split())
    for said in (page, render_markdown(shown)):
        assert re.search(r"tijd en geld\..{1,30}· uit de vraag", " ".join(said.split()))


def test_far_dates_are_left_out_of_an_empty_issue_and_the_heading_says_so(digest: Digest, empty_digest: Digest) -> None:
    near = ComingDate(date(2021, 12, 11), Ahead.ANSWER, "Vragen over fieldlabs")
    text = render_text(replace(empty_digest, coming=(*digest.coming, near)))
    assert "KOMENDE DATA (48 uur)\n  za 11 dec: antwoord verwacht: Vragen over fieldlabs · morgen" in text


def test_sections_with_nothing_in_them_have_no_heading(digest: Digest) -> None:
    """No heading above nothing."""
    text = render_text(replace(digest, items=digest.items[:1], held=(), coming=(), corrections=(), open_questions=(), schemes=()))
    for heading in ("REGELINGEN", "RELEVANT", "VERMELDING", "LAGER", "KOMENDE", "CORRECTIES", "OPEN VRAGEN"):
        assert heading not in text


def test_the_small_line_says_what_plain_text_can_say(digest: Digest) -> None:
    """No words that are links elsewhere: the copy is named by its hash, and once at the end stands how to answer."""
    text = render_text(digest)
    assert "niet relevant?" not in text.partition("U krijgt dit via")[0]
    assert text.count("niet relevant?") == 1
    assert f"bewaarde kopie: {digest.items[0].snapshot[:12]} · item R-2021-0412" in text
    assert digest.items[0].snapshot[:13] not in text
    chat = "\n".join(split_text(replace(digest, items=digest.items[:1])))
    assert "Mail het itemnummer naar radar-beheer@example.nl" in " ".join(chat.split())


def test_counts_add_up(digest: Digest) -> None:
    """Every item and every held paper is in exactly one number of the opening line."""
    text = render_text(digest)
    line = next(line for line in text.splitlines() if line.startswith("Sinds"))
    assert sum(int(word) for word in line.partition(": ")[2].split(" · ")[0].split() if word.isdigit()) == 9
    assert sum(digest.counts().values()) == 6 + 3
    assert digest.counts()[Level.MUST_READ.value] == 3


def test_wide_values_are_set_below_each_other(digest: Digest) -> None:
    """A column is no place for a sentence."""
    change = replace(digest.items[2].changes[0], before="aanvragen van maandag tot en met vrijdag", after="elke dag")
    text = render_text(replace(digest, items=(replace(digest.items[2], changes=(change,)),)))
    assert "    was:     aanvragen van maandag tot en met vrijdag\n    wordt:   elke dag" in text


@pytest.mark.parametrize("room", [1_000, 2_000, 4_000])
def test_chat_texts_fit_and_keep_items_whole(digest: Digest, many: Callable[..., Digest], room: int) -> None:
    """Every shown heading is followed by its address in the same message."""
    for case in (digest, many(relevant=20, mention=40), many(must_read=60)):
        texts = split_text(case, room)
        assert all(len(text) <= room for text in texts)
        assert len(texts) == 1 or texts[0].startswith(f"(1/{len(texts)}) ")
        shown = [item for item in case.items if any(item.url in text for text in texts)]
        must = sum(item.level is Level.MUST_READ for item in case.items)
        assert len(shown) == max(must, min(40, len(case.items)))
        for item in shown:
            assert sum(item.heading in text and f"{item.url}\n" in f"{text}\n" for text in texts) == 1
