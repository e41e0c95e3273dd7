"""The official SDK's own servers, in both of its styles: `python sdk_server.py STYLE` over stdio, or `... http`.

`http` serves every style and transport on its own free port of the loopback interface and prints {variant: url} on one line.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys

import mcp_types as types
import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.mcpserver import MCPServer
from mcp.server.stdio import stdio_server

SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string", "description": "City to look up."}},
    "required": ["city"],
}


def declarative() -> MCPServer:
    server = MCPServer("declared", version="2.0.1", log_level="ERROR")

    @server.tool()
    def get_weather(city: str, days: int = 3) -> str:
        """Forecast for a city, one line a day.

        Args:
            city: Name of the city.
            days: Days to look ahead.
        """
        return f"{city} {days}"

    return server


async def page(context: object, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    first = params is None or params.cursor is None
    name = "get_weather" if first else "get_tides"
    tool = types.Tool(name=name, description=f"Call {name} for a city.", input_schema=SCHEMA)
    return types.ListToolsResult(tools=[tool], next_cursor="second" if first else None)


def handwritten() -> Server:
    return Server("handwritten", version="2.0.2", on_list_tools=page)


async def over_stdio(server: Server) -> None:
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def apps() -> dict[str, tuple[object, str]]:
    return {
        "declared": (declarative().streamable_http_app(), "/mcp"),
        "declared-json": (declarative().streamable_http_app(json_response=True), "/mcp"),
        "declared-stateless": (declarative().streamable_http_app(stateless_http=True), "/mcp"),
        "declared-sse": (declarative().sse_app(), "/sse"),
        "handwritten": (handwritten().streamable_http_app(), "/mcp"),
        "handwritten-json": (handwritten().streamable_http_app(json_response=True), "/mcp"),
    }


async def over_http() -> None:
    urls, servers = {}, []
    for variant, (app, path) in apps().items():
        listener = socket.create_server(("127.0.0.1", 0))
        urls[variant] = f"http://127.0.0.1:{listener.getsockname()[1]}{path}"
        servers.append(uvicorn.Server(uvicorn.Config(app, log_level="critical")).serve(sockets=[listener]))
    print(json.dumps(urls), flush=True)
    await asyncio.gather(*servers)


if __name__ == "__main__":
    if sys.argv[1] == "http":
        asyncio.run(over_http())
    elif sys.argv[1] == "declared":
        declarative().run()
    else:
        asyncio.run(over_stdio(handwritten()))
