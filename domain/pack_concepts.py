"""The tiers, concepts and terms of a topic pack, read strictly from its mapping."""

from __future__ import annotations

from collections.abc import Mapping

from domain.pack_reader import Path, Reader, names_of, slug
from domain.topic_pack import SLOTS, TIERS, Case, Concept, Context, Term, Tier

SMALL = ("must_read", "relevant", "never_alone")
_CONCEPT_KEYS = ("id", "tier", "points", "terms", "reason", "needs", "alone_in", "not_before", "case")
_TERM_KEYS = ("id", "term", "reason", "case", "needs")


def read_tiers(reader: Reader, value: object) -> dict[str, Tier]:
    """The standard tiers with what the pack changes or adds."""
    tiers = dict(TIERS)
    for name, said in reader.mapping(value or {}, ("tiers",), names_of(value)).items():
        path: Path = ("tiers", name)
        one = reader.mapping(said, path, ("points", "core", "never_alone", "flat", "most"))
        base = tiers.get(name, Tier(name, 0))
        if "points" not in one and name not in TIERS:
            reader.fault(path, "points: is missing", "add points:")
        tiers[name] = Tier(
            name,
            reader.hundredths(one["points"], (*path, "points")) if "points" in one else base.points,
            reader.flag(one, "core", path, base.core),
            reader.flag(one, "never_alone", path, base.never_alone),
            reader.flag(one, "flat", path, base.flat),
            reader.hundredths(one["most"], (*path, "most")) if "most" in one else base.most,
        )
    return tiers


def read_small(reader: Reader, top: Mapping[str, object], tiers: Mapping[str, Tier]) -> tuple[Concept, ...]:
    """The small form: every term is a concept of its own, in the tier that its list is called after."""
    found = []
    for name in SMALL:
        for item, path in reader.items(top.get(name), (name,)):
            if text := reader.term(item, path, joined=True):
                term = Term(slug(text), text, f"stands under {name}")
                reader.unique("concept", term.id, path)
                reader.unique("term", term.id, path)
                found.append(Concept(term.id, tiers[name], tiers[name].points, (term,), term.reason))
    return tuple(found)


def read_concepts(
    reader: Reader, value: object, key: str, tiers: Mapping[str, Tier], contexts: Mapping[str, Context], usual: str
) -> tuple[Concept, ...]:
    """The concepts that stand under `key`; those that name no tier are in the `usual` one."""
    found = []
    for item, path in reader.items(value, (key,)):
        one = reader.mapping(item, path, _CONCEPT_KEYS)
        name = reader.text(one, "tier", path) or usual
        tier = tiers[name if reader.choice(name, tiers, (*path, "tier"), "tier") else usual]
        id_ = reader.text(one, "id", path, required=True)
        reader.unique("concept", id_, path)
        reason = reader.text(one, "reason", path, required=True)
        if not one.get("terms"):
            reader.fault(path, "terms: is missing", "add terms: with at least one term")
        found.append(
            Concept(
                id=id_,
                tier=tier,
                points=reader.hundredths(one["points"], (*path, "points")) if "points" in one else tier.points,
                terms=_terms(reader, one, path, reason, contexts),
                reason=reason,
                needs=reader.choices(one.get("needs"), contexts, (*path, "needs"), "context"),
                alone_in=frozenset(reader.choices(one.get("alone_in"), sorted(SLOTS), (*path, "alone_in"), "place")),
                not_before=_year(reader, one, path),
            )
        )
    return tuple(found)


def _terms(
    reader: Reader, concept: Mapping[str, object], path: Path, reason: str, contexts: Mapping[str, Context]
) -> tuple[Term, ...]:
    found = []
    usual = reader.text(concept, "case", path) or Case.ANY.value
    for item, at in reader.items(concept.get("terms"), (*path, "terms")):
        one = reader.mapping(item, at, _TERM_KEYS) if isinstance(item, Mapping) else {"term": item}
        text = reader.term(one.get("term"), (*at, "term") if isinstance(item, Mapping) else at, joined=True)
        case = reader.text(one, "case", at) or usual
        upper = reader.choice(case, [known.value for known in Case], (*at, "case"), "case") and case == Case.UPPER.value
        needs = reader.choices(one.get("needs"), contexts, (*at, "needs"), "context")
        if text:
            id_ = reader.text(one, "id", at) or slug(text)
            reader.unique("term", id_, at)
            said = reader.text(one, "reason", at) or reason
            found.append(Term(id_, text, said, Case.UPPER if upper else Case.ANY, needs))
    return tuple(found)


def _year(reader: Reader, concept: Mapping[str, object], path: Path) -> int:
    value = concept.get("not_before", 0)
    if not isinstance(value, int) or isinstance(value, bool) or (value and not 1800 <= value <= 2200):
        reader.fault((*path, "not_before"), "not_before: must be a year", "as in 2008")
        return 0
    return value
