"""What readers see, in Dutch and in English: badges, states, headings and phrases, with their singular and plural.

A phrase is a `str.format` template; both languages hold the same keys with the same fields (tests see to it). Nothing here
decides anything: which words appear follows from the enums and numbers of a `Digest`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.digests import Why
from domain.documents import Kind
from domain.events import EventKind
from notifications import words_delivery, words_dutch, words_english, words_news


class Section(StrEnum):
    """The parts of a digest under a heading, in the order in which they are read."""

    FIRST = "first"
    MUST_READ = "must_read"
    SCHEMES = "schemes"
    RELEVANT = "relevant"
    MENTION = "mention"
    HELD = "held"
    COMING = "coming"
    CORRECTIONS = "corrections"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Words:
    """All labels of one language. `names` are kinds in the singular, `kinds` in the plural; `plurals` maps a noun to its singular
    and plural template, both with the field `n`; `grounds` are templates with the field `said`. `vocabulary` turns the Dutch in
    which comparisons and scheme sheets are stored into this language (see `notifications.facts`; empty for Dutch itself)."""

    language: str
    badges: Mapping[str, str]
    states: Mapping[str, str]
    kinds: Mapping[str, str]
    names: Mapping[str, str]
    sections: Mapping[str, str]
    chain: Mapping[str, str]
    grounds: Mapping[str, str]
    failures: Mapping[str, str]
    phrases: Mapping[str, str]
    plurals: Mapping[str, tuple[str, str]]
    vocabulary: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The phrase with its fields filled in. Raises KeyError for an unknown phrase or a missing field."""
        return self.phrases[key].format(**values)

    def count(self, n: int, noun: str) -> str:
        """A number with its noun in the right form: "1 regeling gewijzigd", "2 regelingen gewijzigd"."""
        one, many = self.plurals[noun]
        return (one if n == 1 else many).format(n=n)

    def badge(self, kind: Kind, states: tuple[EventKind, ...] = ()) -> str:
        """What stands between the brackets before a heading: the kind, then every state once, oldest first.

        A word that says the same thing again is left out: "UITSTEL", not "UITSTEL · UITSTEL", and "REGELING · GEWIJZIGD",
        not "REGELING · REGELING GEWIJZIGD". The first sight of an answer is new, "ANTWOORD · NIEUW": that it answers is its kind.
        """
        parts = [self.badges[kind.value]]
        for state in states:
            said = self.states[state.value]
            if kind is Kind.SCHEME and state is EventKind.SCHEME_CHANGED:
                said = self.states[EventKind.REVISED.value]
            if kind is Kind.ANSWER and state is EventKind.ANSWERED:
                said = self.states[EventKind.PUBLISHED.value]
            if said not in parts:
                parts.append(said)
        return " · ".join(parts)

    def kind_heading(self, kind: Kind) -> str:
        """The plural heading above the items of one kind: "Kamerbrieven"."""
        return self.kinds[kind.value]

    def name(self, kind: Kind) -> str:
        """What one paper of this kind is called: "Kamerbrief"."""
        return self.names[kind.value]

    def why(self, reason: Why) -> str:
        """A reason as a reader understands it: "procesinnovatie 12x", "u volgt Kamerstuk 32 637, nr. 473"."""
        said = self.grounds[reason.ground.value].format(said=reason.said)
        said = f"{said} {reason.count}x" if reason.count else said
        return f"{said} ({self.say('in_attachment')})" if reason.inside else said

    def heading(self, section: Section) -> str:
        """The heading of a section: "MOET U LEZEN"."""
        return self.sections[section.value]

    def link_label(self, label: str) -> str:
        """How a chain link is introduced ("Haalt aan"); a label that has no word of its own falls back to "Keten"."""
        return self.chain.get(label, self.chain["other"])


DUTCH = Words(
    "nl", **{**words_dutch.TABLES, "phrases": {**words_dutch.TABLES["phrases"], **words_news.DUTCH, **words_delivery.DUTCH}}
)
ENGLISH = Words(
    "en",
    **{**words_english.TABLES, "phrases": {**words_english.TABLES["phrases"], **words_news.ENGLISH, **words_delivery.ENGLISH}},
)


def words_for(language: str) -> Words:
    """The words of a digest's language: English for "en", Dutch for everything else."""
    return ENGLISH if language == "en" else DUTCH
