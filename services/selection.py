"""What a digest selects: its topics and the ids it follows."""

from __future__ import annotations

from services.settings import DigestSettings


def selected_topics(settings: DigestSettings) -> frozenset[str]:
    """The topics of assessments that a digest looks at; a follow hit is an assessment with topic `follow:<id>`."""
    return frozenset((*settings.topics, *(f"follow:{followed}" for followed in settings.follow)))
