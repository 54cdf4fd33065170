"""Where Prefect's words go."""

from __future__ import annotations

import logging
from pathlib import Path

from prefect.logging.configuration import setup_logging
from prefect.logging.handlers import APILogHandler


def to_file(path: Path) -> None:
    """From here on everything Prefect would print goes to a file; it still reaches the dashboard."""
    setup_logging()
    file = logging.FileHandler(path, encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    names = [name for name in logging.root.manager.loggerDict if name.startswith(("prefect", "apprise", "httpx"))]
    for logger in [logging.getLogger(), *map(logging.getLogger, names)]:
        printing = [h for h in logger.handlers if isinstance(h, logging.StreamHandler) and not isinstance(h, logging.FileHandler)]
        for handler in printing:
            logger.removeHandler(handler)
            logger.addHandler(file)


def drain() -> None:
    """Wait until the server has every word; to be called before it is stopped."""
    APILogHandler().flush()
