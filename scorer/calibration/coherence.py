"""Servers with published coherence scores become rows of numbers: what their tools' names and number answer, and no text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.calibration.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from scorer.models.fact import Fact
    from scorer.models.tool import JsonObject

    # The facts of a set of tools of which names and number are known.
    LookAtSet = Callable[[tuple[str, ...], int], tuple[Fact, ...]]

# Scores of the set in label files, by the id of the dimension: the same names.
COUNTED = "tool_count_appropriateness"
SET_DIMENSIONS = ("disambiguation", "naming_consistency", COUNTED, "completeness")
# No server lists so many; more would only cost time.
_MOST_TOOLS = 2000
_SAMPLE = 5  # so many names show how a server names things
# Answered by reading texts, which a list of names has not.
_NEEDS_TEXT = frozenset(
    {"apart/same-description", "apart/undescribed-tools", "apart/draws-boundaries", "naming/title-disagrees"}
    | {"surface/unobtainable-id", "surface/dead-end-reference", "surface/unfollowed-job-id", "surface/uneven-paging"}
)
_ALSO_BY_NUMBER = frozenset({"apart/only-tool", "apart/wide-choice", "surface/only-one-tool"})


class RatedServer(NamedTuple):
    """A server with published scores of its set of tools. tools: how many there are; names: of those that are known."""

    server: str
    tools: int
    names: tuple[str, ...]
    published: Mapping[str, float]


def read_servers(labels: Path) -> list[RatedServer]:
    """The servers of a folder of labels, or of one file: lines with `tool_count` and scores of the set. Raises InputError."""
    return [_server(line) for line in read_lines(labels) if _is_server(line)]


def _is_server(line: JsonObject) -> bool:
    count = line.get("tool_count")
    return isinstance(count, int) and 0 < count <= _MOST_TOOLS and any(key in line for key in SET_DIMENSIONS)


def _server(line: JsonObject) -> RatedServer:
    names = line.get("tool_names")
    known = tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    scores = {key: line.get(key) for key in SET_DIMENSIONS}
    return RatedServer(
        str(line.get("server", "")),
        line["tool_count"],
        tuple(dict.fromkeys(known)),
        {key: float(value) for key, value in scores.items() if isinstance(value, int | float) and 1 <= value <= 5},
    )


def goes_by_number(fact: str) -> bool:
    """Whether a fact of the set looks at how many tools there are, and hardly at what they are called."""
    return fact.startswith("count/") or fact in _ALSO_BY_NUMBER


def observe_servers(servers: list[RatedServer], look: LookAtSet) -> list[dict[str, str]]:
    """One row per server, sorted. Where few of the names are known (fewer than five, and than half), only the number of tools is rated."""
    rows = [_row(server, look) for server in servers]
    return sorted(rows, key=lambda row: (row["server"], *row.values()))


def _row(server: RatedServer, look: LookAtSet) -> dict[str, str]:
    enough = len(server.names) >= _SAMPLE or 2 * len(server.names) >= server.tools
    rated = {key: value for key, value in server.published.items() if enough or key == COUNTED}
    return {
        "kind": "rating",
        "key": server.server,
        "server": server.server,
        **{f"published.{key}": f"{rated[key]:g}" if key in rated else "" for key in SET_DIMENSIONS},
        "signal.tools": str(server.tools),
        "signal.names": str(len(server.names)),
        **dict(_answers(server, look)),
    }


def _answers(server: RatedServer, look: LookAtSet) -> Iterator[tuple[str, str]]:
    for fact in look(server.names, server.tools):
        known = goes_by_number(fact.id) or (bool(server.names) and fact.id not in _NEEDS_TEXT)
        yield fact.id, "" if fact.holds is None or not known else str(int(fact.holds))
