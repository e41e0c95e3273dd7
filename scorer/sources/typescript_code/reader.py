"""What the reading of a tree holds while it goes on: what was found, what cannot be followed, and which servers there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Unknown
from scorer.sources.typescript_code import classes
from scorer.sources.typescript_code.calls import Calls
from scorer.sources.typescript_code.define import SCHEMAS
from scorer.sources.typescript_code.evaluate import Evaluator
from scorer.sources.typescript_code.values import Class, Instance

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.found import Found, Reading
    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.modules import Modules
    from scorer.sources.typescript_code.zod_style import Style

# A class that is itself registered on: what its handlers list comes through the calls of this method.
_OWN_METHOD = re.compile(
    rb"^\s*(?:public\s+)?(?:addTool|registerTool)\s*(?:<[^>(]*>)?\([^()]*\)[^{;()]*\{", re.MULTILINE
)


class Reader:
    """homes: the modules that mention tools. open: the paths of those with registrations that cannot be followed. styles: known ones by path."""

    def __init__(self, modules: Modules, reading: Reading, homes: list[Module]) -> None:
        self.modules, self.reading, self.homes = modules, reading, homes
        self.evaluator = Evaluator(modules)
        self.calls = Calls(self.evaluator)
        self.open: set[str] = set()
        self.styles: dict[str, Style] = {}

    def keep(self, found: Found) -> None:
        """Add a tool, once for each server; of two readings of one place, the one with fewer gaps."""
        name = found.definition["name"]
        for index, other in enumerate(self.reading.found):
            if other.definition["name"] == name and (
                other.spot == found.spot or not found.server or other.server == found.server
            ):
                if len(other.notes.unread) > len(found.notes.unread) and other.spot == found.spot:
                    self.reading.found[index] = found
                return
        self.reading.found.append(found)

    def of_object(self, value: Any) -> dict[str, Any] | None:
        """A tool that is an instance of a class."""
        owner = value.callee if isinstance(value, Instance) else value
        if not isinstance(owner, Class):
            return None
        held = {
            key: classes.of_instance(self.evaluator, value, key, 0)
            for key in ("name", "title", "description", "annotations", *SCHEMAS)
        }
        return {key: item for key, item in held.items() if item is not None}

    def opened(self, call: Node, module: Module, what: str) -> None:
        """Remember that a registration cannot be followed, unless it is a library's own inside a bundle."""
        if is_library(call, module):
            return
        self.open.add(module.path)
        if (gap := (what, module.spot(call))) not in self.reading.gaps:
            self.reading.gaps.append(gap)


def is_library(call: Node, module: Module) -> bool:
    """Whether the call is a library's own plumbing inside a bundle."""
    callee = call.child_by_field_name("function")
    if callee is None or not module.raw(callee).startswith(("this.", "super.")):
        return False
    return len(module.text) > 500_000 or _OWN_METHOD.search(module.text) is not None


def gap(value: Any) -> Unknown:
    """A value as a gap: what it says itself, or that it is computed."""
    return (
        value
        if isinstance(value, Unknown)
        else Unknown(f"is computed at {value.spot.file}:{value.spot.line}", value.spot)
    )


def depends(held: Any) -> bool:
    """Whether something in a registration depends on a parameter of the functions around it."""
    values = list(held.values()) if isinstance(held, dict) else [held]
    return any(
        isinstance(value, Unknown)
        and value.reason.startswith(("depends on the parameter", "depends on the loop", "depends on the object"))
        for value in values
    )
