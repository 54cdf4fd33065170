"""One moment is one issue, whatever happens: sleep, the two days of the year, quiet hours, holidays, a clock that jumps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.calendar import AMSTERDAM, clock_time, local
from services import digest as making
from services.due import due_digests
from services.telling import tell

DAILY = """\
  ochtend:
    topics: [procesinnovatie]
    when: "{when}"
    channels: [mail]
    to: [lezer@example.nl]
    owner: beheer@example.nl
    {more}
"""


@pytest.fixture
def daily(make_office: Callable[..., Any]) -> Callable[..., Any]:
    def make(when: str = "30 7 * * *", more: str = "if_empty: short", **start: datetime) -> Any:
        return make_office(DAILY.format(when=when, more=more), **start)

    return make


def amsterdam(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=AMSTERDAM)  # type: ignore[misc, arg-type]


def walk(office: Any, until: datetime, step: timedelta = timedelta(minutes=30)) -> list[str]:
    """Wake up every so often, as the flow does; says when which issue was made."""
    made = []
    while office.clock.time < until:
        office.clock.time += step
        made += [f"{local(run.made):%d} {clock_time(run.made)}{' late' if run.late else ''}" for run in office.tell().issues]
    return made


@pytest.mark.parametrize(
    ("cron", "start", "expected"),
    [
        ("30 7 * * *", amsterdam(2026, 3, 27, 13, 30), ["28 07.30", "29 07.30", "30 07.30"]),
        ("30 7 * * *", amsterdam(2026, 10, 23, 13, 30), ["24 07.30", "25 07.30", "26 07.30"]),
        # 02.30 does not exist on the one day and comes twice on the other.
        ("30 2 * * *", amsterdam(2026, 3, 27, 13, 30), ["28 02.30", "29 03.30 late", "30 02.30"]),
        ("30 2 * * *", amsterdam(2026, 10, 23, 13, 30), ["24 02.30", "25 02.30", "26 02.30"]),
    ],
)
def test_the_days_of_23_and_25_hours_have_one_issue(daily: Any, cron: str, start: datetime, expected: list[str]) -> None:
    office = daily(cron, watching_since=start)
    assert walk(office, start + timedelta(days=3), timedelta(hours=1)) == expected
    assert len(office.mails()) == 3


def test_asleep_from_seven_until_ten_past_nine(daily: Any) -> None:
    """Sent at 09.10, once, and it says so."""
    office = daily()
    office.turn(2021, 12, 7, 7, 0)
    office.read(office.letter(480))
    assert office.tell().issues == ()
    office.turn(2021, 12, 7, 9, 10)
    (issue,) = office.tell().issues
    assert (clock_time(issue.due), issue.late != "") == ("07.30", True)
    office.turn(2021, 12, 7, 9, 15)
    assert office.tell().issues == ()
    (mail,) = office.mails()
    assert re.search(r"Later dan gepland: gepland [^,]*07\.30, gemaakt [^,]*09\.10 ", " ".join(mail[2].split()))


def test_a_week_asleep_is_one_late_issue(daily: Any) -> None:
    office = daily()
    office.turn(2021, 12, 14, 8, 30)
    assert walk(office, amsterdam(2021, 12, 15, 8, 0), timedelta(hours=1)) == ["14 09.30 late", "15 07.30"]


def test_an_issue_is_made_once_by_however_many_processes(daily: Any) -> None:
    """Two that woke up together, and one that was killed after its commit."""
    office = daily()
    office.read(office.letter(480))
    office.turn(2021, 12, 7, 7, 30)
    (wanted,) = due_digests(office.radar)
    first, second = making.make(office.radar, wanted), making.make(office.radar, wanted)
    assert first == second
    assert due_digests(office.radar) == ()
    assert office.mails() == []  # killed here: the deliveries stand in the outbox
    tell(office.radar)
    tell(office.radar)
    assert len(office.mails()) == 1


def test_a_clock_that_goes_back_makes_no_second_issue(daily: Any) -> None:
    office = daily()
    office.turn(2021, 12, 7, 7, 35)
    assert len(office.tell().issues) == 1
    office.turn(2021, 12, 7, 7, 0)
    assert walk(office, amsterdam(2021, 12, 7, 12, 0), timedelta(minutes=15)) == []


def test_a_clock_that_ran_ahead_and_was_put_back_silences_nothing(daily: Any) -> None:
    """One late issue for the jump; back in the present every day has its own."""
    office = daily()
    office.turn(2031, 1, 8, 10, 0)
    assert [run.late != "" for run in office.tell().issues] == [True]
    office.turn(2021, 12, 6, 12, 30)
    assert walk(office, amsterdam(2021, 12, 8, 12, 0), timedelta(hours=1)) == ["07 07.30", "08 07.30"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("if_empty: short", ["19 08.00"]),
        ("on_holidays: keep", ["18 08.00"]),
        ("on_holidays: skip", []),
    ],
)
def test_a_weekly_digest_on_easter_monday(daily: Any, more: str, expected: list[str]) -> None:
    office = daily("0 8 * * 1", more, watching_since=amsterdam(2022, 4, 16, 14))
    assert walk(office, amsterdam(2022, 4, 21, 12), timedelta(hours=6)) == expected


def test_quiet_hours_hold_every_digest_until_their_end(daily: Any) -> None:
    """Hourly over a night: one issue at seven, not ten of them; what was missed in the evening is not sent at midnight."""
    office = daily("hourly", "quiet_hours: 20:00-07:00\n    if_empty: short", watching_since=amsterdam(2021, 12, 6, 18, 0))
    assert walk(office, amsterdam(2021, 12, 7, 8, 0), timedelta(hours=1)) == ["06 19.00", "07 07.00", "07 08.00"]
    office.turn(2021, 12, 7, 22, 0)  # asleep since eight in the morning
    assert walk(office, amsterdam(2021, 12, 8, 7, 0), timedelta(hours=1)) == ["08 07.00"]


def test_hourly_goes_on_at_easter(daily: Any) -> None:
    office = daily("hourly", "if_empty: short", watching_since=amsterdam(2022, 4, 18, 9))
    assert walk(office, amsterdam(2022, 4, 18, 12)) == ["18 10.00", "18 11.00", "18 12.00"]


def test_a_digest_that_was_added_today_is_not_late(daily: Any) -> None:
    office = daily()
    with office.radar.store.begin() as unit:
        for source in office.radar.settings.sources:
            unit.routes.baseline_done(source, office.clock.time)
    office.turn(2021, 12, 8, 10, 0)
    assert [run.form for run in office.tell().issues] == ["start"]
    office.turn(2021, 12, 8, 10, 5)
    assert office.tell().issues == ()
    office.turn(2021, 12, 9, 7, 30)
    assert [(run.form, run.late) for run in office.tell().issues] == [("regular", "")]


def test_an_issue_that_cannot_be_made_keeps_back_no_other(make_office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one = DAILY.format(when="30 7 * * *", more="")
    office = make_office(one + one.replace("ochtend", "ander"))
    honest = making.compose

    def broken(radar: Any, unit: Any, settings: Any, **how: Any) -> Any:
        if settings.name == "ochtend":
            raise ZeroDivisionError("broken")
        return honest(radar, unit, settings, **how)

    monkeypatch.setattr(making, "compose", broken)
    office.turn(2021, 12, 7, 7, 30)
    with pytest.raises(ZeroDivisionError):
        office.tell()
    assert len(office.mails()) == 1
    monkeypatch.undo()
    office.turn(2021, 12, 7, 7, 40)
    assert [(run.digest, run.late != "") for run in office.tell().issues] == [("ochtend", True)]


def test_the_day_is_in_utc_where_it_is_stored(daily: Any) -> None:
    office = daily()
    office.turn(2021, 12, 7, 7, 30)
    (issue,) = office.tell().issues
    assert issue.due == datetime(2021, 12, 7, 6, 30, tzinfo=UTC)
