"""Retention: what is let go of after how many days (`retention:` of sources.yaml), once a night."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from services.radar import Radar

QUESTIONS = timedelta(days=30)
"""How long what only saves a question is kept: validators, robots.txt, turns. A month of downtime is asked anew all the same."""


def sweep(radar: Radar) -> Mapping[str, int]:
    """Let go of what is older than its number of days; returns how many rows by the name of the rule. Doing it twice does nothing
    the second time."""
    now = radar.clock.now()
    days = radar.settings.retention
    limits = {name: now - timedelta(days=count) for name, count in days.items()}
    with radar.store.begin() as unit:
        return unit.retention.sweep({**limits, "questions": now - QUESTIONS})
