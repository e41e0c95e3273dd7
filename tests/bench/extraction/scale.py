"""A large tree of our own making: how long reading it takes, and how much memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILES = 2_000
# Every how many files one registers a tool; the rest is code as any program has it.
_TOOLS_EVERY = 10

_SCRIPT_HEAD = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nexport const server = new McpServer({ name: "large" });\n'
_SCRIPT_TOOL = """import { z } from "zod";
import { server } from "./main.js";
import { LIMIT } from "./partBEFORE.js";
server.registerTool("read_row_AT", {
  description: `Read row AT of the ledger, at most ${LIMIT} at once.`,
  inputSchema: { row: z.number().int().min(1).describe("Row of the ledger."), sheet: z.enum(["in", "out"]).optional() },
}, async ({ row }) => ({ content: [] }));
"""
_PYTHON_HEAD = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('large')\n"
_PYTHON_TOOL = """from typing import Literal
from main import mcp
from partBEFORE import LIMIT
@mcp.tool(description=f"Read row AT of the ledger, at most {LIMIT} at once.")
def read_row_AT(row: int, sheet: Literal["in", "out"] = "in") -> str:
    return str(row)
"""
_SCRIPT_CODE = "export const LIMIT = AT;\n" + "".join(
    "export function stepI(x: number): number { const y = x + I; return y > LIMIT ? y : stepI(y + 1); }\n".replace(
        "I(", f"{i}("
    ).replace("+ I", f"+ {i}")
    for i in range(40)
)
_PYTHON_CODE = "LIMIT = AT\n" + "".join(
    f"def step{i}(x: int) -> int:\n    y = x + {i}\n    return y if y > LIMIT else step{i}(y + 1)\n" for i in range(40)
)


def measured() -> list[str]:
    """A line for each language: files, tools found, seconds, peak megabytes, and the marks to meet."""
    forms = {
        "TypeScript": (".ts", _SCRIPT_HEAD, _SCRIPT_TOOL, _SCRIPT_CODE),
        "Python": (".py", _PYTHON_HEAD, _PYTHON_TOOL, _PYTHON_CODE),
    }  # fmt: skip
    return [_measured(language, *form) for language, form in forms.items()]


def _measured(language: str, ending: str, head: str, tool: str, code: str) -> str:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place, "large")
        root.mkdir()
        (root / f"main{ending}").write_text(head)
        for at in range(1, FILES):
            text = tool if at % _TOOLS_EVERY == 0 else code
            (root / f"part{at}{ending}").write_text(text.replace("AT", str(at)).replace("BEFORE", str(at - 1)))
        seconds, busy, megabytes, said = _extracted(root, Path(place, "tools.json"))
    times = f"{seconds:.1f} s of which {busy:.1f} s on a processor (at most 3)"
    return f"{FILES} files of {language}: {said}; {times}, {megabytes:.0f} MB (at most 300)"


def _extracted(root: Path, target: Path) -> tuple[float, float, float, str]:
    started = time.perf_counter()
    command = [str(Path(sys.executable).parent / "toolmark"), "extract", str(root), "--output", str(target)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(said)
    return (
        time.perf_counter() - started,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        said.split("\n", 1)[0],
    )
