"""What the environment says: where the home is, which database, which channels, and the switches of demo and tests.

Every function takes the environment as an argument and gives values with faults; none raises. A fault names the variable, never
its value.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path

from domain.errors import Fault
from services.secret import Secret

HOME = "BELEIDSRADAR_HOME"
SOURCES = "BELEIDSRADAR_SOURCES"
DATABASE = "BELEIDSRADAR_DATABASE_URL"
CONNECT = "BELEIDSRADAR_CONNECT"
CLOCK = "BELEIDSRADAR_CLOCK"
CHANNEL = "^BELEIDSRADAR_CHANNEL_[A-Z0-9_]{1,40}$"
"""The names of variables that hold a channel's URL; a fixed beginning, so that a secret is never taken for a name."""

_DATABASES = re.compile(r"(sqlite:///.+|postgres(ql(\+psycopg)?)?://.+)", re.DOTALL)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_CHANNEL = re.compile(r"([a-z][a-z0-9+]*)://\S+", re.IGNORECASE)


def sources_path(environ: Mapping[str, str]) -> Path:
    """Where sources.yaml stands: BELEIDSRADAR_SOURCES, else in BELEIDSRADAR_HOME, else in the current folder."""
    home = Path(environ.get(HOME) or ".")
    return home / (environ.get(SOURCES) or "sources.yaml")


def home_of(path: Path, environ: Mapping[str, str]) -> tuple[Path, tuple[Fault, ...]]:
    """The absolute folder from which relative paths resolve: BELEIDSRADAR_HOME, else the folder of sources.yaml."""
    named = environ.get(HOME)
    home = (Path(named) if named else path.parent).absolute()
    if named and not home.is_dir():
        return home, (Fault(HOME, 0, "is not a folder", "make the folder, or name one that exists"),)
    return home, ()


def database_url(home: Path, environ: Mapping[str, str]) -> tuple[Secret, tuple[Fault, ...]]:
    """The database: BELEIDSRADAR_DATABASE_URL, else SQLite in the home. A Secret, for a URL may hold a password."""
    named = environ.get(DATABASE)
    if not named:
        return Secret(f"sqlite:///{home / 'beleidsradar.db'}"), ()
    if _DATABASES.fullmatch(named):
        return Secret(named), ()
    hint = "use sqlite:////absolute/path.db or postgresql://user@host/name"
    return Secret(""), (Fault(DATABASE, 0, "is not a database URL that Beleidsradar knows", hint),)


def connect_map(environ: Mapping[str, str]) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """BELEIDSRADAR_CONNECT, `host=127.0.0.1:port,...`: real host to loopback address. Only demo and tests set it."""
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for number, part in enumerate(filter(None, (p.strip() for p in environ.get(CONNECT, "").split(","))), 1):
        host, _, target = part.partition("=")
        address, _, port = target.rpartition(":")
        if not _HOST.fullmatch(host.lower()) or not port.isdecimal() or not 0 < int(port) < 65536:
            faults.append(Fault(CONNECT, 0, f"entry {number} is not host=127.0.0.1:port", "write www.rvo.nl=127.0.0.1:8443"))
        elif not is_loopback(address):
            hint = "use 127.0.0.1, or unset the variable to ask the real sites"
            faults.append(Fault(CONNECT, 0, f"entry {number} leads to another machine", hint))
        elif host.lower() in found:
            faults.append(Fault(CONNECT, 0, f"entry {number} names a host a second time", "keep one of the two"))
        else:
            found[host.lower()] = target
    return found, tuple(faults)


def is_loopback(address: str) -> bool:
    """True for 127.0.0.0/8 and ::1 (with or without brackets). Names, `localhost` too, are not looked up and give False."""
    try:
        return ipaddress.ip_address(address.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def channel_url(variable: str, environ: Mapping[str, str]) -> tuple[Secret | None, str, str]:
    """The Apprise URL in this variable, or None with what is wrong and what to do."""
    value = environ.get(variable, "").strip()
    if not value:
        return None, f"the environment variable {variable} is not set", "put the Apprise URL of this channel into it"
    found = _CHANNEL.fullmatch(value)
    if not found:
        return (
            None,
            f"the environment variable {variable} holds no Apprise URL",
            "it begins with mailtos://, slack:// or https://",
        )
    if re.search(r"[?&]to=[^&]", value):
        return None, f"the URL in {variable} names a recipient", "take ?to= out; recipients stand under to: of the digest"
    return Secret(value), "", ""


def scheme_of(url: Secret | None) -> str:
    """The scheme of a channel's URL in lower case ("mailtos"), "" when there is no URL."""
    return url.reveal().partition("://")[0].lower() if url else ""


def is_mail(name: str, url: Secret | None) -> bool:
    """True when this channel sends mail: its URL says so, or, where there is no URL, its name does."""
    return scheme_of(url).startswith("mailto") if url else "mail" in name
