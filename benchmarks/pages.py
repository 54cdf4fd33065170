"""Pages as rvo.nl serves them, at their real weight: some 58 kB of HTML, a third of it text; and the next version of each.

The words are made up and drawn with the frequencies of a language, so that they pack no better than prose does.
"""

from __future__ import annotations

import random
from html import escape

_ONSETS = ("b", "br", "d", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "sch", "st", "t", "v", "w", "z")
_NUCLEI = ("a", "aa", "e", "ee", "i", "ie", "o", "oe", "oo", "u", "ui", "ij", "ei", "ou")
_CODAS = ("", "", "l", "n", "r", "s", "t", "rt", "nd", "ng", "st", "k", "p", "m")
_WORDS = 12_000
_PARAGRAPHS = 32
_MENU = 270


def _vocabulary(chance: random.Random) -> list[str]:
    syllable = [f"{onset}{nucleus}{coda}" for onset in _ONSETS for nucleus in _NUCLEI for coda in _CODAS]
    return ["".join(chance.choices(syllable, k=1 + min(3, rank // 150))) for rank in range(_WORDS)]


_CHANCE = random.Random(2021)  # a benchmark wants the same pages every time
_VOCABULARY = _vocabulary(_CHANCE)
_WEIGHTS = [1 / (rank + 3) for rank in range(_WORDS)]


def _sentence(chance: random.Random) -> str:
    words = chance.choices(_VOCABULARY, weights=_WEIGHTS, k=chance.randint(9, 24))
    return f"{' '.join(words).capitalize()}."


class Page:
    """One page over time: `html()` is what it says now, `edit()` makes the next version of it."""

    def __init__(self, number: int) -> None:
        self.path = f"/subsidies-financiering/regeling-{number:04d}"
        self._chance = random.Random(number)
        self._title = f"Regeling {' '.join(self._chance.choices(_VOCABULARY[500:], k=3))}"
        self._paragraphs = [
            " ".join(_sentence(self._chance) for _ in range(self._chance.randint(2, 5))) for _ in range(_PARAGRAPHS)
        ]
        self._ceiling = self._chance.randint(10, 900) * 100_000
        self._checked = 1

    def edit(self) -> None:
        """A small change, as editors make: another amount, a sentence more, and the date of the last check."""
        self._ceiling += self._chance.randint(1, 40) * 50_000
        place = self._chance.randrange(len(self._paragraphs))
        self._paragraphs[place] = f"{self._paragraphs[place]} {_sentence(self._chance)}"
        self._checked += 1

    def html(self) -> bytes:
        """The page with menu, scripts and a nonce that is another one at every request."""
        nonce = f"{self._chance.getrandbits(128):032x}"
        text = "\n".join(
            f"{_heading(self._paragraphs[place]) if place % 6 == 0 else ''}<p>{escape(text)}</p>"
            for place, text in enumerate(self._paragraphs)
        )
        amount = f"{self._ceiling:,}".replace(",", ".")
        return f"""<!DOCTYPE html>
<html lang="nl" dir="ltr"><head><meta charset="utf-8" /><title>{escape(self._title)} | RVO.nl</title>
<link rel="canonical" href="https://www.rvo.nl{self.path}" />
<script nonce="{nonce}">window.dataLayer = [{{"node": "{self.path}", "token": "{nonce[:16]}"}}];</script>
{_CHROME}</head><body class="path-node page-node-type-subsidy">
<header role="banner"><nav role="navigation"><ul class="menu">{_LINKS}</ul></nav></header>
<main role="main"><article class="node node--type-subsidy"><h1 class="page-title">{escape(self._title)}</h1>
<div class="rvo-status-indicator rvo-status-indicator--groen">Open voor aanvragen</div>
<div class="field field--name-field-intro"><p>{escape(self._paragraphs[0])}</p></div>
<div class="field field--name-field-content"><h2>Budget</h2><p>Het subsidieplafond is € {amount}.</p>
{text}</div><div class="node__dates"><p>Laatst gecontroleerd op: {self._checked} december 2021</p></div></article></main>
<footer role="contentinfo"><p>Over ons</p></footer></body></html>
""".encode()


def _heading(text: str) -> str:
    return f"<h2>{escape(' '.join(text.split()[:3]))}</h2>"


def _chrome() -> tuple[str, str]:
    links = "".join(
        f'<li class="menu-item menu-item--level-{number % 3}"><a href="/{word}" data-drupal-link-system-path="node/{number}">'
        f"{word}</a></li>"
        for number, word in enumerate(_CHANCE.choices(_VOCABULARY[300:], k=_MENU))
    )
    return "".join(
        f'<link rel="stylesheet" media="all" href="/files/css/{_CHANCE.getrandbits(96):x}.css" />\n' for _ in range(20)
    ), links


_CHROME, _LINKS = _chrome()
