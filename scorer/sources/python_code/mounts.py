"""Servers that are mounted into others: their tools are served by the outer one, under a prefix."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from scorer.sources.python_code.dialects import Dialect
from scorer.sources.python_code.values import External, Made
from scorer.sources.tree.values import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.sources.python_code.calls import Calls, Way
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.modules import Modules
    from scorer.sources.python_code.receivers import Receiver, Receivers
    from scorer.sources.tree.found import Reading

_WORDS = (b".mount(", b".import_server(")
_PREFIXES = ("prefix", "namespace")
# Servers around one another; real ones are two.
_DEEPEST = 5


class _Mount(NamedTuple):
    """A server inside another: the outer one, what its tools' names begin with, and whether a condition stands on it."""

    outer: Receiver
    prefix: str
    conditional: bool


class Mounts:
    """The mounted servers of one tree."""

    def __init__(self, modules: Modules, evaluator: Evaluator, calls: Calls, receivers: Receivers) -> None:
        self._modules, self._evaluator, self._calls, self._receivers = modules, evaluator, calls, receivers

    def apply(self, reading: Reading) -> None:
        """Give the tools of mounted servers to the servers around them. A server of another package that is mounted is said."""
        inside = dict(self._found(reading))
        for one in reading.found:
            for _ in range(_DEEPEST):
                mount = inside.get(one.server)
                if mount is None:
                    break
                one.definition["name"] = f"{mount.prefix}{one.definition['name']}"
                one.server, one.server_name = mount.outer.key, mount.outer.name
                one.conditional |= mount.conditional

    def _found(self, reading: Reading) -> Iterator[tuple[str, _Mount]]:
        for module in self._modules.holding(_WORDS):
            for node in module.nodes:
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("mount", "import_server"):
                    for way in self._calls.ways(node, module)[:1]:
                        yield from self._of_call(node, way, reading)

    def _of_call(self, node: ast.Call, way: Way, reading: Reading) -> Iterator[tuple[str, _Mount]]:
        assert isinstance(node.func, ast.Attribute)
        outer = self._receivers.of(node.func.value, way.scope)
        if outer is None or not outer.key or outer.dialect not in (Dialect.FASTMCP, Dialect.FASTMCP2):
            return
        # The server first, or behind its prefix, as older versions had it.
        given = [*node.args, *(word.value for word in node.keywords if word.arg == "server")]
        values = [self._evaluator.value(one, way.scope) for one in given]
        inner = next((self._receivers.made(value) for value in values if isinstance(value, Made)), None)
        if inner is None:
            far = next((value for value in values if isinstance(value, External)), None)
            if far is not None:
                reading.gaps.append(
                    (f"tools are those of `{far.name}`, which is not in the tree,", way.scope.module.spot(node))
                )
            return
        prefix = self._prefix(node, values, way)
        if inner.key and inner.key != outer.key and prefix is not None:
            yield inner.key, _Mount(outer, prefix, way.conditional)

    def _prefix(self, node: ast.Call, values: list[object], way: Way) -> str | None:
        """What names begin with, None where that is worked out at run time."""
        named = [word.value for word in node.keywords if word.arg in _PREFIXES]
        found = [self._evaluator.value(one, way.scope) for one in named] or [
            one for one in values if not isinstance(one, Made)
        ]
        if not found or (isinstance(found[0], Scalar) and not found[0].value):
            return ""
        return f"{found[0].value}_" if isinstance(found[0], Scalar) and isinstance(found[0].value, str) else None
