"""What changed inside one paragraph: whole sentences first, then the words of what is left.

A sentence that stands elsewhere in the paragraph, or in another paragraph that changed (`gone`, `come`), has moved; it is never
taken apart into words that happen to be the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.alignment import equal_in_order
from domain.sentences import spans
from domain.word_differences import Moved, Token, Words, WordSort, after_of, before_of, diff_tokens, diff_words, tokens

LEAST_SHARED = 0.2  # of the letters of the shorter of two texts, below which they are shown one for the other
FEWEST_WORDS = 4  # a shorter sentence ("Dat klopt.") says too little to be the same one elsewhere


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its sentences: their places in it, and their texts."""

    text: str
    places: tuple[tuple[int, int], ...]
    sentences: tuple[str, ...]

    @staticmethod
    def of(text: str) -> Paragraph:
        """The paragraph cut into sentences; one that fills it needs no cutting."""
        places = spans(text)
        return Paragraph(text, places, tuple(text[a:b] for a, b in places))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How often each sentence of a paragraph left it for another one (`gone`), or came to it from another one (`come`)."""

    gone: Counter[str]
    come: Counter[str]


NOWHERE = Elsewhere(Counter(), Counter())


def diff_paragraph(old: Paragraph, new: Paragraph, elsewhere: Elsewhere = NOWHERE) -> tuple[Words, ...]:
    """How one paragraph became another: EQUAL and DELETE joined are the old text, EQUAL and INSERT joined the new one."""
    if len(old.sentences) < 2 and len(new.sentences) < 2 and elsewhere is NOWHERE:
        return _legible(diff_words(old.text, new.text))
    anchors = equal_in_order(old.sentences, new.sentences)
    taken = set(anchors.values())
    left = [sentence for i, sentence in enumerate(old.sentences) if i not in anchors]
    right = [sentence for j, sentence in enumerate(new.sentences) if j not in taken]
    within = Counter[str]() if set(left).isdisjoint(right) else Counter(left) & Counter(right)
    gone = _moves(within, elsewhere.gone)
    come = _moves(within, elsewhere.come)
    before = _stretches(old, sorted(anchors), gone, WordSort.DELETE)
    after = _stretches(new, sorted(taken), come, WordSort.INSERT)
    out: list[Words] = []
    for place, (was, now) in enumerate(zip(before, after, strict=True)):
        if place % 2:
            out.append(Words(WordSort.EQUAL, "".join(token for token in was if isinstance(token, str))))
        else:
            out += diff_tokens(was, now)
    return _legible(tuple(_joined(out)))


def _legible(parts: tuple[Words, ...]) -> tuple[Words, ...]:
    """One text for the other as a whole where they share next to nothing: signs and small words between changes are no help."""
    size = dict.fromkeys(WordSort, 0)
    for part in parts:
        size[part.sort] += sum(map(str.isalnum, part.text))
    least = size[WordSort.EQUAL] + min(size[WordSort.DELETE], size[WordSort.INSERT])
    if any(part.moved for part in parts) or size[WordSort.EQUAL] >= LEAST_SHARED * least:
        return parts
    return tuple(
        part for part in (Words(WordSort.DELETE, before_of(parts)), Words(WordSort.INSERT, after_of(parts))) if part.text
    )


def left_over(old: Paragraph | None, new: Paragraph | None) -> tuple[Counter[str], Counter[str]]:
    """The sentences that only the old paragraph has and those that only the new one has; None is no paragraph at all."""
    before, after = Counter(old.sentences if old else ()), Counter(new.sentences if new else ())
    return (before, after) if before.keys().isdisjoint(after) else (before - after, after - before)


def says_enough(sentence: str) -> bool:
    """True when a sentence is long enough to be recognised in another place."""
    return sentence.count(" ") + 1 >= FEWEST_WORDS


def all_moved(paragraph: Paragraph, moved: Counter[str], sort: WordSort) -> tuple[Words, ...]:
    """A paragraph that came or went as a whole, with the sentences marked that stand elsewhere; () when there are none."""
    if not moved:
        return ()
    ((said),) = _stretches(paragraph, (), Counter(moved), sort)
    return diff_tokens(said, ()) if sort is WordSort.DELETE else diff_tokens((), said)


def _moves(within: Counter[str], elsewhere: Counter[str]) -> Counter[str]:
    if not within and not elsewhere:
        return Counter()
    return Counter({sentence: times for sentence, times in (within + elsewhere).items() if says_enough(sentence)})


def _stretches(paragraph: Paragraph, anchors: Sequence[int], moved: Counter[str], sort: WordSort) -> list[tuple[Token, ...]]:
    """The tokens between the anchored sentences, and at every odd place such a sentence itself as one token."""
    out: list[tuple[Token, ...]] = []
    first = begin = 0
    for anchor in (*anchors, len(paragraph.places)):
        last = anchor == len(paragraph.places)
        end = len(paragraph.text) if last else paragraph.places[anchor][0]
        out.append(_tokens(paragraph, range(first, anchor), begin, end, moved, sort))
        if not last:
            out.append((paragraph.sentences[anchor],))
            first, begin = anchor + 1, paragraph.places[anchor][1]
    return out


def _tokens(
    paragraph: Paragraph, numbers: Iterable[int], begin: int, end: int, moved: Counter[str], sort: WordSort
) -> tuple[Token, ...]:
    out: list[Token] = []
    for number in numbers:
        start, stop = paragraph.places[number]
        if start - begin == 1:
            out.append(paragraph.text[begin])  # the space between two sentences
        elif start > begin:
            out += tokens(paragraph.text[begin:start])
        sentence = paragraph.sentences[number]
        if moved[sentence] > 0:
            moved[sentence] -= 1
            out.append(Moved(sentence, sort))
        else:
            out += tokens(sentence)  # one by one: only those with figures are searched for amounts and dates
        begin = stop
    return (*out, *tokens(paragraph.text[begin:end])) if end > begin else tuple(out)


def _joined(parts: Iterable[Words]) -> Iterator[Words]:
    """Neighbouring equal stretches as one, empty ones left out."""
    pending = ""
    for part in parts:
        if part.sort is WordSort.EQUAL:
            pending += part.text
            continue
        if pending:
            yield Words(WordSort.EQUAL, pending)
            pending = ""
        yield part
    if pending:
        yield Words(WordSort.EQUAL, pending)
