"""TypeScript and compiled JavaScript read from their source: what the SDK sent for the same files (`listed.json`)."""

from __future__ import annotations

import json

import pytest

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


# source -> the tools' names, pointers that are unread
SHAPES = {
    "method": ('server.registerTool("a", {description: load(), inputSchema: {x: z.string()}}, f);', ["a"], ["/description"]),
    "spread": ('server.registerTool("a", {description: "A.", ...more()}, f);', ["a"], ["/inputSchema"]),
    "loop": ('const tools = [{name: "a", description: "A."}]; tools.forEach((t) => server.registerTool(t.name, t, f));', ["a"], []),
    "entries": ('const tools = {a: {description: "A."}}; for (const [n, t] of Object.entries(tools)) server.registerTool(n, t, f);', ["a"], []),
    "class": ('class T { name = "a"; description = "A."; schema = z.object({x: z.string()}); } server.addTool(new T());', ["a"], []),
    "handler": ('const tools = []; tools.push({name: "a", description: "A.", inputSchema: {type: "object"}}); s.setRequestHandler(ListToolsRequestSchema, () => ({tools}));', ["a"], []),
    "concat": ('server.tool("a", "A" + ["b", "c"].join("\\n") + `d`, {}, f);', ["a"], []),
    "lazy": ('for (const t of loadTools()) server.registerTool(t.name, t, f); const one = {name: "a", description: "A.", inputSchema: z.object({}), handler: f}; export const all = [one];', ["a"], []),
    "prompt": ('server.registerPrompt("p", {description: "P."}, f); server.registerTool("a", {}, f);', ["a"], []),
    "other": ('agent.tool("b", "B.", {}, f); server.registerTool("a", {}, f);', ["a"], []),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_the_ways_in_which_people_register(tmp_path, name):
    code, names, unread = SHAPES[name]
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\nconst server = new McpServer({ name: "s" });\n'
    (tmp_path / "index.ts").write_text(head + code)
    found = definitions(read(tmp_path))
    assert list(found) == names
    assert [gap.pointer for gap in found["a"].unread] == unread
    if name == "concat":
        assert found["a"].description == "Ab\ncd"


def test_what_the_environment_may_change_is_shown_and_not_graded(tmp_path):
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\nconst server = new McpServer({ name: "s" });\n'
    code = """
const SAFE = process.env.SAFE === "true";
server.registerTool("a", { description: SAFE ? "Safe." : "All.", inputSchema: { x: z.string(), ...(SAFE ? {} : { y: z.string() }) } }, f);
if (SAFE) server.registerTool("b", { description: `At most ${process.env.LIMIT ?? 5}.` }, f);
"""
    (tmp_path / "index.ts").write_text(head + code)
    found = definitions(read(tmp_path))
    assert (found["a"].description, list(found["a"].input_schema["properties"])) == ("All.", ["x", "y"])
    assert [gap.reason.split(" at ")[0] for gap in found["a"].unread] == [
        "description depends on SAFE in the environment",
        "inputSchema depends on SAFE in the environment",
    ]
    assert found["b"].conditional
    assert found["b"].description == "At most 5."
    assert [gap.pointer for gap in found["b"].unread] == ["/description"]
