"""A secret in a channel's URL and an address in `to:` go where they must and nowhere else: not into logs, artifacts, errors, what
commands print, or `repr`; the secret into no row of the database, the address only beside the messages sent to it."""

from __future__ import annotations

import json
import logging
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.main import run_command
from flows import artifacts
from services.settings import load
from services.watchdog import Report
from services.wiring import wire

SECRET = "k4n4r13geheim"
TOKEN = "K4n4r13K4n4r13K4n4r13K4n"
READER = "kanarie.lezer@voorbeeld.example"
DIGESTS = f"""\
  ochtend:
    topics: [procesinnovatie]
    when: hourly
    channels: [mail, slack, havenslack, oud]
    to: [{READER}]
    owner: beheer@example.nl
"""
OLD = "  oud: {secret: BELEIDSRADAR_CHANNEL_OUD}\ndigests:\n"
UNUSABLE = (f"slack://{TOKEN}", f"dbus://{SECRET}", f"mailtos://u:{SECRET}@x?retry=3")
SINK = "mail.log"
"""The logger of the mail server of these tests, which stands for somebody else's."""

COMMANDS = (
    *(("check",), ("status",), ("status", "--json"), ("channels", "test", "oud", "--to", READER)),
    *(("outbox", "list", "--dropped"), ("outbox", "list", "--dropped", "--json")),
    *(("why", "kst-32637-480"), ("why", "kst-32637-480", "--json"), ("deliver", "--json")),
)
HOLDING = {"delivery"}
"""Where readers are named: beside each message sent to them, as `docs/handleiding.md` says."""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would stand on the dashboard."""
    found: list[Any] = []
    for name in ("create_table_artifact", "create_markdown_artifact"):
        monkeypatch.setattr(artifacts, name, lambda **given: found.append(given))
    return found


def rows(path: Path) -> Iterator[tuple[str, str]]:
    """Every value of every row, as text, with its table. The index of the full text holds nothing that can be read row by row."""
    with sqlite3.connect(path) as database:
        tables = "select name from sqlite_master where type = 'table' and sql not like '%virtual%'"
        for (name,) in database.execute(tables).fetchall():
            for row in database.execute(f'select * from "{name}"'):
                yield from ((name, one.decode("latin-1") if isinstance(one, bytes) else str(one)) for one in row)


@pytest.fixture
def office(make_office: Callable[..., Any]) -> Any:
    """With the canaries in its environment and its `to:`."""
    made = make_office(DIGESTS.replace(", oud]", "]"))
    sources = made.home / "sources.yaml"
    before = sources.read_text(encoding="utf-8").partition("digests:\n")[0]
    sources.write_text(before + OLD + DIGESTS, encoding="utf-8")
    host, port = made.mail.address
    made.environ |= {
        "BELEIDSRADAR_CHANNEL_SLACK": f"slack://T00000000/B00000000/{TOKEN}",
        "BELEIDSRADAR_CHANNEL_HAVENSLACK": f"slack://T00000001/B00000001/{TOKEN}",
        "BELEIDSRADAR_CHANNEL_OUD": f"mailto://radar:{SECRET}@{host}:{port}/?from=radar@example.nl",
    }
    made.radar = wire(load(sources, made.environ), made.radar.store, made.clock)
    return made


def sent(office: Any) -> list[Any]:
    """A morning on which a reader's server refuses for now, a webhook is gone and a password is wrong; then for good."""
    office.mail.refuse(READER, 451)
    office.slack.fail(404)
    office.read(office.letter(480))
    office.turn(2021, 12, 6, 9, 0)
    rounds = [office.tell()]
    office.mail.refuse(READER, 550)
    for _ in range(4):
        office.clock.sleep(1800)
        rounds.append(office.tell())
    assert {attempt.state.value for one in rounds for attempt in one.attempts} >= {"delivered", "retry", "dead"}
    return rounds


def error(office: Any) -> str:
    """The traceback of a database that refuses a row with an address in it."""
    with office.radar.store.begin() as unit:
        run_sql = unit._connection.exec_driver_sql
        run_sql("create temp trigger broken before update on delivery begin select raise(abort, 'niet vandaag'); end")
        with pytest.raises(Exception, match="niet vandaag") as failed:
            run_sql("update delivery set detail = ?", (READER,))
    return "".join(traceback.format_exception(failed.value))


def test_nothing_leaks(
    office: Any,
    shown: list[Any],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    rounds = sent(office)
    tried = [attempt.delivery_id for one in rounds for attempt in one.attempts]
    artifacts.digest_table(office.radar, [issue.id for one in rounds for issue in one.issues], tried)
    artifacts.visit_table(office.radar, 1)
    artifacts.watchdog_table(office.radar, Report((), (), (), ()))
    home = {"BELEIDSRADAR_SOURCES": str(office.home / "sources.yaml"), "BELEIDSRADAR_HOME": str(office.home)}
    for name, value in (office.environ | home).items():
        monkeypatch.setenv(name, value)
    for command in COMMANDS:
        run_command(list(command))
    for url in UNUSABLE:
        monkeypatch.setenv("BELEIDSRADAR_CHANNEL_OUD", url)
        assert run_command(["check"]) == 2
        assert run_command(["channels", "test", "oud", "--to", READER]) > 0
    printed = capsys.readouterr()
    with office.radar.store.read() as unit:
        values = (office.radar, office.radar.settings, rounds, unit.outbox.deliveries())
    said = {
        "artifacts": json.dumps(shown, ensure_ascii=False, default=str),
        "printed": printed.out + printed.err,
        "error": error(office),
        "repr": "\n".join(map(repr, values)),
        "ledger": (office.home / "told.log").read_text(encoding="utf-8"),
        "logs": "\n".join(f"{vars(one)} {one.getMessage()}" for one in caplog.records if one.name != SINK),
    }
    for place, words in said.items():
        assert words or place == "logs"  # nothing of ours had to be logged
        for canary in (SECRET, TOKEN, READER, READER.partition("@")[0]):
            assert canary not in words, place
    stored = list(rows(office.home / "radar.db"))
    assert not [table for table, value in stored if SECRET in value or TOKEN in value]
    assert {table for table, value in stored if READER in value} == HOLDING
