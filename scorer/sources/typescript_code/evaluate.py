"""What a JavaScript expression gives, worked out from the text alone; nothing is executed."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import aligned, joined
from scorer.sources.tree.values import Items, Scalar, Table, Unknown, doubt_of
from scorer.sources.typescript_code import additions, classes, collections, enums, lists, statements, zod
from scorer.sources.typescript_code.effort import Effort
from scorer.sources.typescript_code.modules import FUNCTIONS
from scorer.sources.typescript_code.operators import calculated, text_of, truth
from scorer.sources.typescript_code.parameters import parameter_nodes, parameters, with_default
from scorer.sources.typescript_code.scopes import exports_of, import_of, loop_names, names_in, scope_of
from scorer.sources.typescript_code.texts import unescaped
from scorer.sources.typescript_code.values import Class, Env, External, Function, Instance, Namespace, Zod, doubted

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.values import Spot
    from scorer.sources.typescript_code.modules import Module, Modules

_DEEPEST = 60
_WIDEST = 2_000

_WRAPPERS = frozenset(
    {
        "parenthesized_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
        "await_expression",
        "type_assertion",
    }
)
_THROUGH = re.compile(
    r"^(__importDefault|__importStar|__toESM|_interop\w*|__toCommonJS|Object\.freeze|freeze|structuredClone|Array\.from|defineTool|createTool|tool|makeTool|define|toolDefinition|Object\.seal|dedent|outdent|stripIndent)$"
)


# A helper that turns a zod schema into JSON Schema, whatever it is made of.
_CONVERTS = re.compile(r"(zod|to)_?json_?schema$", re.IGNORECASE)


class Evaluator:
    """Evaluates expressions of one tree."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.effort = Effort()
        self._pending: set[tuple[int, int, int]] = set()
        self._known: dict[tuple[int, str], Any] = {}
        self._bound: dict[tuple[int, str, int], tuple[Env, Any]] = {}
        self._cuts = 0

    def unknown(self, node: Node, module: Module, reason: str) -> Unknown:
        """A gap at the node."""
        spot = module.spot(node)
        return Unknown(f"{reason} at {spot.file}:{spot.line}", spot)

    def computed(self, node: Node, module: Module) -> Unknown:
        """A gap where something is worked out at run time."""
        return self.unknown(node, module, "is computed")

    def value(self, node: Node | None, module: Module, env: Env, depth: int = 0) -> Any:
        """What the expression gives."""
        if node is None:
            return Unknown("is not there", module.spot(module.root))
        if not env and (node.id, module.path) in self._known:
            return self._known[node.id, module.path]
        key = (id(module), node.id, id(env))
        if depth > _DEEPEST or key in self._pending or not self.effort.spend():
            self._cuts += 1
            return self.unknown(node, module, "is nested too deep to follow")
        cuts = self._cuts
        self._pending.add(key)
        try:
            found = self._value(node, module, env, depth + 1)
        finally:
            self._pending.discard(key)
        # What was cut short on the way here may be known from elsewhere.
        if not env and self._cuts == cuts:
            self._known[node.id, module.path] = found
        return found

    def _value(self, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: C901, PLR0912 - one case for each kind of node
        match node.type:
            case "string":
                return self._string(node, module)
            case "template_string":
                return self._template(node, module, env, depth)
            case "number":
                return self._number(node, module)
            case "true" | "false" | "null" | "undefined":
                return Scalar({"true": True, "false": False}.get(node.type), module.spot(node))
            case "identifier" | "shorthand_property_identifier":
                return self.lookup(module.raw(node), node, module, env, depth)
            case "object":
                return self._object(node, module, env, depth)
            case "array":
                return self._array(node, module, env, depth)
            case "member_expression":
                return self._member(node, module, env, depth)
            case "subscript_expression":
                return self._subscript(node, module, env, depth)
            case "call_expression":
                return self._call(node, module, env, depth)
            case "new_expression":
                callee = self.value(node.child_by_field_name("constructor"), module, env, depth)
                made = collections.made(self, callee, node, module, env, depth)
                return made or Instance(callee, node, module, env, module.spot(node))
            case "binary_expression":
                return self._binary(node, module, env, depth)
            case "ternary_expression":
                return self._ternary(node, module, env, depth)
            case "unary_expression":
                return self._unary(node, module, env, depth)
            case "sequence_expression":
                return self.value(node.named_children[-1], module, env, depth)
            case "class" | "class_declaration":
                return Class(node, module, env, module.spot(node))
            case kind if kind in FUNCTIONS:
                return Function(node, module, env, module.spot(node))
            case kind if kind in _WRAPPERS and node.named_children:
                return self.value(
                    node.named_children[0] if kind != "type_assertion" else node.named_children[-1], module, env, depth
                )
            case _:
                return self.computed(node, module)

    # Literals

    def _string(self, node: Node, module: Module) -> Any:
        raw = module.raw(node)[1:-1]
        text = unescaped(raw)
        if raw == text:
            return Scalar(text, module.spot(node, inside=True, verbatim=True))
        return Scalar(*module.literal(node, node.start_byte + 1, node.end_byte - 1))

    def _template(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        raw = module.raw(node)[1:-1]
        if not any(mark in raw for mark in ("\\", "$", "\r")):
            return Scalar(raw, module.spot(node, inside=True, verbatim=True))
        parts: list[tuple[str, Spot]] = []
        position, doubt = node.start_byte + 1, None
        for child in node.named_children:
            if child.type != "template_substitution":
                continue
            parts.append(module.literal(node, position, child.start_byte))
            value = self.value(child.named_children[0] if child.named_children else None, module, env, depth)
            text = text_of(value)
            if text is None or (isinstance(value, Scalar) and value.value is None and value.doubt):
                return value if isinstance(value, Unknown) else doubt_of(value) or self.computed(child, module)
            parts.append((text, value.spot))
            doubt = doubt or doubt_of(value)
            position = child.end_byte
        parts.append(module.literal(node, position, node.end_byte - 1))
        whole = module.spot(node, inside=True)
        return Scalar("".join(text for text, _ in parts), joined(whole, parts), doubt)

    def _number(self, node: Node, module: Module) -> Any:
        text = module.raw(node).replace("_", "")
        try:
            value: float = int(text, 0) if re.match(r"0[xobXOB]", text) else float(text)
        except ValueError:
            return self.computed(node, module)
        whole = abs(value) < 2**53 and value == int(value)
        return Scalar(int(value) if whole else value, module.spot(node))

    def _object(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        items: dict[str, Any] = {}
        partial = None
        for child in node.named_children:
            if child.type == "pair":
                key = self._key(child.child_by_field_name("key"), module, env, depth)
                value = child.child_by_field_name("value")
                if key is None:
                    partial = self.unknown(child, module, "has a key that is computed")
                else:
                    items[key] = self.value(value, module, env, depth)
            elif child.type == "shorthand_property_identifier":
                items[module.raw(child)] = self.value(child, module, env, depth)
            elif child.type == "spread_element":
                partial = self._spread(child, items, module, env, depth) or partial
            elif child.type == "method_definition":
                name = child.child_by_field_name("name")
                getter = any(part.type == "get" for part in child.children)
                if name is not None and not getter:
                    items[module.raw(name)] = Function(child, module, env, module.spot(child))
                elif name is not None:
                    items[module.raw(name)] = self.returned(
                        Function(child, module, env, module.spot(child)), env, depth
                    )
        return Table(items, module.spot(node), partial)

    def _spread(self, child: Node, items: dict[str, Any], module: Module, env: Env, depth: int) -> Unknown | None:
        inner = child.named_children[0]
        if inner.type == "parenthesized_expression":
            inner = inner.named_children[0]
        value = self.value(inner, module, env, depth)
        if isinstance(value, Scalar) and not value.value:
            return value.doubt
        if isinstance(value, Table):
            items |= value.items
            return value.partial
        if isinstance(value, Zod) and value.kind == "object":
            items |= value.parts.get("shape", {})
            return value.gap
        return value if isinstance(value, Unknown) else self.computed(child, module)

    def _key(self, node: Node | None, module: Module, env: Env, depth: int) -> str | None:
        if node is None:
            return None
        if node.type == "string":
            return unescaped(module.raw(node)[1:-1])
        if node.type == "computed_property_name":
            return text_of(self.value(node.named_children[0], module, env, depth))
        return module.raw(node)

    def _array(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        items: list[Any] = []
        partial = None
        maybe: set[int] = set()
        for child in node.named_children[:_WIDEST]:
            if child.type == "comment":
                continue
            if child.type != "spread_element":
                items.append(self.value(child, module, env, depth))
                continue
            value, conditional = self._spread_items(child, module, env, depth)
            if not isinstance(value, Items):
                partial = value if isinstance(value, Unknown) else self.computed(child, module)
                continue
            maybe |= {len(items) + i for i in range(len(value.items)) if conditional or i in value.maybe}
            items += value.items
            partial = value.partial or partial
        return Items(items, module.spot(node), frozenset(maybe), partial)

    def _spread_items(self, child: Node, module: Module, env: Env, depth: int) -> tuple[Any, bool]:
        """`...list`, `...(test ? [a] : [])`, `...(test && list)`; of a condition that may be either, all that may be there."""
        inner = child.named_children[0]
        while inner.type in _WRAPPERS and inner.named_children:
            inner = inner.named_children[0]
        names = {"ternary_expression": ("consequence", "alternative"), "binary_expression": ("right",)}.get(inner.type)
        whole = self.value(inner, module, env, depth)
        if names is None or (isinstance(whole, Items) and not whole.partial):
            return whole, False
        sides = [self.value(inner.child_by_field_name(name), module, env, depth) for name in names]
        if not all(isinstance(side, Items) and not side.partial for side in sides):
            return whole, False
        return Items([item for side in sides for item in side.items], module.spot(inner)), True

    # Names

    def lookup(self, name: str, node: Node, module: Module, env: Env, depth: int = 0) -> Any:
        """The value of a name as seen from a node."""
        if name == "undefined":
            return Scalar(None, module.spot(node))
        scope = scope_of(node, module)
        while scope is not None:
            if (scope.id, name) in env:
                return env[scope.id, name]
            declared = names_in(scope, module).get(name)
            if declared is not None and not (declared.type == "variable_declarator" and _within(node, declared)):
                return self._declared(declared, name, scope, node, module, env, depth)
            if scope.type in FUNCTIONS and name in parameters(scope, module):
                return self._parameter(name, scope, node, module, env, depth)
            if scope.type == "for_in_statement" and name in loop_names(scope, module):
                return self.unknown(node, module, f"depends on the loop over `{name}`")
            scope = scope_of(scope, module)
        return External(f":{name}", module.spot(node))

    def _parameter(self, name: str, scope: Node, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - where it stands
        del env, depth, scope
        return self.unknown(node, module, f"depends on the parameter `{name}`")

    def _declared(  # noqa: PLR0913, PLR0917 - where it stands
        self, declared: Node, name: str, scope: Node, node: Node, module: Module, env: Env, depth: int
    ) -> Any:
        if declared.type == "import_statement":
            specifier, own = import_of(declared, name, module)
            return self.imported(specifier, own, declared, module, depth)
        if declared.type == "variable_declarator":
            return self._variable(declared, name, scope, node, module, env, depth)
        if declared.type == "enum_declaration":
            return enums.declared_enum(self, declared, module, env, depth)
        return self.value(declared, module, env, depth)

    def _variable(  # noqa: PLR0913, PLR0917 - where it stands
        self, declared: Node, name: str, scope: Node, node: Node, module: Module, env: Env, depth: int
    ) -> Any:
        target, given = declared.child_by_field_name("name"), declared.child_by_field_name("value")
        if target is None or given is None:
            return self._assigned_later(name, declared, scope, module, env, depth)
        value = self._given(given, module, env, depth)
        if target.type == "identifier" and not _is_constant(declared, module):
            value = statements.reassigned(self, name, value, node, scope, module, env, depth)
        if target.type != "identifier":
            return lists.unpacked(self, target, value, module, env, depth).get(name, self.computed(declared, module))
        if isinstance(value, Items | Table):
            return additions.changed(self, name, value, node, scope, module, env, depth)
        return value

    def _given(self, given: Node, module: Module, env: Env, depth: int) -> Any:
        """What a variable is declared as; kept for its surroundings, which are held so that no other takes their place."""
        key = (given.id, module.path, id(env))
        if key not in self._bound:
            cuts = self._cuts
            value = self.value(given, module, env, depth)
            if self._cuts != cuts:
                return value
            self._bound[key] = (env, value)
        return self._bound[key][1]

    def _assigned_later(self, name: str, declared: Node, scope: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - where it stands
        """`let x; ... x = value;`, as compilers write it, when there is one such assignment in the scope itself."""
        found = []
        for statement in scope.named_children:
            inner = (
                statement.named_children[0]
                if statement.type == "expression_statement" and statement.named_children
                else None
            )
            if inner is not None and inner.type == "assignment_expression":
                left = inner.child_by_field_name("left")
                if left is not None and module.raw(left) == name:
                    found.append(inner.child_by_field_name("right"))
        if len(found) == 1:
            return self.value(found[0], module, env, depth)
        if (compiled := enums.compiled_enum(self, name, declared, scope, module, env, depth)) is not None:
            return compiled
        return self._lazy_init(name, declared, module, env, depth)

    def _lazy_init(self, name: str, declared: Node, module: Module, env: Env, depth: int) -> Any:
        """A bundler's `var X; var init = __esm({ "file"() { X = value; } })`: the one assignment anywhere in the file."""
        if not re.fullmatch(r"[\w$]+", name):
            return self.computed(declared, module)
        found = []
        for word in module.at(re.compile(rb"(?<![\w$.])(" + re.escape(name.encode()) + rb")\s*=(?![=>])")):
            holder = module.parent(word)
            if holder is not None and holder.type == "assignment_expression":
                found.append(holder.child_by_field_name("right"))
        if len(found) == 1:
            return self.value(found[0], module, env, depth)
        return self.computed(declared, module)

    def imported(self, specifier: str, name: str, node: Node, module: Module, depth: int) -> Any:
        """What a module exports under a name; `*` is all of it."""
        target = self.modules.imported(specifier, module)
        if target is None:
            if specifier.startswith("."):
                return self.unknown(node, module, f"comes from `{specifier}`, which is not in the tree,")
            return External(f"{specifier}:{name}", module.spot(node))
        if name == "*":
            return Namespace(target, module.spot(node))
        return self.exported(target, name, node, module, depth)

    def exported(self, target: Module, name: str, node: Node, module: Module, depth: int) -> Any:
        """What a module of the tree exports under a name."""
        if depth > _DEEPEST:
            return self.unknown(node, module, "is nested too deep to follow")
        exports = exports_of(target)
        if name in exports:
            return self._export(exports[name], target, depth)
        if "*self" in exports:
            whole = self._export(exports["*self"], target, depth)
            return whole if name == "default" else self.member(whole, name, node, module, depth)
        for key, entry in exports.items():
            if key.startswith("*"):
                found = self._export((entry[0], str(entry[1]).removesuffix("*") + name), target, depth + 1)
                if not isinstance(found, Unknown | External):
                    return found
        if name == "default":
            return Namespace(target, module.spot(node))
        return self.unknown(node, module, f"comes from `{name}`, which `{target.path}` does not export,")

    def _export(self, entry: tuple[str, Any], target: Module, depth: int) -> Any:
        where, what = entry
        if where == "from":
            specifier, _, name = what.rpartition(":")
            return self.imported(specifier, name, target.root, target, depth + 1)
        if isinstance(what, str):
            declared = names_in(target.root, target).get(what)
            if declared is None:
                return self.unknown(target.root, target, f"comes from `{what}`")
            return self._declared(declared, what, target.root, target.root, target, {}, depth + 1)
        return self.value(what, target, {}, depth + 1)

    # Parts

    def _member(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        inner, prop = node.child_by_field_name("object"), node.child_by_field_name("property")
        if inner is None or prop is None:
            return self.computed(node, module)
        name = module.raw(prop)
        if inner.type == "this":
            return classes.of_this(self, name, node, module, env, depth)
        return self.member(self.value(inner, module, env, depth), name, node, module, depth)

    def member(self, base: Any, name: str, node: Node, module: Module, depth: int) -> Any:
        """`base.name`."""
        if isinstance(base, Table):
            if name in base.items:
                return base.items[name]
            return base.partial or Scalar(None, module.spot(node))
        if isinstance(base, Namespace):
            return self.exported(base.module, name, node, module, depth)
        if isinstance(base, External) and base.name.removeprefix("node:") in (":process.env", "process:env"):
            doubt = self.unknown(node, module, f"depends on {name} in the environment")
            return Scalar(None, module.spot(node), doubt)
        if isinstance(base, External):
            return External(
                base.name
                if name == "default" and base.name.endswith((":*", ":default"))
                else f"{base.name.removesuffix('*')}.{name}".replace(":.", ":"),
                module.spot(node),
            )
        if isinstance(base, Zod):
            return zod.member(base, name, module.spot(node)) or self.computed(node, module)
        if isinstance(base, Items) and name == "length" and not base.partial:
            return Scalar(len(base.items), module.spot(node))
        if isinstance(base, Class) or (isinstance(base, Instance) and isinstance(base.callee, Class)):
            return classes.of_instance(self, base, name, depth) or self.computed(node, module)
        return base if isinstance(base, Unknown) else self.computed(node, module)

    def _subscript(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        base = self.value(node.child_by_field_name("object"), module, env, depth)
        index = self.value(node.child_by_field_name("index"), module, env, depth)
        if isinstance(index, Scalar) and isinstance(index.value, str):
            return self.member(base, index.value, node, module, depth)
        if (
            isinstance(base, Items)
            and isinstance(index, Scalar)
            and isinstance(index.value, int)
            and 0 <= index.value < len(base.items)
        ):
            return base.items[index.value]
        return base if isinstance(base, Unknown) else self.computed(node, module)

    # Operators

    def _binary(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        operator = node.child_by_field_name("operator")
        sign = module.raw(operator) if operator is not None else ""
        left = self.value(node.child_by_field_name("left"), module, env, depth)
        if sign in ("||", "??", "&&"):
            return self._either(sign, left, node, module, env, depth)
        right = self.value(node.child_by_field_name("right"), module, env, depth)
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            found = calculated(sign, left.value, right.value)
            if isinstance(found, str):
                sides = [(text_of(side) or "", side.spot) for side in (left, right)]
                return Scalar(found, joined(module.spot(node), sides), doubt_of(left, right))
            if found is not None:
                return Scalar(found, module.spot(node), doubt_of(left, right))
        return next((side for side in (left, right) if isinstance(side, Unknown)), self.computed(node, module))

    def _either(self, sign: str, left: Any, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - where it stands
        right = node.child_by_field_name("right")
        verdict = truth(left)
        if isinstance(left, Scalar) and sign == "??":
            return doubted(self.value(right, module, env, depth), left.doubt) if left.value is None else left
        if verdict is None:
            return left if _of_parameter(left) else self.unknown(node, module, "depends on a condition")
        take_right = verdict if sign == "&&" else not verdict
        return doubted(self.value(right, module, env, depth), doubt_of(left)) if take_right else left

    def _ternary(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        condition = self.value(node.child_by_field_name("condition"), module, env, depth)
        verdict, doubt = truth(condition), doubt_of(condition)
        if doubt and not self._both(node, module, env, depth):
            return doubted(
                self.value(node.child_by_field_name("consequence" if verdict else "alternative"), module, env, depth),
                doubt,
            )
        if verdict is None or doubt:
            if either := self._both(node, module, env, depth):
                return either
            return condition if _of_parameter(condition) else self.unknown(node, module, "depends on a condition")
        return self.value(node.child_by_field_name("consequence" if verdict else "alternative"), module, env, depth)

    def _both(self, node: Node, module: Module, env: Env, depth: int) -> Items | None:
        """Two lists of which a condition chooses one: all that may be there."""
        names = ("consequence", "alternative")
        sides = [self.value(node.child_by_field_name(name), module, env, depth) for name in names]
        return statements.either(sides, module.spot(node))

    def _unary(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        sign, argument = module.raw(node)[:1], node.child_by_field_name("argument")
        value = self.value(argument, module, env, depth)
        if sign == "!" and (verdict := truth(value)) is not None:
            return Scalar(not verdict, module.spot(node), doubt_of(value))
        if sign == "-" and isinstance(value, Scalar) and isinstance(value.value, int | float):
            return Scalar(-value.value, module.spot(node))
        if module.raw(node).startswith("void"):
            return Scalar(None, module.spot(node))
        return value if isinstance(value, Unknown) else self.computed(node, module)

    # Calls

    def arguments(self, node: Node) -> list[Node]:
        """The arguments of a call."""
        found = node.child_by_field_name("arguments")
        return [child for child in found.named_children if child.type != "comment"] if found is not None else []

    def _call(self, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: C901 - one case for each kind of callee
        callee = node.child_by_field_name("function")
        while callee is not None and callee.type in ("parenthesized_expression", "non_null_expression"):
            callee = callee.named_children[0]
        if callee is not None and callee.type == "sequence_expression":
            callee = callee.named_children[-1]
        if callee is None:
            return self.computed(node, module)
        if callee.type == "member_expression":
            return self._method(callee, node, module, env, depth)
        name = module.raw(callee)
        given = self.arguments(node)
        if name == "require" and given and given[0].type == "string":
            return self.imported(module.raw(given[0])[1:-1], "*", node, module, depth)
        function = self.value(callee, module, env, depth)
        if isinstance(function, External) and (made := zod.from_call(self, function.name, node, module, env, depth)):
            return made
        if _CONVERTS.search(name) and given:
            inner = self.value(given[0], module, env, depth)
            if isinstance(inner, Zod) or zod.is_shape(inner):
                return inner
        if isinstance(function, Function):
            found = self._applied(function, node, module, env, depth)
            if not isinstance(found, Unknown) or not _THROUGH.match(name):
                return found
        if _THROUGH.match(name) and given:
            inner = self.value(given[0], module, env, depth)
            return self._dedented(inner) if "dent" in name.lower() else inner
        if name == "String" and given:
            return self.value(given[0], module, env, depth)
        return function if isinstance(function, Unknown) else self.computed(node, module)

    def _dedented(self, value: Any) -> Any:
        if isinstance(value, Scalar) and isinstance(value.value, str):
            text = textwrap.dedent(value.value).strip()
            return Scalar(text, aligned(value.spot, text, value.value, value.spot))
        return value

    def _method(self, callee: Node, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: C901 - one case for each kind of method
        inner, prop = callee.child_by_field_name("object"), callee.child_by_field_name("property")
        if inner is None or prop is None:
            return self.computed(node, module)
        name = module.raw(prop)
        made = zod.factory(self, inner, name, node, module, env, depth)
        if made is not None:
            return made
        if _THROUGH.match(module.raw(callee)) and self.arguments(node):
            return self.value(self.arguments(node)[0], module, env, depth)
        if _CONVERTS.search(name) and (given := self.arguments(node)):
            schema = self.value(given[0], module, env, depth)
            if isinstance(schema, Zod) or zod.is_shape(schema):
                return schema
        base = self.value(inner, module, env, depth)
        if isinstance(base, Zod) and name == "toJSONSchema":
            return base
        if isinstance(base, Zod):
            return zod.method(self, base, name, node, module, env, depth)
        found = lists.method(self, base, name, node, module, env, depth)
        if found is not None:
            return found
        if name == "bind" and isinstance(base, Function):
            return base
        function = (
            classes.of_this(self, name, callee, module, env, depth)
            if inner.type == "this"
            else self.member(base, name, callee, module, depth)
        )
        if isinstance(function, Function):
            return self._applied(function, node, module, env, depth)
        if isinstance(function, External) and (made := zod.from_call(self, function.name, node, module, env, depth)):
            return made
        return base if isinstance(base, Unknown) else self.computed(node, module)

    def _applied(self, function: Function, node: Node, module: Module, env: Env, depth: int) -> Any:
        """What a function of the tree returns for these arguments."""
        if depth > _DEEPEST // 2:
            return self.unknown(node, module, "is nested too deep to follow")
        values = [self.value(argument, module, env, depth) for argument in self.arguments(node)]
        return self.returned(function, self.bound(function, values, depth), depth)

    def bound(self, function: Function, values: list[Any], depth: int = 0) -> Env:
        """The function's surroundings with its parameters bound."""
        env = dict(function.env)
        for position, target in enumerate(parameter_nodes(function.node)):
            given = values[position] if position < len(values) else None
            pattern, default = with_default(target)
            if given is None or (isinstance(given, Scalar) and given.value is None):
                given = (
                    self.value(default, function.module, env, depth)
                    if default is not None
                    else given or Scalar(None, function.spot)
                )
            if pattern.type == "rest_pattern":
                pattern, given = pattern.named_children[0], Items(values[position:], function.spot)
            for name, value in lists.unpacked(self, pattern, given, function.module, env, depth).items():
                env[function.node.id, name] = value
        return env

    def returned(self, function: Function, env: Env, depth: int) -> Any:
        """What a function gives."""
        return statements.returned(self, function, env, depth)


def _is_constant(declared: Node, module: Module) -> bool:
    holder = module.parent(declared)
    kind = holder.child_by_field_name("kind") if holder is not None else None
    return kind is not None and module.raw(kind) == "const"


def _of_parameter(value: Any) -> bool:
    return isinstance(value, Unknown) and value.reason.startswith("depends on the parameter")


def _within(node: Node, declared: Node) -> bool:
    """Whether a name is used in its own declaration, so that an outer one is meant."""
    given = declared.child_by_field_name("value")
    if given is None or given.type in FUNCTIONS or given.type in ("object", "call_expression", "array"):
        return False
    return given.start_byte <= node.start_byte < given.end_byte
