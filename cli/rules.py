"""The names of the rules that move a score, in a few words; `docs/relevance.md` explains each."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    "term": "a word of the topic",
    "same_concept": "another word for the same",
    "tier_most": "limit on words of this kind",
    "no_context": "a general word without the words it needs near it",
    "never_alone": "surroundings of the topic, not the topic itself",
    "before_its_time": "this name meant something else in that year",
    "outside_best_stretch": "outside the part of a very long paper that counts",
    "dossier": "in a dossier of the topic",
    "core_in_title": "the topic stands in the title",
    "core_floor": "the topic is named in a paper of its publishers or dossiers",
    "own_name": "your organisation's name",
    "own_name_floor": "your organisation is named",
    "own_name_in_title": "your organisation stands in the title",
    "scheme_changed": "a fact of a watched scheme changed",
    "scheme_named": "a new page or paper about a watched scheme",
    "only_changed_part": "the paper was known: only what changed counts",
    "no_term": "nothing of the topic stands in it",
    "muted": "muted by your team",
    "mute_outranked": "muted, but this cannot be hidden (a scheme changed, or your own name)",
    "followed": "a paper that you follow",
    "followed_cited": "cites a paper that you follow",
    "followed_dossier": "in a dossier that you follow",
    "followed_organisation": "by, to or about an organisation that you follow",
    "extension_is_state": "a notice of extension: the state of a question, no news of its own",
    "moment_ahead": "a date of it comes near",
    "withdrawn": "a paper of this level is gone",
    "restored": "a paper of this level is back",
}

NEGATIVE = "negative:"


def phrase(rule: str) -> str:
    """The rule in a few words; a rule that is not known here goes by its name."""
    if rule.startswith(NEGATIVE):
        return f"a sign of another subject ({rule.removeprefix(NEGATIVE).replace('-', ' ')})"
    return PHRASES.get(rule, rule.replace("_", " "))
