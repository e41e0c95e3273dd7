"""Which library a server is made with: its classes by their dotted names, in the versions that differ in what they send."""

from __future__ import annotations

from enum import StrEnum


class Dialect(StrEnum):
    """How a registration becomes a definition."""

    SDK1 = "mcp 1"
    SDK2 = "mcp 2"
    FASTMCP2 = "fastmcp 2"
    FASTMCP = "fastmcp 3 and later"
    LOW = "low-level"
    OTHER = "another library"


_SERVERS = {
    "mcp.server.fastmcp.FastMCP": Dialect.SDK1,
    "mcp.server.fastmcp.server.FastMCP": Dialect.SDK1,
    "mcp.server.mcpserver.MCPServer": Dialect.SDK2,
    "mcp.server.mcpserver.server.MCPServer": Dialect.SDK2,
    "mcp.server.MCPServer": Dialect.SDK2,
    "mcp.MCPServer": Dialect.SDK2,
    "fastmcp.FastMCP": Dialect.FASTMCP,
    "fastmcp.server.FastMCP": Dialect.FASTMCP,
    "fastmcp.server.server.FastMCP": Dialect.FASTMCP,
    "fastmcp.server.FastMCP.as_proxy": Dialect.FASTMCP,
    "mcp.server.Server": Dialect.LOW,
    "mcp.server.lowlevel.Server": Dialect.LOW,
    "mcp.server.lowlevel.server.Server": Dialect.LOW,
}
_TOOLS = frozenset(
    {"mcp.types.Tool", "mcp_types.Tool", "mcp.Tool", "mcp.server.types.Tool", "mcp.server.fastmcp.types.Tool"}
)


def of_class(name: str) -> Dialect | None:
    """The dialect of a server class, None for any other class."""
    return _SERVERS.get(name)


def is_tool_class(name: str) -> bool:
    """Whether a class is the protocol's own `Tool`."""
    return name in _TOOLS


def other_library(name: str) -> str:
    """The package of a dotted name that is a library for servers, but none whose rules are known; "" for any other."""
    package = name.split(".", maxsplit=1)[0].split("(", maxsplit=1)[0]
    return package if "mcp" in package.lower() and not is_package(package) else ""


def is_package(name: str) -> bool:
    """Whether a dotted name is of one of the libraries."""
    return name.split(".", maxsplit=1)[0] in ("mcp", "fastmcp", "mcp_types")
