"""The small form of the dictionary says what the whole one says."""

from __future__ import annotations

import random

import simplemma
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

from domain.dutch_dictionary import entries, lemmatize


def test_it_has_every_word_and_no_other() -> None:
    whole = LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary("nl")
    found = entries()
    assert len(found) == len(whole) > 300_000
    words = random.Random(4).sample(list(found), 2_000)
    assert all(found.get(word) == whole.get(word) == found[word] for word in words)
    turned = [word[::-1] + "q" for word in words]
    assert [found.get(word) for word in turned] == [whole.get(word) for word in turned]
    assert found.get("\ud800") is None


def test_lemmas_are_those_of_the_library() -> None:
    words = [
        "regelingen",
        "procesinnovaties",
        "Bedrijven",
        "kamerbrieven",
        "maakindustrieën",
        "subsidieerde",
        "qwxzt",
        "WBSO",
        "n",
    ]
    words += [f"{word}regeling" for word in random.Random(5).sample(list(entries()), 200)]
    assert [lemmatize(word) for word in words] == [simplemma.lemmatize(word, "nl", low_memory=True) for word in words]
