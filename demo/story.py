"""The story of the demo: a week of December 2021 in steps, as data. The command line plays it.

Times are Europe/Amsterdam. The papers themselves stand in `demo.papers`; what each site shows at a moment follows from the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICIAL = "officielebekendmakingen"
GOVERNMENT = "rijksoverheid"
AGENCY = "rvo"
EVERY_SITE = (OFFICIAL, GOVERNMENT, AGENCY)


class Act(StrEnum):
    """What happens at a step."""

    VISIT = "visit"
    SEND = "send"
    FREEZE = "freeze"  # the lists of a host stay as they are, its pages go on changing
    MEND = "mend"
    KILL = "kill"  # a visit in a process of its own, killed with -9 in the middle
    REFUSE = "refuse"  # the mail server refuses the next mail once


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, what, to which sources or host, and the words that tell the onlooker why it matters.

    `on_page`: the words stand on the index page too; those of a visit always do.
    """

    at: datetime
    act: Act
    words: str
    sources: tuple[str, ...] = ()
    host: str = ""
    path: str = ""
    on_page: bool = False


def _at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2021, 12, day, int(hour), int(minute), tzinfo=AMSTERDAM)


START = _at(3, "15:00")
"""The moment at which watching begins; everything older is baseline."""

STEPS = (
    Step(START, Act.VISIT, "first look at the three sites: what stands there is written down, nothing is news", EVERY_SITE),
    Step(_at(3, "15:30"), Act.SEND, "the Startdossier: the state of affairs before watching began"),
    Step(_at(3, "17:15"), Act.VISIT, "a Member of Parliament asks about process innovation", (OFFICIAL,)),
    Step(_at(3, "17:20"), Act.SEND, "urgent news, if there is any, leaves at once"),
    Step(_at(6, "07:15"), Act.VISIT, "Monday: three days are made up in one visit", EVERY_SITE),
    Step(_at(6, "07:30"), Act.SEND, "the morning digest"),
    Step(_at(6, "11:15"), Act.VISIT, "a report appears, dated three weeks ago: backdated papers are not missed", (GOVERNMENT,)),
    Step(_at(6, "12:15"), Act.VISIT, "rvo.nl renews every 'Laatst gecontroleerd op': that is no news", (AGENCY,)),
    Step(_at(6, "12:20"), Act.SEND, "nothing is due but what is urgent"),
    Step(_at(7, "07:15"), Act.VISIT, "Tuesday", EVERY_SITE),
    Step(_at(7, "07:30"), Act.SEND, "the morning digest"),
    Step(_at(7, "10:15"), Act.VISIT, "an answer is late: the extension notice joins the question's thread", (OFFICIAL,)),
    Step(_at(7, "12:00"), Act.FREEZE, "the lists of rvo.nl stand still from here", host="www.rvo.nl"),
    Step(_at(7, "14:15"), Act.VISIT, "the WBSO rates change while no list says so: found by asking again", (AGENCY,)),
    Step(_at(7, "14:20"), Act.SEND, "a changed scheme cannot wait: to Slack"),
    Step(_at(8, "07:15"), Act.VISIT, "Wednesday", EVERY_SITE),
    Step(_at(8, "07:30"), Act.SEND, "the morning digest says that the lists of rvo.nl lag"),
    Step(_at(8, "10:15"), Act.VISIT, "process innovation in hospitals: held back, with its reason", (OFFICIAL,)),
    Step(_at(8, "12:00"), Act.MEND, "the lists of rvo.nl move again", host="www.rvo.nl"),
    Step(
        _at(8, "15:15"),
        Act.KILL,
        "a visit is killed in the middle",
        (OFFICIAL,),
        host="zoek.officielebekendmakingen.nl",
        on_page=True,
    ),
    Step(_at(8, "15:20"), Act.VISIT, "the next one takes up where it stopped; the answer is in", EVERY_SITE),
    Step(_at(8, "15:30"), Act.SEND, "urgent news, if there is any, leaves at once"),
    Step(_at(9, "07:15"), Act.VISIT, "Thursday", EVERY_SITE),
    Step(_at(9, "07:30"), Act.SEND, "the morning digest"),
    Step(_at(9, "16:50"), Act.VISIT, "THE letter: Kamerstuk 32 637, nr. 480", (OFFICIAL,)),
    Step(_at(9, "16:55"), Act.SEND, "must-read news leaves at once"),
    Step(_at(9, "17:15"), Act.VISIT, "the same letter on two more sites: the same item, no second message", (GOVERNMENT,)),
    Step(_at(9, "17:20"), Act.SEND, "nothing more to say about it"),
    Step(_at(10, "07:15"), Act.VISIT, "Friday", EVERY_SITE),
    Step(_at(10, "07:29"), Act.REFUSE, "the mail server is about to refuse a mail"),
    Step(_at(10, "07:30"), Act.SEND, "the morning digest; the mail is refused and kept", on_page=True),
    Step(_at(10, "07:35"), Act.SEND, "the mail goes out at the second try, the same bytes", on_page=True),
)

RECIPIENT = "beleid-team@example.nl"
OWNER = "radar-beheer@example.nl"

FIVE_KINDS = {
    "letter": "KAMERBRIEF",
    "question": "KAMERVRAAG",
    "answer": "ANTWOORD",
    "report": "RAPPORT",
    "scheme": "REGELING",
}
"""The five kinds that the product is for, with the badge under which each must stand in mail and Slack."""
