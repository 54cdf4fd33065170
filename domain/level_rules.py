"""The rules that lift or cap a paper whatever its points; each adds or takes just what is needed (`docs/relevance.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from domain.assessments import Level, Reason
from domain.changes import Change, ChangeSort
from domain.documents import Document, Field
from domain.events import EventKind
from domain.hits import Hit
from domain.sections import only_change_speaks
from domain.text import canonical
from domain.topic_pack import CHANGED, TIERS, TopicPack
from domain.weighing import Sorted, stands_alone

_TITLES = frozenset((Field.TITLE.value, Field.SUBJECT.value))
_CORE_PLACES = frozenset((*_TITLES, Field.DICTUM.value))


def dossier_prior(pack: TopicPack, document: Document, tiers: set[str]) -> list[Reason]:
    """Points for the first dossier of the paper that the pack knows; a paper in two such dossiers is not twice as relevant."""
    for prior in pack.dossiers:
        for dossier in document.dossiers:
            if fnmatchcase(dossier, prior.id) and (not prior.only_with or prior.only_with & tiers):
                return [Reason("dossier", prior.points, term=f"dossier:{dossier}")]
    return []


def mention_caps(pack: TopicPack, found: Sorted, reasons: Sequence[Reason]) -> list[Reason]:
    """When every hit that could carry the paper is covered by a demotion to mention: the score stays below relevant."""
    covered = {id(hit) for _, group in found.capped.values() for hit in group}
    if not covered or any(id(hit) not in covered and stands_alone(hit) for hit in found.clean):
        return []
    negative, group = next(iter(found.capped.values()))
    over = sum(reason.weight for reason in reasons) - (pack.levels.relevant - 1)
    first = group[0]
    return [Reason(f"negative:{negative.id}", -max(0, over), first.term.id, first.words, first.slot, sentence=first.sentence)]


def floors(
    pack: TopicPack,
    clean: Sequence[Hit],
    own: Sequence[Hit],
    document: Document,
    kind: EventKind,
    changes: Sequence[Change],
    reasons: Sequence[Reason],
) -> list[Reason]:
    """The strongest rule that lifts this paper to a level, with just what was missing; nothing when no rule applies."""
    wanted = [*_scheme_floors(pack, document, kind, changes), *_core_floors(pack, clean, document)]
    for hit in own:
        in_title = hit.slot in _TITLES
        wanted.append(
            (
                Level.MUST_READ if in_title else Level.RELEVANT,
                _because("own_name_in_title" if in_title else "own_name_floor", hit),
            )
        )
    if not wanted:
        return []
    level, reason = min(wanted, key=lambda one: one[0].rank)
    missing = max(0, pack.levels.least(level) - sum(one.weight for one in reasons))
    return [Reason(reason.rule, missing, reason.term, reason.words, reason.field, reason.count, reason.sentence)]


def _scheme_floors(pack: TopicPack, document: Document, kind: EventKind, changes: Sequence[Change]) -> list[tuple[Level, Reason]]:
    watched = _scheme(pack, document)
    if not watched:
        return []
    if kind is EventKind.SCHEME_CHANGED or any(change.sort is ChangeSort.FACT for change in changes):
        said = next((change.sentence or change.after for change in changes), "")
        return [(Level.MUST_READ, Reason("scheme_changed", 0, term=watched, field=CHANGED, sentence=said))]
    if only_change_speaks(kind, changes) or _is_subpage(document):
        return []  # a page that explains a part of the scheme is no news by itself
    return [(Level.RELEVANT, Reason("scheme_named", 0, term=watched))]


def _is_subpage(document: Document) -> bool:
    return document.scheme is not None and "/" in document.scheme.scheme


def _core_floors(pack: TopicPack, clean: Sequence[Hit], document: Document) -> list[tuple[Level, Reason]]:
    core = [hit for hit in clean if hit.concept.tier.core]
    found = [(Level.MUST_READ, _because("core_in_title", hit)) for hit in core if hit.slot in _CORE_PLACES]
    if core and (_of_publisher(pack, document) or dossier_prior(pack, document, {TIERS["core"].name})):
        found.append((Level.MENTION, _because("core_floor", core[0])))
    return found


def _because(rule: str, hit: Hit) -> Reason:
    return Reason(rule, 0, hit.term.id, hit.words, hit.slot, sentence=hit.sentence)


def _scheme(pack: TopicPack, document: Document) -> str:
    """The id of the watched scheme whose sheet, or that of one of whose subpages ("wbso/starters"), or whose act this paper is,
    or ""."""
    ids = {document.id, *document.aliases}
    sheet = document.scheme.scheme if document.scheme else ""
    whole = sheet.partition("/")[0]
    return next((watch.id for watch in pack.schemes if watch.id in (sheet, whole) or ids & set(watch.acts)), "")


def _of_publisher(pack: TopicPack, document: Document) -> bool:
    offices = canonical(" | ".join((*document.authors, document.answered_by)))
    return any(canonical(publisher) in offices for publisher in pack.publishers)
