"""Which rules of a policy no longer match the definitions."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorer.models.signals import Signals
    from scorer.risk.policies.read import ReadPolicy

Fault = Literal["gone", "changed", "argument", "new"]


class Stale(NamedTuple):
    """One rule that does not match. fault: the tool is gone, its definition changed, an argument is gone, or the tool has no rule."""

    tool: str
    fault: Fault
    message: str


def check(policy: ReadPolicy, hashes: Mapping[str, str], tools: Mapping[str, Signals]) -> list[Stale]:
    """Every fault, rule by rule. hashes: the `inputHash` noted beside each rule, as far as known. tools: what is counted, by name."""
    found: list[Stale] = []
    for tool, arguments in {**dict.fromkeys(hashes, ()), **policy.tools}.items():
        if tool not in tools:
            found.append(Stale(tool, "gone", _gone(tool, policy, hashes, tools)))
            continue
        noted = hashes.get(tool)
        if noted is not None and noted != tools[tool].context.input_hash:
            found.append(Stale(tool, "changed", "its definition changed since the rule was made"))
        found += [Stale(tool, "argument", text) for text in _arguments(tool, arguments, tools[tool])]
    known = policy.tools.keys() | hashes.keys()
    found += [Stale(tool, "new", _new(policy)) for tool in tools if tool not in known]
    return found


def _gone(tool: str, policy: ReadPolicy, hashes: Mapping[str, str], tools: Mapping[str, Signals]) -> str:
    free = [name for name in tools if name not in policy.tools and name not in hashes]
    near = get_close_matches(tool, free, 1, cutoff=0.6)
    return f"the server has no such tool; it may be called {near[0]} now" if near else "the server has no such tool"


def _new(policy: ReadPolicy) -> str:
    return {
        "deny": "the policy does not name it, so that it is denied",
        "allow": "the policy does not name it, so that it is ALLOWED",
        "ask": "the policy does not name it, so that the client asks",
    }[policy.default]


def _arguments(tool: str, arguments: tuple[str, ...], signals: Signals) -> Iterator[str]:
    for path in dict.fromkeys(arguments):
        if not _exists(path, signals):
            yield f"{tool} has no argument {path}: a denial by it never fires, and a demand for it always does"


def _exists(path: str, signals: Signals) -> bool:
    """Whether a dotted path leads to an argument, or into an object whose keys the schema leaves open."""
    names = {parameter.path: parameter for parameter in signals.parameters}
    parts = path.split(".")
    for end in range(len(parts), 0, -1):
        parameter = names.get(".".join(parts[:end]))
        if parameter is not None:
            return end == len(parts) or (parameter.is_leaf and (not parameter.types or "object" in parameter.types))
    return False
