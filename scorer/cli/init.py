"""`toolmark init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import console, options, writing
from scorer.errors import InputError
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.init import Candidate, Proposal

_SHOWN = 8

Folder = Annotated[
    Path, typer.Argument(metavar="[FOLDER]", help="The repository. Default: this folder.", show_default=False)
]
Yes = Annotated[bool, typer.Option("--yes", "-y", metavar="", help="Write all of it without asking.")]


def init(folder: Folder = Path(), *, yes: Yes = False, quiet: options.Quiet = False) -> None:
    """Propose the configuration, the pre-commit hook and the workflows for a repository, and write what is agreed to.

    Looks for committed definitions and snapshots, source code, a start command, and client configs. Runs nothing, overwrites nothing.
    """
    from scorer.init import candidates, propose  # noqa: PLC0415 - `--help` needs none of it

    if not folder.is_dir():
        raise InputError(f"{folder} is no folder", "Name the repository's root, or run it there.")
    found = candidates(folder)
    if not found:
        raise InputError(
            f"no tool definitions in {folder if folder != Path() else 'this folder'}: no tools.json, no snapshots, no server's source code, "
            "no package that depends on an MCP library, no client config",
            'Save them first: toolmark score --server "CMD" --save-snapshot tools.json',
        )
    if not quiet:
        _tell(found)
    proposals = propose(folder, found[0])
    agreed = [one for one in proposals if _agreed(one, yes=yes)]
    for one in agreed:
        (folder / one.path).parent.mkdir(parents=True, exist_ok=True)
        writing.write_file(folder / one.path, one.text)
    _close(proposals, agreed, starts=found[0].tools is None)


def _tell(found: Sequence[Candidate]) -> None:
    console.say("Tool definitions can be read from:")
    for number, one in enumerate(found[:_SHOWN]):
        count = "" if one.tools is None else f", {counted(one.tools, 'tool')}"
        console.say(f"{'>' if number == 0 else '-'} {one.key} = {one.value} ({one.why}{count})")
    if len(found) > _SHOWN:
        console.say(f"- ... and {len(found) - _SHOWN} more")


def _agreed(one: Proposal, *, yes: bool) -> bool:
    """Shows what would be written; whether it shall be."""
    typer.echo(f"--- {one.path}: {one.purpose}\n{one.added}")
    return yes or (console.on_terminal() and typer.confirm(f"Write {one.path}?", default=False, err=True))


def _close(proposals: Sequence[Proposal], agreed: Sequence[Proposal], *, starts: bool) -> None:
    if not proposals:
        console.say("Everything is there already that would be proposed for this repository.")
    elif agreed:
        console.say(f"Wrote {', '.join(one.path for one in agreed)}")
        console.say(f"Next: toolmark baseline write{' --start' if starts else ''}, then commit these files")
    else:
        console.say("Nothing was written. Pass --yes to write all of it.")
