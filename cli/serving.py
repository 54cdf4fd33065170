"""serve: the Prefect server and the scheduled service in front of it."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from types import FrameType

from cli import opening
from cli.curtain import Curtain, end_group
from cli.output import complain, say
from services import edits


def serve(port: int) -> None:
    """Start the server (its words go to a file in the home), then run every deployment until SIGTERM or Ctrl-C."""
    from flows import server
    from flows.heartbeat import HEARTBEAT_SECONDS

    radar, faults = opening.in_force(create=True)
    for fault in faults:
        complain(f"beleidsradar: {fault}; the last good settings are in force")
    edits.note(radar, faults)
    home = radar.settings.home / "prefect"
    home.mkdir(exist_ok=True)
    values = server.environment(port, home, heartbeat=HEARTBEAT_SECONDS)
    os.environ.update(values)  # before Prefect is imported: it reads its settings once, and runs inherit them
    log = home / "server.log"
    with Curtain() as curtain:
        with curtain.held():
            started = server.start(values, log)
            curtain.add(partial(end_group, started.process))
        server.wait(started, log)
        say(f"dashboard: {started.url}  (words of the server: {log})")
        sys.stdout.flush()
        from flows import service

        # Prefect ends its runs in order on Ctrl-C and SIGTERM; until it has set that up, SIGTERM is the curtain's.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGHUP, _like_sigterm)  # a closed terminal ends the service; the server would not notice it
        try:
            service.run(radar.settings)
        finally:
            started.stop()


def _like_sigterm(_number: int, _frame: FrameType | None) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
