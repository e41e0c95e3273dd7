"""Packages of the registries in a folder of the user's: their own files, or installed to be run."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING

from scorer.sources.live import list_stdio

if TYPE_CHECKING:
    from pathlib import Path

    from extraction.servers import Server
    from scorer.models.tool import Tool

_INSTALLING, _LISTING = 600, 90


def own_files(server: Server, cache: Path, version: str = "") -> Path:
    """The package's own files, without its dependencies; fetched once."""
    folder = cache / "code" / (server.package.replace("/", "+") + (f"@{version}" if version else ""))
    if folder.is_dir():
        return folder
    folder.mkdir(parents=True)
    try:
        (_python_files if server.language == "Python" else _npm_files)(server.package, version, folder)
    except (OSError, subprocess.SubprocessError):
        folder.rmdir()
        raise
    return folder


def _python_files(package: str, version: str, folder: Path) -> None:
    wanted = f"{package}=={version}" if version else package
    run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), wanted])


def _npm_files(package: str, version: str, folder: Path) -> None:
    packed = run(["npm", "pack", "--silent", f"{package}@{version or 'latest'}"], cwd=folder).strip().splitlines()[-1]
    with tarfile.open(folder / packed) as archive:
        archive.extractall(folder, filter="data")
    (folder / packed).unlink()


def listed(server: Server, cache: Path) -> tuple[dict[str, Tool], Path]:
    """What the running server lists, by name, and the files of the very version that ran. Its home is a folder of its own."""
    home = cache / "run" / server.package.replace("/", "+")
    if not (home / "done").exists():
        (_python_home if server.language == "Python" else _npm_home)(server, home)
        (home / "done").touch()
    first, *rest = server.start.split()
    program = home / ("bin" if server.language == "Python" else "node_modules/.bin") / first
    place = home / "home"
    place.mkdir(exist_ok=True)
    env = {"HOME": str(place), **({server.key: "x"} if server.key else {})}
    tools = list_stdio([str(program), *rest], env=env, cwd=str(place), timeout=_LISTING).tools
    return {tool.name: tool for tool in tools}, _running_files(server, home, cache)


def _python_home(server: Server, home: Path) -> None:
    run([sys.executable, "-m", "venv", str(home)])
    pins = [server.pins] if server.pins else []
    run([str(home / "bin/python"), "-m", "pip", "install", "--quiet", server.package, *pins])


def _npm_home(server: Server, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "package.json").write_text(json.dumps({"private": True}))
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", server.package], cwd=home)


def _running_files(server: Server, home: Path, cache: Path) -> Path:
    if server.language != "Python":
        return home / "node_modules" / server.package
    code = f"from importlib.metadata import version; print(version({server.package!r}))"
    return own_files(server, cache, run([str(home / "bin/python"), "-c", code]).strip())


def run(command: list[str], cwd: Path | None = None) -> str:
    """What a command prints. Raises subprocess.SubprocessError when it fails or takes ten minutes."""
    return subprocess.run(
        command, cwd=cwd, check=True, capture_output=True, text=True, timeout=_INSTALLING, stdin=subprocess.DEVNULL
    ).stdout
