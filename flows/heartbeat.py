"""How often a run says that it lives. In a module of its own, because it must be known before Prefect is imported."""

from __future__ import annotations

HEARTBEAT_SECONDS = 30
"""PREFECT_FLOWS_HEARTBEAT_FREQUENCY of the service; 30 is the least that Prefect accepts."""
