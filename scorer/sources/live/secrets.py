"""Secrets given for one server (variables, headers, parts of its URL), cut out of whatever that server says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from scorer.sources.live.masking import MASK, is_secret_name, looks_secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Shorter values ("1", "true", "info") are no secrets, and replacing them would eat other words.
_SHORTEST_IN_TALK = 6
_SHORTEST_IN_DEFINITIONS = 8
# Headers whose values are words that a definition may well use itself.
_PLAIN_HEADERS = frozenset({"accept", "accept-language", "content-type", "user-agent", "origin", "referer"})


class _Value(NamedTuple):
    """One value; `certain` when it is surely a secret, so that it may be cut out of definitions too."""

    text: str
    certain: bool


class Secrets:
    """What to cut out: every value out of talk (errors, stderr), the certain ones out of definitions as well.

    A definition is what gets graded, so it is changed only where a server repeats a credential in it.
    """

    def __init__(
        self, *, env: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None, url: str = ""
    ) -> None:
        values = [*_of_env(env or {}), *_of_headers(headers or {}), *_of_url(url)]
        self._talk = _longest_first(v.text for v in values if len(v.text) >= _SHORTEST_IN_TALK)
        self._certain = _longest_first(v.text for v in values if v.certain and len(v.text) >= _SHORTEST_IN_DEFINITIONS)

    def __repr__(self) -> str:
        return f"Secrets({len(self._talk)} values)"

    def scrub(self, text: str) -> str:
        """A text that the server wrote, with every known value replaced."""
        return _replace(text, self._talk)

    def scrub_definitions(self, value: Any) -> Any:
        """A JSON value with the certain secrets replaced in every string, keys included; unchanged without any."""
        return _replace_deep(value, self._certain) if self._certain else value


def _of_env(env: Mapping[str, str]) -> Iterator[_Value]:
    for name, value in env.items():
        yield _Value(value, is_secret_name(name) or looks_secret(value))


def _of_headers(headers: Mapping[str, str]) -> Iterator[_Value]:
    for name, value in headers.items():
        certain = name.lower() not in _PLAIN_HEADERS
        yield _Value(value.strip(), certain)
        scheme, _, credential = value.strip().partition(" ")
        if scheme and credential and " " not in credential:
            yield _Value(credential, certain)


def _of_url(url: str) -> Iterator[_Value]:
    try:
        parts = urlsplit(url)
        user, password, query = parts.username, parts.password, parse_qsl(parts.query)
    except ValueError:
        return
    yield from (_Value(form, certain=True) for text in (user, password) if text for form in {text, unquote(text)})
    yield from (_Value(value, is_secret_name(name) or looks_secret(value)) for name, value in query)
    yield from (_Value(segment, certain=True) for segment in parts.path.split("/") if looks_secret(unquote(segment)))


def _longest_first(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values), key=lambda value: (-len(value), value)))


def _replace(text: str, values: tuple[str, ...]) -> str:
    for value in values:
        text = text.replace(value, MASK)
    return text


def _replace_deep(value: Any, values: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return _replace(value, values)
    if isinstance(value, list):
        return [_replace_deep(item, values) for item in value]
    if isinstance(value, dict):
        return {_replace(key, values): _replace_deep(item, values) for key, item in value.items()}
    return value
