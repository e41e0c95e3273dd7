"""TypeScript and compiled JavaScript read from their source: what the SDK sent for the same files (`listed.json`)."""

from __future__ import annotations

import json

import pytest

from scorer.cli.app import run
from scorer.sources import open_source


def read(folder):
    return open_source(str(folder))


def definitions(found):
    return {tool.name: tool for server in found.servers for tool in server.tools}


@pytest.mark.parametrize("name", ["lighthouse", "kiosk"])
def test_the_definitions_are_those_that_the_sdk_sent(root, name):
    folder = root / "tests/fixtures/code" / name
    found = definitions(read(folder))
    listed = json.loads((folder / "listed.json").read_text())["tools"]
    for tool in listed:
        # The patterns that zod adds to formats are the one thing that is left out.
        tool["inputSchema"].get("properties", {}).get("seen", {}).pop("pattern", None)
        assert found[tool["name"]].definition == tool
        assert not found[tool["name"]].unread
    assert found.keys() - {tool["name"] for tool in listed} <= {"put_out"}


def test_servers_are_told_apart_and_conditions_are_marked(root):
    found = read(root / "tests/fixtures/code/kiosk")
    assert [(server.server_name, [tool.name for tool in server.tools]) for server in found.servers] == [
        ("till", ["count_coins", "refund"]),
        ("kiosk", ["sell_paper", "close_kiosk"]),
    ]
    assert definitions(read(root / "tests/fixtures/code/lighthouse"))["put_out"].conditional


def test_build_output_is_left_out_beside_its_source(root):
    assert "1 build output beside its source" in read(root / "tests/fixtures/code/lighthouse").left_out


def test_a_place_is_the_words_own(root):
    folder = root / "tests/fixtures/code/lighthouse"
    tool = definitions(read(folder))["turn_beam"]
    places = {place.pointer: place for place in tool.places}
    assert (places["/description"].file, places["/description"].line) == (str(folder / "src/words.ts"), 4)
    bearing = places["/inputSchema/properties/bearing/description"]
    line = (folder / "src/schemas.ts").read_text().split("\n")[bearing.line - 1]
    assert line[bearing.column - 1 :].startswith("Degrees from north")
    assert bearing.verbatim


HEAD = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\nconst server = new McpServer({ name: "s" });\n'
LISTED = "srv.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));"

# source -> the tools' names, pointers of the first that are unread
SHAPES = {
    "method": ('server.registerTool("a", {description: load(), inputSchema: {x: z.string()}}, f);', ["a"], ["/description"]),
    "spread": ('server.registerTool("a", {description: "A.", ...more()}, f);', ["a"], ["/inputSchema"]),
    "loop": ('const tools = [{name: "a", description: "A."}]; tools.forEach((t) => server.registerTool(t.name, t, f));', ["a"], []),
    "entries": ('const tools = {a: {description: "A."}}; for (const [n, t] of Object.entries(tools)) server.registerTool(n, t, f);', ["a"], []),
    "class": ('class T { name = "a"; description = "A."; schema = z.object({x: z.string()}); } server.addTool(new T());', ["a"], []),
    "handler": ('const tools = []; tools.push({name: "a", description: "A.", inputSchema: {type: "object"}}); ' + LISTED, ["a"], []),
    "concat": ('server.tool("a", "A" + ["b", "c"].join("\\n") + `d`, {}, f);', ["a"], []),
    "lazy": ('for (const t of loadTools()) server.registerTool(t.name, t, f); const one = {name: "a", description: "A.", inputSchema: z.object({}), handler: f}; export const all = [one];', ["a"], []),
    "prompt": ('server.registerPrompt("p", {description: "P."}, f); server.registerTool("a", {}, f);', ["a"], []),
    "other": ('agent.tool("b", "B.", {}, f); server.registerTool("a", {}, f);', ["a"], []),
    "many calls": ("function add(n) { server.registerTool(n, {}, f); }" + "".join(f' add("t{i}");' for i in range(60)), [f"t{i}" for i in range(60)], []),
    "objects": ('class B { constructor(n) { this.name = n; } into(s) { s.registerTool(this.name, {description: this.text()}, f); } } class C extends B { constructor() { super("a"); } text() { return "A."; } } class D extends B { constructor() { super("b"); } text() { return "B."; } } for (const t of [new C(), new D()]) t.into(server);', ["a", "b"], []),
    "parameter properties": ('class T { constructor(private name: string) {} into(s: McpServer) { s.registerTool(this.name, {}, f); } } new T("a").into(server);', ["a"], []),
    "push in a loop": ('const tools = []; for (const n of ["a", "b"]) tools.push({name: n, description: n, inputSchema: {type: "object"}}); ' + LISTED, ["a", "b"], []),
    "mapped entries": ('const made = {a: {text: "A."}, b: {text: "B."}}; const tools = Object.entries(made).map(([name, one]) => ({name, description: one.text, inputSchema: {type: "object"}})); ' + LISTED, ["a", "b"], []),
    "map": ('const held = new Map([["a", {description: "A."}]]); held.set("b", {description: "B."}); for (const [n, t] of held) server.registerTool(n, t, f);', ["a", "b"], []),
    "set": ('const on = new Set(["a"]); for (const n of ["a", "b"].filter((n) => on.has(n))) server.registerTool(n, {}, f);', ["a"], []),
    "bound method": ('class S { constructor() { this.srv.setRequestHandler(ListToolsRequestSchema, this.list.bind(this)); } list() { return {tools: [{name: "a", description: "A.", inputSchema: {type: "object"}}]}; } }', ["a"], []),
    "overloads": ('server.tool("a", f); server.tool("b", {x: z.string()}, f); server.tool("c", "C.", f); server.tool("d", "D.", {x: z.string()}, {readOnlyHint: true}, f);', ["a", "b", "c", "d"], []),
    "satisfies": ('const tools: Tool[] = [{name: "a", description: "A.", inputSchema: {type: "object"}} satisfies Tool]; ' + LISTED, ["a"], []),
    "assigned anew": ('let d = "A."; if (load()) d = "B."; server.registerTool("a", {description: d}, f);', ["a"], ["/description"]),
    "key under a condition": ('const s = {x: z.string()}; if (load()) s.y = z.string(); server.registerTool("a", {inputSchema: s}, f);', ["a"], ["/inputSchema"]),
    "key that is computed": ('const s = {}; for (const k of load()) s[k] = z.string(); server.registerTool("a", {inputSchema: s}, f);', ["a"], ["/inputSchema"]),
    "changed on the way": ('const page = (o) => (t) => ({...t, schema: {...(o.paged ? {page: z.number()} : {}), ...t.schema}}); const one = page(opts())({name: "a", description: "A.", schema: {x: z.string()}, handler: f}); for (const t of loadAll([one])) server.registerTool(t.name, t, f);', ["a"], ["/inputSchema"]),
}  # fmt: skip


def script(folder, code):
    (folder / "index.ts").write_text(HEAD + code)
    return folder


@pytest.mark.parametrize("name", SHAPES)
def test_the_ways_in_which_people_register(tmp_path, name):
    code, names, unread = SHAPES[name]
    found = definitions(read(script(tmp_path, code)))
    assert list(found) == names
    assert [gap.pointer for gap in found[names[0]].unread] == unread
    if name == "concat":
        assert found["a"].description == "Ab\ncd"


# expression of a description -> what it says
TEXTS = {
    "added to": ('let d = "A"; d += ", b"; d += ".";', "d", "A, b."),
    "a condition that holds": ('function say(o) { let d = "A."; if (o.more) { d += " B."; } else { d = "C."; } return d; }', "say({more: 1})", "A. B."),
    "several returns": ('function say(k) { if (k === "x") return "X."; return "Y."; }', 'say("x") + say("z")', "X.Y."),
    "rest": ('const say = (...p) => p.join(" ");', 'say("A", "b.")', "A b."),
    "enum": ('enum E { A = "one", B = "two" }', "`Pick ${E.B}.`", "Pick two."),
    "compiled enum": ('var E; (function (E) { E["A"] = "one"; E["B"] = "two"; })(E || (E = {}));', "`Pick ${E.B}.`", "Pick two."),
    "compiled numbers": ('var E; (function (E) { E[E["A"] = 0] = "A"; E[E["B"] = 1] = "B"; })(E || (E = {}));', "`Pick ${E.B}.`", "Pick 1."),
    "constants": ('const K = {D: "Desc."} as const;', 'K["D"]', "Desc."),
    "filtered": ("", '["A.", undefined, "B."].filter(Boolean).join(" ")', "A. B."),
    "shadowed": ('let d = "A."; function other(d) { d = "B."; return d; }', "d", "A."),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_the_ways_in_which_people_compose_a_text(tmp_path, name):
    before, expression, text = TEXTS[name]
    found = definitions(read(script(tmp_path, f'{before} server.registerTool("a", {{description: {expression}}}, f);')))
    assert (found["a"].description, found["a"].unread) == (text, ())


# expression of a shape -> its properties, those that are required
SCHEMAS = {
    "extend and omit": ("base.extend({q: z.string()}).omit({y: true}).shape", ["x", "q"], ["x", "q"]),
    "partial": ("base.partial().shape", ["x", "y"], []),
    "pick and merge": ("base.pick({x: true}).merge(z.object({n: z.boolean()})).shape", ["x", "n"], ["x", "n"]),
    "spread": ("{...base.shape, k: z.string()}", ["x", "y", "k"], ["x", "k"]),
    "tagged union": ('{w: z.discriminatedUnion("k", [z.object({k: z.literal("u")}), z.object({k: z.literal("v")})])}', ["w"], ["w"]),
    "zod 4": ("z.strictObject({e: z.email(), u: z.url().optional(), i: z.int(), t: z.iso.datetime()})", ["e", "u", "i", "t"], ["e", "i", "t"]),
    "keys in a loop": ("keyed", ["p", "q"], ["p", "q"]),
    "values of an enum": ("{x: z.nativeEnum(E), y: z.enum(Object.values(E))}", ["x", "y"], ["x", "y"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_ways_in_which_people_write_schemas(tmp_path, name):
    expression, properties, required = SCHEMAS[name]
    before = 'const base = z.object({x: z.string(), y: z.number().optional()}); enum E { A = "a" } const keyed = {}; for (const k of ["p", "q"]) keyed[k] = z.string();'
    code = f'{before} server.registerTool("a", {{description: "A.", inputSchema: {expression}}}, f);'
    found = definitions(read(script(tmp_path, code)))["a"]
    assert (list(found.input_schema["properties"]), found.input_schema.get("required", [])) == (properties, required)
    assert not found.unread


LOOP, LIST, HANDLER = (
    "tools are registered in a loop whose list cannot be followed",
    "tools are listed that cannot be followed",
    "tools/list is answered by a function that cannot be followed",
)
# source -> what is said to be missing beside tool `a`
GAPS = {
    "loop over a call": ("for (const t of load()) server.registerTool(t.name, t, f);", LOOP),
    "loop over data": ('import data from "./list.json"; for (const t of data) server.registerTool(t.name, t, f);', LOOP),
    "callbacks": ("load().forEach((t) => server.registerTool(t.name, t, f));", LOOP),
    "list with more": ('for (const t of [{name: "b"}, ...more()]) server.registerTool(t.name, t, f);', LOOP),
    "list that grows elsewhere": ("const tools = []; export function put(t) { tools.push(t); } " + LISTED, LIST),
    "handler": ("srv.setRequestHandler(ListToolsRequestSchema, load());", HANDLER),
    "name": ("server.registerTool(load(), {}, f);", "a tool is registered whose name is computed"),
    "nothing": ('for (const n of ["b"]) server.registerTool(n, {}, f);', None),
    "environment": ('const tools = ["b", ...(process.env.MORE ? ["c"] : [])]; for (const n of tools) server.registerTool(n, {}, f);', None),
    "a call that looks like a library's own": ("class Own { start(tools) { this.srv.setRequestHandler(ListToolsRequestSchema, () => ({ tools })); } }\naddTool(server, () => { f(); });", LIST),
    "a library's own": ("class Own { addTool(tool) { this.all.push(tool); } start(tools) { this.srv.setRequestHandler(ListToolsRequestSchema, () => ({ tools })); } }".replace("addTool", "\naddTool"), None),
}  # fmt: skip


@pytest.mark.parametrize("name", GAPS)
def test_registrations_that_cannot_be_followed_are_said_with_their_place(tmp_path, name):
    code, said = GAPS[name]
    found = read(script(tmp_path, code + '\nserver.registerTool("a", {description: "A."}, f);'))
    assert "a" in definitions(found)
    assert found.gaps == (() if said is None else (f"{said} at {tmp_path}/index.ts:4",))


def test_extract_says_that_the_set_is_incomplete(tmp_path, capsys):
    script(tmp_path, GAPS["loop over a call"][0] + '\nserver.registerTool("a", {description: "A."}, f);')
    assert run(["extract", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "partly read: there may be more tools" in said
    assert f"not read: {LOOP} at {tmp_path}/index.ts:4" in said
    assert run(["extract", str(script(tmp_path, 'server.registerTool("a", {description: "A."}, f);'))]) == 0
    assert "partly read" not in capsys.readouterr().err


def test_what_the_environment_may_change_is_shown_and_not_graded(tmp_path):
    code = """
const SAFE = process.env.SAFE === "true";
server.registerTool("a", { description: SAFE ? "Safe." : "All.", inputSchema: { x: z.string(), ...(SAFE ? {} : { y: z.string() }) } }, f);
if (SAFE) server.registerTool("b", { description: `At most ${process.env.LIMIT ?? 5}.` }, f);
"""
    found = definitions(read(script(tmp_path, code)))
    assert (found["a"].description, list(found["a"].input_schema["properties"])) == ("All.", ["x", "y"])
    assert [gap.reason.split(" at ")[0] for gap in found["a"].unread] == [
        "description depends on SAFE in the environment",
        "inputSchema depends on SAFE in the environment",
    ]
    assert found["b"].conditional
    assert found["b"].description == "At most 5."
    assert [gap.pointer for gap in found["b"].unread] == ["/description"]


# files -> the tools' names and descriptions
TREES = {
    "default export": ({"tool.ts": 'export default {name: "a", description: "A."};', "index.ts": 'import one from "./tool.js"; server.registerTool(one.name, one, f);'}, {"a": "A."}),
    "export of everything": ({"words.ts": 'export const TEXT = "A.";', "all.ts": 'export * from "./words.js";', "index.ts": 'import { TEXT } from "./all.js"; server.registerTool("a", {description: TEXT}, f);'}, {"a": "A."}),
    "renamed in a bundle": ({"chunk.js": 'function v(e) { e.registerTool("a", {description: "A."}, f); } export { v as n };', "index.js": 'import { n as q } from "./chunk.js"; q(server);'}, {"a": "A."}),
    "name from a chunk": ({"chunk.js": "function v(e, t) { e.registerTool(t, {description: `Do ${t}.`}, f); } export { v as n };", "index.js": 'import { n as q } from "./chunk.js"; q(server, "a"); q(server, "b");'}, {"a": "Do a.", "b": "Do b."}),
    "alias": ({"tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}', "src/words.ts": 'export const TEXT = "A.";', "src/index.ts": 'import { TEXT } from "@/words"; server.registerTool("a", {description: TEXT}, f);'}, {"a": "A."}),
    "alias of another name": ({"tsconfig.json": '{"compilerOptions": {"baseUrl": ".", /* note */ "paths": {"$lib/*": ["./source/*"],}}}', "source/words.ts": 'export const TEXT = "A.";', "index.ts": 'import { TEXT } from "$lib/words"; server.registerTool("a", {description: TEXT}, f);'}, {"a": "A."}),
    "package of the same repository": ({"packages/words/package.json": '{"name": "@own/words"}', "packages/words/src/index.ts": 'export const TEXT = "A.";', "packages/app/package.json": '{"name": "@own/app"}', "packages/app/src/index.ts": 'import { TEXT } from "@own/words"; server.registerTool("a", {description: TEXT}, f);'}, {"a": "A."}),
    "generated client beside the build": ({"package.json": "{}", "src/client.ts": "export const paths = {};", "dist/index.js": 'server.registerTool("a", {description: "A."}, f);'}, {"a": "A."}),
    "caller that mentions no tools": ({"parts.js": 'export function put(s) { s.registerTool("a", {description: "A."}, f); }', "index.js": 'import { put } from "./parts.js"; put(server);'}, {"a": "A."}),
}  # fmt: skip


@pytest.mark.parametrize("name", TREES)
def test_what_is_spread_over_files(tmp_path, name):
    files, described = TREES[name]
    for path, text in files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((HEAD if path.endswith(("index.ts", "index.js")) else "") + text)
    found = read(tmp_path)
    assert {name: tool.description for name, tool in definitions(found).items()} == described
    assert not found.gaps
