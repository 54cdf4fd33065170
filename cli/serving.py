"""serve: the Prefect server and the scheduled service in front of it."""

from __future__ import annotations

import os

from cli import opening
from cli.output import say


def serve(port: int) -> None:
    """Start the server (its words go to a file in the home), then run every deployment until SIGTERM or Ctrl-C."""
    from flows import server
    from flows.heartbeat import HEARTBEAT_SECONDS

    radar = opening.radar(create=True)
    home = radar.settings.home / "prefect"
    home.mkdir(exist_ok=True)
    values = server.environment(port, home, heartbeat=HEARTBEAT_SECONDS)
    os.environ.update(values)  # before Prefect is imported: it reads its settings once, and runs inherit them
    log = home / "server.log"
    started = server.start(values, log)
    try:
        server.wait(started, log)
        say(f"dashboard: {started.url}  (words of the server: {log})")
        from flows import service

        service.run(radar.settings)
    finally:
        started.stop()
