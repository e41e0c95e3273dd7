"""A dimension's file becomes a `DimensionRubric`, or an error that names the file and the key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast, get_args

from scorer.catalog.entry import Entry, did_you_mean
from scorer.models.rubric import TOOL_FLAGS, DimensionRubric, FactRule, Kind

if TYPE_CHECKING:
    from collections.abc import Collection

_KEYS = (
    "id",
    "label",
    "prefix",
    "weight",
    "needsSchema",
    "needsLanguage",
    "question",
    "why",
    "base",
    "anchors",
    "facts",
)
_FACT_KEYS = (
    "question",
    "kind",
    "points",
    "cap",
    "gate",
    "flag",
    "settles",
    "hostile",
    "says",
    "lacks",
    "why",
    "remedy",
    "before",
    "after",
)
_SCORES = ("5", "4", "3", "2", "1")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PREFIX = re.compile(r"[a-z]+")


def read_dimension(values: Any, file: str, expected: str, remedy_characters: int) -> DimensionRubric:
    """The dimension that a file describes. expected: the id that its name promises."""
    entry = Entry(values, file, "", _KEYS)
    prefix = entry.text("prefix")
    if entry.text("id") != expected:
        raise entry.error("id", f"is {entry.text('id')!r}, the file is named {expected!r}")
    if not _PREFIX.fullmatch(prefix):
        raise entry.error("prefix", f"{prefix!r} is not one lower-case word")
    base = entry.tenths("base")
    if not 10 <= base <= 50:
        raise entry.error("base", "must be from 1.0 to 5.0")
    return DimensionRubric(
        id=expected,
        label=entry.text("label"),
        prefix=prefix,
        weight=entry.whole("weight"),
        question=entry.text("question"),
        why=entry.text("why"),
        base=base / 10,
        anchors=_anchors(entry),
        facts=_facts(entry, file, expected, prefix, remedy_characters),
        needs_schema=entry.truth("needsSchema"),
        needs_language=entry.truth("needsLanguage"),
    )


def _anchors(entry: Entry) -> tuple[tuple[int, str], ...]:
    anchors = entry.entry("anchors", _SCORES)
    return tuple((int(score), anchors.text(score)) for score in _SCORES)


def _facts(entry: Entry, file: str, dimension: str, prefix: str, longest: int) -> tuple[FactRule, ...]:
    facts = entry.entry("facts")
    rules = []
    for name, values in facts.values.items():
        if not _NAME.fullmatch(name):
            raise facts.error(name, "a fact's name is lower-case words joined by hyphens")
        rules.append(
            _rule(
                Entry(values, file, f"facts.{name}", _FACT_KEYS), f"{prefix}/{name}", dimension, longest, facts.values
            )
        )
    return tuple(rules)


def _rule(entry: Entry, fact: str, dimension: str, longest: int, known: Collection[str]) -> FactRule:
    kind = _kind(entry)
    remedy = entry.text("remedy") if kind == "defect" else entry.optional("remedy")
    # What has a remedy has an example of it; a merit that cannot be asked for has neither.
    required = entry.text if remedy and kind != "note" else entry.optional
    if len(remedy) > longest:
        raise entry.error("remedy", f"has {len(remedy)} characters, at most {longest} are allowed", "Make it denser.")
    return FactRule(
        id=fact,
        dimension=dimension,
        question=entry.text("question"),
        kind=kind,
        points=_points(entry, kind) / 10,
        says=entry.text("says"),
        why=entry.text("why"),
        remedy=remedy,
        before=required("before"),
        after=required("after"),
        lacks=entry.optional("lacks"),
        cap=_limit(entry, "cap", kind),
        gate=_limit(entry, "gate", kind),
        flag=_flag(entry),
        settles=tuple(f"{fact.partition('/')[0]}/{name}" for name in _settles(entry, known)),
        hostile=entry.truth("hostile"),
    )


def _kind(entry: Entry) -> Kind:
    return cast("Kind", _one_of(entry, "kind", get_args(Kind)))


def _one_of(entry: Entry, key: str, known: Collection[str]) -> str:
    value = entry.text(key)
    if value not in known:
        raise entry.error(key, f"unknown {key} {value!r}", did_you_mean(value, known))
    return value


def _points(entry: Entry, kind: Kind) -> int:
    points = entry.tenths("points") if "points" in entry.values else 0
    if kind == "merit" and points < 0:
        raise entry.error("points", "a merit never lowers a score")
    if kind == "defect" and points > 0:
        raise entry.error("points", "a defect never raises a score")
    return points


def _limit(entry: Entry, key: str, kind: Kind) -> int | None:
    if key not in entry.values:
        return None
    if kind == "merit":
        raise entry.error(key, "a merit never lowers a score, so it has no cap and no gate")
    value = entry.whole(key)
    if not 1 <= value <= 5:
        raise entry.error(key, "must be from 1 to 5")
    return value


def _settles(entry: Entry, known: Collection[str]) -> list[str]:
    names = entry.texts("settles") if "settles" in entry.values else []
    for name in names:
        if name not in known:
            raise entry.error("settles", f"unknown fact {name!r}", did_you_mean(name, known))
    return names


def _flag(entry: Entry) -> str | None:
    return _one_of(entry, "flag", TOOL_FLAGS) if "flag" in entry.values else None
