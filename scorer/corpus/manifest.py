"""What a folder of results was made from, so that a run goes on only where it began."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from scorer.assets import read_asset
from scorer.catalog import load_rubric
from scorer.errors import UsageError
from scorer.version import __version__

if TYPE_CHECKING:
    from scorer.corpus.inputs import File
    from scorer.corpus.store import Store

NAME = "_toolmark.json"
_RISK = "rubrics/risk.yaml"
LAYOUT = 1


def stamp() -> str:
    """Names what scores: the version, the rubrics and every number in them, and the layout of the results."""
    rubric = load_rubric()
    numbers = sha256(f"{rubric!r}{read_asset(_RISK)}".encode()).hexdigest()[:16]
    return f"{__version__}/{rubric.version}/{numbers}/{LAYOUT}"


def describe(source: str, files: list[File], *, part_size: int, is_sorted: bool) -> dict[str, Any]:
    """The manifest of a run over these files. source: where they were found, for whoever needs the definitions later."""
    inputs = [{"name": file.name, "size": file.size, "stamp": file.stamp} for file in files]
    return {"stamp": stamp(), "source": source, "partSize": part_size, "sorted": is_sorted, "inputs": inputs}


def read(store: Store) -> dict[str, Any] | None:
    """The manifest of a folder, None when it has none. Raises UsageError for a damaged one."""
    try:
        found = json.loads(store.read(NAME))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or "stamp" not in found:
        raise UsageError(f"{store.address}/{NAME} is damaged", "Remove the folder, and score again.")
    return found


def begin(store: Store, wanted: dict[str, Any], tip: str = "") -> bool:
    """Claim the folder for a run; whether an earlier start of the same run is there to go on with.

    tip: what to do where the folder is another run's. Raises UsageError when it holds anything else.
    """
    found = read(store)
    if found is None:
        if store.names():
            raise UsageError(f"{store.address} is not empty and holds no results", "Name a new folder.")
        _write(store, wanted)
        return False
    # The same files under another address are the same input.
    if found | {"source": None} == wanted | {"source": None}:
        return True
    what = "the rubric or toolmark" if found["stamp"] != wanted["stamp"] else "the input or an option"
    raise UsageError(
        f"{store.address} holds results, and {what} has changed since",
        tip or f"Name a new folder, with --previous {store.address} to copy what is unchanged.",
    )


def _write(store: Store, wanted: dict[str, Any]) -> None:
    try:
        store.write(NAME, (json.dumps(wanted, indent=1) + "\n").encode())
    except OSError as error:
        why = error.strerror or error
        raise UsageError(f"{store.address} cannot be written: {why}", "Name a folder that you can write to.") from None
