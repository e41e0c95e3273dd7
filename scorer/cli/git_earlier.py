"""The same inputs as they were in a git revision: taken out of the repository, never checked out over anything, and graded."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scorer.errors import InputError, ToolmarkError, UsageError
from scorer.models.baseline import Baseline
from scorer.models.tool import ToolSet
from scorer.sources.document import CODE
from scorer.sources.tree.read import SourceTree, source_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.cli.settings import Graded
    from scorer.models.card import Report
    from scorer.sources.client_config import ClientConfig

_SECONDS = 60


def at_revision(revision: str, graded: Sequence[Graded]) -> Baseline:
    """What the files behind these reports were in a revision; a server that was not there is left out. Raises ToolmarkError."""
    from scorer.gate import of_reports  # noqa: PLC0415 - only when asked for
    from scorer.models.card import SCHEMA_VERSION, Reports  # noqa: PLC0415 - likewise

    if not revision or revision.startswith("-"):
        raise UsageError(f"git:{revision} names no revision", "Write it like git:HEAD or git:origin/main.")
    reports = tuple(report for one in graded if (report := _before(revision, one)))
    found = of_reports(Reports(SCHEMA_VERSION, reports))
    return found if reports else Baseline(graded[0].report.rubric_version if graded else "", ())


def _before(revision: str, one: Graded) -> Report | None:
    from scorer.sources import open_source  # noqa: PLC0415 - likewise

    if one.source in (None, "-"):
        raise UsageError(
            f"git:{revision} has no earlier state of {one.report.server.name}, which was not read from a file",
            "Compare a live server with a baseline file or an earlier report.",
        )
    with TemporaryDirectory(prefix="toolmark-") as folder:
        place = _taken_out(revision, Path(str(one.source)), Path(folder))
        if place is None:
            return None
        try:
            found = open_source(str(place))
        except ToolmarkError:
            return None  # what stood there could not be graded, so that all of it is new now
        tools = _same_server(found, one)
        return one.again(replace(tools, server_name=one.report.server.name)) if tools else None


def _same_server(found: ToolSet | ClientConfig | SourceTree, one: Graded) -> ToolSet | None:
    """The earlier server among what was read: of several in a source tree the one of that name, None if there was none."""
    if isinstance(found, ToolSet):
        return found
    if not isinstance(found, SourceTree):
        raise UsageError(f"{one.source} is a client config", "Compare its servers with a baseline file.")
    named = [tools for tools in found.servers if tools.server_name == one.report.server.name]
    return next(iter(named or (found.servers if len(found.servers) == 1 else ())), None)


def _taken_out(revision: str, source: Path, folder: Path) -> Path | None:
    """Where the file or folder lies as it was, None if it was not there."""
    at = source.resolve()
    top = Path(_git(_folder(at), "rev-parse", "--show-toplevel").decode().strip())
    commit = _git(top, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    inside = at.relative_to(top.resolve()).as_posix()
    if inside != "." and not _git(top, "ls-tree", "-z", commit, "--", inside):
        return None
    # A file of code is read with what it imports.
    root = Path(source_root(str(at))) if source.suffix in CODE else at
    needed = root.relative_to(top.resolve()).as_posix()
    with tarfile.open(fileobj=io.BytesIO(_git(top, "archive", "--format=tar", commit, "--", needed))) as archive:
        archive.extractall(folder, filter="data")
    return folder / inside


def _folder(place: Path) -> Path:
    """Where git is asked about a place: in it, or beside it when it is a file or gone."""
    return place if place.is_dir() else place.parent


def _git(folder: Path, *arguments: str) -> bytes:
    """What git prints. Raises InputError with what it says instead."""
    # A hook runs with GIT_DIR and GIT_INDEX_FILE set; they would turn the question to another repository.
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False, timeout=_SECONDS, env=env
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(f"git could not be asked: {error}", "Install git, or name a baseline file.") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(
            f"git says: {said[-1] if said else 'nothing'}",
            "Fetch that revision (`fetch-depth: 0` in a checkout), or name a baseline file.",
        )
    return done.stdout


def has_head(source: Path) -> bool:
    """Whether a file or folder lies in a repository with at least one commit."""
    try:
        return bool(_git(_folder(source.resolve()), "rev-parse", "--verify", "--quiet", "HEAD"))
    except InputError:
        return False


def base_of(folder: Path, base: str) -> str | None:
    """The commit that a pull request is compared with: the first parent of its merge, which is what was checked out, else its base.

    None where neither is in the clone.
    """
    for revision in ("HEAD^1", base):
        try:
            if revision == "HEAD^1" and not _git(folder, "rev-parse", "--verify", "--quiet", "HEAD^2"):
                continue
            return _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
        except InputError:
            continue
    return None
