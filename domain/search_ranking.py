"""Best first: how prominently a document says what is asked, and how few others do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from domain.search_query import Query, wanted_terms
from domain.search_words import Tier

WEIGHTS = {Tier.TITLE: 8, Tier.PROMINENT: 3, Tier.TEXT: 1}
"""What a word is worth by where it stands."""


def scores(query: Query, documents: set[int], holders: Callable[[str], Mapping[int, Tier]], size: int) -> dict[int, int]:
    """A score per document, in hundredths: the sum over the terms of weight times rarity, by the best way the term is written.

    `size` is the number of documents there are. A phrase is worth what its least prominent word is worth.
    """
    found = dict.fromkeys(documents, 0)
    for term in dict.fromkeys(wanted_terms(query)):
        best: dict[int, int] = {}
        for words in term.readings:
            held = [holders(word) for word in words]
            for document in documents.intersection(*held):
                worth = min(WEIGHTS[one[document]] * _rarity(len(one), size) for one in held)
                best[document] = max(best.get(document, 0), worth)
        for document, worth in best.items():
            found[document] += worth
    return found


def _rarity(holding: int, size: int) -> int:
    """Hundredths; 100 for a word that every document has."""
    return 100 + round(100 * math.log2(max(size, 1) / max(holding, 1)))
