"""What an import gives: a name or a module of the tree, or something of another package."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code.values import External, ModuleValue
from scorer.sources.tree.values import Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.scopes import Module, Scope
    from scorer.sources.python_code.values import Follows

# As in `names`, which stands above this file.
_DEEPEST = 40


def imported(evaluator: Follows, statement: ast.Import | ast.ImportFrom, name: str, scope: Scope, depth: int) -> Any:
    """What an import binds a name to."""
    spot = scope.module.spot(statement)
    alias = next(a for a in statement.names if (a.asname or a.name.split(".")[0]) == name)
    if isinstance(statement, ast.Import):
        target = alias.name if alias.asname else name
        module = evaluator.modules.imported(target, 0, scope.module)
        parts = tuple(target.split("."))
        return ModuleValue(module, parts, spot) if module else External(target, spot)
    base, level = statement.module or "", statement.level
    module = evaluator.modules.imported(base, level, scope.module)
    if module and alias.name in module.scope.names.bound and module is not scope.module and depth < _DEEPEST:
        return evaluator.lookup(alias.name, module.scope, statement, depth + 1)
    below = evaluator.modules.imported(f"{base}.{alias.name}".strip("."), level, scope.module)
    if below:
        return ModuleValue(below, (), spot)
    if module:
        return _starred_into(evaluator, module, alias.name, statement, scope, depth)
    if level:
        return evaluator.unknown(statement, scope, f"comes from `{'.' * level}{base}`, which is not in the tree,")
    return External(f"{base}.{alias.name}", spot)


def _starred_into(evaluator: Follows, module: Module, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a value, and where it is asked for
    found = evaluator.lookup(name, module.scope, node, depth + 1)
    return found if not isinstance(found, Unknown) else evaluator.unknown(node, scope, f"comes from `{name}`")
