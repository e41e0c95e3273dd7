"""What is kept of every tool: one row of an Arrow table, flat, so that any tool that reads Parquet can ask it questions."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.corpus.definitions import Listed
    from scorer.models.card import ServerScore
    from scorer.models.grade import SetGrade, ToolGrade
    from scorer.models.rubric import Rubric
    from scorer.models.signals import ContextSignals

# The name that Parquet gives an element, so that rows read back are of the same type as fresh ones.
_TEXTS = pa.list_(pa.field("element", pa.string()))
_COUNTS = (
    "definition_bytes",
    "invocation_cost",
    "param_count",
    "params_with_descriptions",
    "params_with_enums",
    "required_field_count",
    "required_param_count",
    "schema_depth",
    "schema_description_coverage",
    "union_choice_count",
)
_YES_NO = ("has_annotations", "has_nested_objects", "has_output_schema", "title_is_meaningful")
_HINTS = ("read_only", "destructive", "idempotent", "open_world")


def schema(rubric: Rubric) -> pa.Schema:
    """The columns, in order.

    server, position (of the tool among its siblings, from 0) and tool say what the row is about; place and error are filled for
    a row that could not be graded, whose other columns are null. tdqs, tier, complete and the dimensions are the scores.
    facts: ids of the facts that hold; untold: of those without an answer. The signals and annotations are the specification's.
    risk_*: category, severity, confidence and the ids of the risk signals. server_*: the scores of the whole server, on each of its rows.
    """
    number, score = pa.int32(), pa.int8()
    fields: list[tuple[str, pa.DataType]] = [
        ("server", pa.string()),
        ("position", number),
        ("tool", pa.string()),
        ("place", pa.string()),
        ("error", pa.string()),
        ("tdqs", pa.float64()),
        ("tier", pa.string()),
        ("complete", pa.bool_()),
        *((dimension.id, score) for dimension in rubric.tool),
        ("flags", _TEXTS),
        ("server_flags", _TEXTS),
        ("facts", _TEXTS),
        ("untold", _TEXTS),
        ("problems", _TEXTS),
        ("input_hash", pa.string()),
        ("tokens", number),
        *((name, number) for name in _COUNTS),
        *((name, pa.bool_()) for name in _YES_NO),
        *((f"hint_{name}", pa.bool_()) for name in _HINTS),
        ("risk_category", pa.string()),
        ("risk_severity", pa.string()),
        ("risk_confidence", pa.string()),
        ("risk_signals", _TEXTS),
        ("server_tdqs", pa.float64()),
        ("server_tier", pa.string()),
        ("server_quality", pa.float64()),
        ("server_coherence", pa.float64()),
        *((f"server_{dimension.id}", score) for dimension in rubric.server),
        ("rubric_version", pa.string()),
    ]
    return pa.schema(fields)


def server_rows(server: Listed, graded: SetGrade, rubric: Rubric) -> list[tuple[Any, ...]]:
    """The rows of one server as tuples in the order of the schema: its tools and its faults, by position."""
    tail = (*_server_score(graded.server_score), rubric.version)
    name = server.tools.server_name
    blank = (None,) * (len(schema(rubric)) - len(tail) - 5)
    rows = [(name, position, None, place, message, *blank, *tail) for position, place, message in server.faults]
    left = list(zip(server.positions, server.tools.tools, strict=True))
    grades = iter(graded.tools)
    grade = next(grades, None)
    for position, tool in left:
        if grade is not None and grade.name == tool.name:
            rows.append((name, position, tool.name, None, None, *_tool(grade), *tail))
            grade = next(grades, None)
        else:
            message = next((p.message for p in graded.problems if p.tool == tool.name), "could not be graded")
            rows.append((name, position, tool.name, server.places[position], message, *blank, *tail))
    return sorted(rows, key=lambda row: row[1])


def _tool(grade: ToolGrade) -> tuple[Any, ...]:
    context, risk = grade.context_signals, grade.risk
    return (
        grade.tdqs,
        grade.tier,
        grade.complete,
        *grade.scores,
        grade.flags,
        grade.server_flags,
        grade.facts,
        grade.untold,
        tuple([problem.code for problem in grade.problems]),
        *_context(context, grade.tokens),
        *((risk.category, risk.severity, risk.confidence) if risk else (None, None, None)),
        tuple([signal.id for signal in risk.signals]) if risk else None,
    )


def _context(context: ContextSignals, tokens: int) -> tuple[Any, ...]:
    hints = context.annotation_values
    return (
        context.input_hash,
        tokens,
        *(min(getattr(context, name), _MOST) for name in _COUNTS),
        *(getattr(context, name) for name in _YES_NO),
        *(getattr(hints, name) for name in _HINTS),
    )


_MOST = 2**31 - 1


def _server_score(score: ServerScore) -> tuple[Any, ...]:
    return (
        score.overall_score,
        score.overall_tier,
        score.description_quality_score,
        score.coherence_score,
        score.disambiguation,
        score.naming_consistency,
        score.tool_count_appropriateness,
        score.completeness,
    )


def table(rows: Sequence[tuple[Any, ...]], columns: pa.Schema) -> pa.Table:
    """The rows as an Arrow table."""
    by_column = zip(*rows, strict=True) if rows else ((),) * len(columns)
    arrays = [pa.array(values, field.type) for values, field in zip(by_column, columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=columns)


def to_bytes(found: pa.Table, about: Mapping[str, str]) -> bytes:
    """The table as one Parquet file; the same rows give the same bytes. about: what its footer says besides."""
    sink = BytesIO()
    whole = found.combine_chunks().replace_schema_metadata(dict(about))
    pq.write_table(whole, sink, compression="zstd", row_group_size=1 << 20)
    return sink.getvalue()
