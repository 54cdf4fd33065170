"""The one place that turns what a command raises into a line, an exit code and, with `--json`, a document.

0 fine; 1 work failed or a reader would notice; 2 wrong usage or configuration; 130 ended from outside.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.exceptions import TyperException

from cli import unexpected
from cli.output import as_json, complain
from domain.errors import ConfigurationError, RadarError, UsageError

INTERRUPTED = 130


def run(app: Callable[..., Any], arguments: Sequence[str]) -> int:
    """Run a command to its exit code; whatever goes wrong is said in a line on standard error."""
    json = "--json" in arguments
    folder = unexpected.folder(os.environ)  # now: the demo changes the environment
    try:
        outcome = app(args=list(arguments), standalone_mode=False)
    except (ConfigurationError, UsageError) as error:
        return _failed(str(error), str(error), 2, json)
    except RadarError as error:
        return _failed(f"beleidsradar: {error}", str(error), 1, json)
    except typer.Exit as done:
        return int(done.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except TyperException as error:
        return _wrong_usage(error, json)
    except Exception as error:  # noqa: BLE001  # the last resort: a user gets a line, whoever mends it gets the file
        said = f"unexpected {type(error).__name__}; details in {unexpected.write(error, folder)}"
        return _failed(f"beleidsradar: {said}", said, 1, json)
    return int(outcome) if isinstance(outcome, int) else 0


def _failed(line: str, error: str, code: int, json: bool) -> int:
    complain(line)
    if json:
        as_json({"error": error, "exit": code})
    return code


def _wrong_usage(error: TyperException, json: bool) -> int:
    """A complaint about the arguments, as Typer says it."""
    show = getattr(error, "show", None)
    if show is None:
        complain(str(error))
    else:
        show()
    if json:
        as_json({"error": getattr(error, "message", "") or str(error), "exit": 2})
    return 2
