"""serve: the Prefect server and the scheduled service in front of it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from cli import opening
from cli.curtain import Curtain, end_group
from cli.output import complain, say
from domain.errors import Fault
from services import edits
from services.environment import CLOCK
from services.radar import Radar

if TYPE_CHECKING:
    from flows.server import Keeper

WAKE_EVERY = timedelta(seconds=60)
"""In real time, on a clock that is turned (demo and tests)."""


def serve(host: str, port: int) -> None:
    """Start the server (its words go to a file in the home), then run every deployment until SIGTERM or Ctrl-C."""
    from flows import only_one

    radar, faults = opening.in_force(create=True)
    _say_faults(radar, faults)
    home = radar.settings.home / "prefect"
    home.mkdir(exist_ok=True)
    with only_one.only_one(home):
        if only_one.end_left_behind(home):
            say("the Prefect server of a service that was killed is ended")
        _serve(radar, home, host, port)


def _serve(radar: Radar, home: Path, host: str, port: int) -> None:
    from flows import server
    from flows.heartbeat import HEARTBEAT_SECONDS

    server.check_place(host, port, os.environ)
    values = server.environment(port, home, heartbeat=HEARTBEAT_SECONDS, host=host, outside=os.environ)
    os.environ.update(values)  # before Prefect is imported: it reads its settings once, and runs inherit them
    log = home / "server.log"
    with Curtain() as curtain:
        with curtain.held():
            keeper = server.Keeper(values, log, server.start(values, log))
            curtain.add(partial(_end_server, keeper))
        server.wait(keeper.server, log)
        say(f"dashboard: {keeper.server.url}  (words of the server: {log})")
        sys.stdout.flush()
        from flows import service

        keeper.watch()
        # Prefect ends its runs in order on Ctrl-C and SIGTERM; until it has set that up, SIGTERM is the curtain's.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGHUP, _like_sigterm)  # a closed terminal ends the service; the server would not notice it
        try:
            service.run(radar.settings, WAKE_EVERY if os.environ.get(CLOCK) else None)
        finally:
            keeper.stop()


def _say_faults(radar: Radar, faults: Sequence[Fault]) -> None:
    for fault in faults:
        complain(f"beleidsradar: {fault}; the last good settings are in force")
    edits.note(radar, faults)


def _end_server(keeper: Keeper) -> None:
    end_group(keeper.server.process)


def _like_sigterm(_number: int, _frame: FrameType | None) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
