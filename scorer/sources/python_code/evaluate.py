"""What an expression gives, worked out from the text alone: constants, literals, names and imports that can be followed.

Nothing is executed: there is no branch from here into the code that is read. Whatever cannot be followed is `Unknown`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import methods, operators
from scorer.sources.python_code.docstrings import cleaned, docstring
from scorer.sources.python_code.scopes import FunctionNode, Scope
from scorer.sources.python_code.values import Alias, Class, External, Function, Made, Member, ModuleValue, Thunk
from scorer.sources.tree.marks import joined, marked
from scorer.sources.tree.values import Items, Scalar, Table, Unknown, doubt_of, doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.sources.python_code.modules import Modules
    from scorer.sources.python_code.scopes import Module
    from scorer.sources.tree.values import Spot

# Steps from a name to its value to the names in it; real ones stay below 20.
_DEEPEST = 40
# Evaluations of one run: a chain of doubling names would never end.
_MOST = 2_000_000
_WIDEST = 2_000

_BUILTINS = frozenset(
    "str int float bool bytes bytearray complex list dict set frozenset tuple type object None Any len sorted range print isinstance "
    "getattr setattr property classmethod staticmethod enumerate zip map filter super repr callable min max sum any all open "
    "Exception ValueError KeyError RuntimeError TypeError".split()
)


class Evaluator:
    """Evaluates expressions of one tree."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self._steps = 0
        self._pending: set[tuple[int, int]] = set()

    def value(self, node: ast.AST | None, scope: Scope, depth: int = 0) -> Any:
        """What the expression gives in this scope."""
        if node is None:
            return Unknown("is not there", scope.module.spot(ast.Pass(lineno=1, col_offset=0)))
        self._steps += 1
        key = (id(node), id(scope))
        if depth > _DEEPEST or self._steps > _MOST or key in self._pending:
            return self.unknown(node, scope, "is nested too deep to follow")
        self._pending.add(key)
        try:
            return self._value(node, scope, depth + 1)
        finally:
            self._pending.discard(key)

    def unknown(self, node: ast.AST, scope: Scope, reason: str) -> Unknown:
        """A gap at the node."""
        spot = scope.module.spot(node)
        return Unknown(f"{reason} at {spot.file}:{spot.line}", spot)

    def _value(self, node: ast.AST, scope: Scope, depth: int) -> Any:  # noqa: C901, PLR0912 - one case for each kind of node
        match node:
            case ast.Constant(value=value) if value is None or isinstance(value, str | int | float | bool):
                return Scalar(value, scope.module.spot(node))
            case ast.Name(id=name):
                return self.lookup(name, scope, node, depth)
            case ast.Attribute():
                return self.attribute(self.value(node.value, scope, depth), node.attr, node, scope, depth)
            case ast.Call():
                return self._call(node, scope, depth)
            case ast.Dict():
                return self._dict(node, scope, depth)
            case ast.List() | ast.Tuple() | ast.Set():
                return self._items(node, scope, depth)
            case ast.JoinedStr():
                return self._joined(node, scope, depth)
            case ast.BinOp():
                return self._binary(node, scope, depth)
            case ast.Subscript():
                return self._subscript(node, scope, depth)
            case ast.IfExp():
                return self._choice(node, scope, depth)
            case ast.BoolOp():
                return self._either(node, scope, depth)
            case ast.UnaryOp():
                operand = self.value(node.operand, scope, depth)
                return doubtful(operators.unary(node, operand, scope), doubt_of(operand)) or self.computed(node, scope)
            case ast.Compare():
                return self._compare(node, scope, depth)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
                return self._comprehension(node, scope, depth)
            case ast.DictComp():
                return self._dict_comprehension(node, scope, depth)
            case ast.Lambda():
                return Function(node, scope)
            case ast.Await() | ast.NamedExpr() | ast.Starred():
                return self.value(node.value, scope, depth)
            case _:
                return self.computed(node, scope)

    def computed(self, node: ast.AST, scope: Scope) -> Unknown:
        """A gap where something is worked out at run time."""
        return self.unknown(node, scope, "is computed")

    # Names

    def lookup(self, name: str, scope: Scope, node: ast.AST, depth: int = 0) -> Any:
        """The value of a name as seen from a scope."""
        if depth > _DEEPEST:
            return self.unknown(node, scope, "is nested too deep to follow")
        current: Scope | None = scope
        while current is not None:
            if name in current.values:
                held = current.values[name]
                return self.value(held.node, held.scope, depth) if isinstance(held, Thunk) else held
            if name in current.names.bound and not (isinstance(current.node, ast.ClassDef) and current is not scope):
                return self._bound(name, current, node, depth)
            if (found := self._parameter(name, current, node)) is not None:
                return found
            current = current.parent
        return self._global(name, scope, node, depth)

    def _global(self, name: str, scope: Scope, node: ast.AST, depth: int) -> Any:
        starred = [s for s in scope.module.tree.body if isinstance(s, ast.ImportFrom) and s.names[0].name == "*"]
        for statement in starred:
            module = self.modules.imported(statement.module or "", statement.level, scope.module)
            if module and name in module.scope.names.bound:
                return self.lookup(name, module.scope, node, depth + 1)
        if name in _BUILTINS:
            return External(name, scope.module.spot(node))
        if name == "__doc__":
            return docstring(scope.module.tree, scope.module) or Scalar(None, scope.module.spot(node))
        return self.unknown(node, scope, f"comes from `{name}`, which is not defined in the tree,")

    def _parameter(self, name: str, scope: Scope, node: ast.AST) -> Any:
        if not isinstance(scope.node, FunctionNode | ast.Lambda):
            return None
        arguments = scope.node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        if name not in {arg.arg for arg in every if arg}:
            return None
        if every[0] and name == every[0].arg and (owner := _owner(scope)):
            return Made(owner, None, scope, scope.module.spot(scope.node))
        return self.unknown(node, scope, f"depends on the parameter `{name}`")

    def _bound(self, name: str, scope: Scope, node: ast.AST, depth: int) -> Any:
        statements = scope.names.bound[name]
        statement = _deciding(statements)
        if statement is None:
            return self._agreed(name, statements, scope, node, depth)
        found = self._statement(statement, name, scope, depth)
        changes = scope.names.changed.get(name, ())
        return methods.changed(self, found, changes, scope, depth) if changes else found

    def depends_on_branches(self, test: ast.AST, scope: Scope) -> bool:
        """Whether a condition names something that several statements set, as `x = None` and, further on, `if key: x = ...`."""
        for node in ast.walk(test):
            current: Scope | None = scope if isinstance(node, ast.Name) else None
            while current is not None and node.id not in current.values:  # type: ignore[attr-defined]
                bound = current.names.bound.get(node.id)  # type: ignore[attr-defined]
                if bound:
                    if len(bound) > 1:
                        return True
                    break
                current = current.parent
        return False

    def _agreed(self, name: str, statements: list[ast.AST], scope: Scope, node: ast.AST, depth: int) -> Any:
        """A name that several branches bind: known when they agree, or when all but one could not be meant."""
        found = [self._statement(statement, name, scope, depth) for statement in statements]
        useful = [v for v in found if not isinstance(v, Unknown) and not (isinstance(v, Scalar) and v.value is None)]
        scalars = {v.value for v in useful if isinstance(v, Scalar)}
        if useful and (len(useful) == 1 or len(scalars) == 1 or not scalars):
            return useful[0]
        return self.unknown(node, scope, f"depends on which branch sets `{name}`")

    def _statement(self, statement: ast.AST, name: str, scope: Scope, depth: int) -> Any:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            return self._imported(statement, name, scope, depth)
        if isinstance(statement, FunctionNode):
            owner = Class(scope.node, scope.parent) if isinstance(scope.node, ast.ClassDef) and scope.parent else None
            return Function(statement, scope, owner)
        if isinstance(statement, ast.ClassDef):
            return Class(statement, scope)
        if isinstance(statement, ast.Assign):
            return self._assigned(statement, name, scope, depth)
        if isinstance(statement, ast.AnnAssign | ast.NamedExpr):
            return self.value(statement.value, scope, depth)
        if isinstance(statement, ast.With | ast.AsyncWith):
            return self.computed(statement, scope)
        if hasattr(statement, "value"):  # `type Name = ...`
            return Alias(statement.value, scope, scope.module.spot(statement))
        return self.unknown(statement, scope, f"depends on the loop over `{name}`")

    def _assigned(self, statement: ast.Assign, name: str, scope: Scope, depth: int) -> Any:
        value = self.value(statement.value, scope, depth)
        for target in statement.targets:
            if isinstance(target, ast.Name) and target.id == name:
                return value
        for target in statement.targets:
            found = unpack(target, value).get(name)
            if found is not None:
                return found
        return self.computed(statement, scope)

    def _imported(self, statement: ast.Import | ast.ImportFrom, name: str, scope: Scope, depth: int) -> Any:
        spot = scope.module.spot(statement)
        alias = next(a for a in statement.names if (a.asname or a.name.split(".")[0]) == name)
        if isinstance(statement, ast.Import):
            target = alias.name if alias.asname else name
            module = self.modules.imported(target, 0, scope.module)
            parts = tuple(target.split("."))
            return ModuleValue(module, parts, spot) if module else External(target, spot)
        base, level = statement.module or "", statement.level
        module = self.modules.imported(base, level, scope.module)
        if module and alias.name in module.scope.names.bound and module is not scope.module and depth < _DEEPEST:
            return self.lookup(alias.name, module.scope, statement, depth + 1)
        below = self.modules.imported(f"{base}.{alias.name}".strip("."), level, scope.module)
        if below:
            return ModuleValue(below, (), spot)
        if module:
            return self._starred_into(module, alias.name, statement, scope, depth)
        if level:
            return self.unknown(statement, scope, f"comes from `{'.' * level}{base}`, which is not in the tree,")
        return External(f"{base}.{alias.name}", spot)

    def _starred_into(self, module: Module, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:
        found = self.lookup(name, module.scope, node, depth + 1)
        return found if not isinstance(found, Unknown) else self.unknown(node, scope, f"comes from `{name}`")

    # Parts

    def attribute(self, base: Any, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:
        """`base.name`."""
        if isinstance(base, External):
            return External(f"{base.name}.{name}", scope.module.spot(node))
        if isinstance(base, ModuleValue) and base.module:
            if name in base.module.scope.names.bound:
                return self.lookup(name, base.module.scope, node, depth)
            below = self.modules.imported(name, 1, base.module)
            return ModuleValue(below, (), base.spot) if below else self.lookup(name, base.module.scope, node, depth)
        if isinstance(base, Class):
            return self.class_attribute(base, name, node, scope, depth)
        if isinstance(base, Made) and isinstance(base.callee, Class):
            return self._of_instance(base, name, node, scope, depth)
        if isinstance(base, Made):
            return self._of_external(base, name, node, scope)
        if isinstance(base, Member) and name in ("value", "_value_"):
            return base.value
        if isinstance(base, Member) and name == "name":
            return Scalar(base.name, base.spot)
        if isinstance(base, Function) and name in ("__doc__", "__name__"):
            return self._of_function(base, name)
        return base if isinstance(base, Unknown) else self.computed(node, scope)

    def _of_function(self, function: Function, name: str) -> Any:
        if name == "__name__" or isinstance(function.node, ast.Lambda):
            return Scalar(function.name, function.spot)
        return docstring(function.node, function.scope.module) or Scalar(None, function.spot)

    def class_attribute(self, owner: Class, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:
        """What a class holds under a name: a member of an enumeration, a constant, a method; looked for in its bases too."""
        for found in self.lineage(owner, depth):
            inner = Scope(found.scope.module, found.node, found.scope)
            if name in inner.names.bound:
                value = self._bound(name, inner, node, depth)
                if isinstance(value, Function | Class) or not self.is_enum(owner, depth):
                    return value
                return Member(owner, name, value, found.scope.module.spot(inner.names.bound[name][0]))
        if name == "__doc__":
            doc = docstring(owner.node, owner.scope.module)
            return cleaned(doc) if doc else Scalar(None, owner.spot)
        if name == "__name__":
            return Scalar(owner.node.name, owner.spot)
        return self.unknown(node, scope, f"comes from `{owner.node.name}.{name}`, which is not in the tree,")

    def lineage(self, owner: Class, depth: int = 0) -> list[Class]:
        """The class and those of its bases that are of the tree, nearest first."""
        found: list[Class] = []
        wait = [owner]
        while wait and len(found) < 30:
            current = wait.pop(0)
            if all(current.node is not other.node for other in found):
                found.append(current)
                bases = (self.value(base, current.scope, depth) for base in current.node.bases)
                wait += [base for base in bases if isinstance(base, Class)]
        return found

    def foundations(self, owner: Class, depth: int = 0) -> list[str]:
        """The dotted names of the classes of other packages that a class derives from."""
        names: list[str] = []
        for current in self.lineage(owner, depth):
            for base in current.node.bases:
                value = self.value(base.value if isinstance(base, ast.Subscript) else base, current.scope, depth)
                names += [value.name] if isinstance(value, External) else []
        return names

    def is_enum(self, owner: Class, depth: int = 0) -> bool:
        """Whether a class is an enumeration."""
        return any(
            name.split(".")[-1] in ("Enum", "StrEnum", "IntEnum", "IntFlag", "Flag")
            for name in self.foundations(owner, depth)
        )

    def _of_instance(self, base: Made, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:
        owner = base.callee
        assert isinstance(owner, Class)
        for found in self.lineage(owner, depth):
            for statement, inner in self._assigned_to_self(found, name):
                held = self.instance_scope(inner, base)
                return self.value(statement.value, held, depth)
        passed = self._passed(base, name)
        return passed if passed is not None else self.class_attribute(owner, name, node, scope, depth)

    def _passed(self, base: Made, name: str) -> Any:
        """A field of a dataclass or model as it was passed to the constructor."""
        if base.call is None:
            return None
        for keyword in base.call.keywords:
            if keyword.arg == name:
                return self.value(keyword.value, base.scope)
        return None

    def _assigned_to_self(self, owner: Class, name: str) -> list[tuple[Any, Function]]:
        found = []
        for method in owner.node.body:
            if not isinstance(method, FunctionNode) or not method.args.args:
                continue
            me = method.args.args[0].arg
            for statement in ast.walk(method):
                for target in _targets(statement):
                    if (
                        isinstance(target, ast.Attribute)
                        and target.attr == name
                        and getattr(target.value, "id", "") == me
                    ):
                        inner = Scope(owner.scope.module, owner.node, owner.scope)
                        found.append((statement, Function(method, inner, owner)))
        return sorted(found, key=lambda pair: pair[1].name != "__init__")

    def instance_scope(self, method: Function, base: Made) -> Scope:
        """The scope of a method, its parameters bound to what the instance was made with where it is the constructor."""
        values: dict[str, Any] = {}
        if method.name == "__init__" and base.call is not None:
            values = bind(method, base.call, base.scope, skip=1)
        values[method.node.args.args[0].arg] = base
        return Scope(method.scope.module, method.node, method.scope, values)

    def _of_external(self, base: Made, name: str, node: ast.AST, scope: Scope) -> Any:
        passed = self._passed(base, name)
        if passed is not None:
            return passed
        if isinstance(base.callee, External) and base.callee.name.split(".")[-1] == "SimpleNamespace":
            return self.computed(node, scope)
        return External(
            f"{base.callee.name}().{name}" if isinstance(base.callee, External) else name, scope.module.spot(node)
        )

    # Literals

    def _dict(self, node: ast.Dict, scope: Scope, depth: int) -> Any:
        items: dict[str, Any] = {}
        partial = None
        for key, value in zip(node.keys, node.values, strict=True):
            inner = self.value(value, scope, depth)
            if key is None:
                partial = _merge(items, inner) or partial
                continue
            name = self.value(key, scope, depth)
            if isinstance(name, Member):
                name = name.value
            if isinstance(name, Scalar):
                items[str(name.value)] = inner
            else:
                partial = self.unknown(key, scope, "has a key that is computed")
        return Table(items, scope.module.spot(node), partial)

    def _items(self, node: ast.List | ast.Tuple | ast.Set, scope: Scope, depth: int) -> Any:
        items: list[Any] = []
        partial = None
        for element in node.elts[:_WIDEST]:
            value = self.value(element, scope, depth)
            if not isinstance(element, ast.Starred):
                items.append(value)
            elif isinstance(value, Items):
                items += value.items
            else:
                partial = self.computed(element, scope)
        return Items(items, scope.module.spot(node), partial=partial)

    def _joined(self, node: ast.JoinedStr, scope: Scope, depth: int) -> Any:
        spot = scope.module.spot(node)
        literal = self._literals(node, scope.module)
        parts: list[tuple[str, Spot]] = []
        doubt = None
        for piece in node.values:
            if not isinstance(piece, ast.FormattedValue):
                parts.append(next(literal))
                continue
            value = self.value(piece.value, scope, depth)
            text = operators.text_of(value)
            plain = piece.conversion == -1 and piece.format_spec is None
            unset = isinstance(value, Scalar) and value.value is None and value.doubt
            if text is None or not plain or unset:
                return value if isinstance(value, Unknown) else doubt_of(value) or self.computed(node, scope)
            parts.append((text, value.spot))
            doubt = doubt or doubt_of(value)
        return Scalar("".join(text for text, _ in parts), joined(spot, parts), doubt)

    def _literals(self, node: ast.JoinedStr, module: Module) -> Iterator[tuple[str, Spot]]:
        """The literal parts of an f-string, each with its place; that of the f-string where the source is read otherwise."""
        spot = module.spot(node)
        constants = [str(piece.value) for piece in node.values if isinstance(piece, ast.Constant)]
        read = [(text, marked(spot, marks)) for text, marks in module.texts(node) if text]
        yield from read if [text for text, _ in read] == constants else [(text, spot) for text in constants]

    def _binary(self, node: ast.BinOp, scope: Scope, depth: int) -> Any:
        left, right = self.value(node.left, scope, depth), self.value(node.right, scope, depth)
        if isinstance(node.op, ast.BitOr) and any(isinstance(side, External | Class | Alias) for side in (left, right)):
            return Alias(node, scope, scope.module.spot(node))
        found = operators.binary(node, left, right, scope)
        if found is not None:
            if isinstance(node.op, ast.Add) and isinstance(found, Scalar) and isinstance(found.value, str):
                found = Scalar(found.value, joined(found.spot, [(side.value, side.spot) for side in (left, right)]))
            return doubtful(found, doubt_of(left, right))
        return next((side for side in (left, right) if isinstance(side, Unknown)), self.computed(node, scope))

    def _subscript(self, node: ast.Subscript, scope: Scope, depth: int) -> Any:
        base = self.value(node.value, scope, depth)
        if isinstance(base, External | Alias) or (isinstance(base, Class) and not self.is_enum(base, depth)):
            return Alias(node, scope, scope.module.spot(node))
        index = self.value(node.slice, scope, depth)
        if isinstance(base, Class) and isinstance(index, Scalar):
            return self.class_attribute(base, str(index.value), node, scope, depth)
        found = operators.part(base, index)
        return found if found is not None else self.computed(node, scope)

    def _choice(self, node: ast.IfExp, scope: Scope, depth: int) -> Any:
        condition = self.value(node.test, scope, depth)
        test = operators.truth(condition)
        if test is None:
            return self.unknown(node, scope, "depends on a condition")
        return doubtful(self.value(node.body if test else node.orelse, scope, depth), doubt_of(condition))

    def _either(self, node: ast.BoolOp, scope: Scope, depth: int) -> Any:
        value: Any = None
        doubt: Unknown | None = None
        for operand in node.values:
            value = self.value(operand, scope, depth)
            test = operators.truth(value)
            if test is None:
                return self.unknown(node, scope, "depends on a condition")
            doubt = doubt or doubt_of(value)
            if test == isinstance(node.op, ast.Or):
                return doubtful(value, doubt)
        return doubtful(value, doubt)

    def _compare(self, node: ast.Compare, scope: Scope, depth: int) -> Any:
        sides = [self.value(side, scope, depth) for side in (node.left, *node.comparators)]
        found = operators.compare(node, sides, scope)
        return (
            doubtful(found, doubt_of(*sides))
            if found is not None
            else self.unknown(node, scope, "depends on a condition")
        )

    def _comprehension(self, node: Any, scope: Scope, depth: int) -> Any:
        blocks = self.loops(node.generators, scope, depth)
        if isinstance(blocks, Unknown):
            return Items([], scope.module.spot(node), partial=blocks)
        return Items([self.value(node.elt, block, depth) for block in blocks], scope.module.spot(node))

    def _dict_comprehension(self, node: ast.DictComp, scope: Scope, depth: int) -> Any:
        blocks = self.loops(node.generators, scope, depth)
        if isinstance(blocks, Unknown):
            return Table({}, scope.module.spot(node), blocks)
        items: dict[str, Any] = {}
        for block in blocks:
            key = operators.text_of(self.value(node.key, block, depth))
            if key is None:
                return Table(items, scope.module.spot(node), self.computed(node, scope))
            items[key] = self.value(node.value, block, depth)
        return Table(items, scope.module.spot(node))

    def loops(self, generators: list[ast.comprehension], scope: Scope, depth: int) -> list[Scope] | Unknown:
        """One scope for each turn of a comprehension's loops."""
        blocks = [scope]
        for generator in generators:
            turned: list[Scope] = []
            for block in blocks:
                values = self.turns(generator.target, generator.iter, block, depth)
                if values is None:
                    return self.computed(generator.iter, scope)
                turned += [block.block(value) for value in values]
            for test in generator.ifs:
                verdicts = [(block, operators.truth(self.value(test, block, depth))) for block in turned]
                if any(verdict is None for _, verdict in verdicts):
                    return self.unknown(test, scope, "depends on a condition")
                turned = [block for block, verdict in verdicts if verdict]
            blocks = turned[:_WIDEST]
        return blocks

    def turns(self, target: ast.AST, iterated: ast.expr, scope: Scope, depth: int = 0) -> list[dict[str, Any]] | None:
        """What a loop binds in each of its turns; None when that cannot be told."""
        found = self.value(iterated, scope, depth)
        if isinstance(found, Class) and self.is_enum(found, depth):
            found = Items(self.members(found, depth), found.spot)
        if isinstance(found, Table):
            found = Items([Scalar(key, found.spot) for key in found.items], found.spot, partial=found.partial)
        if not isinstance(found, Items) or found.partial:
            return None
        return [unpack(target, item) for item in found.items[:_WIDEST]]

    def members(self, owner: Class, depth: int = 0) -> list[Member]:
        """The members of an enumeration, in order."""
        inner = Scope(owner.scope.module, owner.node, owner.scope)
        names = [
            name
            for name, statements in inner.names.bound.items()
            if not name.startswith("_") and isinstance(statements[-1], ast.Assign | ast.AnnAssign)
        ]
        found = (self.class_attribute(owner, name, owner.node, inner, depth) for name in names)
        return [member for member in found if isinstance(member, Member)]

    # Calls

    def _call(self, node: ast.Call, scope: Scope, depth: int) -> Any:
        if isinstance(node.func, ast.Attribute):
            base = self.value(node.func.value, scope, depth)
            found = methods.call(self, base, node, scope, depth)
            if found is not None:
                return found
            callee = self.attribute(base, node.func.attr, node.func, scope, depth)
        else:
            callee = self.value(node.func, scope, depth)
        if isinstance(callee, External):
            return methods.builtin(self, callee, node, scope, depth) or Made(
                callee, node, scope, scope.module.spot(node)
            )
        if isinstance(callee, Class):
            return self._constructed(callee, node, scope, depth)
        if isinstance(callee, Function):
            return self.apply(callee, node, scope, depth)
        return callee if isinstance(callee, Unknown) else self.computed(node, scope)

    def _constructed(self, callee: Class, node: ast.Call, scope: Scope, depth: int) -> Any:
        if self.is_enum(callee, depth) and node.args:
            wanted = self.value(node.args[0], scope, depth)
            for member in self.members(callee, depth):
                if (
                    isinstance(member.value, Scalar)
                    and isinstance(wanted, Scalar)
                    and member.value.value == wanted.value
                ):
                    return member
        return Made(callee, node, scope, scope.module.spot(node))

    def apply(self, function: Function, node: ast.Call, scope: Scope, depth: int) -> Any:
        """What a function of the tree returns for these arguments, when it has one way to return."""
        inner = self.entered(function, node, scope)
        if isinstance(function.node, ast.Lambda):
            return self.value(function.node.body, inner, depth)
        returns = [found for found in own(function.node) if isinstance(found, ast.Return) and found.value is not None]
        yields = any(isinstance(found, ast.Yield | ast.YieldFrom) for found in own(function.node))
        if yields or not returns:
            return self.computed(node, scope)
        if len(returns) == 1:
            return self.value(returns[0].value, inner, depth)
        return self._several(function, returns, inner, node, scope, depth)

    def _several(  # noqa: PLR0913, PLR0917 - what is known at the call
        self, function: Function, returns: list[ast.Return], inner: Scope, node: ast.Call, scope: Scope, depth: int
    ) -> Any:
        values = [self.value(found.value, inner, depth) for found in returns]
        nested = [value for value in values if isinstance(value, Function | Made)]
        if nested and all(isinstance(value, Function | Made | Unknown) for value in values):
            return nested[-1]
        return self.unknown(node, scope, f"depends on what `{function.name}` returns")

    def entered(self, function: Function, node: ast.Call, scope: Scope) -> Scope:
        """The scope of a function that is called with these arguments."""
        method = function.owner is not None and isinstance(node.func, ast.Attribute) and not _static(function.node)
        values = bind(function, node, scope, skip=1 if method else 0)
        if method and function.node.args.args and isinstance(node.func, ast.Attribute):
            values[function.node.args.args[0].arg] = Thunk(node.func.value, scope)
        return Scope(function.scope.module, function.node, function.scope, values)


def own(node: ast.AST) -> list[ast.AST]:
    """The nodes of a function without those of functions and classes inside it."""
    found: list[ast.AST] = []
    stack = list(reversed(getattr(node, "body", [])))
    while stack:
        current = stack.pop()
        found.append(current)
        if not isinstance(current, FunctionNode | ast.ClassDef | ast.Lambda):
            stack.extend(reversed(list(ast.iter_child_nodes(current))))
    return found


def bind(function: Function, node: ast.Call, scope: Scope, skip: int = 0) -> dict[str, Any]:
    """A call's arguments by the names of the parameters that they go to; defaults where nothing was passed."""
    arguments = function.node.args
    positional = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)][skip:]
    values: dict[str, Any] = {}
    for arg, default in zip(reversed(positional), reversed(arguments.defaults), strict=False):
        values[arg] = Thunk(default, function.scope)
    for only, given in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if given is not None:
            values[only.arg] = Thunk(given, function.scope)
    if not any(isinstance(arg, ast.Starred) for arg in node.args):
        values |= {name: Thunk(arg, scope) for name, arg in zip(positional, node.args, strict=False)}
    rest = {keyword.arg: Thunk(keyword.value, scope) for keyword in node.keywords if keyword.arg}
    known = {*positional, *(arg.arg for arg in arguments.kwonlyargs)}
    values |= {name: thunk for name, thunk in rest.items() if name in known}
    return values


def unpack(target: ast.AST, value: Any) -> dict[str, Any]:
    """What an assignment of a value to a target binds; parts that cannot be told are unknown."""
    if isinstance(target, ast.Name):
        return {target.id: value}
    if not isinstance(target, ast.Tuple | ast.List):
        return {}
    found: dict[str, Any] = {}
    parts = value.items if isinstance(value, Items) and len(value.items) == len(target.elts) else None
    for index, part in enumerate(target.elts):
        gap = value if isinstance(value, Unknown) else Unknown("is unpacked from a value that is computed", value.spot)
        found |= unpack(part, parts[index] if parts else gap)
    return found


def _merge(items: dict[str, Any], value: Any) -> Unknown | None:
    if isinstance(value, Table):
        items |= value.items
        return value.partial
    spot = value.spot
    return (
        value
        if isinstance(value, Unknown)
        else Unknown(f"is spread from a value that is computed at {spot.file}:{spot.line}", spot)
    )


def _deciding(statements: list[ast.AST]) -> ast.AST | None:
    """The statement that gives a name its value, None when several could."""
    if len(statements) == 1:
        return statements[0]
    definitions = [s for s in statements if isinstance(s, FunctionNode | ast.ClassDef | ast.Import | ast.ImportFrom)]
    if definitions and len(definitions) == len(statements):
        return definitions[0]
    return None


def _owner(scope: Scope) -> Class | None:
    """The class whose method this scope is."""
    parent = scope.parent
    if parent and isinstance(parent.node, ast.ClassDef) and parent.parent and not _static(scope.node):
        return Class(parent.node, parent.parent)
    return None


def _static(node: Any) -> bool:
    return any(getattr(decorator, "id", "") == "staticmethod" for decorator in getattr(node, "decorator_list", ()))


def _targets(statement: ast.AST) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return [statement.target]
    return []
