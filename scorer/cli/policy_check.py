"""`toolmark policy --check`: which rules of a policy no longer match."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scorer.cli import console, writing
from scorer.errors import InputError

if TYPE_CHECKING:
    from scorer.models.signals import Signals

NOT_MET = 1


def check_policy(path: Path, tools: dict[str, Signals], server: str, *, quiet: bool) -> None:
    """One line for every rule that does not match, exit code 1 if there is any."""
    from scorer.risk.policies.check import check as compare  # noqa: PLC0415 - `--help` needs none of it
    from scorer.risk.policies.read import read_policy  # noqa: PLC0415 - `--help` needs none of it

    text = _read(path)
    found = compare(read_policy(text, str(path), server), _hashes(path, text), tools)
    for one in found:
        writing.write_stdout(f"{one.fault}: {one.tool}: {one.message}")
    if found:
        raise typer.Exit(NOT_MET)
    if not quiet:
        console.say(f"Every rule of {path} matches its tool.")


def _hashes(path: Path, text: str) -> dict[str, str]:
    from scorer.risk.policies.hashes import beside, hashes_in_comments, read_hashes  # noqa: PLC0415 - `--help` needs none of it

    noted = Path(beside(str(path)))
    if noted.is_file():
        return read_hashes(_read(noted))
    found = hashes_in_comments(text)
    if not found:
        console.say(f"note: {path} notes no hashes of definitions, so that only names and arguments are compared")
    return found


def _read(path: Path) -> str:
    from scorer.sources.files import read_file  # noqa: PLC0415 - `--help` needs none of it

    try:
        return read_file(str(path)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text", "Give a policy file.") from None
