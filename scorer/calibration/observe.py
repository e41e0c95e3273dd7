"""Definitions with scores become rows of numbers: every fact's answer and every signal, and none of the text."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from scorer.models.base import to_camel
from scorer.models.signals import AnnotationValues, ContextSignals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scorer.calibration.labels import Entry
    from scorer.models.fact import Fact
    from scorer.models.signals import Signals
    from scorer.models.tool import JsonObject

LONGEST_CELL = 80
_NOT_COUNTS = ("annotation_values", "input_hash")
_ORDER = {"rating": 0, "jury": 1, "captured": 2}


class Seen(NamedTuple):
    """What the phases say of one definition: its signals, its facts, and how many siblings overlap with it."""

    signals: Signals
    facts: tuple[Fact, ...]
    overlaps: int


# Reads a definition beside its siblings' definitions, given the names of all tools; None when it is no tool.
Look = Callable[[JsonObject, Sequence[JsonObject], frozenset[str]], Seen | None] if TYPE_CHECKING else None


def observe(entries: Iterable[Entry], look: Look) -> list[dict[str, str]]:
    """One row per entry that can be read as a tool, sorted; the same entries give the same rows in any order."""
    rows = [row for entry in entries if (row := _row(entry, look)) is not None]
    return sorted(rows, key=lambda row: (_ORDER[row["kind"]], *row.values()))


def write_rows(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV text, one header line, Unix line ends. Every cell is a number, a name, or empty."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _row(entry: Entry, look: Look) -> dict[str, str] | None:
    beside = [tool for tool in entry.beside if isinstance(tool.get("name"), str)]
    names = frozenset({str(entry.definition.get("name")), *entry.siblings, *(tool["name"] for tool in beside)})
    seen = look(entry.definition, beside, names)
    if seen is None:
        return None
    return {
        "kind": entry.kind,
        "key": (entry.key or seen.signals.context.input_hash)[:LONGEST_CELL],
        "server": entry.server[:LONGEST_CELL],
        "set": entry.set[:LONGEST_CELL],
        "source": entry.source,
        "match": entry.match[:LONGEST_CELL],
        **_votes("published", {key: (value,) for key, value in entry.published.items()}),
        "published.tdqs": "" if entry.tdqs is None else _number(entry.tdqs),
        **_votes("judged", entry.judged),
        **_votes("jury", entry.jury),
        **{f"signal.{name}": _number(value) for name, value in _signals(entry, seen, len(names) - 1)},
        **{fact.id: _number(fact.holds) for fact in seen.facts},
    }


def _votes(what: str, votes: Mapping[str, tuple[float, ...]]) -> dict[str, str]:
    from scorer.calibration.labels import DIMENSIONS, JUDGED  # noqa: PLC0415 - the two would import each other

    asked = DIMENSIONS.values() if what == "published" else (DIMENSIONS[name] for name in JUDGED)
    return {f"{what}.{key}": ";".join(map(_number, votes.get(key, ()))) for key in asked}


def _number(value: float | bool | None) -> str:  # noqa: FBT001 - a cell
    return "" if value is None else f"{float(value):g}"


def _signals(entry: Entry, seen: Seen, siblings: int) -> Iterator[tuple[str, float | bool | None]]:
    context = seen.signals.context
    for field in fields(ContextSignals):
        if field.name not in _NOT_COUNTS:
            yield to_camel(field.name), getattr(context, field.name)
    for field in fields(AnnotationValues):
        yield f"hint{to_camel('_' + field.name)}", getattr(context.annotation_values, field.name)
    yield from _own(entry, seen)
    yield from (("siblings", siblings), ("overlaps", seen.overlaps))


def _own(entry: Entry, seen: Seen) -> Iterator[tuple[str, float | bool | None]]:
    """Counts beyond the specification's: of the words, and of parameters at every depth."""
    text = entry.definition.get("description")
    words = text.split() if isinstance(text, str) else []
    given = seen.signals.parameters
    yield from (("words", len(words)), ("characters", sum(map(len, words))), ("tokens", seen.signals.tokens))
    yield from (("parameters", len(given)), ("described", sum(p.description is not None for p in given)))
    yield "parameterWords", sum(len((p.description or "").split()) for p in given)
    yield from (("leaves", sum(p.is_leaf for p in given)), ("closed", sum(p.enum is not None for p in given)))
    yield from (("bounded", sum(bool(p.constraints) for p in given)), ("faults", len(seen.signals.faults)))
    output = seen.signals.output
    yield from (("outputs", len(output)), ("outputsDescribed", sum(p.description is not None for p in output)))
    yield "mutates", seen.signals.actions.mutates
