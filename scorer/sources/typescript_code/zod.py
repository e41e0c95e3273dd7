"""Zod's factories as schemas that are data."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Table, Unknown
from scorer.sources.typescript_code.values import Env, External, Follows, Function, Zod

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.values import Spot
    from scorer.sources.typescript_code.module import Module

_PLAIN = frozenset(
    "string number boolean bigint date any unknown null undefined void never nan symbol int int32 uint32 float32 float64 json file".split()
)
_FORMATS = frozenset(
    "email url uuid guid cuid cuid2 ulid nanoid datetime iso base64 base64url ipv4 ipv6 ip emoji jwt xid ksuid cidrv4 cidrv6 e164 httpUrl".split()
)
_FACTORIES = _PLAIN | _FORMATS | frozenset(
    "object strictObject looseObject array enum nativeEnum literal union discriminatedUnion intersection record tuple map set lazy optional nullable "
    "nullish preprocess pipeline coerce instanceof custom function promise effect partialRecord stringbool templateLiteral pipe transform xor".split()
)  # fmt: skip
# What a name looks like that stands for zod in a bundle: `z`, `z3`, `zod_1.z`, `external_exports`, `import_zod.z`.
_NAMED = re.compile(
    r"^(z\d*|Z|zod\w*|\w*[zZ]od\w*(\.(z|default|Z))*|\w*external\w*|\w+\.(z|zod)|\w+\.default|zod_\d+\.(z|default)|[\w$]+_exports\d*|schemas\d*_exports)$"
)


def from_call(evaluator: Follows, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a call and where it stands
    """A call of something that was imported from zod; None when it is not."""
    package, _, path = name.partition(":")
    if not (package == "zod" or package.startswith("zod/") or package.endswith("/zod")):
        return None
    words = [word for word in path.split(".") if word not in ("z", "default", "*", "")]
    if not words or words[-1] not in _FACTORIES:
        return None
    return _made(evaluator, words[-1], node, module, env, depth, coerced="coerce" in words)


def factory(evaluator: Follows, inner: Node, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - as above
    """`z.string()` and the like; None when the thing before the dot is not zod."""
    if name not in _FACTORIES:
        return None
    text = module.raw(inner) if inner.end_byte - inner.start_byte < 80 else ""
    coerced = text.endswith((".coerce", ".iso"))
    bare = text.removesuffix(".coerce").removesuffix(".iso")
    if not _NAMED.match(bare):
        return None
    if inner.type == "identifier":
        value = evaluator.value(inner, module, env, depth)
        if isinstance(value, Scalar | Items | Zod | Function) or (
            isinstance(value, External) and not _is_zod(value.name) and not value.name.startswith(":")
        ):
            return None
    return _made(evaluator, name, node, module, env, depth, coerced=coerced)


def _is_zod(name: str) -> bool:
    package = name.partition(":")[0]
    return "zod" in package or package.endswith("/z") or "mcp" in package


def _made(evaluator: Follows, name: str, node: Node, module: Module, env: Env, depth: int, *, coerced: bool) -> Zod:  # noqa: C901, PLR0912, PLR0913, PLR0917 - as above
    spot = module.spot(node)
    given = [evaluator.value(argument, module, env, depth) for argument in evaluator.arguments(node)]
    first = given[0] if given else None
    made = Zod(name, spot)
    if name in ("object", "strictObject", "looseObject"):
        made = _object(name, first, spot)
    elif name in ("array", "set", "promise"):
        made = Zod("array" if name != "promise" else "any", spot, {"items": first})
    elif name in ("enum", "nativeEnum"):
        made = Zod("enum", spot, {"values": _values(first)})
    elif name == "literal":
        made = Zod("literal", spot, {"values": first.items if isinstance(first, Items) else [first]})
    elif name in ("union", "discriminatedUnion", "xor"):
        options = given[1] if name == "discriminatedUnion" and len(given) > 1 else first
        made = Zod(
            "union",
            spot,
            {
                "options": options.items if isinstance(options, Items) else [evaluator.computed(node, module)],
                "tagged": name == "discriminatedUnion",
            },
        )
    elif name == "intersection":
        made = Zod("intersection", spot, {"options": given[:2]})
    elif name in ("record", "partialRecord", "map"):
        made = Zod(
            "record",
            spot,
            {
                "keys": given[0] if len(given) > 1 and isinstance(given[1], Zod) else None,
                "items": given[1] if len(given) > 1 and isinstance(given[1], Zod) else first,
            },
        )
    elif name == "tuple":
        made = Zod("tuple", spot, {"options": first.items if isinstance(first, Items) else []})
    elif name in ("optional", "nullable", "nullish"):
        made = Zod(name, spot, {"inner": first})
    elif name == "lazy":
        inner = evaluator.returned(first, first.env, depth) if isinstance(first, Function) else None
        made = inner if isinstance(inner, Zod) else Zod("any", spot)
    elif name in ("preprocess", "pipe", "pipeline"):
        inner = given[1] if name == "preprocess" and len(given) > 1 else first
        made = inner if isinstance(inner, Zod) else Zod("any", spot, gap=evaluator.computed(node, module))
    elif name in _FORMATS:
        made = Zod("string", spot, checks=((name if name != "iso" else "datetime", ()),))
        if coerced and name == "date":
            made = Zod("string", spot, checks=(("date", ()),))
    elif name in ("int", "int32", "uint32"):
        made = Zod("number", spot, checks=(("int", ()),))
    return made if not isinstance(first, Table) or name not in _PLAIN else _optioned(made, first)


def _optioned(made: Zod, options: Table) -> Zod:
    text = options.items.get("description")
    return replace(made, description=text) if isinstance(text, Scalar) else made


def _object(name: str, first: Any, spot: Spot) -> Zod:
    mode = {"strictObject": "strict", "looseObject": "passthrough"}.get(name)
    checks = ((mode, ()),) if mode else ()
    if isinstance(first, Table):
        return Zod("object", spot, {"shape": first.items}, checks, gap=first.partial)
    if isinstance(first, Zod) and first.kind == "object":
        return first
    if first is None:
        return Zod("object", spot, {"shape": {}}, checks)
    gap = first if isinstance(first, Unknown) else Unknown("is computed", spot)
    return Zod("object", spot, {"shape": {}}, checks, gap=gap)


def _values(first: Any) -> list[Any]:
    if isinstance(first, Items):
        return [*first.items, *([first.partial] if first.partial else [])]
    if isinstance(first, Table):
        return list(first.items.values())
    return [first]
