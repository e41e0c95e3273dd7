"""One comment on a pull request, found again by a hidden marker: made, kept up to date, or left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote

from scorer.errors import InputError
from scorer.github.client import Access, Client, GoneError, TryAgainError

if TYPE_CHECKING:
    from typing import Any

    from scorer.github.event import Event

Done = Literal["created", "updated", "unchanged", "not needed"]
# Whom GITHUB_TOKEN speaks for. Anybody can write our marker into a comment; only its own author's are ours to change.
AUTHOR = "github-actions[bot]"
_ATTEMPTS = 3
_LONGEST_WAIT = 60.0


class Post(NamedTuple):
    """What is to be said. marker: how `body` begins. wanted: whether to make a comment where there is none yet. author: whose it is."""

    marker: str
    body: str
    wanted: bool
    author: str = AUTHOR


def keep(access: Access, event: Event, post: Post) -> Done:
    """Make the pull request's comment say what it should.

    Raises ReadOnlyError where the token may not write, ServerError or InputError for what else keeps it from being said.
    Each attempt looks for the comment again, so that an answer that got lost never leads to a second one.
    """
    with Client(access) as client:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return _once(client, event, post)
            except TryAgainError as error:
                if attempt == _ATTEMPTS or error.after > _LONGEST_WAIT:
                    raise
                access.wait(error.after * attempt)
    raise AssertionError  # the last attempt returns or raises


def _once(client: Client, event: Event, post: Post) -> Done:
    number = event.number or _number(client, event)
    comments = f"/repos/{event.repository}/issues/{number}/comments"
    ours = next((one for one in client.listed(comments) if _is_ours(one, post)), None)
    if ours is None:
        return _created(client, comments, post.body) if post.wanted else "not needed"
    if str(ours.get("body", "")).replace("\r\n", "\n").strip() == post.body.strip():
        return "unchanged"
    try:
        client.send("PATCH", f"/repos/{event.repository}/issues/comments/{int(ours['id'])}", {"body": post.body})
    except GoneError:  # deleted since it was listed
        return _created(client, comments, post.body) if post.wanted else "not needed"
    return "updated"


def _created(client: Client, path: str, body: str) -> Done:
    client.send("POST", path, {"body": body})
    return "created"


def _is_ours(comment: dict[str, Any], post: Post) -> bool:
    user = comment.get("user")
    login = user.get("login") if isinstance(user, dict) else None
    said = str(comment.get("body", ""))
    return login == post.author and said.startswith(post.marker) and isinstance(comment.get("id"), int)


def _number(client: Client, event: Event) -> int:
    """The open pull request of a `workflow_run`: of that branch, at that commit. What an artifact says about it could be a lie."""
    if event.head and event.head_owner and event.head_branch:
        head = f"{event.head_owner}:{event.head_branch}"
        for pull in client.listed(f"/repos/{quote(event.repository or '')}/pulls", state="open", head=head):
            at = pull.get("head")
            if isinstance(at, dict) and at.get("sha") == event.head and isinstance(pull.get("number"), int):
                return int(pull["number"])
        raise GoneError("no open pull request is at that commit any more", "Nothing to do: a newer run will comment.")
    raise InputError(
        "the event names no pull request", "Run this on pull_request or workflow_run, or pass --pr NUMBER."
    )
