"""`rubrics/` becomes a `Rubric`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scorer.assets import read_asset
from scorer.catalog.dimension import read_dimension
from scorer.catalog.entry import Entry
from scorer.errors import RubricError
from scorer.models.base import to_camel
from scorer.models.rubric import Corpus, DimensionRubric, Limits, Rubric, Tier

if TYPE_CHECKING:
    from collections.abc import Callable

INDEX = "rubrics/rubric.yaml"
_KEYS = ("version", "specVersion", "tiers", "tool", "server", "limits", "corpus")
_LIMITS = {to_camel(name): name for name in Limits.__slots__}  # type: ignore[attr-defined]
_CORPUS = ("definitions", "meanTdqs", "means", "belowThree", "tiers")
_LETTERS = ("A", "B", "C", "D", "F")


@lru_cache(maxsize=1)
def load_rubric() -> Rubric:
    """The shipped rubric, read once per process. Raises RubricError, which names file and key."""
    return build_rubric(read_asset)


def build_rubric(read: Callable[[str], str]) -> Rubric:
    """The rubric that `read` gives the files of, by their paths ("rubrics/tool/purpose_clarity.yaml")."""
    index = Entry(_parsed(read, INDEX), INDEX, "", _KEYS)
    limits = _limits(index)
    tool = _dimensions(index, "tool", read, limits)
    server = _dimensions(index, "server", read, limits)
    _check(index, tool, server)
    return Rubric(
        version=index.text("version"),
        spec_version=index.text("specVersion"),
        tiers=_tiers(index),
        tool=tool,
        server=server,
        corpus=_corpus(index),
        limits=limits,
    )


def _parsed(read: Callable[[str], str], file: str) -> dict[str, Any]:
    from scorer.catalog.yaml_text import read_mapping  # noqa: PLC0415 - a saved report renders without the YAML parser

    return read_mapping(read(file), file)


def _limits(index: Entry) -> Limits:
    entry = index.entry("limits", _LIMITS)
    return Limits(**{name: entry.whole(key) for key, name in _LIMITS.items()})


def _tiers(index: Entry) -> tuple[Tier, ...]:
    entry = index.entry("tiers", _LETTERS)
    edges = [entry.tenths(letter) for letter in _LETTERS]
    if edges != sorted(edges, reverse=True):
        raise index.error("tiers", "must fall from A to F")
    return tuple(Tier(letter, edge / 10) for letter, edge in zip(_LETTERS, edges, strict=True))


def _dimensions(index: Entry, group: str, read: Callable[[str], str], limits: Limits) -> tuple[DimensionRubric, ...]:
    found = []
    for name in index.texts(group):
        file = f"rubrics/{group}/{name}.yaml"
        dimension = read_dimension(_parsed(read, file), file, name, limits.remedy_characters)
        found.append(dimension if group == "tool" else _without_flags(dimension, file))
    weight = sum(dimension.weight for dimension in found)
    if weight != 100:
        raise index.error(group, f"the weights of its dimensions sum to {weight}, not to 100")
    return tuple(found)


def _check(index: Entry, tool: tuple[DimensionRubric, ...], server: tuple[DimensionRubric, ...]) -> None:
    dimensions = (*tool, *server)
    for values in ([d.id for d in dimensions], [d.prefix for d in dimensions]):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise index.error("", f"more than one dimension is called {twice[0]!r}")


def _without_flags(dimension: DimensionRubric, file: str) -> DimensionRubric:
    flagged = next((rule for rule in dimension.facts if rule.flag), None)
    if flagged is not None:
        raise RubricError(f"{file}: {flagged.id}: flag: a fact about the set raises none", "Flags stand on tools.")
    return dimension


def _corpus(index: Entry) -> Corpus:
    entry = index.entry("corpus", _CORPUS)
    return Corpus(
        definitions=entry.whole("definitions"),
        mean_tdqs=entry.number("meanTdqs"),
        means=_numbers(entry.entry("means", (*index.texts("tool"), *index.texts("server")))),
        below_three=_numbers(entry.entry("belowThree", index.texts("tool"))),
        tiers=_numbers(entry.entry("tiers", _LETTERS)),
    )


def _numbers(entry: Entry) -> dict[str, float]:
    return {key: entry.number(key) for key in entry.values}
