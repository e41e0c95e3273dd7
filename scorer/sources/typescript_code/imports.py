"""What an import means: another module of the tree, or something of a package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Unknown
from scorer.sources.typescript_code.exports import exports_of
from scorer.sources.typescript_code.scopes import names_in
from scorer.sources.typescript_code.values import (
    External,
    Follows,
    Namespace,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module


_DEEPEST = 60


def imported(evaluator: Follows, specifier: str, name: str, node: Node, module: Module, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - an expression and where it stands
    """What a module exports under a name; `*` is all of it."""
    target = evaluator.modules.imported(specifier, module)
    if target is None:
        if specifier.startswith("."):
            return evaluator.unknown(node, module, f"comes from `{specifier}`, which is not in the tree,")
        return External(f"{specifier}:{name}", module.spot(node))
    if name == "*":
        return Namespace(target, module.spot(node))
    return exported(evaluator, target, name, node, module, depth)


def exported(evaluator: Follows, target: Module, name: str, node: Node, module: Module, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - an expression and where it stands
    """What a module of the tree exports under a name."""
    if depth > _DEEPEST:
        return evaluator.unknown(node, module, "is nested too deep to follow")
    exports = exports_of(target)
    if name in exports:
        return _export(evaluator, exports[name], target, depth)
    if "*evaluator" in exports:
        whole = _export(evaluator, exports["*evaluator"], target, depth)
        return whole if name == "default" else evaluator.member(whole, name, node, module, depth)
    for key, entry in exports.items():
        if key.startswith("*"):
            found = _export(evaluator, (entry[0], str(entry[1]).removesuffix("*") + name), target, depth + 1)
            if not isinstance(found, Unknown | External):
                return found
    if name == "default":
        return Namespace(target, module.spot(node))
    return evaluator.unknown(node, module, f"comes from `{name}`, which `{target.path}` does not export,")


def _export(evaluator: Follows, entry: tuple[str, Any], target: Module, depth: int) -> Any:
    where, what = entry
    if where == "from":
        specifier, _, name = what.rpartition(":")
        return imported(evaluator, specifier, name, target.root, target, depth + 1)
    if isinstance(what, str):
        declared = names_in(target.root, target).get(what)
        if declared is None:
            return evaluator.unknown(target.root, target, f"comes from `{what}`")
        return evaluator.declared(declared, what, target, depth + 1)
    return evaluator.value(what, target, {}, depth + 1)
