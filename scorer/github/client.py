"""GitHub's REST API, as much of it as one comment needs: pages, waits, and errors in words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlsplit

from scorer.errors import InputError, ServerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx2

_VERSION = "2022-11-28"
_PAGES = 50
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class ReadOnlyError(ServerError):
    """The token may not write: what happens on every pull request from a fork, and nothing that its author did wrong."""


class TryAgainError(ServerError):
    """The API did not answer, or asked to come back. after: seconds to wait first."""

    def __init__(self, message: str, after: float = 1.0) -> None:
        super().__init__(message, "Run the job again.")
        self.after = after


class GoneError(ServerError):
    """What was addressed does not exist any more."""


class Access(NamedTuple):
    """Where the API is and who asks. timeout: seconds for one answer. wait: how to pass seconds."""

    url: str
    token: str
    timeout: float = 20.0
    wait: Callable[[float], None] = time.sleep


class Client:
    """One session with the API. The token goes to its address alone: redirects are not followed."""

    def __init__(self, access: Access) -> None:
        """Raises InputError for an address that would send the token in the clear."""
        import httpx2  # noqa: PLC0415 - a third of a second, and only here

        parts = urlsplit(access.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise InputError("GITHUB_API_URL is not an https address", "It is set by the runner; unset it elsewhere.")
        self._httpx = httpx2
        headers = {
            "Authorization": f"Bearer {access.token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": _VERSION,
            "User-Agent": "toolmark",
        }
        self._session = httpx2.Client(
            base_url=access.url.rstrip("/"), headers=headers, timeout=access.timeout, trust_env=parts.scheme == "https"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def listed(self, path: str, **parameters: str) -> Iterator[dict[str, Any]]:
        """Every object of a list, page after page."""
        for page in range(1, _PAGES + 1):
            answer = self._ask("GET", path, params={**parameters, "per_page": "100", "page": str(page)})
            items = _json(answer)
            if not isinstance(items, list):
                raise ServerError(f"the API answered {path} with something that is no list", "Run the job again.")
            yield from (item for item in items if isinstance(item, dict))
            if "next" not in answer.links:
                return

    def send(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create or change something; what the API says that it is now."""
        found = _json(self._ask(method, path, json=body))
        return found if isinstance(found, dict) else {}

    def _ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        try:
            answer = self._session.request(method, path, **more)
        except self._httpx.TimeoutException:
            raise TryAgainError("the API did not answer in time") from None
        except self._httpx.HTTPError as error:
            raise TryAgainError(f"the API could not be reached: {type(error).__name__}") from None
        if answer.is_success:
            return answer
        raise _refusal(answer, method)


def _refusal(answer: httpx2.Response, method: str) -> ServerError:
    status, said = answer.status_code, _message(answer)
    limited = status == 429 or (
        status == 403 and ("retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0")
    )
    if limited:
        return TryAgainError(f"the API's rate limit is reached ({said})", _pause(answer))
    if status >= 500:
        return TryAgainError(f"the API answered {status}")
    if status in (401, 403):
        what = "may not write here" if method != "GET" else "may not read here"
        return ReadOnlyError(
            f"the token {what} ({status}: {said})",
            "Give the job `permissions: pull-requests: write`; on a fork it has none.",
        )
    if status in (404, 410):
        return GoneError(
            f"the API does not find it ({status}: {said})", "Check the repository and the number of the pull request."
        )
    return ServerError(
        f"the API refused it ({status}: {said})", "The whole report is in the job's summary and artifact."
    )


def _pause(answer: httpx2.Response) -> float:
    """Seconds until the API wants to be asked again."""
    try:
        if "retry-after" in answer.headers:
            return max(0.0, float(answer.headers["retry-after"]))
        return max(0.0, float(answer.headers["x-ratelimit-reset"]) - time.time())
    except (KeyError, ValueError):
        return 60.0


def _message(answer: httpx2.Response) -> str:
    found = _json(answer)
    text = found.get("message") if isinstance(found, dict) else None
    return " ".join(str(text or answer.reason_phrase).split())[:200]


def _json(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None
