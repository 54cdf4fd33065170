"""`beleidsradar.env` in the home: the variables that the environment of a process does not set, secrets among them.

One `NAME=value` a line, the form that systemd, Docker Compose and a shell read alike; a value with anything but plain characters
stands in single quotes. What the process was given wins over the file. A value is never repeated in a message.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path

from domain.errors import ConfigurationError, Fault
from services import environment
from services.packs import display
from services.settings_faults import did_you_mean

FILE = "beleidsradar.env"
MODE = 0o600
KNOWN = (environment.HOME, environment.SOURCES, environment.DATABASE, environment.CONNECT, environment.CLOCK)
"""The variables of `services.environment` beside those of channels and of Prefect, which have names of their own."""

_LINE = re.compile(
    r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?:'(?P<quoted>[^']*)'|\"(?P<double>[^\"\\$`]*)\"|(?P<plain>[^\s'\"\\$`#]*))\s*"
)
_OTHERS = re.compile(r"PREFECT_[A-Z0-9_]+")


def complete(environ: Mapping[str, str]) -> dict[str, str]:
    """What the file of the home adds to this environment: its variables that are not set there; {} without a file.

    Raises ConfigurationError for a file that others may read, or that cannot be read.
    """
    home, _ = environment.home_of(environment.sources_path(environ), environ)
    found = read(home / FILE)
    named = found.get(environment.HOME)
    if named and Path(named).absolute() != home:
        hint = "take the line out; a file in a home cannot name another home"
        raise ConfigurationError((Fault(display(home / FILE), 0, f"{environment.HOME} is not the folder of this file", hint),))
    return {name: value for name, value in found.items() if not environ.get(name)}


def read(file: Path) -> dict[str, str]:
    """The variables of this file; {} when there is none. Raises ConfigurationError with every fault."""
    name = display(file)
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & ~MODE:
            hint = f"chmod 600 {name}; it holds secrets, and whoever could read it may have them"
            raise ConfigurationError((Fault(name, 0, f"has mode {mode:04o}", hint),))
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "it is no text").lower()
        hint = "its owner is whoever runs the service; name another home with BELEIDSRADAR_HOME"
        raise ConfigurationError((Fault(name, 0, f"cannot be read: {reason}", hint),)) from None
    return _parse(name, text)


def _parse(name: str, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        matched = _LINE.fullmatch(line.strip())
        if matched is None:
            faults.append(
                Fault(name, number, "is no NAME='value'", "one on a line, without `export`; quote it with single quotes")
            )
            continue
        variable = matched["name"]
        if what := _unknown(variable):
            faults.append(Fault(name, number, what, did_you_mean(variable, KNOWN)))
        elif variable in found:
            faults.append(Fault(name, number, f"{variable} stands there twice", "keep one of the two"))
        else:
            found[variable] = next(value for value in matched.group("quoted", "double", "plain") if value is not None)
    if faults:
        raise ConfigurationError(tuple(faults))
    return found


def _unknown(variable: str) -> str:
    if variable in KNOWN or re.fullmatch(environment.CHANNEL, variable) or _OTHERS.fullmatch(variable):
        return ""
    return "is no variable of Beleidsradar or Prefect"  # not repeated: it may be half of a secret


def line(variable: str, value: str) -> str:
    """The line that gives this value back. Raises ValueError for a value that cannot stand on one, without repeating it."""
    if not value.isprintable() or "'" in value:
        raise ValueError("a quote or a control character cannot stand in a variable's value")
    return f"{variable}='{value}'"
