"""Public servers that answer `tools/list` without an account."""

from __future__ import annotations

from typing import NamedTuple


class Server(NamedTuple):
    """A public server.

    start: its command once it is installed. pins: what else pip must install. key: a variable it wants to see set.
    elsewhere: its definitions are in a dependency. further: not on the list that the marks hold for.
    """

    name: str
    language: str
    package: str
    start: str
    pins: str = ""
    key: str = ""
    elsewhere: bool = False
    further: bool = False


SERVERS = (
    Server("git", "Python", "mcp-server-git", "mcp-server-git"),
    Server("time", "Python", "mcp-server-time", "mcp-server-time"),
    Server("fetch", "Python", "mcp-server-fetch", "mcp-server-fetch"),
    Server("arxiv", "Python", "arxiv-mcp-server", "arxiv-mcp-server"),
    Server("ddg", "Python", "duckduckgo-mcp-server", "duckduckgo-mcp-server"),
    Server("redis", "Python", "redis-mcp-server", "redis-mcp-server"),
    Server("markitdown", "Python", "markitdown-mcp", "markitdown-mcp"),
    Server("docxmcp", "Python", "docx-mcp-server", "docx-mcp-server", "mcp<2"),
    Server("papertoolkit", "Python", "paper-toolkit-mcp", "paper-toolkit-mcp", "mcp<2"),
    Server("openstocks", "Python", "open-stocks-mcp", "open-stocks-mcp-server --transport stdio", "mcp<2"),
    Server("pptx", "Python", "office-powerpoint-mcp-server", "ppt_mcp_server", "mcp<2"),
    Server("filesystem", "TypeScript", "@modelcontextprotocol/server-filesystem", "mcp-server-filesystem ."),
    Server("memory", "TypeScript", "@modelcontextprotocol/server-memory", "mcp-server-memory"),
    Server("everything", "TypeScript", "@modelcontextprotocol/server-everything", "mcp-server-everything"),
    Server("seqthink", "TypeScript", "@modelcontextprotocol/server-sequential-thinking", "mcp-server-sequential-thinking"),
    Server("cyangit", "TypeScript", "@cyanheads/git-mcp-server", "git-mcp-server"),
    Server("context7", "TypeScript", "@upstash/context7-mcp", "context7-mcp"),
    Server("firecrawl", "TypeScript", "firecrawl-mcp", "firecrawl-mcp", key="FIRECRAWL_API_KEY"),
    Server("exa", "TypeScript", "exa-mcp-server", "exa-mcp-server", key="EXA_API_KEY"),
    Server("sentry", "TypeScript", "@sentry/mcp-server", "sentry-mcp --access-token=x"),
    Server("mongodb", "TypeScript", "mongodb-mcp-server", "mongodb-mcp-server", elsewhere=True),
    Server("playwright", "TypeScript", "@playwright/mcp", "playwright-mcp", elsewhere=True),
    Server("flux159k8s", "TypeScript", "mcp-server-kubernetes", "mcp-server-kubernetes", further=True),
    Server("gitlab", "TypeScript", "@zereight/mcp-gitlab", "mcp-gitlab", key="GITLAB_PERSONAL_ACCESS_TOKEN", further=True),
    Server("ms365", "TypeScript", "@softeria/ms-365-mcp-server", "ms-365-mcp-server", further=True),
)  # fmt: skip
