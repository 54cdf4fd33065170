"""In what notation a comparison is printed."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """What a comparison is printed for: any text, the body of a mail (HTML), a Slack message."""

    TEXT = "text"
    MAIL = "mail"
    SLACK = "slack"
