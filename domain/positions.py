"""Where a sentence of a repaired text stands in the text as it was published, so that every quote can be shown at its place.

Repair changes white space, hyphens, ligatures and invisible characters, never a letter or a digit (footnotes at the foot of a
page are moved as a whole). So the letters and digits of a quote, in a row, are those of a stretch of the original and lead back.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Original:
    """A published text that quotes can be found in. `letters` are its letters and digits, `places` where each stands."""

    text: str
    letters: str
    places: tuple[int, ...]

    def find(self, quote: str, after: int = 0) -> tuple[int, int] | None:
        """The stretch (start, end) of the original that a quote of the repaired text stands for, the first one at or after a
        character; None when it has no letters, or is interrupted there by a footnote."""
        wanted = _letters(quote)[0]
        if not wanted:
            return None
        at = self.letters.find(wanted, bisect_right(self.places, after - 1))
        if at < 0:
            return None
        end = self.places[at + len(wanted) - 1] + 1
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return self.places[at], end


def original(text: str) -> Original:
    """A published text, prepared for `find`."""
    letters, places = _letters(text)
    return Original(text, letters, tuple(places))


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text as they compare, and the place of each."""
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        if ord(character) > 0xFFFF:
            continue
        for part in character if character.isascii() else unicodedata.normalize("NFKD", character):
            if part.isalnum():
                letters.append(part)
                places.append(at)
    return "".join(letters), places
