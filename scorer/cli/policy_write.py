"""Writes a policy, and says what is left to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scorer.cli import console, writing

if TYPE_CHECKING:
    from scorer.risk.policies import PolicyDocument

_SHOWN = 12


def publish(made: PolicyDocument, output: Path | None, *, quiet: bool) -> None:
    if output is None:
        writing.write_stdout(made.text)
    else:
        writing.write_file(output, made.text)
        if output.suffix == ".json":
            from scorer.risk.policies.hashes import beside, write_hashes  # noqa: PLC0415 - `--help` needs none of it

            writing.write_file(Path(beside(str(output))), write_hashes(made.hashes))
    if not quiet:
        _tell(made, output)


def _tell(made: PolicyDocument, output: Path | None) -> None:
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
    if output is not None:
        console.say(f"Wrote {output}")
