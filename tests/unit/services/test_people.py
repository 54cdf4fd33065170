"""What is stored about a person can be had as JSON and taken out; nothing is told twice for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from demo.story import RECIPIENT
from domain.errors import UsageError
from services import people
from services.labels import FILE
from services.radar import Radar
from services.wiring import open_radar


def _moved(old_radar: Radar, old_home: Path) -> Radar:
    """The same archive after the reader was taken out of sources.yaml."""
    sources = old_home / "sources.yaml"
    sources.write_text(sources.read_text().replace(RECIPIENT, "ander@example.nl"))
    old_radar.store.close()
    return open_radar({"BELEIDSRADAR_HOME": str(old_home), "BELEIDSRADAR_CLOCK": str(old_home / "clock")}, create=False)


def test_everything_about_a_reader_is_shown(old_radar: Radar) -> None:
    found = people.export(old_radar, RECIPIENT.upper())
    assert found.configured == ("digests.ochtend.to",)
    assert len(found.deliveries) == 3
    assert all(one["channel"] == "mail" for one in found.deliveries)
    assert len(found.told) > 5
    assert people.export(old_radar, "nobody@example.nl").deliveries == ()


def test_somebody_who_still_gets_mail_is_not_forgotten(old_radar: Radar) -> None:
    with pytest.raises(UsageError, match=r"digests\.ochtend\.to; take it out first"):
        people.forget(old_radar, RECIPIENT)
    with pytest.raises(UsageError):
        people.forget(old_radar, " ")


def test_forgetting_takes_the_address_out_of_the_database_and_keeps_what_was_told(old_radar: Radar, old_home: Path) -> None:
    radar = _moved(old_radar, old_home)
    target = radar.ledger.target("mail", RECIPIENT)
    with radar.store.begin() as unit:
        now = radar.clock.now()
        unit.mutes.add("term", "wbso", "procesinnovatie", reason="ruis", who=RECIPIENT, at=now, until=now)
        unit._connection.execute(text("UPDATE delivery SET state = 'pending' WHERE id = 3"))
    (old_home / FILE).write_text(json.dumps({"who": RECIPIENT, "id": "kst-1"}) + "\nbroken\n")
    told = radar.ledger.told(target)
    before = _raw(radar)
    assert RECIPIENT.encode() in before
    done = people.forget(radar, RECIPIENT)
    assert done.changed == {"deliveries": 3, "suppressed": 0, "mutes": 1, "issues": 0, "labels": 1}
    assert RECIPIENT.encode() not in _raw(radar)
    assert (old_home / FILE).read_text() == '{"who": "forgotten", "id": "kst-1"}\nbroken\n'
    assert radar.ledger.told(target) == told
    with radar.store.read() as unit:
        states = [row.state for row in unit._connection.execute(text("SELECT state FROM delivery ORDER BY id"))]
        assert states[2] == "dropped"
    assert people.forget(radar, RECIPIENT).total == 0
    assert any("mail server" in one for one in done.elsewhere)
    radar.store.close()


def _raw(radar: Radar) -> bytes:
    """Every row of the database, as bytes in which an address would show."""
    from storage import rows

    with radar.store.engine.connect().execution_options(reading=True) as connection:
        found = b"".join(rows.lines(connection))
        envelopes = connection.execute(text("SELECT envelope FROM delivery")).scalars().all()
    return found + b"".join(map(bytes, envelopes))


def test_an_owner_leaves_the_stored_pages(old_radar: Radar, old_home: Path) -> None:
    sources = old_home / "sources.yaml"
    sources.write_text(sources.read_text().replace("radar-beheer@example.nl", "nieuw@example.nl"))
    old_radar.store.close()
    radar = open_radar({"BELEIDSRADAR_HOME": str(old_home), "BELEIDSRADAR_CLOCK": str(old_home / "clock")}, create=False)
    assert len(people.export(radar, "radar-beheer@example.nl").issues) == 6
    assert people.forget(radar, "Radar-Beheer@example.nl").changed["issues"] == 6
    assert people.export(radar, "radar-beheer@example.nl").issues == ()
    with radar.store.read() as unit:
        assert all(json.loads(run.renderings["json"])["items"] is not None for run in unit.issues.runs())
    radar.store.close()
