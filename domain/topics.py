"""Topic packs from configuration: `parse_pack` reads the mapping of a pack file, `merge_pack` lays one over another.

Two forms that may stand in one pack. The small form is three lists of terms: `must_read`, `relevant`, `never_alone`. The full
form has tiers, concepts, contexts, negatives, schemes, organisations, dossiers, field weights and levels (`docs/relevance.md`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.assessments import Level
from domain.pack_aliases import all_names, read_aliases, with_names
from domain.pack_concepts import SMALL, read_concepts, read_small, read_tiers
from domain.pack_merge import merge_pack
from domain.pack_reader import PackError, PackFault, Path, Reader, names_of
from domain.topic_pack import (
    FIELD_WEIGHTS,
    SLOTS,
    Alias,
    Context,
    DossierPrior,
    Levels,
    Negative,
    SchemeWatch,
    Tier,
    TopicPack,
)
from domain.volume import Budget

__all__ = ["PackError", "PackFault", "TopicPack", "merge_pack", "parse_pack"]

_FULL = (
    "tiers",
    "concepts",
    "organisations",
    "contexts",
    "negatives",
    "schemes",
    "dossiers",
    "publishers",
    "weights",
    "levels",
    "aliases",
    "budget",
)
_KEYS = ("topic", "title", "version", *SMALL, *_FULL, "extends", "remove")
_NEGATIVE_KEYS = ("id", "words", "reason", "action", "unless", "covers", "only_title")
_DOSSIER = re.compile(r"[\dIVXLCM*]{1,7}(-[\dA-Z*]{1,6})?")
_WITHIN = 30


def parse_pack(data: Mapping[str, object]) -> TopicPack:
    """The pack that a mapping describes (with `extends:` already resolved by `merge_pack`).

    Raises PackError with every fault at once: unknown keys, empty terms, terms that match everything, ids used twice, references
    to contexts, tiers or concepts that do not exist. A pack without `topic:` gets its name from `TopicPack.named`.
    """
    reader = Reader()
    top = reader.mapping(data, (), _KEYS)
    for item, path in reader.items(top.get("remove"), ("remove",)):
        if item is not None:
            reader.fault(
                path, f"remove: names {item!r}, which the extended pack does not have", "write the term or id as it stands there"
            )
    tiers = read_tiers(reader, top.get("tiers"))
    aliases = read_aliases(reader, top.get("aliases"))
    contexts = {context.name: context for context in _contexts(reader, top.get("contexts"), aliases)}
    concepts = (
        *read_small(reader, top, tiers),
        *read_concepts(reader, top.get("concepts"), "concepts", tiers, contexts, "strong"),
        *read_concepts(reader, top.get("organisations"), "organisations", tiers, contexts, "organisation"),
    )
    schemes = _schemes(reader, top.get("schemes"))
    dossiers = _dossiers(reader, top.get("dossiers"), tiers)
    if not (concepts or schemes or dossiers):
        reader.fault((), "the pack holds nothing to look for", "begin with relevant: and a list of terms")
    concepts = tuple(replace(concept, terms=with_names(concept.terms, aliases)) for concept in concepts)
    covered = {concept.id for concept in concepts} | set(tiers)
    pack = TopicPack(
        topic=reader.text(top, "topic", ()),
        title=reader.text(top, "title", ()),
        version=reader.text(top, "version", ()),
        concepts=concepts,
        contexts=contexts,
        negatives=_negatives(reader, top.get("negatives"), covered, aliases),
        schemes=schemes,
        dossiers=dossiers,
        publishers=all_names(reader.words(top.get("publishers"), ("publishers",)), aliases),
        weights=_weights(reader, top.get("weights")),
        levels=_levels(reader, top.get("levels")),
        budget=_budget(reader, top.get("budget")),
    )
    if reader.faults:
        raise PackError(tuple(reader.faults))
    return pack


def _contexts(reader: Reader, value: object, aliases: Sequence[Alias]) -> tuple[Context, ...]:
    found = []
    for name, said in reader.mapping(value or {}, ("contexts",), names_of(value)).items():
        path: Path = ("contexts", name)
        one = reader.mapping(said, path, ("words", "within", "reason"))
        within = one.get("within", _WITHIN)
        if not isinstance(within, int) or isinstance(within, bool) or not 1 <= within <= 1000:
            reader.fault((*path, "within"), "within: must be a number of words", "1 to 1000")
            within = _WITHIN
        reason = reader.text(one, "reason", path, required=True)
        words = all_names(reader.words(one.get("words"), (*path, "words")), aliases)
        found.append(Context(name, words, within, reason))
    return tuple(found)


def _negatives(reader: Reader, value: object, covered: set[str], aliases: Sequence[Alias]) -> tuple[Negative, ...]:
    found = []
    for item, path in reader.items(value, ("negatives",)):
        one = reader.mapping(item, path, _NEGATIVE_KEYS)
        action = reader.text(one, "action", path) or Level.HELD.value
        reader.choice(action, (Level.HELD.value, Level.MENTION.value), (*path, "action"), "action")
        covers = reader.choices(one.get("covers"), sorted(covered), (*path, "covers"), "concept or tier")
        words = reader.words(one.get("words"), (*path, "words"))
        if not words and "words" not in one:
            reader.fault(path, "words: is missing", "add words: with at least one term")
        found.append(
            Negative(
                id=reader.text(one, "id", path, required=True),
                words=all_names(words, aliases),
                reason=reader.text(one, "reason", path, required=True),
                action=Level.MENTION if action == Level.MENTION.value else Level.HELD,
                unless=all_names(reader.words(one.get("unless"), (*path, "unless")), aliases),
                covers=frozenset(covers),
                only_title=reader.flag(one, "only_title", path),
            )
        )
    return tuple(found)


def _schemes(reader: Reader, value: object) -> tuple[SchemeWatch, ...]:
    found = []
    for item, path in reader.items(value, ("schemes",)):
        one = reader.mapping(item, path, ("id", "name", "reason", "acts"))
        id_ = reader.text(one, "id", path, required=True)
        reason = reader.text(one, "reason", path, required=True)
        found.append(
            SchemeWatch(id_, reader.text(one, "name", path) or id_, reason, reader.names(one.get("acts"), (*path, "acts")))
        )
    return tuple(found)


def _dossiers(reader: Reader, value: object, tiers: Mapping[str, Tier]) -> tuple[DossierPrior, ...]:
    found = []
    for item, path in reader.items(value, ("dossiers",)):
        one = reader.mapping(item, path, ("id", "points", "reason", "only_with"))
        id_ = reader.text(one, "id", path, required=True).replace(" ", "")
        if id_ and (not _DOSSIER.fullmatch(id_) or not id_.strip("*-")):
            reader.fault((*path, "id"), f"{id_!r} is no dossier number", 'as in "32637" or "36*-XIII"')
        only_with = reader.choices(one.get("only_with"), tiers, (*path, "only_with"), "tier")
        points = reader.hundredths(one.get("points", 5), (*path, "points"))
        found.append(DossierPrior(id_, points, reader.text(one, "reason", path, required=True), frozenset(only_with)))
    return tuple(found)


def _weights(reader: Reader, value: object) -> Mapping[str, int]:
    said = reader.mapping(value or {}, ("weights",), sorted(SLOTS))
    return {**FIELD_WEIGHTS, **{name: reader.hundredths(weight, ("weights", name)) for name, weight in said.items()}}


def _levels(reader: Reader, value: object) -> Levels:
    usual = Levels()
    said = reader.mapping(value or {}, ("levels",), ("must_read", "relevant", "mention"))
    read = {name: reader.hundredths(points, ("levels", name)) for name, points in said.items()}
    levels = Levels(
        read.get("must_read", usual.must_read), read.get("relevant", usual.relevant), read.get("mention", usual.mention)
    )
    if not levels.must_read > levels.relevant > levels.mention > 0:
        reader.fault(("levels",), "levels must go down: must_read, relevant, mention", "as in 40, 15 and 5")
    return levels


def _budget(reader: Reader, value: object) -> Budget:
    usual = Budget()
    said = reader.mapping(value or {}, ("budget",), ("relevant_per_day", "must_read_per_week"))
    for name, most in said.items():
        if not isinstance(most, int) or isinstance(most, bool) or not 0 <= most <= 1000:
            reader.fault(("budget", name), f"{name}: must be a number of papers", "a whole number, as in 3")
            return usual
    return Budget(
        int(str(said.get("relevant_per_day", usual.relevant_per_day))),
        int(str(said.get("must_read_per_week", usual.must_read_per_week))),
    )
