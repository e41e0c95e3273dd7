"""Fitted numbers written into a rubric file: `base:` and `points:`, and nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from scorer.errors import RubricError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    # Where a number stands in the text, and what is to stand there.
    Change = tuple[int, int, str]


def rewrite_points(text: str, base: float, points: Mapping[str, float], file: str = "the rubric") -> str:
    """A dimension's YAML with another base and other points; comments, order and every other byte stay.

    points: by the fact's name in the file (no prefix), in tenths precision; facts that are not named keep theirs, and a number that is the same
    already keeps its spelling. Raises RubricError for broken YAML, an unknown fact, or one without a `points:` line to write to.
    """
    root = _mapping(_composed(text, file), file, "")
    facts = _mapping(root.get("facts"), file, "facts")
    changes = [*_change(root.get("base"), base, file, "base")]
    for name, value in points.items():
        fact = _mapping(facts.get(name), file, f"facts.{name}")
        if "points" in fact or value:
            changes += _change(fact.get("points"), value, file, f"facts.{name}.points")
    for start, end, number in sorted(changes, reverse=True):
        text = text[:start] + number + text[end:]
    return text


def _composed(text: str, file: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise RubricError(f"{file}: not YAML: {getattr(error, 'problem', None) or error}") from error


def _mapping(node: object, file: str, where: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise RubricError(f"{file}: {where or 'the file'} is no mapping", "Points are written to facts that exist.")
    return dict(_pairs(node))


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value:
        yield str(key.value), value


def _change(node: yaml.Node | None, value: float, file: str, where: str) -> Iterator[Change]:
    if not isinstance(node, yaml.ScalarNode):
        raise RubricError(f"{file}: {where} has no number to rewrite", "Write `points: 0.0` there first.")
    tenths = round(10 * value)
    if round(10 * _read(node, file, where)) != tenths:
        # From whole tenths, so that -0.04 does not become "-0.0".
        yield node.start_mark.index, node.end_mark.index, f"{tenths / 10:.1f}"


def _read(node: yaml.ScalarNode, file: str, where: str) -> float:
    try:
        return float(node.value)
    except ValueError:
        raise RubricError(f"{file}: {where}: {node.value!r} is not a number") from None
