"""What the tests of the signals share."""

from __future__ import annotations

import json

import pytest

from scorer.models.tool import Tool
from scorer.signals import measure

FIELDS = {"title": str, "description": str, "inputSchema": dict, "outputSchema": dict, "annotations": dict}


def as_tool(definition: dict) -> Tool:
    """A definition as the sources hand it over: fields of another type count as absent."""
    given = {name: definition[name] for name, kind in FIELDS.items() if isinstance(definition.get(name), kind)}
    return Tool(
        name=definition["name"],
        definition=definition,
        title=given.get("title"),
        description=given.get("description"),
        input_schema=given.get("inputSchema"),
        output_schema=given.get("outputSchema"),
        annotations=given.get("annotations"),
    )


@pytest.fixture(scope="session")
def tool():
    return as_tool


@pytest.fixture(scope="session")
def measured():
    """The signals of a tool with this input schema."""

    def measured(schema, **fields):
        return measure(as_tool({"name": "t", "description": "Do it.", "inputSchema": schema, **fields}))

    return measured


@pytest.fixture(scope="session")
def real_servers(shared):
    """(server, definitions) of every captured server and every list of definitions in the shared folder."""
    found = [
        (file.stem, json.loads(file.read_text())["tools"])
        for file in sorted((shared / "bench" / "servers").glob("*.json"))
    ]
    bundle = json.loads((shared / "bench" / "livemcpbench.json").read_text())
    found += [(server["serverName"], server["tools"]) for server in bundle]
    lines = (shared / "bench" / "unlabelled.jsonl").read_text().splitlines()
    found.append(("unlabelled", [json.loads(line)["definition"] for line in lines]))
    for name in ("tools", "blind", "game", "hard"):
        found.append((name, json.loads((shared / "fixtures" / f"{name}.json").read_text())["tools"]))
    return found
