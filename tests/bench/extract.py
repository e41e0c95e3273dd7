"""How well definitions are read from source code: against what public servers serve.

    python tests/bench/extract.py CACHE [--live] [--only NAME ...]

CACHE: a folder of yours; packages are installed there once (pip and npm, without their dependencies unless --live).
--live: start each server and compare with its listing; else with the listings captured in the shared folder (TOOLMARK_SHARED).
Nothing of a package is run without --live. Versions in CACHE may be newer than the captures; delete a folder there to renew it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import Path
from time import process_time
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TOOLMARK_SHARED", ROOT.parent / "shared"))
sys.path.insert(0, str(ROOT))

from scorer.errors import ToolmarkError  # noqa: E402
from scorer.signals import measure  # noqa: E402
from scorer.sources import open_source  # noqa: E402
from scorer.sources.live import list_stdio  # noqa: E402


class Server(NamedTuple):
    """A public server. start: its command once it is installed. pins: what else pip must install. key: a variable it wants to see set."""

    name: str
    language: str
    package: str
    start: str
    pins: str = ""
    key: str = ""
    elsewhere: bool = False


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
    # Not on the list that the project was written against.
    Server("flux159k8s", "TypeScript", "mcp-server-kubernetes", "mcp-server-kubernetes"),
    Server("gitlab", "TypeScript", "@zereight/mcp-gitlab", "mcp-gitlab", key="GITLAB_PERSONAL_ACCESS_TOKEN"),
)  # fmt: skip


def fetched(server: Server, cache: Path) -> Path:
    """The package's own files, without its dependencies."""
    folder = cache / "code" / server.package.replace("/", "+")
    if folder.is_dir():
        return folder
    folder.mkdir(parents=True)
    if server.language == "Python":
        run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), server.package])
        return folder
    packed = run(["npm", "pack", "--silent", server.package], cwd=folder).strip().splitlines()[-1]
    with tarfile.open(folder / packed) as archive:
        archive.extractall(folder, filter="data")
    (folder / packed).unlink()
    return folder


def run(command: list[str], cwd: Path | None = None) -> str:
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


def served(server: Server, cache: Path, *, live: bool) -> dict[str, object]:
    """What the server lists, by name."""
    if live:
        tools = list_stdio(installed(server, cache), env={server.key: "x"} if server.key else {}, timeout=120).tools
        return {tool.name: tool for tool in tools}
    captured = open_source(str(SHARED / "bench" / "servers" / f"{server.name}.json"))
    return {tool.name: tool for tool in captured.tools}


def installed(server: Server, cache: Path) -> list[str]:
    """The command of a server that is installed with its dependencies."""
    home = cache / "run" / server.package.replace("/", "+")
    first, *rest = server.start.split()
    if server.language == "Python":
        if not home.is_dir():
            run([sys.executable, "-m", "venv", str(home)])
            run(
                [
                    str(home / "bin/python"),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    server.package,
                    *filter(None, [server.pins]),
                ]
            )
        return [str(home / "bin" / first), *rest]
    if not home.is_dir():
        home.mkdir(parents=True)
        run(["npm", "init", "-y"], cwd=home)
        run(["npm", "install", "--silent", server.package], cwd=home)
    return [str(home / "node_modules/.bin" / first), *rest]


class Score(NamedTuple):
    served: int = 0
    found: int = 0
    extra: int = 0
    plain_extra: int = 0
    description: int = 0
    names: int = 0
    required: int = 0
    same: int = 0

    def plus(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def compare(listed: dict, read: dict) -> tuple[Score, Counter]:
    """Figures for one server, and why its fields differ."""
    common = [name for name in listed if name in read]
    causes: Counter = Counter()
    for name in listed:
        if name not in read:
            causes["tool not found"] += 1
    pairs = [(listed[name], read[name]) for name in common]
    same = {key: [equal(key, a, b) for a, b in pairs] for key in ("description", "names", "required")}
    for key, answers in same.items():
        for (_, tool), answer in zip(pairs, answers, strict=True):
            if not answer:
                causes[f"{key}: {cause(tool, key)}"] += 1
    extra = [tool for name, tool in read.items() if name not in listed]
    hashes = sum(measure(a).context.input_hash == measure(b).context.input_hash for a, b in pairs)
    plain = sum(not tool.conditional for tool in extra)
    return Score(len(listed), len(common), len(extra), plain, *(sum(same[key]) for key in same), hashes), causes


def equal(key: str, a, b) -> bool:
    if key == "description":
        return (a.description or "") == (b.description or "")
    schemas = [tool.input_schema or {} for tool in (a, b)]
    field = "properties" if key == "names" else "required"
    return sorted(schemas[0].get(field, ())) == sorted(schemas[1].get(field, ()))


def cause(tool, key: str) -> str:
    """Said by the reader itself, or not noticed by it."""
    wanted = "/description" if key == "description" else "/inputSchema"
    gap = next((gap for gap in tool.unread if gap.pointer.startswith(wanted)), None)
    return "said to be unread" if gap else "NOT NOTICED"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--live", action="store_true")
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    print(
        f"{'server':13} {'served':>6} {'found':>5} {'recall':>7} {'extra':>5} {'uncond.':>7} {'descr.':>7} {'names':>7} {'requir.':>7} {'hash':>7} {'CPU s':>6}"
    )
    totals: dict[str, Score] = {}
    for server in SERVERS:
        if not asked.only or server.name in asked.only:
            score = show(server, asked.cache, live=asked.live)
            if score and not server.elsewhere:
                totals[server.language] = totals.get(server.language, Score()).plus(score)
    for language, score in totals.items():
        print(line(language, score, None))


def show(server: Server, cache: Path, *, live: bool) -> Score | None:
    try:
        listed, folder = served(server, cache, live=live), fetched(server, cache)
    except (ToolmarkError, OSError, subprocess.CalledProcessError) as error:
        print(f"{server.name:13} could not be compared: {error}")
        return None
    started = process_time()
    try:
        tree = open_source(str(folder))
        read = {tool.name: tool for one in tree.servers for tool in one.tools}
    except ToolmarkError as error:
        tree, read = None, {}
        print(f"{server.name:13} {error}{' (its definitions are in a dependency)' if server.elsewhere else ''}")
    spent = process_time() - started
    score, causes = compare(listed, read)
    if read or not server.elsewhere:
        print(line(server.name, score, spent))
        for what, count in causes.items():
            print(f"{'':13} {count} x {what}")
        for gap in (tree.gaps if tree else ())[:3]:
            print(f"{'':13} said: {gap[:150]}")
    return score


def line(name: str, score: Score, spent: float | None) -> str:
    def share(part: int, whole: int) -> str:
        return f"{100 * part / whole:6.1f}%" if whole else "      -"

    shares = " ".join(share(part, score.found) for part in (score.description, score.names, score.required, score.same))
    cpu = f"{spent:6.1f}" if spent is not None else ""
    return f"{name:13} {score.served:6} {score.found:5} {share(score.found, score.served)} {score.extra:5} {score.plain_extra:7} {shares} {cpu}"


if __name__ == "__main__":
    main()
