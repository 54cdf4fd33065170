"""Many titles at once: one matcher for all of them, and the same answer as a whole judgement of concepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain import relevance
from domain.relevance import Judge, concepts, term_counts
from domain.topic_pack import TopicPack
from services.packs import load_pack

TITLES = (
    ("Brief over procesinnovatie in de maakindustrie", True),
    ("Antwoord op vragen over procesinnovaties bij het mkb", True),
    ("Brief over de begroting van een ministerie", False),
    ("", False),
)


@pytest.fixture
def pack(root: Path) -> TopicPack:
    loaded = load_pack(root / "topics" / "procesinnovatie.yaml").pack
    assert loaded is not None
    return loaded.named("procesinnovatie")


@pytest.mark.parametrize(("title", "speaks"), TITLES)
def test_speaks(pack: TopicPack, title: str, speaks: bool) -> None:
    judge = Judge((pack,), "Koninklijke Metaalunie")
    assert judge.speaks(title) is speaks
    assert bool(concepts(title, pack)) is speaks


def test_a_word_without_its_context_does_not_speak(root: Path) -> None:
    """Contexts are applied, and every pack is asked."""
    packs = [load_pack(path).pack for path in sorted((root / "topics").glob("*.yaml"))]
    named = [found.named(f"t{number}") for number, found in enumerate(packs) if found is not None]
    judge = Judge(named)
    for found in named:
        for title, _ in TITLES:
            assert not concepts(title, found) or judge.speaks(title)
        for term in (term.text for concept in found.concepts for term in concept.terms if concept.needs or term.needs):
            if term.isalpha() and not any(concepts(term, other) for other in named):
                assert not judge.speaks(term)


def test_one_matcher_serves_all_titles_of_a_pack(pack: TopicPack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a matcher costs as much as reading a hundred titles (reviewer C1)."""
    made: list[object] = []
    real = relevance.Matcher

    def counting(sought: object) -> object:
        made.append(sought)
        return real(sought)  # type: ignore[arg-type]

    monkeypatch.setattr(relevance, "Matcher", counting)
    relevance._matcher.cache_clear()
    for _ in range(20):
        concepts("Brief over procesinnovatie", pack)
        assert sum(term_counts("Brief over procesinnovatie", pack).values()) == 1
    assert len(made) == 1
    concepts("Brief over procesinnovatie", pack.named("another"))
    assert len(made) == 2
