"""A question to a miniature site and its answer, free of sockets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

NONCE = "@@NONCE@@"
HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
JSON = "application/json"
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: `target` is the path with its query, as sent."""

    host: str
    target: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path, percent-decoded, without the query."""
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        """The first value of each query parameter, decoded once; blank values are kept."""
        found = parse_qs(urlsplit(self.target).query, keep_blank_values=True)
        return {name: values[0] for name, values in found.items()}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a site answers. `body` may hold NONCE, which the server replaces by a token of the request.

    The entity tag is taken over the body before that replacement, so a nonce never makes a page look changed.
    """

    body: bytes
    content_type: str = HTML
    status: int = 200
    last_modified: datetime | None = None
    location: str = ""
    retry_after: int | None = None

    @property
    def etag(self) -> str:
        """A strong entity tag over what the page shows, quotes included."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'

    def sent(self, nonce: str) -> bytes:
        """The bytes that go over the wire."""
        return self.body.replace(NONCE.encode(), nonce.encode())


def page(text: str, content_type: str = HTML, *, status: int = 200, last_modified: datetime | None = None) -> Reply:
    """A reply from text, in UTF-8."""
    return Reply(text.encode(), content_type, status, last_modified)


def redirect(location: str) -> Reply:
    """A 302 to this address."""
    return Reply(b"", HTML, 302, location=location)
