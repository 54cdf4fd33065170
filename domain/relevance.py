"""How much an event matters to each topic, and why. The rules and their names are published in `docs/relevance.md`.

Deterministic: the same paper, packs, name and follows give the same assessments, always. Nothing is dropped: every topic gets
exactly one level, and what is demoted says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from domain.assessments import Assessment, Reason
from domain.changes import Change
from domain.citations import Citation
from domain.documents import Document, Field
from domain.events import EventKind
from domain.following import follow_assessments
from domain.hits import OWN_NAME, Hit, Key, Scan, has_context, hits, own_name_hits, scan, sought
from domain.level_rules import dossier_prior, floors, mention_caps
from domain.matching import Matcher
from domain.sections import Section, only_change_speaks, sections, with_addresses
from domain.text import paragraphs
from domain.topic_pack import CHANGED, Concept, Same, Term, Tier, TopicPack
from domain.weighing import held, own_reasons, sort_hits, weigh

# Dutch bodies are named without their predicate in running text: "Koninklijke Metaalunie", "de Metaalunie".
_PREDICATES = ("Koninklijke ", "Nederlandse ", "Stichting ", "Vereniging ", "Federatie ")


def own_names(organisation: str) -> tuple[str, ...]:
    """The names under which an organisation is mentioned: as configured, and without a leading predicate."""
    plain = organisation.strip()
    names = [plain] if plain else []
    short = next((plain[len(p) :].strip() for p in _PREDICATES if plain.startswith(p) and plain[len(p) :].strip()), "")
    return tuple(dict.fromkeys([*names, short] if short else names))


class Judge:
    """Judges events for a fixed set of topics, one organisation and the ids it follows."""

    def __init__(self, packs: Sequence[TopicPack], organisation: str = "", follows: Sequence[str] = ()) -> None:
        """Raises ValueError when a pack has no name, two have the same, or the organisation's name would match everything."""
        names = [pack.topic for pack in packs]
        if not all(names) or len(set(names)) != len(names):
            raise ValueError(f"every topic needs a name of its own, got {names!r}")
        self._packs = tuple(packs)
        self._follows = tuple(dict.fromkeys(follows))
        self._own = own_names(organisation)
        term = Term(OWN_NAME, organisation, "the own name")
        self._own_concept = Concept(OWN_NAME, Tier(OWN_NAME, 1000), 1000, (term,), "the own organisation")
        self._matcher: Matcher[Key] = Matcher(sought(self._packs, self._own))

    def judge(
        self,
        document: Document,
        kind: EventKind,
        changes: Sequence[Change] = (),
        citations: Sequence[Citation] = (),
        attachment: bool = False,
    ) -> tuple[Assessment, ...]:
        """One assessment per topic in the order of the packs, then one per followed id that hits.

        `changes` are what differs when the paper was known before; for such events only they speak. `citations` are the papers it
        refers to. `attachment` is True when the paper hangs under another one.
        """
        scanned = scan(self._matcher, sections(document, kind, changes, attachment))
        own = own_name_hits(scanned, self._own_concept)
        topics = tuple(self._assess(pack, index, scanned, own, document, kind, changes) for index, pack in enumerate(self._packs))
        return (*topics, *follow_assessments(self._follows, document, kind, changes, citations))

    def speaks(self, text: str) -> bool:
        """True when a concept of any topic stands in this text, contexts and negatives applied: for titles that a list shows."""
        scanned = _scan(self._matcher, text)
        return any(_stands(pack, index, scanned) for index, pack in enumerate(self._packs))

    def _assess(
        self,
        pack: TopicPack,
        index: int,
        scanned: Scan,
        own: Sequence[Hit],
        document: Document,
        kind: EventKind,
        changes: Sequence[Change],
    ) -> Assessment:
        found = sort_hits(pack, index, scanned, document)
        reasons = [*own_reasons(pack, own, found), *weigh(pack, found, scanned.length)]
        reasons += dossier_prior(pack, document, {hit.concept.tier.name for hit in found.clean})
        reasons += mention_caps(pack, found, reasons)
        reasons += floors(pack, found.clean, own, document, kind, changes, reasons)
        if only_change_speaks(kind, changes):
            reasons.append(Reason("only_changed_part", 0, field=CHANGED))
        if not reasons:
            reasons.append(Reason("no_term", 0))
        score = sum(reason.weight for reason in reasons)
        return Assessment(pack.topic, pack.levels.of(score), score, tuple(reasons))


def concepts(text: str, pack: TopicPack) -> frozenset[str]:
    """The ids of the concepts that stand in any text, contexts and negatives applied.

    For texts that are no government publication (a position paper, a press release): they are read, never announced as an event.
    """
    return frozenset(hit.concept.id for hit in _stands(pack, 0, _scan(_matcher(Same(pack)), text)))


def term_counts(text: str, pack: TopicPack) -> dict[str, int]:
    """How often each term of a pack stands in a text, by term id; addresses in the text count as well."""
    return dict(Counter(hit.term.id for hit in hits(pack, 0, _scan(_matcher(Same(pack)), text))))


@lru_cache(maxsize=16)
def _matcher(key: Same) -> Matcher[Key]:
    """The matcher of one pack; making one costs as much as reading a hundred titles."""
    return Matcher(sought((key.pack,), ()))


def _scan(matcher: Matcher[Key], text: str) -> Scan:
    return scan(matcher, with_addresses([Section(Field.BODY.value, paragraph) for paragraph in paragraphs(text)]))


def _stands(pack: TopicPack, index: int, scanned: Scan) -> tuple[Hit, ...]:
    """The places of a pack's concepts that count."""
    return tuple(
        hit
        for hit in hits(pack, index, scanned)
        if has_context(pack, index, scanned, hit) and not held(pack, index, scanned, hit)
    )
