"""Zod's factories and methods as schemas that are data."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Table, Unknown
from scorer.sources.typescript_code.values import Env, External, Follows, Function, Zod

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.values import Spot
    from scorer.sources.typescript_code.modules import Module

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
_KEPT = frozenset(
    "min max length gt gte lt lte int positive negative nonnegative nonpositive nonempty regex email url uuid datetime multipleOf step finite safe "
    "startsWith endsWith includes date time ip cuid cuid2 ulid nanoid base64 strict passthrough loose catchall cidr jwt duration guid base64url e164 ipv4 ipv6 emoji".split()
)  # fmt: skip
_IGNORED = frozenset(
    "refine superRefine transform trim toLowerCase toUpperCase brand readonly check overwrite normalize strip catch register prefault slugify".split()
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


def is_shape(value: Any) -> bool:
    """Whether a value is the shape of an object schema: a table of schemas."""
    return isinstance(value, Table) and any(isinstance(item, Zod) for item in value.items.values())


def member(base: Zod, name: str, spot: Spot) -> Any:
    """A property of a schema: `.shape`, `.options`, `.enum`, `.element`."""
    if name == "shape" and base.kind == "object":
        return Table(base.parts.get("shape", {}), base.spot, base.gap)
    if name == "options" and base.kind == "enum":
        return Items(base.parts["values"], spot)
    if name in ("enum", "Enum", "Values") and base.kind == "enum":
        return Table({str(v.value): v for v in base.parts["values"] if isinstance(v, Scalar)}, spot)
    if name == "element" and base.kind == "array":
        return base.parts.get("items")
    if name == "shape" and "inner" in base.parts and isinstance(base.parts["inner"], Zod):
        return member(base.parts["inner"], name, spot)
    return None


def method(evaluator: Follows, base: Zod, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: C901, PLR0912, PLR0913, PLR0917 - as above
    """A method of a schema."""
    given = [evaluator.value(argument, module, env, depth) for argument in evaluator.arguments(node)]
    first = given[0] if given else None
    spot = module.spot(node)
    if name == "describe":
        return replace(base, description=first)
    if name == "meta":
        text = first.items.get("description") if isinstance(first, Table) else None
        return replace(base, description=text) if text is not None else base
    if name in ("optional", "nullable", "nullish", "exactOptional"):
        return Zod("optional" if name == "exactOptional" else name, spot, {"inner": base}, description=base.description)
    if name in ("default", "prefault"):
        return Zod("default", spot, {"inner": base, "value": first}, description=base.description)
    if name in ("array", "promise"):
        return Zod("array", spot, {"items": base})
    if name == "or":
        return Zod("union", spot, {"options": [base, first]})
    if name == "and":
        return Zod("intersection", spot, {"options": [base, first]})
    if name in _IGNORED or name == "pipe":
        return base
    if name in ("unwrap", "removeDefault", "innerType", "unwrapOptional", "sourceType"):
        return base.parts.get("inner", base)
    if base.kind == "object":
        changed = _reshaped(evaluator, base, name, first, node, module)
        if changed is not None:
            return changed
    if base.kind == "enum" and name in ("exclude", "extract") and isinstance(first, Items):
        return _narrowed(base, name, first)
    if name in _KEPT:
        return replace(
            base, checks=(*base.checks, (name, tuple(v.value if isinstance(v, Scalar) else v for v in given)))
        )
    return Zod(
        "any", spot, description=base.description, gap=evaluator.unknown(node, module, f"is changed by `{name}()`")
    )


def _narrowed(base: Zod, name: str, first: Items) -> Zod:
    named = {item.value for item in first.items if isinstance(item, Scalar)}
    kept = [value for value in base.parts["values"] if (getattr(value, "value", None) in named) == (name == "extract")]
    return replace(base, parts={"values": kept})


def _reshaped(evaluator: Follows, base: Zod, name: str, first: Any, node: Node, module: Module) -> Zod | None:  # noqa: PLR0913, PLR0917 - as above
    """`.extend`, `.merge`, `.pick`, `.omit`, `.partial`, `.required` of an object."""
    shape = dict(base.parts.get("shape", {}))
    other = (
        first.parts.get("shape", {})
        if isinstance(first, Zod) and first.kind == "object"
        else getattr(first, "items", None)
    )
    if name in ("extend", "merge", "safeExtend", "augment"):
        if not isinstance(other, dict):
            return replace(base, gap=first if isinstance(first, Unknown) else evaluator.computed(node, module))
        partial = first.partial if isinstance(first, Table) else getattr(first, "gap", None)
        return replace(base, parts={"shape": shape | other}, gap=base.gap or partial, description=None)
    if name in ("pick", "omit"):
        named = set(other) if isinstance(other, dict) else set()
        return replace(
            base,
            parts={"shape": {k: v for k, v in shape.items() if (k in named) == (name == "pick")}},
            description=None,
        )
    if name in ("partial", "deepPartial"):
        chosen = set(other) if isinstance(other, dict) else set(shape)
        return replace(
            base,
            parts={
                "shape": {k: Zod("optional", base.spot, {"inner": v}) if k in chosen else v for k, v in shape.items()}
            },
            description=None,
        )
    if name == "required":
        chosen = set(other) if isinstance(other, dict) else set(shape)
        return replace(
            base, parts={"shape": {k: _bare(v) if k in chosen else v for k, v in shape.items()}}, description=None
        )
    return None


def _bare(value: Any) -> Any:
    return value.parts["inner"] if isinstance(value, Zod) and value.kind == "optional" else value
