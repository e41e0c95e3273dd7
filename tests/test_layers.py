"""The layers stay layers: who may import whom, and which third parties stay behind which fence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "scorer"
FILES = sorted(PACKAGE.rglob("*.py"))
GROUND = {"models", "text", "assets", "errors", "version"}
SCORING = {"signals", "facts", "judge", "scorecard", "risk", "gate", "catalog", "config"}
PHASES = SCORING | {"sources", "calibration", "outputs", "github"}
DRIVERS = {"corpus", "improve", "init"}
MAY_IMPORT = {
    **{unit: {"models"} for unit in GROUND},
    "assets": {"errors"},
    **dict.fromkeys(PHASES, GROUND),
    "judging": GROUND | SCORING,
    "engine": GROUND | SCORING | {"judging"},
    **dict.fromkeys(DRIVERS, GROUND | PHASES | {"engine", "judging"}),
    "scorer": GROUND | PHASES | DRIVERS | {"engine"},
    "cli": GROUND | PHASES | DRIVERS | {"engine", "judging", "scorer"},
    "__main__": {"cli"},
}
FENCES = {
    "mcp": {"sources/live"},
    "anyio": {"sources/live"},
    "httpx2": {"sources/live", "github/client"},
    "anthropic": {"judge/client"},
    "jinja2": {"outputs/html", "outputs/corpus_html", "outputs/templates", "judge/prompt"},
    "markupsafe": {"outputs/html", "outputs/templates"},
    "typer": {"cli"},
    "rich": {"cli", "outputs/text", "outputs/cells"},
    "pydantic": {"outputs/json", "judge/answers", "judge/drafting", "sources/python_code"},
    "pydantic_core": {"outputs/json", "sources/python_code"},
    "annotated_types": {"sources/python_code"},
    "griffe": {"sources/python_code"},
    "tree_sitter": {"sources/typescript_code"},
    "tree_sitter_typescript": {"sources/typescript_code"},
    "yaml": {"catalog", "risk"},
    "jsonschema": {"signals", "risk"},
    "jsonschema_rs": {"signals"},
    "Stemmer": {"text"},
    "numpy": {"calibration"},
    "scipy": {"calibration"},
    "sklearn": {"calibration"},
    "threadpoolctl": {"calibration"},
    "pyarrow": {"corpus"},
    "fsspec": {"corpus/store", "corpus/pieces"},
    "duckdb": {"corpus"},
    "distributed": {"corpus/on_dask"},
}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path) for path in FILES}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at the top or inside a function, for types only or not."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in names}
    return found


def unit(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "scorer"


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_imports_only_what_lies_below(path):
    own = unit(module_name(path))
    reached = {unit(name) for name in imports(path) if name.split(".")[0] == "scorer"}
    assert reached - {own} <= MAY_IMPORT[own], f"{module_name(path)} reaches over its layer"


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_third_parties_stay_behind_their_fences(path):
    own = path.relative_to(PACKAGE).with_suffix("").as_posix()
    for third_party in {name.split(".")[0] for name in imports(path)} & FENCES.keys():
        assert any(own == place or own.startswith(f"{place}/") for place in FENCES[third_party]), (
            f"{own} imports {third_party}"
        )


def test_no_import_cycles():
    graph = {module_name(path): imports(path) & MODULES for path in FILES}
    # Importing a module imports its packages first.
    for module, reached in graph.items():
        reached |= {
            parent
            for name in reached
            for parent in parents(name)
            if parent != "scorer" and not module.startswith(parent)
        }
    done: set[str] = set()
    for module in graph:
        walk(module, graph, (), done)


def parents(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts))}


def walk(module, graph, above, done):
    assert module not in above, " -> ".join([*above[above.index(module) :], module]) if module in above else ""
    if module not in done:
        for reached in sorted(graph[module] - {module}):
            walk(reached, graph, (*above, module), done)
        done.add(module)
