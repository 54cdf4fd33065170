"""Folders and files that a user names for output: made, or refused in one line."""

from __future__ import annotations

from pathlib import Path

from domain.errors import UsageError


def make(folder: Path, option: str) -> Path:
    """The folder, made when it was not there. Raises UsageError, naming the option, when that cannot be done."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{option}: {folder} is a file; name a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{option}: the folder {folder} cannot be made: {_why(error)}") from error
    return folder


def write(file: Path, text: str, option: str) -> None:
    """Write a file. Raises UsageError, naming the option, when that cannot be done."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{option}: {file} cannot be written: {_why(error)}") from error


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
