"""A miniature at the end of the story, and a way to ask it as a client would: the real host name, the loopback address."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from demo.sites import Miniature

END = datetime(2021, 12, 10, 6, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Got:
    """An answer; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Got]


def send(address: str, host: str, target: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Got:
    """One request on a connection of its own; underscores in header names become hyphens."""
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, body=body, headers={"Host": host, **named})
        response = connection.getresponse()
        return Got(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


@pytest.fixture
def miniature() -> Iterator[Miniature]:
    """The miniature with the papers of the story, on Friday 10 December 2021, 07.00 hours."""
    with Miniature(END) as sites:
        yield sites


@pytest.fixture
def ask(miniature: Miniature) -> Ask:
    """Ask the miniature: `ask(host, target, …)`."""
    return lambda host, target, *args, **headers: send(miniature.address, host, target, *args, **headers)


@pytest.fixture
def send_to() -> Ask:
    """Ask any server: `send_to(address, host, target, …)`."""
    return send
