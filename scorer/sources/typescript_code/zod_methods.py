"""What zod's methods make of a schema: `.optional()`, `.describe(text)`, `.extend({...})`, and what its properties are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Table, Unknown
from scorer.sources.typescript_code.values import Env, Follows, Zod

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.values import Spot
    from scorer.sources.typescript_code.module import Module

_KEPT = frozenset(
    "min max length gt gte lt lte int positive negative nonnegative nonpositive nonempty regex email url uuid datetime multipleOf step finite safe "
    "startsWith endsWith includes date time ip cuid cuid2 ulid nanoid base64 strict passthrough loose catchall cidr jwt duration guid base64url e164 ipv4 ipv6 emoji".split()
)  # fmt: skip
_IGNORED = frozenset(
    "refine superRefine transform trim toLowerCase toUpperCase brand readonly check overwrite normalize strip catch register prefault slugify".split()
)


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
