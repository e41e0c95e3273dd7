"""Definitions with scores become rows of numbers: every fact's answer and every signal, and none of the text."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from scorer.calibration.entry import DIMENSIONS, JUDGED
from scorer.models.base import to_camel
from scorer.models.signals import AnnotationValues, ContextSignals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scorer.calibration.entry import Entry
    from scorer.models.fact import Fact
    from scorer.models.signals import Signals
    from scorer.models.tool import JsonObject

    # Reads a definition beside those of its siblings, given the names of all tools; None when it is no tool.
    Look = Callable[[JsonObject, Sequence[JsonObject], frozenset[str]], "Seen | None"]

LONGEST_CELL = 80
_NOT_COUNTS = ("annotation_values", "input_hash")
_ORDER = {"rating": 0, "jury": 1, "captured": 2}
# Spreadsheets run what starts like a formula; a label's cells have no need for more than these.
_UNSAFE = re.compile(r"^[=+@\t-]+|[\x00-\x1f\x7f]")


class Seen(NamedTuple):
    """What the phases say of one definition: its signals, its facts, and how many siblings overlap with it."""

    signals: Signals
    facts: tuple[Fact, ...]
    overlaps: int


def observe(entries: Iterable[Entry], look: Look) -> list[dict[str, str]]:
    """One row per entry that can be read as a tool, sorted; the same entries give the same rows in any order."""
    rows = [row for entry in entries if (row := _row(entry, look)) is not None]
    return sorted(rows, key=lambda row: (_ORDER[row["kind"]], row["server"], row["key"], *row.values()))


def write_rows(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV text, one header line, Unix line ends. Every cell is a number, a short name, or empty."""
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
        "key": _name(entry.key or seen.signals.context.input_hash),
        "server": _name(entry.server),
        "set": _name(entry.set),
        "source": entry.source,
        "match": _name(entry.match),
        **_votes("published", {key: (value,) for key, value in entry.published.items()}, DIMENSIONS),
        "published.tdqs": _number(entry.tdqs),
        **_votes("judged", entry.judged, JUDGED),
        **_votes("jury", entry.jury, JUDGED),
        **dict(_signal_cells(entry, seen, len(names) - 1)),
        **{fact.id: _number(fact.holds) for fact in seen.facts},
    }


def _name(text: str) -> str:
    return _UNSAFE.sub("", text)[:LONGEST_CELL]


def _votes(what: str, votes: Mapping[str, tuple[float, ...]], dimensions: Iterable[str]) -> dict[str, str]:
    ids = [DIMENSIONS[name] for name in dimensions]
    return {f"{what}.{key}": ";".join(map(_number, votes.get(key, ()))) for key in ids}


def _number(value: float | bool | None) -> str:  # noqa: FBT001 - what a cell holds
    return "" if value is None else f"{float(value):g}"


def _signal_cells(entry: Entry, seen: Seen, siblings: int) -> Iterator[tuple[str, str]]:
    # A captured tool without scores is there for its facts alone.
    wanted = entry.kind != "captured"
    for name, value in (*_context(seen), *_own(entry, seen), ("siblings", siblings), ("overlaps", seen.overlaps)):
        yield f"signal.{name}", _number(value) if wanted else ""


def _context(seen: Seen) -> Iterator[tuple[str, float | bool | None]]:
    context = seen.signals.context
    for field in fields(ContextSignals):
        if field.name not in _NOT_COUNTS:
            yield to_camel(field.name), getattr(context, field.name)
    for field in fields(AnnotationValues):
        yield to_camel(f"{field.name}_hint"), getattr(context.annotation_values, field.name)


def _own(entry: Entry, seen: Seen) -> Iterator[tuple[str, float | bool | None]]:
    """Counts beyond the specification's: of the words, and of parameters at every depth."""
    text = entry.definition.get("description")
    words = text.split() if isinstance(text, str) else []
    given, output = seen.signals.parameters, seen.signals.output
    yield from (("words", len(words)), ("characters", sum(map(len, words))), ("tokens", seen.signals.tokens))
    yield from (("parameters", len(given)), ("described", sum(p.description is not None for p in given)))
    yield "parameterWords", sum(len((p.description or "").split()) for p in given)
    yield from (("leaves", sum(p.is_leaf for p in given)), ("closed", sum(p.enum is not None for p in given)))
    yield from (("bounded", sum(bool(p.constraints) for p in given)), ("faults", len(seen.signals.faults)))
    yield from (("outputs", len(output)), ("outputsDescribed", sum(p.description is not None for p in output)))
    yield "mutates", seen.signals.actions.mutates
