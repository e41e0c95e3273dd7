"""A dependency-free HTTP server, one path per behaviour; it counts on nothing but what a request carries.

`start()` runs it in a thread on a free port of the loopback interface; `Server.seen` holds the headers of every request.
"""

from __future__ import annotations

import gzip
import json
import queue
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODERN, LEGACY = "2026-07-28", "2025-06-18"
INFO = {"name": "http-fixture", "version": "4.5.6"}


def tool(name: str, **extra: object) -> dict[str, object]:
    return {"name": name, "description": f"Get {name}.", "inputSchema": {"type": "object"}, **extra}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    other = ""
    stopping = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.streams: dict[str, queue.Queue[str]] = {}

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass

    @property
    def mode(self) -> str:
        return self.path.split("?")[0].strip("/")

    def reply(self, status: int, body: bytes = b"", media_type: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(body)

    def do_DELETE(self) -> None:
        self.seen()
        self.reply(405)

    def do_GET(self) -> None:
        self.seen()
        if self.mode == "old/sse":
            self.event_stream("/old/message")
        elif self.mode == "old/foreign":
            self.event_stream("http://127.0.0.1:9/elsewhere")
        elif self.mode == "old/locked":
            self.reply(401)
        elif self.mode in {"html", "page"}:
            self.reply(200, b"<html>Hello</html>", "text/html; charset=utf-8")
        else:
            self.reply(405)

    def event_stream(self, endpoint: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        session = str(len(self.server.streams) + 1)
        events = self.server.streams[session] = queue.Queue()
        self.wfile.write(f"event: endpoint\ndata: {endpoint}?session={session}\n\n".encode())
        with suppress(ConnectionError):
            while not self.server.stopping:
                with suppress(queue.Empty):
                    self.wfile.write(f"event: message\ndata: {events.get(timeout=0.1)}\n\n".encode())

    def seen(self) -> None:
        self.server.seen.append((self.command, self.path, dict(self.headers)))

    def do_POST(self) -> None:
        self.seen()
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert request["method"] != "tools/call"
        if self.mode in REFUSALS:
            self.reply(REFUSALS[self.mode], b"no", "text/plain")
        elif self.mode in ODD:
            ODD[self.mode](self)
        elif self.mode == "old/message":
            self.server.streams[self.path.partition("=")[2]].put(json.dumps(self.answer(request) or {}))
            self.reply(202)
        else:
            self.message(request)

    def hang(self) -> None:
        while not self.server.stopping:
            time.sleep(0.05)

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(2)

    def huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(ConnectionError):
            for _ in range(200):
                self.wfile.write(b" " * (1 << 20))

    def message(self, request: dict) -> None:
        answer = self.answer(request)
        if answer is None:
            self.reply(202)
        elif self.mode in {"events", "surrogate-events"}:
            notice = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "x"}}
            text = "".join(f"event: message\ndata: {json.dumps(m)}\n\n" for m in (notice, answer))
            self.reply(200, self.halved(text), "text/event-stream")
        else:
            session = {"Mcp_Session_Id": "s-1"} if request["method"] == "initialize" and self.mode == "stateful" else {}
            self.reply(400 if "error" in answer else 200, self.halved(json.dumps(answer)), **session)

    def halved(self, text: str) -> bytes:
        """With half a surrogate pair in the description, as JavaScript cuts an emoji."""
        return (text.replace("Get weather", "Get \\ud83d") if self.mode.startswith("surrogate") else text).encode()

    def answer(self, request: dict) -> dict | None:
        if "id" not in request:
            return None
        body = {"jsonrpc": "2.0", "id": request["id"]}
        result = self.result(request)
        if result is None:
            message = "not here" if self.mode != "echo-error" else f"denied for {self.headers['Authorization']}"
            return body | {"error": {"code": -32601, "message": message}}
        return body | {"result": result}

    def result(self, request: dict) -> dict | None:
        method, params = request["method"], request.get("params") or {}
        if method == "server/discover" and self.mode == "modern":
            value = {"supportedVersions": [MODERN], "capabilities": {"tools": {}}, "resultType": "complete"}
            return value | {"_meta": {"io.modelcontextprotocol/serverInfo": INFO}}
        if method == "initialize" and self.mode not in {"modern", "echo-error"}:
            return {"protocolVersion": LEGACY, "capabilities": {"tools": {}}, "serverInfo": INFO}
        if method == "tools/list":
            return self.tools(params)
        return None

    def tools(self, params: dict) -> dict | None:
        version = self.headers.get("Mcp-Protocol-Version")
        if self.mode == "modern" and not (
            version == MODERN and self.headers["Mcp-Method"] == "tools/list" and "_meta" in params
        ):
            return None
        if self.mode == "stateful" and not (version == LEGACY and self.headers.get("Mcp-Session-Id") == "s-1"):
            return None
        if self.mode == "paged":
            page = int(params.get("cursor", 0))
            return {"tools": [tool(f"page_{page}")]} | ({"nextCursor": str(page + 1)} if page < 2 else {})
        if self.mode == "echo":
            return {"tools": [tool("leak", description=f"Call with {self.headers['Authorization']}.")]}
        if self.mode == "bad-entry":
            return {"tools": [tool("weather", novelty=[1]), None, {"name": "b", "inputSchema": True}]}
        return {"tools": [tool("weather")]}


REFUSALS = {"unauthorized": 401, "forbidden": 403, "gone": 404, "broken": 500, "busy": 429}
REFUSALS |= {"page": 405, "old/sse": 405, "old/foreign": 405, "old/locked": 405}
ODD = {
    "html": lambda handler: handler.reply(200, b"<html>Hello</html>", "text/html"),
    "away": lambda handler: handler.reply(307, Location=f"{handler.server.other}/legacy?key=abcdefgh"),
    "here": lambda handler: handler.reply(307, Location="/legacy"),
    "gzip": lambda handler: handler.reply(200, gzip.compress(b"{}"), Content_Encoding="gzip"),
    "invalid": lambda handler: handler.reply(200, b'{"jsonrpc": "2.0", "id": 1, "result": {"tools": [}'),
    "huge": Handler.huge,
    "hang": Handler.hang,
    "closes": Handler.hang_up,
}


@contextmanager
def start():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping = True
        server.shutdown()
        server.server_close()
        thread.join()
