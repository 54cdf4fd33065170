"""The watchdog's stories: operators hear of what readers will notice, once when it begins and once when it is over."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import update

from demo.making.offices import EZK
from demo.making.parliament import letter
from demo.story import AMSTERDAM, OWNER, RECIPIENT
from services import digest as making
from services import watch, watchdog
from services.deliver import deliver_due
from services.radar import Radar
from storage import schema

OFFICIAL = "officielebekendmakingen"
HOST = "zoek.officielebekendmakingen.nl"
DOSSIER = (("32637", "Bedrijfslevenbeleid"),)
SUBJECTS = {
    "kst-32637-601": "2024-05-30 10:00",
    "kst-32637-602": "2024-06-03 10:00",
    "kst-32637-603": "2024-06-04 10:00",
    "kst-32637-604": "2024-06-05 10:00",
    "kst-32637-605": "2024-07-11 10:00",
}


def at(day: int, clock: str, month: int = 6) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2024, month, day, hour, minute, tzinfo=AMSTERDAM)


@pytest.fixture
def one_source(make_world: Any) -> Any:
    """A world of five letters that watches officielebekendmakingen.nl alone and tells by mail alone. Monday is 3 June 2024."""
    text = ["De procesinnovatie in de maakindustrie krijgt een regeling."]
    world = make_world("home", [letter(key, seen, DOSSIER, f"Brief {key}", EZK, text) for key, seen in SUBJECTS.items()])
    path = world.home / "sources.yaml"
    said = path.read_text(encoding="utf-8")
    said = re.sub(r"  rijksoverheid:\n.*?\ntopics:", "\ntopics:", said, flags=re.DOTALL)
    said = re.sub(r"  dringend:\n.*", "", said, flags=re.DOTALL).replace("channels: [mail, slack]", "channels: [mail]")
    path.write_text(said.replace("per_workday: 5, ", ""), encoding="utf-8")
    return world


def begin(world: Any, moment: datetime = datetime(2024, 5, 31, 15, tzinfo=AMSTERDAM)) -> Radar:
    """The baseline and the Startdossier are behind us."""
    world.sites.turn(moment)
    radar: Radar = world.radar()
    watch.visit(radar, OFFICIAL)
    send(radar)
    return radar


def send(radar: Radar) -> None:
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)


def mails(world: Any, to_owner: bool) -> list[str]:
    """Subject and text of every mail so far, to the owner or to the reader."""
    found = []
    for recipients, raw in world.mail.messages:
        message: Any = email.message_from_bytes(raw, policy=email.policy.default)
        if (OWNER in recipients) is to_owner:
            found.append(f"{message['Subject']}\n{message.get_body(('plain',)).get_content()}")
    return found


def test_a_frozen_list_is_in_the_second_digest_and_the_operator_hears_of_it_twice(one_source: Any) -> None:
    radar = begin(one_source)
    one_source.sites.turn(at(3, "12:00"))
    watch.visit(radar, OFFICIAL)
    one_source.sites.fault(HOST, frozen=True)
    for day in (4, 5, 6):
        for clock in ("07:15", "07:30", "13:15"):
            one_source.sites.turn(at(day, clock))
            watch.visit(radar, OFFICIAL)
            send(radar)
            watchdog.look(radar)
    digests = mails(one_source, to_owner=False)[-3:]
    assert ["niets nieuws op de lijsten, langer dan normaal" in one for one in digests] == [False, True, True]
    (note,) = mails(one_source, to_owner=True)
    assert note.startswith("Beleidsradar: officielebekendmakingen vraagt aandacht")
    assert "nothing new since ma 3 jun 12.00" in note

    one_source.sites.mend()
    one_source.sites.turn(at(6, "18:15"))
    watch.visit(radar, OFFICIAL)
    watchdog.look(radar)
    watchdog.look(radar)
    _, over = mails(one_source, to_owner=True)
    assert over.startswith("Beleidsradar: officielebekendmakingen is weer in orde")


def test_in_recess_three_days_of_silence_call_nobody(one_source: Any) -> None:
    radar = begin(one_source, at(12, "17:00", 7))
    one_source.sites.fault(HOST, frozen=True)
    for day in (15, 16, 17):
        one_source.sites.turn(at(day, "17:00", 7))
        watch.visit(radar, OFFICIAL)
        assert watchdog.look(radar).wrong == ()
    assert mails(one_source, to_owner=True) == []


def test_an_hour_of_trouble_calls_nobody_and_six_working_hours_do(one_source: Any) -> None:
    radar = begin(one_source)
    one_source.sites.fault(HOST, status=503)
    for clock in ("09:00", "10:00"):
        one_source.sites.turn(at(3, clock))
        watch.visit(radar, OFFICIAL)
        assert watchdog.look(radar).told == ()
    one_source.sites.turn(at(3, "15:30"))
    watch.visit(radar, OFFICIAL)
    one_source.mail.refuse(OWNER, 451, 1)
    assert watchdog.look(radar).told == ()  # the note could not be sent: the next watchdog sends it
    assert mails(one_source, to_owner=True) == []
    (began,) = watchdog.look(radar).told
    assert (began.source, began.kind) == (OFFICIAL, "stale")
    assert watchdog.look(radar).told == ()
    assert len(mails(one_source, to_owner=True)) == 1


def test_two_and_two_is_fine_and_two_and_one_is_an_alarm_that_names_the_paper(one_source: Any) -> None:
    radar = begin(one_source)
    one_source.sites.turn(at(4, "12:00"))
    watch.visit(radar, OFFICIAL)
    one_source.sites.turn(at(5, "07:30"))
    watch.visit(radar, OFFICIAL)
    send(radar)
    (compared,) = watchdog.look(radar).reconciled
    assert (compared.listed, compared.handled, compared.selected, compared.told) == (2, 2, 2, 2)
    assert compared.missing == ()
    assert mails(one_source, to_owner=True) == []

    lost = f"https://{HOST}/kst-32637-603.html"
    with radar.store.engine.begin() as connection:  # a lost row, and lists that say "not modified" to the visits
        connection.execute(update(schema.resource).where(schema.resource.c.url == lost).values(url=f"{lost}-lost"))
    one_source.sites.turn(at(5, "08:00"))
    assert watchdog.look(radar).reconciled == ()  # it is asked every six hours
    one_source.sites.turn(at(5, "13:35"))
    (compared,) = watchdog.look(radar).reconciled
    assert compared.missing == (lost,)
    assert compared.listed == compared.handled + 2  # the letter of this morning is on its way: no alarm
    (note,) = mails(one_source, to_owner=True)
    assert lost in note


def test_a_digest_that_nobody_made_is_made_once_and_marked_late(one_source: Any) -> None:
    radar = begin(one_source)
    one_source.sites.turn(at(3, "07:40"))
    assert watchdog.look(radar).made == ()  # the digests' own flow may still be on its way
    one_source.sites.turn(at(5, "09:10"))
    assert watchdog.look(radar).made == ("ochtend of wo 5 jun 07.30",)
    assert watchdog.look(radar).made == ()
    send(radar)
    (late,) = mails(one_source, to_owner=False)[1:]
    assert "07.30" in late


def test_messages_that_wait_for_hours_are_an_incident(one_source: Any) -> None:
    radar = begin(one_source)
    one_source.sites.turn(at(3, "07:30"))
    one_source.mail.refuse(RECIPIENT, 451, 99)
    send(radar)
    one_source.sites.turn(at(3, "11:00"))
    watch.visit(radar, OFFICIAL)
    (began,) = watchdog.look(radar).told
    assert (began.source, began.kind) == ("digest:ochtend", "stuck")
    assert "1 messages through mail" in began.said
