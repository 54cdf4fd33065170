"""Slack's limits on a message, as its Block Kit reference states them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

BLOCKS = 50
SECTION_TEXT = 3_000
FIELDS = 10
FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
BUTTON_TEXT = 75
ATTACHMENTS = 100
MESSAGE_TEXT = 40_000
ALL_BLOCKS_TEXT = 13_200  # not documented; reported by users of the real service
_KNOWN = frozenset({"section", "header", "divider", "context", "actions", "image", "rich_text", "markdown"})


class PayloadError(Exception):
    """A message that Slack refuses; `word` is the error it answers."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def read(body: bytes, content_type: str) -> dict[str, Any]:
    """The message, from JSON or from a form field `payload`. Raises PayloadError("invalid_payload")."""
    try:
        text = body.decode()
        if content_type.startswith("application/x-www-form-urlencoded"):
            text = parse_qs(text)["payload"][0]
        payload = json.loads(text)
    except (ValueError, KeyError) as error:
        raise PayloadError("invalid_payload") from error
    if not isinstance(payload, dict):
        raise PayloadError("invalid_payload")
    return payload


def check(payload: dict[str, Any]) -> None:
    """Raise PayloadError unless the message keeps within every limit."""
    text, blocks, attachments = payload.get("text") or "", payload.get("blocks") or [], payload.get("attachments") or []
    if not (text or blocks or attachments):
        raise PayloadError("no_text")
    if len(text) > MESSAGE_TEXT:
        raise PayloadError("msg_too_long")
    if len(attachments) > ATTACHMENTS:
        raise PayloadError("too_many_attachments")
    for group in (blocks, *(attachment.get("blocks") or [] for attachment in attachments)):
        _check_blocks(group)


def _check_blocks(blocks: Any) -> None:
    if not isinstance(blocks, list) or len(blocks) > BLOCKS:
        raise PayloadError("invalid_blocks")
    if sum(_check_block(block) for block in blocks) > ALL_BLOCKS_TEXT:
        raise PayloadError("msg_blocks_too_long")


def _check_block(block: Any) -> int:
    """How many characters the block holds."""
    if not isinstance(block, dict) or block.get("type") not in _KNOWN:
        raise PayloadError("invalid_blocks")
    match block["type"]:
        case "section":
            fields = block.get("fields") or []
            if len(fields) > FIELDS or not ("text" in block or fields):
                raise PayloadError("invalid_blocks")
            main = _length(block["text"], SECTION_TEXT) if "text" in block else 0
            return main + sum(_length(field, FIELD_TEXT) for field in fields)
        case "header":
            if not isinstance(block.get("text"), dict) or block["text"].get("type") != "plain_text":
                raise PayloadError("invalid_blocks")
            return _length(block["text"], HEADER_TEXT)
        case "context":
            elements = block.get("elements") or []
            if not 0 < len(elements) <= CONTEXT_ELEMENTS:
                raise PayloadError("invalid_blocks")
            return sum(_length(element, SECTION_TEXT) for element in elements if element.get("type") != "image")
        case "actions":
            return sum(_length(element["text"], BUTTON_TEXT) for element in block.get("elements") or [] if "text" in element)
        case _:
            return len(json.dumps(block, ensure_ascii=False))


def _length(text: Any, limit: int) -> int:
    if not isinstance(text, dict) or text.get("type") not in ("mrkdwn", "plain_text") or not isinstance(text.get("text"), str):
        raise PayloadError("invalid_blocks")
    count = len(text["text"])
    if not 0 < count <= limit:
        raise PayloadError("invalid_blocks")
    return count
