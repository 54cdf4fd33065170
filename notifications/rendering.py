"""The renderings of a digest: one model, the same items in the same order, five notations."""

from __future__ import annotations

from notifications.html import render_html
from notifications.json_text import render_json
from notifications.markdown import render_markdown
from notifications.plain_text import render_text
from notifications.slack_blocks import render_slack

__all__ = ["render_html", "render_json", "render_markdown", "render_slack", "render_text"]
