"""A function's signature as the model of its arguments, and its return type as the model of its result."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code.values import Alias, External, Made
from scorer.sources.tree.values import Notes, Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.python_code.types import Types
    from scorer.sources.python_code.values import Function

MISSING: Any = object()


@dataclass
class Parameter:
    """One parameter that a client may pass. annotation: its type, `MISSING` without one; default: likewise."""

    name: str
    annotation: Any
    default: Any


@dataclass
class Signature:
    """What a function takes and gives. result: the type, `MISSING` without an annotation, an `Unknown` when it cannot be read.

    unread: pointers into the input schema with what cannot be read there.
    """

    parameters: list[Parameter] = field(default_factory=list)
    result: Any = MISSING
    unread: list[tuple[str, Unknown]] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)


def read_signature(function: Function, evaluator: Evaluator, types: Types) -> Signature:
    """The signature of a function of the tree, without what the server itself passes in."""
    from scorer.sources.python_code.defaults import description_node  # noqa: PLC0415 - pydantic is heavy
    from scorer.sources.python_code.unknowable import UnreadableError  # noqa: PLC0415 - pydantic is heavy

    found = Signature()
    arguments = function.node.args
    scope = function.scope
    types.missed = []
    for argument, default in _parameters(function):
        if is_injected(argument.annotation, default, scope, evaluator):
            continue
        pointer = f"/properties/{argument.arg}"
        annotation = MISSING if argument.annotation is None else types.known(argument.annotation, scope, pointer)
        value = MISSING if default is None else types.default(default, scope, pointer)
        found.parameters.append(Parameter(argument.arg, annotation, value))
        found.notes.place(pointer, scope.module.spot(argument))
        text = description_node(evaluator, argument.annotation, default, scope)
        if text:
            found.notes.place(f"{pointer}/description", text.spot)
    found.unread = types.missed
    if arguments.vararg or arguments.kwarg:
        odd = arguments.vararg or arguments.kwarg
        assert odd is not None
        found.unread.append(("", evaluator.unknown(odd, scope, "takes any arguments")))
    types.missed = []
    returns = getattr(function.node, "returns", None)
    if returns is not None:
        try:
            found.result = types.of(returns, scope)
            if types.missed:
                found.result = types.missed[0][1]
        except UnreadableError as error:
            found.result = _content(returns, scope, evaluator) or error.gap
    return found


def _parameters(function: Function) -> list[tuple[ast.arg, ast.expr | None]]:
    arguments = function.node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    pairs = list(zip(positional, [*defaults, *arguments.defaults], strict=True))
    if function.owner is not None and not any(
        getattr(d, "id", "") == "staticmethod" for d in getattr(function.node, "decorator_list", ())
    ):
        pairs = pairs[1:]
    return [*pairs, *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]


class Content:
    """Stands for a result that is content blocks: text, images, resources."""


_BLOCKS = frozenset(
    "TextContent ImageContent EmbeddedResource AudioContent ResourceLink ContentBlock CallToolResult Image Audio File ToolResult".split()
)


def _content(node: ast.expr, scope: Scope, evaluator: Evaluator) -> Any:
    """`Content` when a return annotation names content blocks of the protocol."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute):
            value = evaluator.value(part, scope)
            value = evaluator.value(value.node, value.scope) if isinstance(value, Alias) else value
            if isinstance(value, External) and value.name.split(".")[-1] in _BLOCKS:
                return Content
    return None


_INJECTED = frozenset(
    {
        "Context",
        "Depends",
        "CurrentContext",
        "CurrentFastMCP",
        "Resolve",
        "RequestContext",
        "CurrentRequest",
        "CurrentHeaders",
    }
)


def is_injected(annotation: ast.expr | None, default: ast.expr | None, scope: Scope, evaluator: Evaluator) -> bool:
    """Whether the server passes this parameter, so that a client never sees it."""
    if default is not None:
        value = evaluator.value(default, scope)
        if (
            isinstance(value, Made)
            and isinstance(value.callee, External)
            and value.callee.name.split(".")[-1] in _INJECTED
        ):
            return True
    return annotation is not None and any(_names_context(part, scope, evaluator) for part in _types_in(annotation))


def _types_in(annotation: ast.expr) -> list[ast.expr]:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return _types_in(ast.parse(annotation.value.strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []
    if isinstance(annotation, ast.BinOp):
        return [*_types_in(annotation.left), *_types_in(annotation.right)]
    if isinstance(annotation, ast.Subscript):
        inner = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        return [annotation.value, *(part for whole in inner for part in _types_in(whole))]
    if isinstance(annotation, ast.Call):
        return [annotation.func]
    return [annotation]


def _names_context(node: ast.expr, scope: Scope, evaluator: Evaluator) -> bool:
    if not isinstance(node, ast.Name | ast.Attribute):
        return False
    value = evaluator.value(node, scope)
    if isinstance(value, External):
        package, _, name = value.name.rpartition(".")
        return name in _INJECTED and package.split(".")[0] in ("mcp", "fastmcp")
    return False
