"""Which addresses the client may ask: configured hosts, http and https, and the connect map of demo and tests."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from domain.errors import ConfigurationError, Fault, FetchError, FetchFailure

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a publisher, checked; `url` has no fragment and no default port."""

    url: str
    scheme: str
    host: str


def check(url: str, hosts: frozenset[str]) -> Address:
    """The address, when its scheme is http(s), its port the usual one and its host configured.

    Raises FetchError(NOT_ALLOWED) otherwise; nothing has been asked then.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(FetchFailure.NOT_ALLOWED, url, f"not an address: {error}") from error
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    if scheme not in _DEFAULT_PORTS:
        raise FetchError(FetchFailure.NOT_ALLOWED, url, f"scheme {scheme or '(none)'} is never asked")
    if host not in hosts:
        raise FetchError(FetchFailure.NOT_ALLOWED, url, f"host {host or '(none)'} is not configured")
    if parts.username is not None or port not in (None, _DEFAULT_PORTS[scheme]):
        raise FetchError(FetchFailure.NOT_ALLOWED, url, "an address with a login or a port of its own is never asked")
    return Address(urlunsplit((scheme, host, parts.path or "/", parts.query, "")), scheme, host)


def redirected(source: Address, location: str, hosts: frozenset[str]) -> Address:
    """Where a redirect leads. Raises FetchError(FOREIGN_REDIRECT) when that is not an address the client may ask."""
    target = urljoin(source.url, location)
    try:
        return check(target, hosts)
    except FetchError as error:
        raise FetchError(FetchFailure.FOREIGN_REDIRECT, source.url, f"redirects to {target[:200]}: {error.detail}") from error


def loopback(connect: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """The connect map (real host -> "127.0.0.1:PORT"), read. Raises ConfigurationError on any address that is not loopback."""
    faults = []
    read = {}
    for host, target in connect.items():
        try:
            parts = urlsplit(f"//{target}")
            address, port = ipaddress.ip_address(parts.hostname or ""), parts.port
        except ValueError:
            address, port = None, None
        if address is None or not address.is_loopback or not port:
            faults.append(Fault("connect map", 0, f"{host} -> {target} is not a loopback address", "use 127.0.0.1:PORT"))
        else:
            read[host.lower()] = (str(address), port)
    if faults:
        raise ConfigurationError(tuple(faults))
    return read
