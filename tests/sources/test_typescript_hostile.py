"""TypeScript and JavaScript that is broken, huge or made to do harm: read without running it, in a few seconds, and nothing outside the tree."""

from __future__ import annotations

import time

import pytest

from scorer.sources import open_source

HEAD = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\nconst server = new McpServer({ name: "s" });\n'
TOOL = 'server.registerTool("a", { description: "A.", inputSchema: { x: z.string() } }, f);\n'
# Seconds of processor time that any of these trees may take; they take a few, and would take hours without a limit.
MOST = 15

BRANCHES = "".join(f"if (q{i}) d = d + d;\n" for i in range(200))
DEEP = "".join(f"const o{i} = {{...o{i + 1}, ...o{i + 1}, a: [o{i + 1}, o{i + 1}]}};\n" for i in range(60))
CALLS = "".join(f"function f{i}(x) {{ return f{i + 1}(x) + f{i + 1}(x) + f{i + 1}(x); }}\n" for i in range(60))
CLASSES = "".join(
    f"class C{i} extends C{(i + 1) % 50} {{ get name() {{ return this.name + this.other; }} get other() {{ return this.name; }} }}\n"
    for i in range(50)
)
MUTATED = "const o = {};\n" + "".join(
    f"if (o.k{i} && o.k{i + 1}) o.k{i} = {{...o, v: o.k{i + 1}}};\n" for i in range(200)
)
PUSHED = (
    "const l = [1, 2];\n" + "for (const a of l) for (const b of l) for (const c of l) l.push(...l, a, b, c);\n" * 30
)
LOOPS = (
    "const l = ["
    + "1," * 300
    + "];\n"
    + "for (const a of l) for (const b of l) for (const c of l) server.registerTool(`t${a}${b}${c}`, {}, f);\n"
)

# files -> what is said, "" for nothing
TREES = {
    "syntax error": ({"index.ts": HEAD + TOOL + 'server.registerTool("b", { description: '}, ""),
    "broken file beside": ({"index.ts": HEAD + TOOL, "b.ts": "}}}} registerTool( <<< `"}, "b.ts is no TypeScript"),
    "not utf-8": ({"index.ts": ("// caf\xe9\n" + HEAD + TOOL).encode("latin-1")}, ""),
    "utf-16": ({"index.ts": (HEAD + TOOL).encode("utf-16")}, ""),
    "byte order mark and crlf": ({"index.ts": b"\xef\xbb\xbf" + (HEAD + TOOL).replace("\n", "\r\n").encode()}, ""),
    "nul": ({"index.ts": HEAD + TOOL + "\0\0"}, ""),
    "imports in circles": ({"index.ts": HEAD + 'import { A } from "./b.js";\nexport { A } from "./b.js";\n' + TOOL + "server.registerTool(A, {}, f);", "b.ts": 'export * from "./index.js";\nexport * from "./b.js";\nexport { A } from "./index.js";'}, "a tool is registered whose name"),
    "aliases out of the tree": ({"tsconfig.json": '{"compilerOptions": {"baseUrl": "../..", "paths": {"*": ["../../etc/*", "/etc/*"]}}}', "index.ts": HEAD + 'import x from "passwd";\n' + TOOL + "server.registerTool(x, {}, f);"}, "a tool is registered whose name"),
    "aliases that are none": ({"tsconfig.json": '{"compilerOptions": {"baseUrl": 1, "paths": {"a": "b", "c": [1], "**": []}}}', "index.ts": HEAD + 'import x from "ab";\n' + TOOL}, ""),
    "names of prototypes": ({"index.ts": HEAD + TOOL + 'const o = {}; o.__proto__ = {name: "b"}; server.registerTool(o.constructor, {}, f);'}, "a tool is registered whose name"),
    "branches that double": ({"index.ts": HEAD + f'let d = "x";\n{BRANCHES}server.registerTool("b", {{description: d}}, f);\n' + TOOL}, ""),
    "text that doubles": ({"index.ts": HEAD + 'let d = "x";\n' + "d += d;\n" * 200 + 'server.registerTool("b", {description: d}, f);\n' + TOOL}, ""),
    "objects that double": ({"index.ts": HEAD + DEEP + 'const o60 = {a: 1};\nserver.registerTool("b", o0, f);\n' + TOOL}, ""),
    "calls that triple": ({"index.ts": HEAD + CALLS + 'function f60(x) { return f0(x); }\nserver.registerTool("b", {description: f0("x")}, f);\n' + TOOL}, ""),
    "classes in circles": ({"index.ts": HEAD + CLASSES + "server.addTool(new C0());\n" + TOOL}, "a tool is registered whose name"),
    "an object that changes itself": ({"index.ts": HEAD + MUTATED + 'server.registerTool("b", o, f);\n' + TOOL}, ""),
    "a list that grows by itself": ({"index.ts": HEAD + PUSHED + "for (const t of l) server.registerTool(t, {}, f);\n" + TOOL}, "tools are registered in a loop"),
    "loops in loops": ({"index.ts": HEAD + LOOPS + TOOL}, "tools are registered in a loop"),
    "brackets": ({"index.ts": HEAD + TOOL + "const n = " + "[" * 20_000 + "]" * 20_000 + ";\nfor (const t of n) server.registerTool(t, {}, f);\n"}, ""),
    "operators": ({"index.ts": HEAD + TOOL + 'server.registerTool("b", {description: ' + '"x" + ' * 20_000 + '"y"}, f);\n'}, ""),
    "a line of 5 MB": ({"index.js": HEAD + TOOL + "const big = [" + '{a:"x",b:1},' * 400_000 + "];"}, ""),
    "a bundle of names": ({"index.js": HEAD + "".join(f"var a{i}=a{i + 1},b{i}=function(){{return a{i}}};" for i in range(60_000)) + "\n" + TOOL}, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", TREES)
def test_hostile_code_is_read_in_seconds(tmp_path, case):
    files, said = TREES[case]
    for path, content in files.items():
        (tmp_path / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    started = time.process_time()
    found = open_source(str(tmp_path))
    assert time.process_time() - started < MOST
    tools = {tool.name: tool for server in found.servers for tool in server.tools}
    assert tools["a"].description == "A."
    assert any(said in gap for gap in found.gaps) if said else True


HARM = """
import fs from "node:fs";
const ran = (() => { fs.writeFileSync("canary", ""); return "b"; })();
class Harm { constructor() { fs.writeFileSync("canary", ""); } get name() { fs.writeFileSync("canary", ""); return "c"; } static { fs.writeFileSync("canary", ""); } }
let d = "D."; if (fs.writeFileSync("canary", "") === undefined) d += eval("require('fs').writeFileSync('canary', '')");
for (const t of [new Harm()]) { fs.writeFileSync("canary", ""); server.addTool(t); }
server.registerTool(ran, { description: d }, f);
new Map([["x", fs.writeFileSync("canary", "")]]).forEach((t) => server.registerTool(t, {}, f));
"""


def test_nothing_of_it_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "index.ts").write_text(HEAD + HARM + TOOL)
    (tmp_path / "package.json").write_text('{"scripts": {"prepare": "touch canary", "build": "touch canary"}}')
    open_source(str(tmp_path))
    assert not (tmp_path / "canary").exists()


def test_links_and_paths_do_not_lead_out_of_the_tree(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.ts").write_text('export const TEXT = "secret";\n' + HEAD + TOOL.replace('"a"', '"b"'))
    (inside / "linked.ts").symlink_to(outside / "secret.ts")
    (inside / "round").symlink_to(inside)
    imports = 'import { TEXT } from "./linked.js";\nimport { TEXT as T2 } from "../outside/secret.js";\n'
    uses = 'server.registerTool("c", { description: TEXT }, f);\nserver.registerTool("d", { description: T2 }, f);\n'
    (inside / "index.ts").write_text(HEAD + imports + TOOL + uses)
    tools = {tool.name: tool for server in open_source(str(inside)).servers for tool in server.tools}
    assert [(name, tool.description) for name, tool in tools.items()] == [("a", "A."), ("c", None), ("d", None)]
    assert all("is not in the tree" in tools[name].unread[0].reason for name in ("c", "d"))
