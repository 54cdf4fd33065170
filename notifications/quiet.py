"""Keeping secrets out of logs: Apprise writes whole URLs and recipients to its log, urllib3 the path of every request.

Their records are not repaired but replaced: what remains is that something happened and, where there is one, the status code.
"""

from __future__ import annotations

import logging
import re
from types import TracebackType

_LOGGERS = ("apprise", "urllib3.connectionpool")
_CODE = re.compile(r"\berror=(\d{3})\b")


class _Redacting(logging.Filter):
    """Drops what is below WARNING and replaces the text of the rest by one that holds nothing of it but a status code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record may pass; it is changed in place."""
        if record.levelno < logging.WARNING:
            return False
        if not getattr(record, "redacted", False):
            said = record.getMessage()
            found = _CODE.search(said)
            record.redacted = True
            record.code = found.group(1) if found else ""
            record.connection = "onnection error" in said
            record.msg = f"{record.name}: a channel reported a problem" + (f" (error={found.group(1)})" if found else "")
            record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        return True


_FILTER = _Redacting()


def silence() -> None:
    """Puts the redacting filter on both loggers; can be called again at any time, also after logging was set up anew."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if _FILTER not in logger.filters:
            logger.addFilter(_FILTER)
    # The plugins write through the one logger, so its level also saves the work of formatting what would be dropped.
    logging.getLogger("apprise").setLevel(logging.WARNING)


class CodeLog(logging.Handler):
    """Listens to the redacted Apprise log while a stock plugin sends: the last HTTP status ("" if none) and whether a connection
    failed. Use as a context manager, one at a time per process."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.code = ""
        self.connection = False

    def emit(self, record: logging.LogRecord) -> None:
        """Takes down the code of one redacted record."""
        self.code = getattr(record, "code", "") or self.code
        self.connection = self.connection or bool(getattr(record, "connection", False))

    def __enter__(self) -> CodeLog:
        logging.getLogger("apprise").addHandler(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        logging.getLogger("apprise").removeHandler(self)
