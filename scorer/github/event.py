"""What the event that started a workflow says about the pull request. The payload is data from outside: read, checked, never trusted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorer.errors import InputError
from scorer.models.base import model

if TYPE_CHECKING:
    from collections.abc import Mapping

_REPOSITORY = re.compile(r"[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BYTES = 20_000_000


@model
class Event:
    """One run's event.

    name: `pull_request`, `workflow_run`, `push`, ... repository: OWNER/NAME of the base. number: of the pull request, None when the event
    names none. base, head: commits. fork: the pull request comes from another repository. head_owner, head_branch: of a
    `workflow_run`, by which its pull request is found.
    """

    name: str
    repository: str | None
    number: int | None = None
    base: str | None = None
    head: str | None = None
    fork: bool = False
    head_owner: str | None = None
    head_branch: str | None = None


def read_event(env: Mapping[str, str]) -> Event:
    """The event of this run, from `GITHUB_EVENT_NAME`, `GITHUB_EVENT_PATH` and `GITHUB_REPOSITORY`. Raises InputError."""
    name, path = env.get("GITHUB_EVENT_NAME", ""), env.get("GITHUB_EVENT_PATH", "")
    repository = env.get("GITHUB_REPOSITORY") or None
    if repository and not _REPOSITORY.fullmatch(repository):
        raise InputError("GITHUB_REPOSITORY is not OWNER/NAME", "It is set by the runner; unset it elsewhere.")
    payload = _payload(Path(path)) if path else {}
    pull, run = _table(payload, "pull_request"), _table(payload, "workflow_run")
    if run:
        owner = _table(run, "head_repository", "owner").get("login")
        fork = _table(run, "head_repository").get("full_name") != repository
        return Event(
            name, repository, head=_commit(run.get("head_sha")), fork=fork, head_owner=_text(owner), head_branch=_text(run.get("head_branch"))
        )  # fmt: skip
    number = payload.get("number") if pull else None
    source = _table(pull, "head", "repo").get("full_name")
    return Event(
        name,
        repository,
        number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else None,
        _commit(_table(pull, "base").get("sha")),
        _commit(_table(pull, "head").get("sha")),
        fork=bool(pull) and source != repository,
    )


def _payload(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_BYTES))
    except (OSError, ValueError, RecursionError):
        raise InputError(
            f"the event payload {path} cannot be read", "GITHUB_EVENT_PATH is set by the runner."
        ) from None
    return found if isinstance(found, dict) else {}


def _table(value: Any, *keys: str) -> dict[str, Any]:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _commit(value: object) -> str | None:
    return value if isinstance(value, str) and _COMMIT.fullmatch(value) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
