"""Repair and matching against the floor: the automaton's own walk over the same text in the same process.

The papers are made here from a seed: Dutch-looking words by Zipf's law with a long tail of compounds, half of them as a web page
gives them (a paragraph a line), half as a PDF does (short lines, words broken at their ends). The floor is what any matcher of
these terms pays: one pass of a plain automaton over the text as it stands after repair, in small letters, keeping what stands as
whole words. It knows no inflection, no spelling variants and no suspended hyphens. Making the automatons and opening the Dutch
dictionary happen once a process and are not counted, for the floor as for the product: some papers of other words are read first.
Reading a spelling for the first time is counted.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import ahocorasick

from domain.hits import Key, sought
from domain.matching import Matcher
from domain.text import paragraphs, repair
from domain.topics import parse_pack

PAPERS = 10_000
LENGTH = 10 * 1024  # characters
TERMS = 50  # a topic
WORDS = 20_000  # different words in all papers; a word never seen before costs 10 to 20 microseconds, once
BARS = {10: 4.0, 1000: 3.0}  # topics: how many times the floor repair and matching may cost
_BATCH = 250
_FIRST = 25  # papers that are read before the clock runs; the dictionary is quick after 20,000 lookups
_LINE = 84  # characters of a line of a PDF
_PARTS = (
    *("regel", "beleid", "subsidie", "onder", "nemer", "werk", "plaats", "voor", "stel", "kamer", "stuk", "vraag"),
    *("beantwoord", "gemeente", "raad", "energie", "lucht", "haven", "scheep", "vaart", "onder", "wijs", "school"),
    *("zorg", "huis", "bouw", "grond", "water", "dijk", "landschap", "voedsel", "vee", "markt", "toe", "zicht"),
    *("straf", "recht", "bank", "munt", "belasting", "heffing", "vergun", "uit", "voer", "in", "koop", "handel"),
    *("verkeer", "spoor", "weg", "fiets", "pad", "natuur", "bos", "veilig", "heid", "politie", "brand", "weer"),
    *("leger", "arbeid", "loon", "pensioen"),
)
_ENDS = ("", "en", "s", "ing", "ingen", "er", "ers", "lijk", "lijke", "heid", "sen", "en")
_SMALL = (
    *("de", "het", "een", "van", "in", "op", "te", "voor", "met", "dat", "die", "is", "zijn", "aan", "bij", "door"),
    *("om", "uit", "over", "als", "en", "of", "niet", "ook", "wordt", "worden", "heeft", "hebben", "kan", "zal"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds of processor time a paper, and how many places were found a paper."""

    topics: int
    floor: float
    repair: float
    match: float
    hits: float

    @property
    def ratio(self) -> float:
        """Repair and matching in floors."""
        return (self.repair + self.match) / self.floor


def figures(papers: int = PAPERS) -> Iterator[Figure]:
    """One figure a number of topics."""
    for topics in BARS:
        yield _measure(topics, papers)


def main() -> None:
    """Print a row a number of topics."""
    print(
        f"{'topics x terms':<16} {'papers':>7} {'floor ms':>9} {'repair ms':>10} {'match ms':>9} "
        f"{'hits':>6} {'ratio':>6} {'bar':>5}"
    )
    for one in figures():
        print(
            f"{f'{one.topics} x {TERMS}':<16} {PAPERS:>7} {one.floor:>9.3f} {one.repair:>10.3f} {one.match:>9.3f} "
            f"{one.hits:>6.1f} {one.ratio:>5.2f}x {BARS[one.topics]:>4.0f}x"
        )


def _measure(topics: int, papers: int) -> Figure:
    rng = random.Random(20261121)
    words = _words(rng)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    packs = [parse_pack({"topic": f"t{n}", "relevant": terms}) for n, terms in enumerate(_terms(rng, words, topics))]
    matcher = Matcher(sought(packs, ()))
    _warm_up(matcher)
    floor = ahocorasick.Automaton()
    for pack in packs:
        for term in pack.terms():
            floor.add_word(term.text.rstrip("*").casefold(), term.text)
    floor.make_automaton()
    spent = {"floor": 0.0, "repair": 0.0, "match": 0.0}
    found = 0
    for begin in range(0, papers, _BATCH):
        raw = [_paper(rng, words, weights, pdf=n % 2 == 1) for n in range(min(_BATCH, papers - begin))]
        started = time.process_time()
        repaired = [_repaired(text) for text in raw]
        spent["repair"] += time.process_time() - started
        started = time.process_time()
        found += sum(len(matcher.search(text).runs) for text in repaired)
        spent["match"] += time.process_time() - started
        plain = [text.casefold() for text in repaired]
        started = time.process_time()
        for text in plain:
            [
                end
                for end, term in floor.iter(text)
                if not text[end + 1 : end + 2].isalpha() and not text[end - len(term)].isalpha()
            ]
        spent["floor"] += time.process_time() - started
    each = {name: 1000 * seconds / papers for name, seconds in spent.items()}
    return Figure(topics, each["floor"], each["repair"], each["match"], found / papers)


def _warm_up(matcher: Matcher[Key]) -> None:
    """Read some papers untimed, as a process that reads thousands has. Their words are not those that are measured."""
    rng = random.Random(20261122)
    words = [word[::-1] for word in _words(rng)]
    even = range(1, len(words) + 1)
    for number in range(_FIRST):
        text = _paper(rng, words, even, pdf=number % 2 == 1)
        matcher.search(_repaired(text))


def _repaired(text: str) -> str:
    """A paper as its reader gives it: a PDF by its paragraphs, a web page block by block."""
    if "\n\n" in text:
        return " ".join(paragraphs(text))
    return " ".join(map(repair, text.split("\n")))


def _words(rng: random.Random) -> list[str]:
    """Words from frequent to rare: small words, then what two or three parts and an ending make."""
    made: dict[str, None] = dict.fromkeys(_SMALL)
    while len(made) < WORDS:
        made["".join(rng.choices(_PARTS, k=rng.choice((1, 2, 2, 3)))) + rng.choice(_ENDS)] = None
    return list(made)


def _terms(rng: random.Random, words: Sequence[str], topics: int) -> Iterator[list[str]]:
    """Lists of terms: rare words, phrases of two, compounds left open."""
    usual, rare = words[200:3000], [word for word in words[400:] if len(word) > 8]
    for _ in range(topics):
        one = dict.fromkeys(rng.choices(rare, k=36))
        one.update(dict.fromkeys(f"{a} {b}" for a, b in zip(rng.choices(usual, k=9), rng.choices(rare, k=9), strict=True)))
        one.update(dict.fromkeys(f"{word}*" for word in rng.choices(rare, k=5)))
        yield list({term.rstrip("*"): term for term in one}.values())


def _paper(rng: random.Random, words: Sequence[str], weights: Sequence[float], *, pdf: bool) -> str:
    """One paper of about ten kibibytes."""
    drawn = rng.choices(words, cum_weights=weights, k=LENGTH // 8)
    text = []
    length = 0
    while length < LENGTH:
        for word in drawn:
            mark = rng.random()
            said = word.capitalize() if mark < 0.04 else f"{word}," if mark < 0.09 else f"{word}." if mark < 0.14 else word
            text.append(said)
            length += len(said) + 1
            if length >= LENGTH:
                break
    blocks = [text[at : at + 90] for at in range(0, len(text), 90)]
    if not pdf:
        return "\n".join(" ".join(block) for block in blocks)
    return "\n\n".join(_broken(" ".join(block).capitalize()) for block in blocks)


def _broken(text: str) -> str:
    """A paragraph in short lines; every fourth line breaks a word."""
    lines = []
    while len(text) > _LINE:
        cut = text.rfind(" ", 0, _LINE)
        if len(lines) % 4 == 3 and text[cut + 1 : cut + 12].isalpha():
            lines.append(f"{text[: cut + 6]}-")
            text = text[cut + 6 :]
        else:
            lines.append(text[:cut])
            text = text[cut + 1 :]
    return "\n".join([*lines, text])


if __name__ == "__main__":
    main()
