"""Tools that a server makes when it runs: from an API description, from the routes of an application, from another server."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from scorer.sources.python_code.calls import last_word
from scorer.sources.python_code.values import External, Made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.sources.python_code.calls import Calls
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.modules import Modules
    from scorer.sources.tree.values import Spot

# What a library's call makes its tools from, by the call's last word.
_MAKERS = {
    "from_openapi": "tools are made from an API description",
    "OpenAPIProvider": "tools are made from an API description",
    "FastMCPOpenAPI": "tools are made from an API description",
    "from_fastapi": "tools are made from the routes of an application",
    "FastApiMCP": "tools are made from the routes of an application",
    "as_proxy": "tools are those of another server",
    "create_proxy": "tools are those of another server",
    "from_client": "tools are those of another server",
    "ProxyProvider": "tools are those of another server",
    "FastMCPProxy": "tools are those of another server",
}
_LIBRARIES = (b"mcp", b"MCP")


def made_at_run_time(modules: Modules, evaluator: Evaluator, calls: Calls) -> Iterator[tuple[str, Spot]]:
    """Each such call: what its tools are made from, and where it stands."""
    for module in modules.holding((f"{word}(".encode() for word in _MAKERS), _LIBRARIES):
        for node in module.nodes:
            word = last_word(node.func) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and word in _MAKERS:
                value = evaluator.value(node, calls.static_scope(node, module))
                if _is_of_library(value, word):
                    yield _MAKERS[word], module.spot(node)


def _is_of_library(value: object, word: str) -> bool:
    """Whether the call is one of a library for servers, and not of the tree's own function of that name."""
    if isinstance(value, Made) and isinstance(value.callee, External):
        name = value.callee.name
        return name.endswith(word) and "mcp" in name.lower()
    return False
