"""The configuration file: where the definitions lie, and a gate that starts from today."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scorer.config import find_config

if TYPE_CHECKING:
    from pathlib import Path

    from scorer.init.candidate import Candidate

FILE, BASELINE = "toolmark.toml", "toolmark-baseline.json"
_TEXT = """\
# Where `toolmark score` finds this server's tool definitions, and what fails it. Keys are the options' names.
{key} = {value}

# Today's scores are the floor: only what is new or worse fails. Write it once with `toolmark baseline write`, and commit it.
baseline = "{baseline}"
max-drop = 0.2
fail-under-tool = "C"
"""


def text(folder: Path, chosen: Candidate) -> tuple[str, str, str, str] | None:
    """Path, text, purpose and new lines; None when the repository is configured already."""
    if find_config(folder):
        return None
    written = _TEXT.format(key=chosen.key, value=quoted(chosen.value), baseline=BASELINE)
    return FILE, written, "where the definitions lie, and what fails the gate", written


def quoted(value: str) -> str:
    """A TOML basic string (toml.io, "String"): JSON's escapes are TOML's, but for DEL, which JSON leaves bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
