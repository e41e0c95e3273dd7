"""A registered function as the definition that its library sends."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.models.tool import Unread
from scorer.sources.python_code.dialects import Dialect
from scorer.sources.python_code.docstrings import cleaned, docstring
from scorer.sources.python_code.signature import read_signature
from scorer.sources.python_code.values import Class, External, Function, Made
from scorer.sources.tree.found import Found, reference
from scorer.sources.tree.values import GAP, Scalar, Table, Unknown, to_json

if TYPE_CHECKING:
    from scorer.models.tool import FieldPlace, Reference
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.modules import Modules
    from scorer.sources.python_code.receivers import Receiver
    from scorer.sources.python_code.scopes import Module, Scope
    from scorer.sources.python_code.signature import Signature

# The order of the parameters of `.tool(...)` that may be passed by position.
_POSITIONAL = {
    Dialect.SDK1: ("name", "title", "description", "annotations"),
    Dialect.SDK2: ("name", "title", "description", "annotations"),
}
_HINTS = {
    "read_only_hint": "readOnlyHint",
    "destructive_hint": "destructiveHint",
    "idempotent_hint": "idempotentHint",
    "open_world_hint": "openWorldHint",
}


class Definer:
    """Makes the definitions of one tree's registered functions."""

    def __init__(self, evaluator: Evaluator, modules: Modules) -> None:
        self._evaluator = evaluator
        self._types: Any = None
        del modules

    def define(
        self, receiver: Receiver, function: Function, options: ast.Call | None, scope: Scope, node: ast.AST
    ) -> Found | Unknown:
        """The definition of a function that is registered with these options; `Unknown` when its name cannot be told."""
        given = self._options(receiver, function, options, scope)
        name = self._name(given.get("name"), function)
        if isinstance(name, Unknown):
            return name
        module = function.scope.module
        found = Found({"name": name.value}, module.spot(node), receiver.key, receiver.name)
        found.notes.place("/name", name.spot)
        self._texts(found, given, function, receiver)
        self._annotations(found, given, scope)
        _references(found, function, scope, node)
        if receiver.dialect is Dialect.OTHER:
            _left_to(receiver.library, found, function)
        else:
            self._schemas(found, given, function, receiver)
        return found

    def _options(
        self, receiver: Receiver, function: Function, options: ast.Call | None, scope: Scope
    ) -> dict[str, Any]:
        if options is None:
            return {}
        names: tuple[str, ...] = _POSITIONAL.get(receiver.dialect, ("name",))
        first = options.args[:1]
        passed = list(options.args)
        if (
            first
            and isinstance(value := self._evaluator.value(first[0], scope), Function | Made)
            and not isinstance(value, Scalar)
        ):
            names = ("fn", "name", "title", "description", "annotations")
        given = {key: self._evaluator.value(arg, scope) for key, arg in zip(names, passed, strict=False)}
        for word in options.keywords:
            value = self._evaluator.value(word.value, scope)
            if word.arg:
                given[word.arg] = value
            elif isinstance(value, Table):
                given |= value.items
        del function
        return given

    def _name(self, given: Any, function: Function) -> Scalar | Unknown:
        if isinstance(given, Scalar) and isinstance(given.value, str) and given.value:
            return given
        if isinstance(given, Unknown):
            return given
        if given is not None and not isinstance(given, Scalar):
            return Unknown("is computed", function.spot)
        return Scalar(function.name, function.name_spot)

    def _texts(self, found: Found, given: dict[str, Any], function: Function, receiver: Receiver) -> None:
        for key in ("title", "description"):
            value = given.get(key)
            if value is not None and not isinstance(value, Scalar):
                gap = (
                    value
                    if isinstance(value, Unknown)
                    else Unknown(f"is computed at {value.spot.file}:{value.spot.line}", value.spot)
                )
                found.notes.miss(f"/{key}", gap, key)
            elif isinstance(value, Scalar) and value.doubt:
                self._doubted(found, key, value)
            elif isinstance(value, Scalar) and isinstance(value.value, str) and value.value:
                found.definition[key] = value.value
                found.notes.place(f"/{key}", value.spot)
        if "description" not in found.definition and not any(
            gap.pointer == "/description" for gap in found.notes.unread
        ):
            self._docstring(found, function, receiver)

    def _doubted(self, found: Found, key: str, value: Scalar) -> None:
        found.notes.miss(f"/{key}", value.doubt or Unknown("is computed", value.spot), key)
        if isinstance(value.value, str) and value.value:
            found.definition[key] = value.value
            found.notes.place(f"/{key}", value.spot)

    def _docstring(self, found: Found, function: Function, receiver: Receiver) -> None:
        doc = docstring(function.node, function.scope.module)
        fast = receiver.dialect in (Dialect.FASTMCP, Dialect.FASTMCP2, Dialect.OTHER)
        if doc is None:
            if not fast:
                found.definition["description"] = ""
            return
        shown = cleaned(doc) if fast else doc
        found.definition["description"] = shown.value
        found.notes.place("/description", shown.spot)

    def _annotations(self, found: Found, given: dict[str, Any], scope: Scope) -> None:
        value = given.get("annotations")
        if value is None or (isinstance(value, Scalar) and value.value is None):
            return
        if isinstance(value, Made) and isinstance(value.callee, External) and value.call is not None:
            value = self.arguments(value)
        plain = to_json(value, "/annotations", found.notes)
        del scope
        if isinstance(plain, dict):
            found.definition["annotations"] = {
                _HINTS.get(key, key): item for key, item in plain.items() if item is not None
            }

    def arguments(self, made: Made) -> Table:
        """The keyword arguments of a call as a table."""
        assert made.call is not None
        items: dict[str, Any] = {}
        partial = None
        for word in made.call.keywords:
            value = self._evaluator.value(word.value, made.scope)
            if word.arg:
                items[word.arg] = value
            elif isinstance(value, Table):
                items |= value.items
            else:
                partial = self._evaluator.computed(word.value, made.scope)
        return Table(items, made.spot, partial)

    def _schemas(self, found: Found, given: dict[str, Any], function: Function, receiver: Receiver) -> None:
        from scorer.sources.python_code import fastmcp_schema, schema  # noqa: PLC0415 - pydantic is heavy
        from scorer.sources.python_code.types import Types  # noqa: PLC0415 - likewise

        self._types = self._types or Types(self._evaluator)
        signature = read_signature(function, self._evaluator, self._types)
        fast = receiver.dialect in (Dialect.FASTMCP, Dialect.FASTMCP2)
        made = (fastmcp_schema if fast else schema).input_schema(function.name, signature)
        if made is None:
            found.notes.miss("/inputSchema", Unknown("cannot be made of the signature", function.spot), "inputSchema")
        else:
            found.definition["inputSchema"] = made
        self._notes(found, signature)
        structured = given.get("structured_output")
        if not (isinstance(structured, Scalar) and structured.value is False):
            self._output(found, given, function, receiver, signature)
        if fast:
            doc = docstring(function.node, function.scope.module)
            fastmcp_schema.describe(found, doc, receiver.dialect, described=bool(_plain(given.get("description"))))

    def _output(
        self, found: Found, given: dict[str, Any], function: Function, receiver: Receiver, signature: Signature
    ) -> None:
        from scorer.sources.python_code import fastmcp_schema, schema  # noqa: PLC0415 - as above

        if "output_schema" in given:
            self._given_output(found, given["output_schema"])
            return
        fast = receiver.dialect in (Dialect.FASTMCP, Dialect.FASTMCP2)
        made = (fastmcp_schema if fast else schema).output_schema(function.name, signature.result, receiver.dialect)
        if isinstance(made, Unknown):
            gap = Unknown(made.reason, made.spot or function.spot)
            found.notes.miss("/outputSchema", gap, "outputSchema")
        elif made is not None:
            found.definition["outputSchema"] = made

    def _given_output(self, found: Found, value: Any) -> None:
        if isinstance(value, Scalar):
            return
        plain = to_json(value, "/outputSchema", found.notes)
        if plain is not GAP:
            found.definition["outputSchema"] = plain

    def _notes(self, found: Found, signature: Signature) -> None:
        for place in signature.notes.places:
            found.notes.places.append(_below(place))
        used = found.definition.get("inputSchema", {}).get("$defs", {})
        for owner, notes in self._types.places.items():
            if owner in used:
                found.notes.places += [_below(place, f"/inputSchema/$defs/{owner}") for place in notes.places]
                found.references += _class_reference(self._types.homes[owner])
        for pointer, gap in signature.unread:
            name = pointer.rsplit("/properties/", 1)[-1].replace("/", " ") or "inputSchema"
            found.notes.unread.append(
                Unread(f"/inputSchema{pointer}", f"{name} {gap.reason}", gap.spot.file, gap.spot.line)
            )


def _left_to(library: str, found: Found, function: Function) -> None:
    """What a library makes of a function whose rules are not known."""
    gap = Unknown(f"is made by {library or 'a library'}, whose rules are not known,", function.spot)
    for key in ("description", "inputSchema"):
        if key not in found.definition and not any(one.pointer == f"/{key}" for one in found.notes.unread):
            found.notes.miss(f"/{key}", gap, key)


def _references(found: Found, function: Function, scope: Scope, node: ast.AST) -> None:
    """Where a function is registered, and where it stands with its parameters, which are the schema."""
    found.references.append(_reference("registration", node, scope.module))
    module = function.scope.module
    found.references.append(_reference("handler", function.node, module))
    arguments = [part for part in ast.iter_child_nodes(function.node.args) if hasattr(part, "lineno")]
    if arguments:
        spot = module.spot(min(arguments, key=lambda part: (part.lineno, part.col_offset)))  # type: ignore[attr-defined]
        first, last = spot.line, max(part.end_lineno for part in arguments)  # type: ignore[attr-defined]
        found.references.append(reference("schema", module.file, module.lines, first, last))
        found.notes.place("/inputSchema", replace(spot, end_line=last))


def _class_reference(owner: Class) -> list[Reference]:
    """The class that a parameter's values are made of."""
    return [_reference("schema", owner.node, owner.scope.module)]


def _reference(role: str, node: Any, module: Module) -> Reference:
    return reference(role, module.file, module.lines, node.lineno, node.end_lineno or node.lineno)


def _plain(given: Any) -> Any:
    return given.value if isinstance(given, Scalar) else given


def _below(place: FieldPlace, root: str = "/inputSchema") -> FieldPlace:
    return replace(place, pointer=root + place.pointer)
