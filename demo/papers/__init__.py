"""The papers of the miniature sites. All texts are made up; facts, dates and figures of 2021 are real where they exist."""

from __future__ import annotations

from demo.paper import Paper
from demo.papers import december, gazettes, government, parliament, process_innovation, questions, rvo, schemes


def story_papers() -> tuple[Paper, ...]:
    """Every paper of the story, with the material that stands before it begins."""
    rooms = (process_innovation, december, parliament, questions, gazettes, government, schemes, rvo)
    return tuple(paper for room in rooms for paper in room.papers())
