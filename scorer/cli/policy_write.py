"""Writes a policy, and says what is left to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scorer.cli import console, writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.risk.policies import PolicyDocument

_SHOWN = 12


def publish(made: PolicyDocument, output: Path | None, *, quiet: bool) -> None:
    """Write the document to its file or to stdout, with its hashes beside it where it cannot hold them, and say so."""
    hashes = None
    if output is None:
        writing.write_stdout(made.text)
    else:
        writing.write_file(output, made.text)
        hashes = _write_hashes(made, output)
    if not quiet:
        _tell(made, [path for path in (output, hashes) if path])


def _write_hashes(made: PolicyDocument, output: Path) -> Path | None:
    """The file of hashes beside a document without comments to hold them, whatever it is called; None where it has them."""
    from scorer.risk.policies.hashes import (  # noqa: PLC0415 - `--help` needs none of it
        beside,
        hashes_in_comments,
        write_hashes,
    )

    if not made.hashes or hashes_in_comments(made.text):
        return None
    path = Path(beside(str(output)))
    writing.write_file(path, write_hashes(made.hashes))
    return path


def _tell(made: PolicyDocument, written: Sequence[Path]) -> None:
    for note in made.notes:
        console.say(f"note: {note}")
    if made.placeholders:
        console.say(
            f"{len(made.placeholders)} to fill in, each denies every call until then (--fill, or in the document):"
        )
        for text in made.placeholders[:_SHOWN]:
            console.say(f"  {text}")
        if len(made.placeholders) > _SHOWN:
            console.say(f"  ... and {len(made.placeholders) - _SHOWN} more")
    if written:
        console.say(f"Wrote {', '.join(map(str, written))}")
