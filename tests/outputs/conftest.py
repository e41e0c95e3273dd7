"""The sample report, and the same report with one text in place of every other."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scorer.outputs import render

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).parent
# Closed sets of the document, and what the renderers look things up by.
_KEPT = {"tier", "overall_tier", "description_quality_tier", "coherence_tier", "target", "status", "witness", "dimension", "pointer", "schema_version"}  # fmt: skip


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outputs_sample", HERE / "sample.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _poisoned(value: Any, text: str, *, keep: bool) -> Any:
    if is_dataclass(value):
        kept = (
            _KEPT
            | ({"id"} if type(value).__name__ == "DimensionText" or keep else set())
            | ({"kind"} if type(value).__name__ == "FactText" else set())
        )
        new = {f.name: getattr(value, f.name) for f in fields(value)}
        new = {key: old if key in kept else _poisoned(old, text, keep=keep) for key, old in new.items()}
        if type(value).__name__ == "Place" and value.start is not None:
            new |= {"start": 0, "end": len(text)}
        return type(value)(**new)
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(_poisoned(item, text, keep=keep) for item in value)
    return value


def _definition(text: str) -> dict[str, Any]:
    below = {"description": text, "default": text, "enum": [text], "type": text}
    return {"name": text, "description": text, "inputSchema": {"properties": {text: below}, "required": [text]}}


@pytest.fixture
def poisoned(sample):
    """A function (text, keep ids) -> a report in which every string that comes from outside is that text."""

    def build(text: str, *, keep: bool = True):
        report = _poisoned(sample.report((sample.SEARCH, sample.PROCESS)), text, keep=keep)
        return replace(report, tools=tuple(replace(card, definition=_definition(text)) for card in report.tools))

    return build


@pytest.fixture
def golden():
    """A function (name, text) that compares with `golden/name`; UPDATE_GOLDEN=1 writes the file instead."""

    def check(name: str, text: str) -> None:
        path = HERE / "golden" / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; UPDATE_GOLDEN=1 rewrites it"

    return check


@pytest.fixture(params=["report", "several", "unmeasured", "empty", "rich"])
def document(request, sample):
    """Each sample report in turn."""
    return getattr(sample, request.param)()


@pytest.fixture
def rendered(document):
    return lambda name: render(document, name)
