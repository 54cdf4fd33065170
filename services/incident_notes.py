"""Telling operators of incidents: one line when one begins, one when it ends, all lines of a moment in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.calendar import day_and_time
from services import operators
from services.radar import Radar
from storage.incidents import Incident

REMEMBERED = timedelta(days=30)
"""An incident that ended longer ago is told no more: nobody could be reached all that time."""

SHOWN = 20


def tell(radar: Radar) -> tuple[Incident, ...]:
    """Tell what began and what ended since the last note; returns what was told now.

    It is written down as told only once a note arrived, so that one that could not be sent is tried again by the next watchdog.
    What began and ended before anybody could be told is not told: nobody can act on it.
    """
    now = radar.clock.now()
    with radar.store.read() as unit:
        found = unit.incidents.since(now - REMEMBERED)
    began = [one for one in found if one.ended is None and one.told_began is None]
    ended = [one for one in found if one.ended is not None and one.told_began is not None and one.told_ended is None]
    if not began and not ended:
        return ()
    key = "incidents " + " ".join([*(f"b{one.id}" for one in began), *(f"e{one.id}" for one in ended)])
    if not operators.tell(radar, key, lambda language: _words(language, began, ended)):
        return ()
    with radar.store.begin() as unit:
        for one in began:
            unit.incidents.told(one.id, now, ended=False)
        for one in ended:
            unit.incidents.told(one.id, now, ended=True)
    return (*began, *ended)


def _words(language: str, began: Sequence[Incident], ended: Sequence[Incident]) -> tuple[str, str]:
    """Subject and text; what is the matter stands there in English, as `status` says it."""
    english = language == "en"
    names = ", ".join(dict.fromkeys(one.source for one in (*began, *ended)))
    what = {
        (True, False): ("needs attention", "vraagt aandacht"),
        (False, True): ("is in order again", "is weer in orde"),
        (True, True): ("needs attention / is in order again", "vraagt aandacht / is weer in orde"),
    }[bool(began), bool(ended)][0 if english else 1]
    parts = []
    if began:
        parts.append(("Since this watch:" if english else "Nieuw:") + "".join(f"\n- {_line(one)}" for one in began[:SHOWN]))
    if ended:
        parts.append(("Over:" if english else "Voorbij:") + "".join(f"\n- {_line(one)}" for one in ended[:SHOWN]))
    parts.append(
        "Look at it with: beleidsradar status\nYou hear of it once more, when it is over."
        if english
        else "Bekijk het met: beleidsradar status\nU hoort het nog eenmaal, als het voorbij is."
    )
    return f"Beleidsradar: {names} {what}", "\n\n".join(parts if began else parts[:-1])


def _line(one: Incident) -> str:
    until = f" to {day_and_time(one.ended)}" if one.ended else ""
    return f"{one.source}, from {day_and_time(one.began)}{until}: {one.said}"
