"""A dependency-free MCP server over stdio with one mode per behaviour: `python stdio_server.py MODE [FILE]`.

FILE, where given, receives the ids of the processes, one a line.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

MODERN, LEGACY = "2026-07-28", "2025-11-25"
MODE = sys.argv[1]
SCHEMA = {"type": "object", "properties": {"city": {"type": "string", "description": "City to look up."}}}
INFO = {"name": f"fixture-{MODE}", "version": "1.2.3"}


def tool(name: str, **extra: object) -> dict[str, object]:
    return {"name": name, "description": f"Get {name} of a city.", "inputSchema": SCHEMA, **extra}


def write(message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def record(pid: int) -> None:
    if len(sys.argv) > 2:
        with Path(sys.argv[2]).open("a") as file:
            file.write(f"{pid}\n")


def result(request: dict, **value: object) -> None:
    write({"jsonrpc": "2.0", "id": request["id"], "result": value})


def error(request: dict, code: int, message: str, data: object = None) -> None:
    write({"jsonrpc": "2.0", "id": request["id"], "error": {"code": code, "message": message, "data": data}})


def ask_client(method: str) -> dict:
    """Asks and waits, as a server does that will not go on before it is answered."""
    write({"jsonrpc": "2.0", "id": f"ask-{method}", "method": method, "params": {}})
    while line := sys.stdin.readline():
        answer = json.loads(line)
        if answer.get("id") == f"ask-{method}":
            return answer
    sys.exit(9)


def discover(request: dict) -> None:
    if MODE in {"ok-2026", "slow-2026"}:
        meta = request["params"]["_meta"]
        assert meta["io.modelcontextprotocol/protocolVersion"] == MODERN
        assert meta["io.modelcontextprotocol/clientCapabilities"] == {}
        value = {"supportedVersions": [MODERN], "capabilities": {"tools": {}}, "resultType": "complete"}
        result(request, **value, _meta={"io.modelcontextprotocol/serverInfo": INFO})
    elif MODE == "future":
        error(request, -32022, "Unsupported protocol version", {"supported": ["2031-01-01"], "requested": MODERN})
    elif MODE == "dies-of-probe":
        sys.exit(4)
    elif MODE != "silent-on-probe":
        error(request, -32601, "Method not found: server/discover")


def initialize(request: dict) -> None:
    if MODE in {"ok-2026", "slow-2026"}:
        error(request, -32022, "Unsupported protocol version", {"supported": [MODERN]})
        return
    if MODE == "refuses":
        error(request, -32000, f"no access with {os.environ.get('FIXTURE_TOKEN')}")
        return
    capabilities = {} if MODE == "no-tools" else {"tools": {}}
    result(request, protocolVersion=LEGACY, capabilities=capabilities, serverInfo=INFO)


def modern(request: dict) -> None:
    assert request["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] == MODERN
    result(request, tools=[tool("weather")], resultType="complete", ttlMs=0, cacheScope="private")


def paged(request: dict, last: int = 2) -> None:
    page = int((request.get("params") or {}).get("cursor", 0))
    more = {"nextCursor": str(page + 1)} if page < last else {}
    result(request, tools=[tool(f"page_{page}")], **more)


def hang(_: dict) -> None:
    record(os.getpid())
    time.sleep(600)


def ask_first(request: dict) -> None:
    pong, roots, sample = (ask_client(m) for m in ("ping", "roots/list", "sampling/createMessage"))
    write({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "hello"}})
    answered = pong.get("result") == {} and roots["error"]["code"] == sample["error"]["code"] == -32601
    result(request, tools=[tool("answered" if answered else "ignored")])


def huge_line(request: dict) -> None:
    sys.stdout.write(f'{{"jsonrpc":"2.0","id":{request["id"]},"result":{{"tools":["')
    for _ in range(50):
        sys.stdout.write("x" * (1 << 20))
    sys.stdout.write('"]}}\n')
    sys.stdout.flush()


def deep(request: dict) -> None:
    schema: dict = {"type": "string"}
    for _ in range(230):
        schema = {"type": "object", "properties": {"a": schema}}
    result(request, tools=[tool("deep") | {"inputSchema": schema}])


def surrogate(request: dict) -> None:
    text = json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": {"tools": [tool("half")]}})
    sys.stdout.write(text.replace("Get half", "Get \\ud83d half") + "\n")
    sys.stdout.flush()


def unterminated(request: dict) -> None:
    text = json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": {"tools": [tool("weather")]}})
    os.write(1, text.encode())
    os._exit(0)


def oddities() -> list[object]:
    return [tool("weather"), 5, {"name": "boolean", "inputSchema": True}, {"description": "nameless"}]


def novelties() -> list[object]:
    hints = {"readOnlyHint": True, "newHint": 1}
    return [tool("weather", novelty={"deep": [1, {"x": None}]}, annotations=hints)]


LISTS = {
    "ok-2026": modern,
    "slow-2026": modern,
    "paged": paged,
    "endless-pages": lambda request: paged(request, 10**9),
    "repeated-cursor": lambda request: result(request, tools=[tool("weather")], nextCursor="7"),
    "dies-of-list": lambda _: sys.exit(5),
    "hangs": hang,
    "error": lambda request: error(request, -32603, "database is\ndown"),
    "bad-entry": lambda request: result(request, tools=oddities()),
    "unknown-fields": lambda request: result(request, tools=novelties()),
    "asks-client": ask_first,
    "env-echo": lambda r: result(r, tools=[tool("environment", description=" ".join(sorted(os.environ)))]),
    "secret-echo": lambda r: result(
        r, tools=[tool("leak", description=f"Uses {os.environ['FIXTURE_TOKEN']} to log in.")]
    ),
    "huge-line": huge_line,
    "not-a-list": lambda request: result(request, tools={"weather": {}}),
    "list-result": lambda request: write({"jsonrpc": "2.0", "id": request["id"], "result": [tool("weather")]}),
    "deep": deep,
    "surrogate": surrogate,
    "string-id": lambda r: write({"jsonrpc": "2.0", "id": str(r["id"]), "result": {"tools": [tool("weather")]}}),
    "unterminated": unterminated,
    "no-tools-listed": lambda request: result(request, tools=[]),
}


def list_tools(request: dict) -> None:
    LISTS.get(MODE, lambda request: result(request, tools=[tool("weather")]))(request)


HANDLERS = {"server/discover": discover, "initialize": initialize, "tools/list": list_tools}


def start() -> None:
    record(os.getpid())
    if MODE == "dies":
        print(
            "Traceback (most recent call last):\n  at start\nRuntimeError: FIXTURE_TOKEN is \x1b[31mmissing\x1b[0m",
            file=sys.stderr,
        )
        sys.exit(3)
    if MODE == "ignores-sigterm":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if MODE == "spawns-grandchild":
        child = subprocess.Popen(
            [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"]
        )
        record(child.pid)
    if MODE in {"noise", "noise-dies"}:
        print("Starting up...\n\n{'not': json}\n[1, 2]\n\u001b[32mready\u001b[0m", flush=True)
        os.write(1, b"\xff\xfe broken bytes\n")
    if MODE == "noise-dies":
        sys.exit(0)
    if MODE in {"slow-2026", "slow-2025"}:
        time.sleep(0.6)
    if MODE == "chatty-stderr":
        sys.stderr.write("warming up\n" * 200_000)


def serve() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        assert request.get("method") != "tools/call"
        if handler := HANDLERS.get(request.get("method")):
            handler(request)
    if MODE == "ignores-sigterm":
        time.sleep(600)


if __name__ == "__main__":
    start()
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve()
