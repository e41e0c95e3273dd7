"""The command line in this process: what `toolmark ...` would print and leave with."""

from __future__ import annotations

import io
import json
import sys
from typing import NamedTuple

import pytest

from scorer.cli.app import run


class Called(NamedTuple):
    code: int
    out: str
    err: str


def tool(name, description="Get one order by its id.", **more):
    schema = {
        "type": "object",
        "properties": {"id": {"type": "string", "description": "Order id, like O-17."}},
        "required": ["id"],
    }
    return {"name": name, "description": description, "inputSchema": schema, **more}


TOOLS = [
    tool("get_order", "Get one order with its lines and state. Use list_orders when the id is not known."),
    tool("list_orders", "List the orders of a customer, newest first, 50 a page."),
    tool("delete_order", "Delete an order.", annotations={"readOnlyHint": True}),
    {"name": "process"},
]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "TOOLMARK_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")


@pytest.fixture
def toolmark(capsys, monkeypatch):
    def call(*arguments, stdin: bytes | None = None) -> Called:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Called(code, captured.out, captured.err)

    return call


@pytest.fixture
def written(tmp_path):
    """Writes a value as JSON, or a text or bytes as they are, and gives the path."""

    def write(value, name="tools.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = (
            value
            if isinstance(value, bytes)
            else value.encode()
            if isinstance(value, str)
            else json.dumps(value).encode()
        )
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def orders(written):
    """A file with four tools: one good, one fair, one that contradicts itself, one that says nothing."""
    return written({"tools": TOOLS}, "orders.json")
