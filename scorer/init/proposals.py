"""The files that `toolmark init` would write: the configuration, the hook, the workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.init import configuration, hook, workflow

if TYPE_CHECKING:
    from pathlib import Path

    from scorer.init.candidate import Candidate


class Proposal(NamedTuple):
    """One file: path relative to the repository, its whole text as it would be, and what it is for. added: the lines that are new."""

    path: str
    text: str
    purpose: str
    added: str


def propose(folder: Path, chosen: Candidate) -> list[Proposal]:
    """What is missing in the repository, given how its definitions are read; nothing when all of it is there."""
    parts = (configuration.text(folder, chosen), hook.text(folder, chosen), *workflow.texts(folder))
    return [Proposal(*part) for part in parts if part]
