"""search, db check, db reindex and db reread on a played archive."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest


def found(run: Any, *arguments: str) -> list[str]:
    """The ids that a search gives, in order."""
    answer = run("search", *arguments, "--json")
    assert answer.code == 0, answer.err
    return [result["id"] for result in answer.json["results"]]


def test_a_compound_is_found_however_it_is_written(run: Any, archive: Path) -> None:
    answers = [found(run, query) for query in ("procesinnovatie", "proces-innovatie", "proces innovatie", '"proces innovatie"')]
    assert "kst-32637-480" in answers[0]
    assert {frozenset(one) for one in answers} == {frozenset(answers[0])}


def test_results_are_exact_quotes_with_their_hits(run: Any, archive: Path) -> None:
    answer = run("search", "procesinnovatie subsidie", "--json").json
    assert answer["results"]
    for result in answer["results"]:
        snippet = result["snippet"]
        assert snippet["hits"]
        marked = [snippet["text"][start:end].casefold() for start, end in snippet["hits"]]
        assert all("innovatie" in hit or "subsidi" in hit for hit in marked)
        assert result["level"] in ("must_read", "relevant", "mention", "held", "")
        assert result["item"].startswith("R-")
    text = run("search", "procesinnovatie").out
    assert "[procesinnovatie]" in text
    assert text.splitlines()[-1].endswith("found")


def test_an_id_without_another_form_stands_there_once(run: Any, archive: Path) -> None:
    heads = [line for line in run("search", "de", "--limit", "200").out.splitlines() if line[:2] == "20" or line[:2] == "un"]
    assert any("kst-32637-480  Kamerstuk" in head for head in heads)
    assert len(heads) > 20
    assert [head for head in heads if len(set(parts := head.split("  "))) < len(parts)] == []


def test_filters_narrow_and_a_limit_says_there_is_more(run: Any, archive: Path) -> None:
    everything = run("search", "de", "--limit", "200", "--json").json["results"]
    assert {result["source"] for result in everything} == {"officielebekendmakingen", "rijksoverheid", "rvo"}
    rvo = run("search", "de", "--source", "rvo", "--limit", "200", "--json").json["results"]
    assert {result["source"] for result in rvo} == {"rvo"}
    letters = run("search", "de", "--kind", "letter", "--limit", "200", "--json").json["results"]
    assert {result["kind"] for result in letters} == {"letter"}
    since = run("search", "de", "--since", "2021-12-09", "--limit", "200", "--json").json["results"]
    assert since
    assert len(since) < len(everything)
    assert min(result["dated"] for result in since if result["dated"]) >= "2021-12-09"
    few = run("search", "de", "--limit", "2")
    assert few.out.splitlines()[-1] == "more than 2 papers found"


def test_an_earlier_day_shows_what_stood_there_then(run: Any, archive: Path) -> None:
    assert "kst-32637-480" in found(run, "procesinnovatie")
    assert "kst-32637-480" not in found(run, "procesinnovatie", "--at", "2021-12-04")
    assert found(run, "procesinnovatie", "--at", "2021-12-01") == []


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ('wbso "mit', "character 6"),
        ("wbso OR", "character 6"),
        ("-wbso", "character 1"),
        ("(wbso", "character 1"),
        ("", "its end"),
    ],
)
def test_a_query_that_cannot_be_asked_is_a_line_with_the_place(run: Any, archive: Path, query: str, where: str) -> None:
    answer = run("search", "--", query)
    assert (answer.code, len(answer.lines)) == (2, 1)
    assert where in answer.err


def test_wrong_options_say_what_there_is(run: Any, archive: Path) -> None:
    for options, hint in (
        (("--source", "nieuws"), "rvo"),
        (("--kind", "brief"), "letter"),
        (("--since", "2021-12-10", "--until", "2021-12-09"), "swap"),
        (("--limit", "0"), "1 or more"),
    ):
        answer = run("search", "wbso", *options)
        assert (answer.code, len(answer.lines)) == (2, 1)
        assert hint in answer.err


def test_an_index_made_anew_gives_the_same_results(run: Any, archive: Path) -> None:
    before = run("search", "innovatie OR subsidie -mit", "--json").json
    again = run("db", "reindex", "--json")
    assert again.json["versions"] > 20
    assert run("search", "innovatie OR subsidie -mit", "--json").json == before


def test_an_archive_without_index_is_searched_all_the_same(run: Any, archive: Path) -> None:
    expected = found(run, "procesinnovatie")
    with sqlite3.connect(archive / "beleidsradar.db") as connection:
        connection.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
        connection.execute("DELETE FROM search_state")
    assert found(run, "procesinnovatie") == expected


def test_check_counts_what_matches_and_names_the_first_that_does_not(run: Any, archive: Path) -> None:
    whole = run("db", "check", "--json")
    assert whole.code == 0
    assert whole.json["damaged_snapshots"] == 0
    assert whole.json["snapshots"] > 20
    with sqlite3.connect(archive / "beleidsradar.db") as connection:
        base = connection.execute("SELECT base FROM blob WHERE base IS NOT NULL ORDER BY base").fetchone()[0]
        leaning = connection.execute(
            "WITH RECURSIVE l(n) AS (SELECT ? UNION SELECT sha256 FROM blob JOIN l ON base = n) SELECT count(*) FROM l", (base,)
        ).fetchone()[0]
        data = bytearray(connection.execute("SELECT data FROM blob WHERE sha256 = ?", (base,)).fetchone()[0])
        data[len(data) // 2] ^= 0xFF
        connection.execute("UPDATE blob SET data = ? WHERE sha256 = ?", (bytes(data), base))
    broken = run("db", "check")
    assert (broken.code, len(broken.lines)) == (1, 1)
    assert f"snapshot {base[:12]}" in broken.err
    assert "https://" in broken.err
    assert f"{whole.json['snapshots'] - leaning} of {whole.json['snapshots']} snapshots" in broken.out


def test_todays_readers_read_the_archive_as_it_stands(run: Any, archive: Path) -> None:
    report = run("db", "reread", "--json")
    assert report.code == 0
    assert [(one["differently"], one["unreadable"]) for one in report.json["sources"]] == [(0, 0)] * 3
    assert sum(one["same"] for one in report.json["sources"]) > 20
    assert run("db", "reread", "nergens").code == 2
