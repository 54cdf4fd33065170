"""What an owner reads about deliveries that were given up, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

DUTCH: Mapping[str, str] = {
    "shut_subject": "Niet bezorgd via {channel}",
    "shut_body": (
        "Het kanaal {channel} ({variable}) weigert sinds {since}: {detail}. "
        "De lezers van dat kanaal hebben dit nummer niet gekregen; daarom krijgt u het."
    ),
    "shut_perhaps": "Een eerdere poging is misschien wel aangekomen (sinds {since} onzeker).",
    "shut_retry": "Na herstel opnieuw sturen: {command}",
    "refused_subject": "Een adres weigert de digest",
    "refused_body": "Nummer niet bezorgd aan {address} via {channel}, sinds {since}: {detail}.",
    "suppressed_subject": "Een adres krijgt geen mail meer",
    "suppressed_body": (
        "{address} weigerde twee keer achter elkaar via {channel}, het laatst op {since}: {detail}. "
        "Er gaat geen mail meer heen. Haal het adres uit `to:`, of verstuur na herstel opnieuw: dan telt het weer mee."
    ),
    "test_subject": "Beleidsradar: proefbericht",
    "test_body": "Dit is een proefbericht van Beleidsradar. Kanaal {channel} werkt.",
}

ENGLISH: Mapping[str, str] = {
    "shut_subject": "Not delivered through {channel}",
    "shut_body": (
        "The channel {channel} ({variable}) refuses since {since}: {detail}. "
        "The readers of that channel did not get this issue; that is why you get it."
    ),
    "shut_perhaps": "An earlier attempt may have arrived after all (uncertain since {since}).",
    "shut_retry": "Send it again once that is mended: {command}",
    "refused_subject": "An address refuses the digest",
    "refused_body": "Issue not delivered to {address} through {channel}, since {since}: {detail}.",
    "suppressed_subject": "An address gets no more mail",
    "suppressed_body": (
        "{address} refused twice running through {channel}, the last time on {since}: {detail}. "
        "No more mail goes there. Take the address out of `to:`, or send again once it is mended: then it counts again."
    ),
    "test_subject": "Beleidsradar: test message",
    "test_body": "This is a test message of Beleidsradar. Channel {channel} works.",
}
