"""deliver and status: what could not be sent, and when it is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.calendar import clock_time
from services.environment import CLOCK, CONNECT, HOME

MAIL = "BELEIDSRADAR_CHANNEL_MAIL"
SLACK = "BELEIDSRADAR_CHANNEL_SLACK"


@pytest.fixture
def monday(played: Any, run: Any, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A home of its own in which the first look was taken; the mail channel is set, Slack is not."""
    from demo import home, story
    from demo.sites import Miniature

    with Miniature(story.START) as sites:
        place = tmp_path / "own"
        home.furnish(place, root / "topics")
        settings = place / "sources.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("channels: [mail, slack]", "channels: [mail]"), "utf-8")
        monkeypatch.setenv(HOME, str(place))
        monkeypatch.setenv(CLOCK, sites.clock_url)
        monkeypatch.setenv(CONNECT, sites.connect)
        assert run("run").code == 0
        sites.turn(story._at(3, "15:30"))
        yield sites


def test_a_missing_channel_is_said_in_one_line_and_tried_as_soon_as_it_is_set(
    run: Any, played: Any, monday: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = run("deliver")
    assert found.code == 1
    assert len(found.lines) == 1
    assert f"{MAIL} is not set" in found.err

    again = run("deliver")
    now = monday.now
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("1 waits for its next try at ")

    status = run("status")
    assert "next try vr 3 dec 15.45" in status.out
    waiting = run("status", "--json").json["deliveries"][0]
    assert waiting["next_try"] > now.isoformat()

    before = len(played.mail.messages)
    host, port = played.mail.address
    monkeypatch.setenv(MAIL, f"mailto://{host}:{port}/?from=radar@example.nl&name=Beleidsradar")
    sent = run("deliver")
    assert sent.code == 0, sent.err
    assert "delivered" in sent.out, sent.out
    assert monday.now == now  # at once: nobody turned the clock
    assert len(played.mail.messages) == before + 1
    assert run("deliver").out.strip() == "nothing waits to be delivered"
    assert run("status", "--json").json["deliveries"] == []


def test_a_refused_mail_is_failed_work_until_it_is_delivered(
    run: Any, played: Any, monday: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from demo.story import RECIPIENT

    host, port = played.mail.address
    monkeypatch.setenv(MAIL, f"mailto://{host}:{port}/?from=radar@example.nl&name=Beleidsradar")
    played.mail.refuse(RECIPIENT, 451, 1)
    found = run("deliver", "--json")
    assert found.code == 1
    assert [attempt["state"] for attempt in found.json] == ["retry"]
    assert len(found.lines) == 1
    waits = run("deliver")
    assert clock_time(monday.now)[:2] in waits.out
    monday.turn(monday.now + timedelta(hours=1))
    assert run("deliver").code == 0
