"""The product inside a flow run, wired once a process from the environment that Prefect hands down."""

from __future__ import annotations

from functools import cache

from services.radar import Radar
from services.wiring import from_process_environment


@cache
def radar() -> Radar:
    """The wired product; a run process lives for one run, so changed settings are taken up by the next."""
    return from_process_environment(create=True)
