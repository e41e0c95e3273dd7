"""The baseline file: small, sorted, one line for each tool, so that a diff of it reads like a change log."""

from __future__ import annotations

import json
from typing import Any

from scorer.errors import InputError
from scorer.models.baseline import Baseline, KnownServer, KnownTool

SCHEMA_VERSION = "baseline/1"
_WRITE = "`toolmark baseline write` makes a new one."


def is_baseline(document: object) -> bool:
    """Whether a parsed JSON document means to be a baseline, of whatever version."""
    return isinstance(document, dict) and str(document.get("schemaVersion", "")).startswith("baseline/")


def dump(baseline: Baseline) -> str:
    """The file's text."""
    servers = sorted(baseline.servers, key=lambda server: server.name)
    body = ",\n".join(_server_text(server) for server in servers)
    head = f'{{\n  "schemaVersion": {_line(SCHEMA_VERSION)},\n  "rubricVersion": {_line(baseline.rubric_version)},\n'
    return f'{head}  "servers": {{\n{body}\n  }}\n}}\n' if servers else f'{head}  "servers": {{}}\n}}\n'


def parse(document: Any, name: str) -> Baseline:
    """The baseline in a parsed file called `name`. Raises InputError: a broken baseline must never pass for an empty one."""
    version = str(document["schemaVersion"])
    if version != SCHEMA_VERSION:
        raise InputError(
            f"{name} is a baseline of version {version[:20]!r}; this toolmark reads {SCHEMA_VERSION!r}",
            f"Update toolmark, or start again: {_WRITE}",
        )
    try:
        servers = tuple(_server(key, value) for key, value in _items(document["servers"]))
        return Baseline(_is(document["rubricVersion"], str), servers)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"the baseline {name} is damaged: {_said(error)}", f"Restore it from git, or {_WRITE}"
        ) from None


def _server_text(server: KnownServer) -> str:
    ordered = sorted(server.tools, key=lambda tool: tool.name)
    tools = [f"        {_line(key)}: {_line(_tool_value(tool))}" for key, tool in _keyed(ordered)]
    head = {
        "overallScore": server.overall_score,
        "overallTier": server.overall_tier,
        "tokens": server.tokens,
        "dimensions": server.dimensions,
        "facts": sorted(server.facts),
    }
    lines = [f"      {_line(key)}: {_line(value)}," for key, value in head.items()]
    body = ",\n".join(tools)
    listed = f'      "tools": {{\n{body}\n      }}' if tools else '      "tools": {}'
    return "\n".join([f"    {_line(server.name)}: {{", *lines, listed, "    }"])


def _keyed(tools: list[KnownTool]) -> list[tuple[str, KnownTool]]:
    """The tools by name; of several with one name the further ones by name and number, which no JSON object could hold otherwise."""
    seen: dict[str, int] = {}
    found = []
    for tool in tools:
        seen[tool.name] = seen.get(tool.name, 0) + 1
        found.append((tool.name if seen[tool.name] == 1 else f"{tool.name}\n#{seen[tool.name]}", tool))
    return found


def _tool_value(tool: KnownTool) -> dict[str, Any]:
    return {
        "inputHash": tool.input_hash,
        "bodyHash": tool.body_hash,
        "tdqs": tool.tdqs,
        "tier": tool.tier,
        "tokens": tool.tokens,
        "scores": tool.scores,
        **({} if tool.facts is None else {"facts": sorted(tool.facts)}),
        **({} if tool.severity is None else {"severity": tool.severity}),
    }


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _items(value: Any) -> list[tuple[str, Any]]:
    return list(_is(value, dict).items())


def _server(name: str, value: Any) -> KnownServer:
    tools = tuple(_tool(key, one) for key, one in _items(value["tools"]))
    dimensions = {key: _score(one) for key, one in _items(value["dimensions"])}
    return KnownServer(
        name,
        _score(value["overallScore"]),
        _word(value["overallTier"]),
        _is(value["tokens"], int),
        dimensions,
        tools,
        tuple(_is(fact, str) for fact in _is(value["facts"], list)),
    )


def _tool(key: str, value: Any) -> KnownTool:
    facts = value.get("facts")
    return KnownTool(
        name=key.partition("\n#")[0],
        input_hash=_is(value["inputHash"], str),
        body_hash=_is(value["bodyHash"], str),
        tdqs=_score(value["tdqs"]),
        tier=_word(value["tier"]),
        tokens=_is(value["tokens"], int),
        scores={dimension: _score(one) for dimension, one in _items(value["scores"])},
        facts=None if facts is None else tuple(_is(fact, str) for fact in _is(facts, list)),
        severity=_word(value.get("severity")),
    )


def _score(value: Any) -> Any:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 5):
        return value
    raise TypeError(f"{str(value)[:40]!r} is no score")


def _word(value: Any) -> str | None:
    return None if value is None else str(_is(value, str))


def _is(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{str(value)[:40]!r} stands where {kind.__name__} should")
    return value


def _said(error: Exception) -> str:
    return f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
