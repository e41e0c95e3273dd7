"""A policy document of any of the formats, read back."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from scorer.assets import read_asset
from scorer.errors import InputError
from scorer.risk.policies.read_client import of_claude_code, of_codex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.risk.policies.rule import Format


class ReadPolicy(NamedTuple):
    """format: which it is. default: what happens to tools that it does not name. tools: the arguments that each tool's rules speak of."""

    format: Format
    default: str
    tools: dict[str, tuple[str, ...]]


def read_policy(text: str, file: str, server: str) -> ReadPolicy:
    """The policy in a file, checked against the schema of its format. Raises InputError for anything else.

    server: the name under which a client knows the server, which the client formats speak of.
    """
    document = _parsed(text, file)
    found = _format(document, file)
    _validate(document, found, file)
    if found in ("claude-code", "codex"):
        default, names = (of_claude_code if found == "claude-code" else of_codex)(document, file, server)
        return ReadPolicy(found, default, dict.fromkeys(names, ()))
    tools = {str(name): tuple(_arguments(rule)) for name, rule in (document.get("tools") or {}).items() if name != "*"}
    hidden = {str(name): () for name in document.get("hide") or () if name != "*"}
    return ReadPolicy(found, str(document.get("default", "allow")), {**hidden, **tools})


def _parsed(text: str, file: str) -> Any:
    """JSON, else TOML, else YAML."""
    for parse in (json.loads, tomllib.loads):
        try:
            return parse(text)
        except (ValueError, RecursionError):
            continue
    import yaml  # noqa: PLC0415 - only for a file that is neither

    try:
        return yaml.load(text, Loader=_plain_loader(yaml))  # noqa: S506 - a safe loader without aliases
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(f"{file} is neither JSON nor TOML nor YAML", _TIP) from error


def _plain_loader(yaml: Any) -> Any:
    class Plain(yaml.SafeLoader):  # type: ignore[misc]
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.events.AliasEvent):
                raise yaml.YAMLError("aliases have no place in a policy")
            return super().compose_node(parent, index)

    return Plain


_TIP = "Give a file that `toolmark policy` wrote, or one in the format of PolicyLayer, Intercept, Claude Code or Codex."


def _format(document: Any, file: str) -> Format:
    if isinstance(document, dict):
        if "permissions" in document:
            return "claude-code"
        if "mcp_servers" in document:
            return "codex"
        if "version" in document and ("tools" in document or "hide" in document):
            rules = (document.get("tools") or {}).values() if isinstance(document.get("tools") or {}, dict) else ()
            return "intercept" if any(isinstance(rule, dict) and "rules" in rule for rule in rules) else "policylayer"
    raise InputError(f"{file} is no policy", _TIP)


def _validate(document: Any, format: Format, file: str) -> None:  # noqa: A002 - as everywhere here
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow

    checker = Draft202012Validator(policy_schema(format))
    error = next(iter(sorted(checker.iter_errors(document), key=lambda one: list(map(str, one.absolute_path)))), None)
    if error is not None:
        where = "/".join(str(part) for part in error.absolute_path) or "the document"
        raise InputError(f"{file} is no {format} policy: {where}: {error.message[:200]}", _TIP)


def policy_schema(format: Format) -> dict[str, Any]:  # noqa: A002 - likewise
    """The JSON Schema of a format."""
    return cast("dict[str, Any]", json.loads(read_asset(f"rubrics/policies/{format}.schema.json")))


def _arguments(rule: Any) -> Iterator[str]:
    """Every `args.` path below a rule."""
    if isinstance(rule, dict):
        for key, value in rule.items():
            if key in ("path", "increment_from") and isinstance(value, str) and value.startswith("args."):
                yield value.removeprefix("args.")
            else:
                yield from _arguments(value)
    elif isinstance(rule, list):
        for item in rule:
            yield from _arguments(item)
