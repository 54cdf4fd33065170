"""The tools of whoever tunes, as commands: lines for people, one JSON document, and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services import last_good
from services.settings import load

TOPIC = "procesinnovatie"
PERIOD = ("--since", "2021-09-01", "--until", "2021-12-10")


def test_a_bare_innovatie_warns(run: Any, archive: Path) -> None:
    found = run("topics", "try", TOPIC, "innovatie")
    assert found.code == 0
    assert len(found.lines) == 1
    assert found.err.startswith("warning: 'innovatie' would bring")
    assert "narrow it" in found.err
    asked = run("topics", "try", TOPIC, "innovatie", "--json")
    assert asked.json["warnings"] == [found.lines[0].removeprefix("warning: ")]
    assert asked.json["examples"][0]["sentence"]


def test_mute_unmute_and_why(run: Any, archive: Path) -> None:
    found = run("mute", "dossier:32637", "--topic", TOPIC, "--until", "2022-02-01", "--reason", "andere afdeling", "--by", "anna")
    assert found.code == 0
    assert found.out.startswith(f"muted dossier:32637 (dossier) for {TOPIC} until 2022-02-01, by anna: andere afdeling\n")
    assert "over the last 90 days (2021-09-11 to 2021-12-10) this would have lowered" in found.out
    assert "must_read -> held" in found.out
    assert run("unmute", "dossier:32637").code == 0
    again = run("unmute", "dossier:32637")
    assert (again.code, len(again.lines)) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mute", "procesinovatie", "--reason", "x"), "did you mean 'procesinnovatie'"),
        (("mute", "dossier:32637", "--reason", "x", "--topic", "nergens"), "there is no topic 'nergens'"),
        (("mute", "dossier:32637", "--reason", "x", "--until", "2020-01-01"), "has passed"),
        (("label", "kst-32637-480", "zeer"), "'zeer' is no level"),
        (("topics", "try", TOPIC, "*"), "match everything"),
        (("topics", "try", "nergens", "lassen"), "there is no topic 'nergens'"),
        (("replay", *PERIOD, "--notify", "avond"), "there is no digest 'avond'"),
        (("held", "avond"), "there is no digest 'avond'"),
        (("approve", "9999"), "nothing of visit 9999 waits"),
        (("approve", "--list", "--drop"), "choose one"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(run: Any, archive: Path, arguments: tuple[str, ...], said: str) -> None:
    found = run(*arguments)
    assert found.code == 2
    assert said in found.err
    assert len(found.lines) == 1
    asked = run(*arguments, "--json")
    assert asked.json["exit"] == 2


def test_replay_twice_is_the_same_bytes_and_changes_nothing(run: Any, archive: Path) -> None:
    before = run("db", "check", "--json").json
    first = run("replay", *PERIOD, "--json")
    assert first.code == 0
    assert first.out == run("replay", *PERIOD, "--json").out
    assert (first.json["gained"], first.json["lost"]) == ([], [])
    assert first.json["judged"] > 50
    assert run("db", "check", "--json").json == before


def test_replay_with_another_pack_names_what_is_lost(run: Any, archive: Path, tmp_path: Path) -> None:
    pack = tmp_path / "smal.yaml"
    pack.write_text(f"topic: {TOPIC}\nrelevant: [vuurwerkverbod]\n", encoding="utf-8")
    found = run("replay", *PERIOD, "--topics", str(pack))
    assert "held -> relevant  kv-tk-2021Z22640" in found.out
    assert "must_read -> " in found.out
    refused = run("replay", *PERIOD, "--topics", str(pack), "--notify", "ochtend")
    assert (refused.code, "packs in force" in refused.err) == (2, True)


def test_held_is_the_count_of_the_issue(run: Any, archive: Path) -> None:
    found = run("held", "ochtend", "--json")
    issue, waiting = found.json["issues"]
    assert issue["count"] == len(issue["papers"]) > 5
    assert waiting["number"] == 0
    text = run("held", "ochtend", "--since", "2021-12-01").out
    assert f"{issue['count']} held" in text
    assert "a sign of another subject (zorg)" in text


def test_label_is_guarded_by_check(run: Any, archive: Path) -> None:
    found = run("label", "kst-32637-469", "must_read", "--reason", "de brief", "--json")
    assert found.code == 0
    assert found.json["judged"] == "must_read"
    row = json.loads((archive / "labels.jsonl").read_text(encoding="utf-8"))
    assert (row["id"], row["label"]) == ("kst-32637-469", "relevant")
    assert "labels.jsonl" not in run("check").err
    pack = archive / "smal.yaml"
    pack.write_text("relevant: [vuurwerkverbod]\n", encoding="utf-8")
    sources = archive / "sources.yaml"
    lines = [
        f"  {TOPIC}: smal.yaml" if line.strip().startswith(f"{TOPIC}:") else line
        for line in sources.read_text(encoding="utf-8").splitlines()
    ]
    sources.write_text("\n".join(lines) + "\n", encoding="utf-8")
    checked = run("check")
    assert checked.code == 2
    assert "labels.jsonl:1: kst-32637-469" in checked.err


def test_audit_lists_what_did_not_fire(run: Any, archive: Path) -> None:
    found = run("topics", "audit")
    assert found.code == 0
    assert "can never fire: " in found.out
    assert f"  {TOPIC}: machinepark*" in found.out


def test_approve_with_nothing_waiting(run: Any, archive: Path) -> None:
    assert run("approve").out == "nothing waits for approval\n"
    assert run("approve", "--list", "--json").json == {"waiting": []}


def test_status_says_that_an_edit_is_not_in_force(run: Any, archive: Path) -> None:
    assert run("status").code == 0
    sources = archive / "sources.yaml"
    good = sources.read_text(encoding="utf-8")
    last_good.keep(load(sources, {}))
    sources.write_text(good.replace("contact:", "contcat:"), encoding="utf-8")
    found = run("status")
    assert found.code == 1
    assert "unknown key 'contcat'" in found.out
    assert "the last good ones are in force" in found.out
    assert run("status", "--json").json["configuration"]


def test_fetch_reads_an_unseen_paper_and_records_nothing(run: Any, archive: Path) -> None:
    before = run("db", "check", "--json").json
    known = run("why", "kst-32637-480", "--fetch")
    assert "told in" in known.out
    found = run("why", "kst-29697-83", "--fetch", "--json")
    assert found.code in (0, 2)
    assert run("db", "check", "--json").json == before


@pytest.mark.parametrize(
    "arguments",
    [("topics", "audit"), ("topics", "try", TOPIC, "innovatie"), ("mute", "dossier:32637", "--reason", "x", "--preview")],
)
def test_nothing_follows_from_a_period_of_which_no_paper_was_read(
    run: Any, archive: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    clock = archive / "later"
    clock.write_text("2023-06-01T08:00:00+00:00", encoding="utf-8")
    monkeypatch.setenv("BELEIDSRADAR_CLOCK", str(clock))
    found = run(*arguments)
    assert (found.code, len(found.lines)) == (1, 1)
    assert "no paper of the last 90 days (2023-03-03 to 2023-06-01) was read" in found.err
    assert "narrow it" not in found.out + found.err
    assert "stand in none" not in found.out
    assert "would have lowered" not in found.out
    asked = run(*arguments, "--json")
    assert (asked.code, asked.json["judged"], asked.json["until"]) == (1, 0, "2023-06-01")
    assert asked.json.get("warnings", []) == []
    assert [one for one in asked.json.get("findings", []) if one["sort"] == "silent"] == []


def test_a_mute_is_made_also_where_no_paper_was_read(run: Any, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = archive / "later"
    clock.write_text("2023-06-01T08:00:00+00:00", encoding="utf-8")
    monkeypatch.setenv("BELEIDSRADAR_CLOCK", str(clock))
    found = run("mute", "dossier:32637", "--reason", "x")
    assert found.code == 0
    assert "is not known: no paper of the last 90 days (2023-03-03 to 2023-06-01) was read" in found.out
