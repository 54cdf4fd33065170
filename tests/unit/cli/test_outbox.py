"""outbox and channels: what an operator sees and does when a channel is shut; readers of the others notice nothing."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from demo import home, story
from demo.sinks import MailSink, SlackSink
from demo.sites import Miniature
from domain.events import DeliveryState
from services import digest as making
from services import watch
from services.deliver import deliver_due
from services.environment import CLOCK, CONNECT, HOME
from services.wiring import open_radar

MAIL = "BELEIDSRADAR_CHANNEL_MAIL"
SLACK = "BELEIDSRADAR_CHANNEL_SLACK"
CANARY = "c4n4ryGeheim"


class Office:
    """A home in which the first issue is due, and the world around it."""

    def __init__(self, sites: Miniature, mail: MailSink, slack: SlackSink, place: Path, environment: dict[str, str]) -> None:
        self.sites, self.mail, self.slack, self.place, self.environment = sites, mail, slack, place, environment

    def later(self, minutes: float) -> None:
        """Time passes."""
        self.sites.turn(self.sites.now + timedelta(minutes=minutes))

    def issue(self) -> None:
        """A quarter of an hour later somebody sends an issue by hand: nothing new in it."""
        self.later(15)
        radar = open_radar(self.environment, create=False)
        making.send_now(radar, "ochtend")
        deliver_due(radar)
        radar.store.close()


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[tuple[Miniature, Path]]:
    """The miniature, and a home in which everything of the first day was read."""
    place = tmp_path_factory.mktemp("visited") / "home"
    with Miniature(story.START) as sites:
        sources = home.furnish(place, root / "topics")
        environment = home.environment(place, sources, sites.connect, sites.clock_url, ("127.0.0.1", 1), "127.0.0.1:1")
        radar = open_radar(environment, create=True)
        for source in radar.adapters:
            watch.visit(radar, source)
        radar.store.close()
        yield sites, place


@pytest.fixture
def office(
    run: Any, visited: tuple[Miniature, Path], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """Mail and Slack are set, and the first issue is due."""
    sites, first = visited
    place = tmp_path / "office"
    shutil.copytree(first, place)
    with MailSink() as mail, SlackSink() as slack:
        environment = home.environment(place, place / "sources.yaml", sites.connect, sites.clock_url, mail.address, slack.address)
        for name in (HOME, CLOCK, CONNECT, MAIL, SLACK):
            monkeypatch.setenv(name, environment[name])
        sites.turn(story._at(3, "15:30"))
        yield Office(sites, mail, slack, place, environment)


def test_a_webhook_that_is_gone_sends_its_items_to_the_owner(run: Any, office: Office) -> None:
    """The readers of the mail notice nothing; the owner gets the issue with the variable; the operator gets the command."""
    office.slack.fail(404, 99)
    done = run("deliver")
    assert done.code == 1
    assert "slack" in done.err
    to = [recipient for recipient, _ in office.mail.messages]
    assert to == [story.RECIPIENT, story.OWNER]
    said = office.mail.messages[1][1].decode()
    assert SLACK in said.replace("=\r\n", "")
    assert "outbox retry --channel slack" in said.replace("=\r\n", "")
    shown = run("outbox", "list").out
    assert f"slack ({SLACK})" in shown
    assert "given up" in shown
    assert "404" in shown
    assert "failing since vr 3 dec 15.30" in shown
    assert "after mending: beleidsradar outbox retry --channel slack" in shown
    office.slack.fail(404, 0)
    office.slack._troubles.clear()
    assert "to be tried again" in run("outbox", "retry", "--channel", "slack").out
    assert run("deliver").code == 0
    assert office.slack.messages
    assert run("outbox", "list").out.strip() == "nothing waits to be delivered"
    assert len(office.mail.messages) == 2


def test_a_drop_is_remembered_and_why_shows_it(run: Any, archive: Path) -> None:
    """Who, when and why; what is dropped waits no more and can be taken back."""
    with sqlite3.connect(archive / "beleidsradar.db") as database:
        last = database.execute("SELECT max(id) FROM digest_run WHERE form = 'regular'").fetchone()[0]
        where = "digest_run_id = ? AND channel = 'slack' AND part = 1"
        database.execute(f"UPDATE delivery SET state = 'dead', code = '404' WHERE {where}", (last,))
        number = str(database.execute(f"SELECT id FROM delivery WHERE {where}", (last,)).fetchone()[0])
    wrong = run("outbox", "drop", number, "--reason", " ")
    assert (wrong.code, len(wrong.lines)) == (2, 1)
    done = run("outbox", "drop", number, "--reason", "webhook is opgeheven", "--by", "beheer")
    assert done.code == 0, done.err
    assert run("outbox", "list").out.strip() == "nothing waits to be delivered"
    assert "dropped by beheer" in run("outbox", "list", "--dropped").out
    assert "webhook is opgeheven" in json.dumps(run("why", "kst-32637-480", "--json").json, ensure_ascii=False)
    assert run("outbox", "retry", number).code == 0
    assert [one["state"] for one in run("outbox", "list", "--json").json["entries"]] == ["retry"]


@pytest.mark.parametrize("arguments", [["99999"], ["x"], [], ["--channel", "fax"]])
def test_what_cannot_be_tried_again_is_wrong_usage(run: Any, archive: Path, arguments: list[str]) -> None:
    """In one way or another; nothing changes."""
    assert run("outbox", "retry", *arguments).code == 2


def test_an_address_that_refuses_twice_gets_no_more_mail(run: Any, office: Office) -> None:
    """The owner hears which one; trying it by hand, with success, gives it its mail again."""
    office.mail.refuse(story.RECIPIENT, 550, 2)
    run("deliver")
    notes = [raw.decode() for recipient, raw in office.mail.messages if recipient == story.OWNER]
    assert len(notes) == 1
    assert story.RECIPIENT in notes[0]
    office.issue()
    assert len([1 for recipient, _ in office.mail.messages if recipient == story.OWNER]) == 2
    office.issue()
    assert story.RECIPIENT not in [
        recipient for recipient, _ in office.mail.messages
    ]  # the third was not tried: it would be taken
    shown = run("outbox", "list")
    assert "nothing is sent to reader 1 of 1 of ochtend since" in shown.out
    assert story.RECIPIENT not in shown.out
    assert story.RECIPIENT in run("outbox", "list", "--addresses").out
    tried = run("channels", "test", "mail", "--to", story.RECIPIENT)
    assert (tried.code, "gets its mail again" in tried.out) == (0, True)
    office.issue()
    assert story.RECIPIENT in [recipient for recipient, _ in office.mail.messages[-2:]]


def test_trying_a_channel_says_in_one_line_what_the_server_said(
    run: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accepted, refused, not there, not known; never with the secret."""
    assert "accepted (250)" in run("channels", "test", "mail").out
    assert run("channels", "test", "slack", "--json").json["outcome"] == "delivered"
    assert office.mail.messages[0][0] == story.OWNER
    office.slack.fail(403, 1)
    refused = run("channels", "test", "slack")
    assert (refused.code, len(refused.lines)) == (1, 1)
    assert "refused (403)" in refused.err
    assert SLACK in refused.err
    host, port = office.mail.address
    monkeypatch.setenv(MAIL, f"mailto://user:{CANARY}@{host}:{port}/?from=radar@example.nl")
    wrong = run("channels", "test", "mail")
    assert (wrong.code, len(wrong.lines), CANARY in wrong.err + wrong.out) == (1, 1, False)
    monkeypatch.delenv(MAIL)
    assert f"{MAIL} is not set" in run("channels", "test", "mail").err
    unknown = run("channels", "test", "fax")
    assert (unknown.code, "there is no channel 'fax'" in unknown.err) == (2, True)


def test_an_issue_made_before_its_channel_was_there_is_built_for_it(
    run: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack gets blocks and mail its sender, although neither was known when the issue was frozen; no attempt was counted."""
    for name in (MAIL, SLACK):
        monkeypatch.delenv(name)
    assert run("deliver").code == 1
    radar = open_radar({k: v for k, v in office.environment.items() if k not in (MAIL, SLACK)}, create=False)
    for _ in range(9):  # it does not wear out
        office.later(20)
        deliver_due(radar)
    waits = run("outbox", "list").out
    assert f"{MAIL} is not set" in waits
    assert f"{SLACK} is not set" in waits
    for name in (MAIL, SLACK):
        monkeypatch.setenv(name, office.environment[name])
    assert run("deliver").code == 0
    assert office.slack.messages[0]["blocks"]
    assert [recipient for recipient, _ in office.mail.messages] == [story.RECIPIENT]
    assert b"\r\nFrom: Beleidsradar <radar@example.nl>" in office.mail.messages[0][1]


def test_no_secret_and_no_address_where_they_do_not_belong(
    run: Any, office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A canary in both channel URLs and one in `to:`: through success, refusal and a wrong URL, in no log at any level, output,
    ledger or error; the secret in no byte of the database."""
    caplog.set_level(logging.DEBUG)
    for name in ("apprise", "urllib3", "smtplib"):
        caplog.set_level(logging.DEBUG, name)
    address = "kanarie-geadresseerde@example.nl"
    sources = office.place / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace(story.RECIPIENT, address), encoding="utf-8")
    host, port = office.mail.address
    urls = {
        MAIL: f"mailto://radar:{CANARY}@{host}:{port}/?from=radar@example.nl",
        SLACK: f"slack://T00000000/B00000000/{CANARY}",
    }
    said = ""
    monkeypatch.setenv(SLACK, urls[SLACK])
    for mail, commands in (
        (urls[MAIL], ("deliver", "outbox list", "status --json", "channels test mail")),
        (f"mailto://{CANARY}@@@", ("check", "deliver --json", "channels test mail --json")),
        (f"mailto://{host}:{port}/?from=radar@example.nl", ("outbox retry --dead", "deliver", "outbox list --json", "status")),
    ):
        monkeypatch.setenv(MAIL, mail)
        office.mail.refuse(address, 550, 1)
        for command in commands:
            found = run(*command.split())
            said += found.out + found.err
        office.later(30)
    radar = open_radar({**office.environment, **urls}, create=False)
    with radar.store.read() as unit:
        deliveries = unit.outbox.deliveries()
        said += repr(deliveries) + repr(unit.correspondents.all_suppressed())
    said += repr(radar.settings.channels) + repr(radar.settings.digests) + repr(radar)
    assert any(one.state is DeliveryState.DELIVERED for one in deliveries)
    assert "mailtos://" in said or "not a usable" in said or "cannot be used" in said
    # What the mail server of the test writes into its own log is not ours.
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    for place in (said, logged, (office.place / "told.log").read_text("ascii")):
        assert CANARY not in place
        assert address not in place
    radar.store.close()
    for file in office.place.iterdir():
        if file.name.startswith("beleidsradar.db"):
            assert CANARY.encode() not in file.read_bytes(), file.name
