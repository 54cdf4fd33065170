"""The identity of an event."""

from __future__ import annotations

from domain.events import EventKind, event_key

URL = "https://www.rvo.nl/subsidies-financiering/mit"


def test_the_same_change_a_second_time_is_another_event() -> None:
    """A scheme that closes, opens and closes again has closed twice, although the words are the same."""
    closed, again = (event_key(URL, EventKind.SCHEME_CHANGED, "open", "closed", seq) for seq in (1, 3))
    assert closed != again
    assert closed == event_key(URL, EventKind.SCHEME_CHANGED, "open", "closed", 1)
