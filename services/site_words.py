"""The words of the reading room, in Dutch and English."""

from __future__ import annotations

_WORDS = {
    "nl": {
        "room": "Leeskamer",
        "intro": "Alles wat Beleidsradar voor {organisation} heeft gemeld, zoals het is verstuurd.",
        "papers": "Stukken",
        "all_papers": "alle gemelde stukken, met hun versies",
        "told_last": "Laatst gemeld eerst",
        "happened": "Wat er gebeurde",
        "first_look": "Eerste opname, of van vroeger opgehaald",
        "versions": "Versies",
        "version": "versie {seq}: {title}",
        "difference": "wat er veranderde",
        "stands": "Waar het staat",
        "told_in": "Gemeld in",
    },
    "en": {
        "room": "Reading room",
        "intro": "Everything that Beleidsradar told {organisation}, as it was sent.",
        "papers": "Papers",
        "all_papers": "all papers that were told, with their versions",
        "told_last": "Told last first",
        "happened": "What happened",
        "first_look": "First look, or loaded from the past",
        "versions": "Versions",
        "version": "version {seq}: {title}",
        "difference": "what changed",
        "stands": "Where it stands",
        "told_in": "Told in",
    },
}


def say(language: str, key: str, **values: object) -> str:
    """The phrase in this language ("en", else Dutch) with its fields filled in."""
    return _WORDS["en" if language == "en" else "nl"][key].format(**values)
