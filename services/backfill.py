"""Historical load: quiet by default, planned beforehand, resumable after kill -9, shared by as many workers as are started.

Four parts: the job and what it narrows to (`backfill_job`), its windows and what the lists say of them (`backfill_windows`), its
cost (`backfill_plan`), and doing it (`backfill_load`, with `backfill_notify` for telling what was found).
"""

from __future__ import annotations

from services.backfill_job import Job, check, refuse
from services.backfill_load import Progress, run
from services.backfill_plan import Plan, plan
from services.backfill_windows import windows

__all__ = ["Job", "Plan", "Progress", "check", "plan", "refuse", "run", "windows"]
