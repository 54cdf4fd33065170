"""why: the whole story of a paper, short enough to read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cli import opening
from cli.output import as_json, say
from cli.rules import phrase
from domain.assessments import Assessment, Reason
from services import explain
from services.explain import EventStory, Why
from services.when import when

RULES = "docs/relevance.md"
MOST = 6
"""Reasons of one topic that are shown without `--all`; the rest is summed, so that the score can be recomputed."""


@dataclass(slots=True)
class Folded:
    """One event, and the same at other addresses of the paper."""

    story: EventStory
    others: list[EventStory] = field(default_factory=list)

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses it stands for."""
        return tuple(story.url for story in (self.story, *self.others))


def why(paper: str, *, fetch: bool, everything: bool, addresses: bool, json: bool) -> None:
    """Answer, addresses, and per event how it was judged and told; `everything` folds and leaves out nothing.

    Readers are named by their place in `to:`; `addresses` says who they are."""
    radar = opening.radar(create=False)
    ask = explain.why_fetched if fetch else explain.why
    found = ask(radar, paper, addresses=addresses)
    if json:
        as_json(found)
        return
    for line in lines(found, radar.clock.now(), everything=everything):
        say(line)


def lines(found: Why, now: datetime, *, everything: bool = False) -> list[str]:
    """The answer as lines of text."""
    out = [f"{found.id}  {found.title}"] if found.title else []
    out += [found.answer, *(f"  {url}" for url in found.urls)]
    if found.routes:
        out.append(f"  shown by: {', '.join(found.routes)}")
    for folded in [Folded(story) for story in found.events] if everything else fold(found.events):
        story = folded.story
        seen = f" {when(story.seen, now)}" if story.seen else ""
        told = f", release {story.release}, visit {story.visit}" if story.release else ""
        out.append(f"{story.kind}{seen}{told}" + (f"  {story.url}" if everything else ""))
        for again in story.again:
            before = ", ".join(f"{one.topic} {one.level.value} {one.score / 100:.2f}" for one in again.before)
            out.append(f"  judged again {when(again.at, now)} ({again.cause}); before: {before or 'not judged'}")
        for assessment in story.assessments:
            out += _assessment(assessment, everything)
        out += _copies(folded) + _told([story, *folded.others])
    if any(story.assessments for story in found.events):
        more = "" if everything else "; --all shows every address and every rule"
        out.append(f"The rules are explained in {RULES}{more}.")
    return out


def fold(stories: Sequence[EventStory]) -> list[Folded]:
    """The events, with the same event at other addresses (a copy of the paper that came in) behind the first of them."""
    found: list[Folded] = []
    for story in stories:
        first = next((one for one in found if one.story.kind == story.kind and story.url not in one.urls), None)
        if first is None:
            found.append(Folded(story))
        else:
            first.others.append(story)
    return found


def _copies(folded: Folded) -> list[str]:
    """How the copies were judged: those that agree counted, the others with their levels."""
    same = [story for story in folded.others if _verdict(story) == _verdict(folded.story)]
    out = [f"  also judged at {len(same)} other {'address' if len(same) == 1 else 'addresses'}, the same"] if same else []
    for story in (story for story in folded.others if story not in same):
        verdict = ", ".join(f"{one.topic} {one.level.value} {one.score / 100:.2f}" for one in story.assessments)
        out.append(f"  also judged at {story.url}: {verdict}")
    return out


def _verdict(story: EventStory) -> list[tuple[str, str, int]]:
    return [(found.topic, found.level.value, found.score) for found in story.assessments]


def _assessment(found: Assessment, everything: bool) -> list[str]:
    out = [f"  {found.topic}: {found.level.value}, score {found.score / 100:.2f}"]
    # When nothing has weight, the reason why nothing has is all there is to say.
    reasons = [reason for reason in found.reasons if reason.weight or everything] or list(found.reasons)
    ordered = sorted(reasons, key=lambda one: -abs(one.weight))
    shown = ordered if everything or len(ordered) <= MOST + 1 else ordered[:MOST]
    said = ""
    for reason in shown:
        out.append(f"    {reason.weight / 100:+7.2f}  {_reason(reason)}  [{reason.rule}]")
        if reason.sentence and (everything or reason.sentence != said):
            out.append(f'             "{reason.sentence}"')
        said = reason.sentence
    rest = ordered[len(shown) :]
    if rest:
        out.append(f"    {sum(reason.weight for reason in rest) / 100:+7.2f}  {len(rest)} more")
    return out


def _reason(reason: Reason) -> str:
    words = f": '{reason.words}'" if reason.words else ""
    times = f" {reason.count}x" if reason.words and reason.count else ""
    place = f" in {reason.field}" if reason.words and reason.field else ""
    return f"{phrase(reason.rule)}{words}{times}{place}"


def _told(stories: Sequence[EventStory]) -> list[str]:
    out: list[str] = []
    for told in (told for story in stories for told in story.told):
        out.append(f"  {told.digest}: {told.level}, {told.issue or 'waits for the next issue'}")
        out += [f"    {delivery}" for delivery in told.deliveries]
    return list(dict.fromkeys(out))
