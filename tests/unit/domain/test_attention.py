"""What a reader can bear: grouping above twenty-five, the best three first, nothing that must be read counted away."""

from __future__ import annotations

from dataclasses import replace

from domain.assessments import Level
from domain.attention import MOST, by_dossier, is_crowded, shares
from domain.digests import Item
from domain.documents import Kind


def item(number: int, dossier: str, level: Level = Level.RELEVANT, score: int = 0) -> Item:
    return Item(f"R-{number:03}", level, Kind.LETTER, (), f"Stuk {number}", "", dossier_id=dossier, score=score)


def test_the_best_three_of_a_dossier_come_first_and_the_rest_is_counted() -> None:
    found = shares([item(n, "36700-XIII", score=n) for n in range(7)] + [item(9, "36700-VIII", score=3)])
    assert [(share.dossier, [one.score for one in share.best], len(share.rest)) for share in found] == [
        ("36700-XIII", [6, 5, 4], 4),
        ("36700-VIII", [3], 0),
    ]


def test_papers_without_a_dossier_stand_by_kind_and_last() -> None:
    loose = replace(item(1, "", score=99), kind=Kind.QUESTION)
    assert [(share.dossier, share.kind) for share in shares([loose, item(2, "32637")])] == [
        ("32637", Kind.LETTER),
        ("", Kind.QUESTION),
    ]


def test_what_was_told_already_is_no_best() -> None:
    told = replace(item(1, "32637", score=99), seen_in_full=True)
    (share,) = shares([told, *(item(n, "32637") for n in range(2, 5))])
    assert told in share.rest


def test_the_order_of_a_crowded_issue_loses_nothing_and_puts_must_read_first() -> None:
    items = [item(n, f"3670{n % 4}", [Level.MENTION, Level.MUST_READ, Level.RELEVANT][n % 3], n) for n in range(40)]
    ordered = by_dossier(items)
    assert sorted(one.id for one in ordered) == [one.id for one in items]
    assert [one.level.rank for one in ordered] == sorted(one.level.rank for one in items)
    assert by_dossier(items[::-1])[-1].level is Level.MENTION
    assert is_crowded(items[: MOST + 1])
    assert not is_crowded(items[:MOST])
