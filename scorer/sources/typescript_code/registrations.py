"""Registrations in TypeScript and JavaScript: `registerTool`, `tool`, `addTool`, handlers of `tools/list`, and lists of definitions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.found import Found, Reading
from scorer.sources.tree.values import Items, Scalar, Table, Unknown
from scorer.sources.typescript_code import classes
from scorer.sources.typescript_code.calls import Calls, called
from scorer.sources.typescript_code.define import SCHEMAS, definition
from scorer.sources.typescript_code.evaluate import Evaluator
from scorer.sources.typescript_code.statements import own_returns
from scorer.sources.typescript_code.values import Class, External, Function, Instance, Zod, doubted, is_open
from scorer.sources.typescript_code.zod_schema import FASTMCP, Style, style_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.values import Spot
    from scorer.sources.typescript_code.calls import Way
    from scorer.sources.typescript_code.modules import Module, Modules

_WORDS = (b"registerTool", b".tool(", b"addTool", b"ListTools", b"tools/list", b"registerAppTool")
_SITES = re.compile(
    rb"(?<![\w$])(registerTool|registerToolTask|tool|addTools?|setRequestHandler|registerAppTool)\s*(?:<[^>()]*>\s*)?\("
)
_OBJECTS = re.compile(rb"(?<![\w$.])(" + "|".join(SCHEMAS).encode() + rb")[\"']?\s*[:,}(]")
_CLASSES = re.compile(rb"(?<![\w$.])(name|toolName)\s*(?::\s*[\w<>\"' |]+)?=(?!=)")
_CHANGED = re.compile(
    rb"(?<![\w$.])(?!this|exports|module|option|program|command)[\w$]+\.(description|inputSchema|annotations)\s*(?:\+|\?\?|\|\|)?=(?![=>])"
)
_ZOD = re.compile(rb"(?:from|require\()\s*[\"']zod/v([34])[\"']")
_LISTS = re.compile(r"ListTools|tools/list")
_OF_LIBRARY = re.compile(r"_registeredTools|this\.#tools|registeredTools\b")
# A class that is itself registered on: what its handlers list comes through the calls of this method.
_OWN_METHOD = re.compile(rb"^\s*(?:public\s+)?(?:addTool|registerTool)\s*(?:<[^>(]*>)?\([^)]*\)[^{;]*\{", re.MULTILINE)
_NAME = re.compile(r"[\w.\-/:]{1,128}")
_PASSING = frozenset({"arguments", "parenthesized_expression", "as_expression", "satisfies_expression", "arrow_function", "return_statement",
                      "statement_block", "function_expression"})  # fmt: skip
_MOST, _FEW = 5_000, 5
_UNFOLLOWED_LIST = "tools are listed that cannot be followed"
_UNFOLLOWED_HANDLER = "tools/list is answered by a function that cannot be followed"


def read_scripts(modules: Modules) -> Reading:
    """Every tool that the tree's TypeScript and JavaScript registers."""
    reading = Reading()
    if any(modules.mention(word) for word in (b"modelcontextprotocol", b"fastmcp", b"McpServer", b"mcp")):
        _Reader(modules, reading).read()
    reading.skipped += modules.broken
    return reading


class _Reader:
    def __init__(self, modules: Modules, reading: Reading) -> None:
        self.modules, self.reading = modules, reading
        self.evaluator = Evaluator(modules)
        self.homes = list(modules.holding(_WORDS))
        self.calls = Calls(self.homes, self.evaluator)
        self.open: set[str] = set()
        self.styles: dict[str, Style] = {}

    def read(self) -> None:
        """All registrations; where one cannot be followed, all definitions that the package writes down."""
        for module in self.homes:
            for node in module.at(_SITES):
                if len(self.reading.found) >= _MOST or self.evaluator.effort.ended:
                    self.reading.gaps.append(
                        ("not all registrations were read: there is too much to follow", module.spot(node))
                    )
                    return
                self.evaluator.effort.begin()
                self._look(node, module)
        if self.open:
            self._definitions()

    def _look(self, word: Node, module: Module) -> None:
        call = called(word, module)
        if call is None:
            return
        name, given = module.raw(word), self.evaluator.arguments(call)
        if name == "setRequestHandler":
            self._handler(call, given, module)
        elif name in ("registerTool", "registerToolTask") and given:
            self._registered(call, given, module)
        elif name == "registerAppTool" and len(given) > 2:
            self._registered(call, given[1:], module)
        elif name == "tool" and len(given) > 1 and self._is_server(call, module):
            self._overloaded(call, given, module)
        elif name in ("addTool", "addTools") and given and word.type == "property_identifier":
            self._added(call, given, module)

    # The forms of registration

    def _registered(self, call: Node, given: list[Node], module: Module) -> None:
        """`server.registerTool(name, config, handler)`, or a definition as the only argument."""

        def fields(way: Way) -> dict[str, Any] | Unknown:
            first = self.evaluator.value(given[0], module, way.env)
            if len(given) == 1 or isinstance(first, Table):
                return first.items if isinstance(first, Table) else _gap(first)
            config = self.evaluator.value(given[1], module, way.env)
            held = dict(config.items) if isinstance(config, Table) else {}
            if not isinstance(config, Table):
                held = dict.fromkeys(("description", "inputSchema"), _gap(config))
            elif config.partial:
                held = {"description": config.partial, "inputSchema": config.partial, **held}
            held["name"] = first
            if len(given) > 2:
                held["handler"] = self.evaluator.value(given[2], module, way.env)
            return held

        self._each(call, module, fields)

    def _overloaded(self, call: Node, given: list[Node], module: Module) -> None:
        """`server.tool(name, description?, shape?, annotations?, handler)`."""

        def fields(way: Way) -> dict[str, Any] | Unknown:
            values = [self.evaluator.value(argument, module, way.env) for argument in given]
            held: dict[str, Any] = {"name": values[0], "handler": values[-1]}
            for value in values[1:-1]:
                if (
                    "description" not in held
                    and "inputSchema" not in held
                    and (
                        isinstance(value, Scalar)
                        or (isinstance(value, Unknown) and value is values[1] and len(values) > 3)
                    )
                ):
                    held["description"] = value
                elif "inputSchema" not in held and not _are_hints(value):
                    held["inputSchema"] = value
                else:
                    held["annotations"] = value
            return held

        self._each(call, module, fields)

    def _added(self, call: Node, given: list[Node], module: Module) -> None:
        """`server.addTool({name, description, parameters, execute})`, `addTools([...])`."""

        def fields(way: Way) -> dict[str, Any] | Unknown:
            value = self.evaluator.value(given[0], module, way.env)
            if isinstance(value, Scalar) and len(given) > 1:
                config = self.evaluator.value(given[1], module, way.env)
                return {**(config.items if isinstance(config, Table) else {}), "name": value}
            return value.items if isinstance(value, Table) else self._of_object(value) or _gap(value)

        if module.raw(call.child_by_field_name("function") or call).endswith("addTools"):
            value = self.evaluator.value(given[0], module, {})
            self._listed(value, call, module, FASTMCP)
            return
        self._each(call, module, fields, FASTMCP)

    def _of_object(self, value: Any) -> dict[str, Any] | None:
        """A tool that is an instance of a class."""
        owner = value.callee if isinstance(value, Instance) else value
        if not isinstance(owner, Class):
            return None
        held = {
            key: classes.of_instance(self.evaluator, value, key, 0)
            for key in ("name", "title", "description", "annotations", *SCHEMAS)
        }
        return {key: item for key, item in held.items() if item is not None}

    def _each(self, call: Node, module: Module, fields: Any, style: Style | None = None) -> None:
        """Register what the call registers: once, or once for each way to reach it when it depends on that."""
        ways = self.calls.ways(call, module, bind=False)
        made = [(way, fields(way)) for way in ways]
        if any(_depends(held) for _, held in made):
            ways = self.calls.ways(call, module, bind=True)
            made = [(way, fields(way)) for way in ways]
        elif made:
            # Nothing of it depends on the callers, but whether it is reached may.
            around = self.calls.ways(call, module, bind=True)
            maybe = all(way.conditional or way.open for way in around)
            made = [(replace(way, conditional=way.conditional or maybe), held) for way, held in made]
        for way, held in made:
            self._take(held, call, module, way, style)

    def _take(self, held: Any, call: Node, module: Module, way: Way, style: Style | None) -> None:
        found = (
            held
            if isinstance(held, Unknown)
            else definition(held, call, module, self._style(module, style), raw_shape=True)
        )
        if isinstance(found, Unknown):
            self._opened(call, module, _unfollowed(found, way))
            return
        key, name = self._server(call, module, way)
        found.server, found.server_name, found.conditional = key, name, way.conditional or way.open
        self._keep(found)

    def _keep(self, found: Found) -> None:
        name = found.definition["name"]
        for index, other in enumerate(self.reading.found):
            if other.definition["name"] == name and (
                other.spot == found.spot or not found.server or other.server == found.server
            ):
                if len(other.notes.unread) > len(found.notes.unread) and other.spot == found.spot:
                    self.reading.found[index] = found
                return
        self.reading.found.append(found)

    # Handlers of tools/list

    def _handler(self, call: Node, given: list[Node], module: Module) -> None:
        if len(given) < 2 or not _LISTS.search(module.raw(given[0])):
            return
        if module.raw(given[0]).endswith(("ResourcesRequestSchema", "PromptsRequestSchema")) or (
            _OF_LIBRARY.search(module.raw(given[1])) and "this" in module.raw(given[1])
        ):
            return
        ways = self.calls.ways(call, module, bind=True)
        for way in ways[:_FEW]:
            function = self.evaluator.value(given[1], module, way.env)
            if not isinstance(function, Function):
                self._opened(call, module, _UNFOLLOWED_HANDLER)
                continue
            for value, conditional in self._returned(function):
                self._listed(value, call, module, None, conditional=conditional)

    def _returned(self, function: Function) -> list[tuple[Any, bool]]:
        """The lists of tools that a handler returns."""
        body = function.node.child_by_field_name("body")
        if body is not None and body.type == "statement_block":
            returns = own_returns(body)
            values = [
                self.evaluator.value(found.named_children[0], function.module, function.env)
                for found in returns
                if found.named_children
            ]
        else:
            values = [self.evaluator.value(body, function.module, function.env)]
        found = [
            (value.items["tools"] if isinstance(value, Table) and "tools" in value.items else value) for value in values
        ]
        return [(value, len(found) > 1) for value in found]

    def _listed(
        self, value: Any, call: Node, module: Module, style: Style | None, *, conditional: bool = False
    ) -> None:
        if isinstance(value, Table) and value.items and "name" not in value.items:
            value = Items(list(value.items.values()), value.spot, partial=value.partial)
        if not isinstance(value, Items) or is_open(value.partial):
            self._opened(call, module, _UNFOLLOWED_LIST)
        if not isinstance(value, Items):
            return
        for index, item in enumerate(value.items):
            fields = item.items if isinstance(item, Table) else self._of_object(item)
            found = (
                definition(fields, call, module, self._style(module, style), raw_shape=False)
                if fields is not None
                else _gap(item)
            )
            if fields is None or isinstance(found, Unknown):
                self._opened(call, module, _UNFOLLOWED_LIST)
                continue
            spot = _origin(item.spot, fields["name"].spot)
            home = self._module_of(spot.file) or module
            found.spot = spot
            found.references = [
                replace(found.references[0], file=spot.file, line=spot.line, **_lines(home, spot)),
                *found.references[1:],
            ]
            found.server, found.server_name = self._server(call, module, None)
            found.conditional = conditional or index in value.maybe
            self._forget_changed(found, home)
            self._keep(found)

    def _is_passing(self, word: Node, module: Module) -> bool:
        """Whether what is assigned to is a loop's variable or a parameter, so that any definition may be meant."""
        member = module.parent(word)
        value = self.evaluator.value(member.child_by_field_name("object") if member is not None else None, module, {})
        return _depends(value)

    def _opened(self, call: Node, module: Module, what: str) -> None:
        """Remember that a registration cannot be followed, unless it is a library's own inside a bundle."""
        if _is_library(call, module):
            return
        self.open.add(module.path)
        if (gap := (what, module.spot(call))) not in self.reading.gaps:
            self.reading.gaps.append(gap)

    def _module_of(self, file: str) -> Module | None:
        return self.modules.shown_as(file)

    # Definitions that are registered by code that cannot be followed

    def _definitions(self) -> None:
        words = [f"{key}".encode() for key in SCHEMAS[:5]] + [b"schema", b"argsShape"]
        for module in self.modules.holding([word for word in words if self.modules.mention(word)]):
            if b"description" not in module.text:
                continue
            for word in module.at(_OBJECTS):
                holder = module.parent(word)
                around = module.parent(holder) if holder is not None and holder.type == "pair" else holder
                if around is not None and around.type == "object":
                    self._written(around, module)
            for word in module.at(_CLASSES):
                holder = module.parent(word)
                if (
                    holder is not None
                    and holder.type in ("public_field_definition", "field_definition")
                    and (body := module.parent(holder)) is not None
                ):
                    self._class(body, module)

    def _written(self, node: Node, module: Module) -> None:
        keys = {
            module.raw(pair.child_by_field_name("key") or pair).strip("\"'"): pair
            for pair in node.named_children
            if pair.type in ("pair", "method_definition")
        }
        keys |= {
            module.raw(child): child for child in node.named_children if child.type == "shorthand_property_identifier"
        }
        if not {"name", "description"} <= keys.keys() or not _is_definition(set(keys)):
            return
        value = self._passed(node, module, self.evaluator.value(node, module, {}))
        if isinstance(value, Table):
            self._take_written(value.items, node, module)

    def _passed(self, node: Node, module: Module, value: Any) -> Any:
        """A definition as it is after the tree's own function that it is given to, or returned to, has changed it."""
        call = _call_around(node, module)
        if call is None or not isinstance(value, Table):
            return value
        if not isinstance(self.evaluator.value(call.child_by_field_name("function"), module, {}), Function):
            return value
        made = self.evaluator.value(call, module, {})
        if isinstance(made, Function):
            made = self.evaluator.returned(made, made.env, 0)
        if isinstance(made, Table) and isinstance(made.items.get("name"), Scalar):
            return made
        used = (holder := module.parent(call)) is not None and holder.type not in ("expression_statement", "arguments")
        if not used or (isinstance(made, Scalar) and made.value is None):
            return value
        doubt = self.evaluator.unknown(call, module, "may be changed")
        return replace(
            value, items={key: item if key == "name" else doubted(item, doubt) for key, item in value.items.items()}
        )

    def _take_written(self, fields: dict[str, Any], node: Node, module: Module) -> None:
        name, schema = fields.get("name"), next((fields[key] for key in SCHEMAS if key in fields), None)
        if not isinstance(name, Scalar) or not isinstance(name.value, str) or not _NAME.fullmatch(name.value):
            return
        described = fields.get("description")
        if (
            not isinstance(schema, Table | Zod | Unknown)
            or not isinstance(described, Scalar | Unknown | Function)
            or _depends(schema)
        ):
            return
        found = definition(fields, node, module, self._style(module, None), raw_shape=True)
        if (
            isinstance(found, Found)
            and self._is_used(node, module)
            and all(other.definition["name"] != found.definition["name"] for other in self.reading.found)
        ):
            found.conditional = True
            self._forget_changed(found, module)
            self.reading.found.append(found)

    def _is_used(self, node: Node, module: Module) -> bool:
        """Whether the variable or class that holds a definition is named anywhere else: else it is left over."""
        holder = module.parent(node)
        while holder is not None and holder.type in (
            "call_expression",
            "arguments",
            "as_expression",
            "satisfies_expression",
            "parenthesized_expression",
        ):
            holder = module.parent(holder)
        owner = node if node.type == "class_declaration" else holder
        named = (
            owner.child_by_field_name("name")
            if owner is not None and owner.type in ("variable_declarator", "class_declaration")
            else None
        )
        if named is None:
            return True
        word = re.compile(rb"(?<![\w$])" + re.escape(module.raw(named).encode()) + rb"(?![\w$])")
        uses = sum(len(word.findall(text)) for text in self.modules.texts(module.raw(named).encode()))
        # Beside its declaration, CommonJS names it once more only to export it.
        return uses > (3 if b"Object.defineProperty(exports" in module.text[:2000] else 1)

    def _forget_changed(self, found: Found, module: Module) -> None:
        """A field that code around the definitions assigns anew is not known any more."""
        for path in sorted({module.path, *self.open}):
            home = self.modules.parse(path)
            if home is None or len(home.text) > 500_000:
                continue
            for word in home.at(_CHANGED):
                key = home.raw(word)
                if key in found.definition and self._is_passing(word, home):
                    del found.definition[key]
                    found.notes.unread = [gap for gap in found.notes.unread if not gap.pointer.startswith(f"/{key}")]
                    found.notes.miss(f"/{key}", self.evaluator.unknown(word, home, "is assigned anew"), key)

    def _class(self, body: Node, module: Module) -> None:
        owner = module.parent(body)
        if owner is None or owner.type == "abstract_class_declaration":
            return
        held = Class(owner, module, {}, module.spot(owner))
        fields = {
            key: classes.of_instance(self.evaluator, held, key, 0)
            for key in ("name", "toolName", "title", "description", "annotations", *SCHEMAS)
        }
        fields = {key: item for key, item in fields.items() if item is not None}
        fields.setdefault("name", fields.get("toolName"))
        if "Tool" in module.raw(owner.child_by_field_name("name") or owner)[:80] or "Tool" in _heritage(owner, module):
            self._take_written(fields, owner, module)

    # What stands around

    def _style(self, module: Module, style: Style | None) -> Style:
        if style is None and module.path in self.styles:
            return self.styles[module.path]
        made = self._style_of(module, style)
        if style is None:
            self.styles[module.path] = made
        return made

    def _style_of(self, module: Module, style: Style | None) -> Style:
        manifest = self.modules.manifest_of(module.path)
        needed: dict[str, Any] = {}
        for key in ("devDependencies", "peerDependencies", "dependencies"):
            held = manifest.get(key)
            needed |= held if isinstance(held, dict) else {}
        zod = str(needed.get("zod", ""))
        if found := _ZOD.search(module.text):
            zod = found.group(1).decode()
        if style is not None:
            return replace(style, zod=3) if re.match(r"\D*3", zod) else style
        return style_of("2" if "@modelcontextprotocol/server" in needed else "1", zod)

    def _server(self, call: Node, module: Module, way: Way | None) -> tuple[str, str | None]:
        """Which server a call is made on: where it is made, and its name."""
        callee = call.child_by_field_name("function")
        receiver = callee.child_by_field_name("object") if callee is not None else None
        if receiver is None:
            return "", None
        value = self.evaluator.value(receiver, module, way.env if way else {})
        if isinstance(value, External) and value.name.endswith(".server"):
            value = None
        if not isinstance(value, Instance):
            return "", None
        given = self.evaluator.arguments(value.node)
        info = self.evaluator.value(given[0], value.module, value.env) if given else None
        name = info.items.get("name") if isinstance(info, Table) else None
        return f"{value.spot.file}:{value.spot.line}", name.value if isinstance(name, Scalar) and isinstance(
            name.value, str
        ) else None

    def _is_server(self, call: Node, module: Module) -> bool:
        """Whether `.tool(` is called on something that is called, or made, like a server."""
        callee = call.child_by_field_name("function")
        receiver = callee.child_by_field_name("object") if callee is not None else None
        if receiver is None:
            return False
        if re.search(r"server|mcp|this$", module.raw(receiver)[-60:], re.IGNORECASE):
            return True
        value = self.evaluator.value(receiver, module, {})
        if not _depends(value):
            return self._serves(value)
        ways = self.calls.ways(call, module, bind=True)[:_FEW]
        found = [self.evaluator.value(receiver, module, way.env) for way in ways]
        # A registering function that is handed on as a value, so that its server cannot be told.
        passed = len(self.evaluator.arguments(call)) > 2 and any(_depends(one) for one in found)
        return passed or any(self._serves(one) for one in found)

    def _serves(self, value: Any) -> bool:
        """Whether a value is an object of a class that is, or whose package is, one of the protocol's."""
        if not isinstance(value, Instance):
            return False
        if isinstance(value.callee, External):
            return "mcp" in value.callee.name.lower()
        return isinstance(value.callee, Class) and isinstance(
            classes.of_instance(self.evaluator, value.callee, "registerTool", 0), Function
        )


def _origin(item: Spot, name: Spot) -> Spot:
    """Where a listed tool is written: where its name is, when it was only copied into the list."""
    inside = item.file == name.file and item.line <= name.line <= (item.end_line or item.line)
    return item if inside else name


def _gap(value: Any) -> Unknown:
    return (
        value
        if isinstance(value, Unknown)
        else Unknown(f"is computed at {value.spot.file}:{value.spot.line}", value.spot)
    )


def _call_around(node: Node, module: Module) -> Node | None:
    """The call that an object is given to, or that a function is given to which returns it."""
    around = module.parent(node)
    while around is not None and around.type in _PASSING:
        if around.type == "arguments":
            return module.parent(around)
        around = module.parent(around)
    return None


def _unfollowed(name: Unknown, way: Way) -> str:
    """Why a registered tool cannot be told."""
    reason = re.sub(r" at \S+:\d+$", "", name.reason)
    if way.open or reason.startswith("depends on the loop"):
        return "tools are registered in a loop whose list cannot be followed"
    return f"a tool is registered whose name {reason}"


def _depends(held: Any) -> bool:
    """Whether something in a registration depends on a parameter of the functions around it."""
    values = list(held.values()) if isinstance(held, dict) else [held]
    return any(
        isinstance(value, Unknown)
        and value.reason.startswith(("depends on the parameter", "depends on the loop", "depends on the object"))
        for value in values
    )


def _are_hints(value: Any) -> bool:
    return (
        isinstance(value, Table)
        and bool(value.items)
        and all(key.endswith("Hint") or key == "title" for key in value.items)
        and not any(isinstance(v, Zod) for v in value.items.values())
    )


def _is_library(call: Node, module: Module) -> bool:
    """Whether the call is a library's own plumbing inside a bundle."""
    callee = call.child_by_field_name("function")
    if callee is None or not module.raw(callee).startswith(("this.", "super.")):
        return False
    return len(module.text) > 500_000 or _OWN_METHOD.search(module.text) is not None


def _is_definition(keys: set[str]) -> bool:
    """Whether an object's keys are those of a tool rather than of some other thing with a name and a description."""
    if keys & {"uri", "uriTemplate", "mimeType", "list"}:
        return False
    if keys & {"inputSchema", "input_schema", "paramsSchema", "argsSchema", "argsShape"}:
        return True
    return bool(keys & {"handler", "execute", "run", "callback", "call", "fn"}) and bool(
        keys & {"parameters", "schema", "inputs", "input", "params"}
    )


def _heritage(owner: Node, module: Module) -> str:
    found = next((child for child in owner.named_children if child.type == "class_heritage"), None)
    return module.raw(found) if found is not None else ""


def _lines(module: Module, spot: Any) -> dict[str, Any]:
    last = min(spot.end_line or spot.line, spot.line + 11)
    return {"end_line": last, "code": "\n".join(line[:200] for line in module.lines[spot.line - 1 : last])}
