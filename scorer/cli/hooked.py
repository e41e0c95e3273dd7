"""Which inputs the files of a commit belong to: a snapshot is graded among its siblings, a list of tools by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.cli.earlier import GIT
from scorer.errors import ToolmarkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.cli.settings import Planned
    from scorer.models.config import Config


def inputs(files: Sequence[Path], config: Config | None) -> list[str]:
    """What to grade because of these files, each once, as it would be named on the command line.

    A file below a configured path means that path; a file with one tool means its folder; one that holds no definitions, nothing.
    """
    found: dict[str, None] = {}
    for file in files:
        source = _configured(file, config) or _itself(file)
        if source is not None:
            found.setdefault(source)
    return list(found)


def _configured(file: Path, config: Config | None) -> str | None:
    from scorer.cli.settings import inside  # noqa: PLC0415 - for files below a configured path alone

    for server in config.servers if config else ():
        if server.path is not None:
            place = Path(str(config.folder if config else "."), server.path).resolve()
            if place == file.resolve() or place in file.resolve().parents:
                return inside(config, server.path)
    return None


def _itself(file: Path) -> str | None:
    from scorer.models.tool import ToolSet  # noqa: PLC0415 - likewise
    from scorer.sources import open_source  # noqa: PLC0415 - likewise
    from scorer.sources.tree.read import SourceTree  # noqa: PLC0415 - likewise

    if not file.is_file():
        return None  # deleted by the commit
    try:
        read = open_source(str(file))
    except ToolmarkError:
        return str(file) if _meant(file) else None
    if isinstance(read, SourceTree):
        return str(file)
    if not isinstance(read, ToolSet):
        return None  # a client config says where servers are, not what they offer
    if any(tool.origin.pointer in ("", "/function") for tool in read.tools) and len(read.tools) == 1:
        siblings = [path for path in file.parent.glob(f"*{file.suffix}") if path != file]
        return str(file.parent) if siblings and _is_folder_of_tools(file.parent) else str(file)
    return str(file)


def _is_folder_of_tools(folder: Path) -> bool:
    from scorer.sources import open_source  # noqa: PLC0415 - likewise

    try:
        open_source(str(folder))
    except ToolmarkError:
        return False
    return True


def _meant(file: Path) -> bool:
    """Whether a file that cannot be graded was meant to hold tools: then the commit breaks it, and must not pass in silence."""
    if file.suffix == ".snap" or "tools" in file.stem.lower():
        try:
            document = json.loads(file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return True
        return isinstance(document, dict) and "tools" in document
    return False


def head(plans: Sequence[Planned]) -> str | None:
    """`git:HEAD` where all inputs are files of a repository that has a commit, else None."""
    from scorer.cli.git_earlier import has_head  # noqa: PLC0415 - likewise

    sources = [plan.ask.source for plan in plans]
    if all(source is not None and has_head(Path(source)) for source in sources):
        return f"{GIT}HEAD"
    return None
