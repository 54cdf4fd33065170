"""What a digest selects: its topics and the ids it follows."""

from __future__ import annotations

from services.settings import DigestSettings, Settings


def selected_topics(settings: DigestSettings) -> frozenset[str]:
    """The topics of assessments that a digest looks at; a follow hit is an assessment with topic `follow:<id>`."""
    return frozenset((*settings.topics, *(f"follow:{followed}" for followed in settings.follow)))


def of_one_team(settings: Settings, digest: DigestSettings) -> frozenset[str]:
    """The digests with the same owner: what went out through them may be named to each other's readers, and nobody else's."""
    return frozenset(one.name for one in settings.digests.values() if one.owner.casefold() == digest.owner.casefold())
