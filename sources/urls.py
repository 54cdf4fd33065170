"""Addresses found in what publishers send: taken apart and joined without ever failing on one that is none."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def split(url: str) -> SplitResult:
    """The parts of an address; all of them empty when it cannot be taken apart."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.hostname  # the host is read late, and may be what is wrong
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def join(base: str, href: str) -> str:
    """The address that a link on a page leads to; "" when it is none."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""
