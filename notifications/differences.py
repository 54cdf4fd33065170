"""Setting a change down so that the eye finds it: only the words that differ are marked, with a little context."""

from __future__ import annotations

from domain.changes import Change
from domain.word_differences import tokens
from notifications.outline import Step
from notifications.safe import clean, clip

CONTEXT_WORDS = 8
LONGEST_SIDE = 400  # characters shown of one side of a change; the paper itself is one click away


def step(change: Change) -> Step:
    """The change as a reader sees it: shared words at both ends moved out of before and after, long ends shortened.

    Amounts, dates and numbers are one word each: "€ 4,5 miljoen" becomes "€ 4,8 miljoen", never "4,5" becomes "4,8".
    """
    before, after = _words(clean(change.before)), _words(clean(change.after))
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    if not before or not after:  # added or removed as a whole
        head = tail = 0
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    lead, rest = before[:head], before[len(before) - tail :] if tail else []
    return Step(
        label=clean(change.label),
        before=clip(" ".join(old), LONGEST_SIDE),
        after=clip(" ".join(new), LONGEST_SIDE),
        delta=clean(change.delta),
        lead=("… " if len(lead) > CONTEXT_WORDS else "") + " ".join(lead[-CONTEXT_WORDS:]),
        tail=" ".join(rest[:CONTEXT_WORDS]) + (" …" if len(rest) > CONTEXT_WORDS else ""),
    )


def fact(change: Change) -> Step:
    """A change of a scheme fact: both values whole, as they stand in the table."""
    return Step(clean(change.label), clean(change.before), clean(change.after), clean(change.delta))


def _words(text: str) -> list[str]:
    """The text cut at white space, but never inside an amount, a date or a number."""
    words = [""]
    for token in tokens(text):
        if token.isspace():
            words.append("")
        else:
            words[-1] += token
    return [word for word in words if word]


def _shared(left: list[str], right: list[str]) -> int:
    """How many words two lists share from the start."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
