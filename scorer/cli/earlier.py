"""What a report is compared with: a baseline file, an earlier JSON report, or the same input in a git revision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorer.cli import console
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.cli.settings import Graded
    from scorer.models.baseline import Baseline

GIT = "git:"


class Earlier(NamedTuple):
    """The earlier state under the name that the user gave it."""

    name: str
    baseline: Baseline


def read_earlier(given: str, graded: Sequence[Graded], *, quiet: bool) -> Earlier:
    """The earlier state of what was graded. Raises InputError: a broken baseline never passes for an empty one."""
    if given.startswith(GIT):
        from scorer.cli.git_earlier import at_revision  # noqa: PLC0415 - only when asked for

        return Earlier(given, at_revision(given.removeprefix(GIT), graded))
    found = Earlier(given, read_baseline(Path(given)))
    versions = {one.report.rubric_version for one in graded}
    if not quiet and versions and versions != {found.baseline.rubric_version}:
        console.say(
            f"note: {given} was graded by rubric {found.baseline.rubric_version}, this is {max(versions)}: tools that nobody edited do not "
            "fail for scores that moved. `toolmark baseline update` takes the new scores over."
        )
    return found


def refuse_missing(given: str) -> None:
    """Raises InputError for a baseline file that cannot be read; a revision is looked up with the files that it is asked for."""
    if not given.startswith(GIT):
        _text(Path(given))


def read_baseline(path: Path) -> Baseline:
    """A baseline file, or a JSON report as one. Raises InputError."""
    from scorer.gate import of_reports  # noqa: PLC0415 - likewise
    from scorer.gate.baseline_file import is_baseline, parse  # noqa: PLC0415 - likewise

    text = _text(path)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"the baseline {path} is not valid JSON: {str(error)[:200]}", "Restore it from git, or write it again."
        ) from None
    if is_baseline(document):
        return parse(document, str(path))
    from scorer.outputs.json import parse as parse_report  # noqa: PLC0415 - pydantic, only here

    return of_reports(parse_report(text))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        tip = "Make it with `toolmark baseline write`, and commit it."
        raise InputError(f"there is no baseline {path}", tip) from None
    except OSError as error:
        raise InputError(f"cannot read the baseline {path}: {error.strerror or error}", "Name a file.") from None
    except UnicodeDecodeError:
        raise InputError(f"the baseline {path} is not UTF-8 text", "Restore it from git.") from None
