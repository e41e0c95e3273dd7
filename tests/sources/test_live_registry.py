"""Real servers, installed from the registries and listed live. Needs the network; skips, saying why, without it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from scorer.sources.live import list_http, list_stdio

pytestmark = [pytest.mark.network, pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")]

INSTALL_SECONDS = 300
EVERYTHING = "@modelcontextprotocol/server-everything"


def install(*command: str, env: dict[str, str]) -> None:
    """Runs an installer, or skips with its last words."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    try:
        done = subprocess.run(
            command, env={**os.environ, **env}, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"{command[0]} took more than {INSTALL_SECONDS} s")
    if done.returncode:
        pytest.skip(f"{command[0]} could not install it: {(done.stderr.strip().splitlines() or ['?'])[-1]}")


@pytest.fixture(scope="session")
def python_packages(tmp_path_factory):
    """A folder with `mcp-server-time` and everything that it needs."""
    folder = tmp_path_factory.mktemp("python-packages")
    install(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "mcp-server-time", env={})
    return folder


@pytest.fixture(scope="session")
def npm_environment(tmp_path_factory):
    """Variables with which `npx` finds the everything server in a cache of its own, filled here."""
    cache = tmp_path_factory.mktemp("npm-cache")
    trusted = {name: os.environ[name] for name in ("NODE_EXTRA_CA_CERTS",) if name in os.environ}
    env = {"npm_config_cache": str(cache), "npm_config_update_notifier": "false", **trusted}
    install("npx", "--yes", "--package", EVERYTHING, "--", "node", "--version", env=env)
    return env


def test_a_python_server_over_stdio(python_packages):
    command = [sys.executable, "-m", "mcp_server_time", "--local-timezone", "UTC"]
    tools = list_stdio(command, env={"PYTHONPATH": str(python_packages)}, cwd=None, timeout=60, name=None)
    assert {tool.name for tool in tools.tools} == {"get_current_time", "convert_time"}
    assert tools.problems == ()
    assert all(tool.description and tool.input_schema for tool in tools.tools)


def test_a_node_server_over_stdio(npm_environment):
    tools = list_stdio(["npx", "-y", EVERYTHING], env=npm_environment, cwd=None, timeout=120, name=None)
    assert "echo" in {tool.name for tool in tools.tools}
    assert len(tools.tools) >= 5
    assert tools.kind == "stdio server"


def test_the_same_server_over_http(npm_environment):
    port = free_port()
    command = ["npx", "-y", EVERYTHING, "streamableHttp"]
    env = {**os.environ, **npm_environment, "PORT": str(port)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=env, start_new_session=True, **quiet)
    try:
        wait_for(port, process)
        tools = list_http(f"http://127.0.0.1:{port}/mcp", headers={}, timeout=60, name=None)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
    assert tools.kind == "Streamable HTTP server"
    assert "echo" in {tool.name for tool in tools.tools}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as client:
            client.settimeout(1)
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail(f"the server never listened (exit code {process.poll()})")
